import Evaluation

/// A table that is read from front to back.
///
///     let reader = try TableReader(ByteSource(path: "data.csv"), format: .csv)
///     let rows = reader.bind(plan).rows(into: Frame(plan: plan))
///     while try rows.fill() > 0 { … }
///
/// To score a whole table, over several threads, see ``ScoringPipeline``.
public final class TableReader {
    public let format: TableFormat
    /// The header of delimited data; empty for JSON Lines, where every row names its columns.
    public let columns: [String]
    /// The header as it stands in the data, without its line break.
    let headerText: [UInt8]
    public let missing: MissingTokens
    let limits: TableLimits
    let source: ByteSource
    private let records: RecordSource
    /// The chunk that held the header.
    private var first: Chunk?

    /// Opens a table, and reads the header if the format has one.
    ///
    /// - Throws: ``DataError`` when the source cannot be read, has no header or has too many columns.
    public init(
        _ source: ByteSource, format: TableFormat, missing: MissingTokens = .standard, limits: TableLimits = TableLimits()
    ) throws(DataError) {
        self.source = source
        self.format = format
        self.missing = missing
        self.limits = limits
        records = RecordSource(source, format: format, limits: limits)
        guard case .delimited(let delimiter) = format else {
            columns = []
            headerText = []
            return
        }
        let chunk = Chunk(capacity: limits.chunkBytes)
        guard try records.next(chunk) else {
            throw DataError(id: "header-missing", message: (source.name == "-" ? "nothing came on standard input" : "the table is empty") + "; expected a line with the names of the columns")
        }
        // Empty lines before the header may be a chunk of their own, as a pipe delivers them.
        while chunk.bytes.allSatisfy({ $0 == 10 || $0 == 13 }), try records.next(chunk) {}
        (columns, headerText) = try Self.readHeader(chunk, delimiter, limits, source.name)
        first = chunk
    }

    /// Finds the inputs of a plan among the columns.
    public func bind(_ plan: Plan) -> InputBinding {
        InputBinding(plan, header: format == .jsonLines ? nil : columns, format: format, missing: missing)
    }

    /// As ``bind(_:)``, of a table that is the plan's.
    ///
    /// - Throws: `columns-missing` for a table that has none of the columns that the plan reads; see ``InputBinding/mismatch(_:)``.
    public func matching(_ plan: Plan) throws(DataError) -> InputBinding {
        let binding = bind(plan)
        if let mismatch = binding.mismatch(columns) { throw mismatch }
        return binding
    }

    /// Rows one batch at a time, on the calling thread.
    public func rows(_ binding: InputBinding, into frame: Frame) -> BoundReader {
        BoundReader(self, RowFiller(binding, frame: frame, format: format, limits: limits))
    }

    /// Whether ``next(_:)`` is sure to find no more.
    var isExhausted: Bool { first == nil && records.isExhausted }

    /// The next chunk of rows, in `chunk` or in another one that takes its place; nil at the end.
    func next(_ chunk: Chunk) throws(DataError) -> Chunk? {
        if let first {
            self.first = nil
            if !first.bytes.isEmpty { return first }
        }
        return try records.next(chunk) ? chunk : nil
    }

    private static func readHeader(
        _ chunk: Chunk, _ delimiter: UInt8, _ limits: TableLimits, _ name: String
    ) throws(DataError) -> ([String], [UInt8]) {
        var cursor = DelimitedCursor(chunk.bytes, line: chunk.line, delimiter: delimiter)
        guard let count = cursor.read(nil, capacity: 0, columns: 0) else {
            throw DataError(id: "header-missing", message: "the table has no header; expected a line with the names of the columns")
        }
        if cursor.problem != .none, chunk.bytes.first(where: { $0 != 10 && $0 != 13 }) == UInt8(ascii: "{") {
            throw DataError(id: "not-a-table", message: "the input is JSON, by its look; say --input-format jsonl", line: 1)
        }
        if cursor.problem != .none {
            throw DataError(
                id: cursor.problem.id, message: "header: " + cursor.problem.message(found: count, expected: count), line: cursor.line)
        }
        guard count <= limits.columns else {
            throw DataError(id: "too-many-columns", message: "the header has \(count) columns; \(limits.columns) are allowed", line: cursor.line)
        }
        let cells = UnsafeMutablePointer<Cell>.allocate(capacity: count)
        defer { cells.deallocate() }
        cells.initialize(repeating: Cell(), count: count)
        cursor = DelimitedCursor(chunk.bytes, line: chunk.line, delimiter: delimiter)
        _ = cursor.read(cells, capacity: count, columns: 0)
        var names: [String] = []
        names.reserveCapacity(count)
        var text = ByteWriter()
        for index in 0..<count {
            text.removeAll()
            CellText.append(cells[index], isJSON: false, to: &text)
            names.append(text.text())
        }
        let next = cursor.next
        chunk.start = next.position - UnsafePointer(chunk.base)
        chunk.line = next.line
        return (names, Array(cursor.record))
    }
}

/// Rows of a table as batches of a frame, on one thread.
public final class BoundReader {
    private let reader: TableReader
    private let filler: RowFiller
    private var chunk: Chunk
    private var isLoaded = false

    init(_ reader: TableReader, _ filler: RowFiller) {
        self.reader = reader
        self.filler = filler
        chunk = Chunk(capacity: reader.limits.chunkBytes)
    }

    public var frame: Frame { filler.frame }

    /// Fills the frame's inputs with the next rows, sets its `count` and returns it; 0 at the end of the table.
    public func fill() throws(DataError) -> Int {
        while true {
            if isLoaded {
                let count = filler.fill()
                if count > 0 { return count }
                isLoaded = false
            }
            guard let next = try reader.next(chunk) else { return 0 }
            chunk = next
            filler.load(next)
            isLoaded = true
        }
    }

    /// The physical line on which a row of the batch starts, from 1.
    public func line(of row: Int) -> Int {
        row >= 0 && row < frame.count ? filler.rowLines[row] : 0
    }

    /// Rows of the batch whose form is wrong; all their inputs are missing.
    public var problems: [(row: Int, error: DataError)] { filler.problems }
}

import Evaluation

/// Writes results as rows of a table: delimited text with a header, or JSON Lines. Immutable; every worker uses the same one.
///
/// A missing result is an empty cell or `null`. Numbers are the shortest text that reads back the same, truth values are `true`
/// and `false`, dates and times ISO 8601, lists JSON arrays in either format. JSON has no NaN and no infinities: they
/// are written as the strings `"NaN"`, `"INF"`, `"-INF"`.
public struct TableWriter: Sendable {
    /// One column to write.
    struct Column: Sendable {
        var register: Int32
        var kind: RegisterKind
        var type: ValueType
    }

    public let format: TableFormat
    let columns: [Column]
    /// The names as JSON keys with their colons, or as delimited cells; apart, so that columns are plain values to copy.
    private let keys: [[UInt8]]
    private let names: [String]
    /// The columns of the input that are written before the results.
    private let input: AppendedInput?
    /// Results whose name was taken by an input column and so had to change.
    public private(set) var warnings: [DataError] = []

    /// The input that results are appended to.
    struct AppendedInput: Sendable {
        var format: TableFormat
        var columns: [String]
        var header: [UInt8]
    }

    /// - Parameters:
    ///   - results: the columns to write, among those that the plan computes.
    ///   - reader: the input whose rows are to be written before their results; nil writes results alone.
    /// - Throws: ``DataError`` when rows of JSON Lines are to be kept in delimited output, whose columns must be known first.
    public init(_ format: TableFormat, results: [ResultField], appendingTo reader: TableReader? = nil) throws(DataError) {
        if let reader, reader.format == .jsonLines, format != .jsonLines {
            throw DataError(
                id: "append-format", message: "rows of JSON Lines can be kept in JSON Lines only, as their columns are not known beforehand")
        }
        self.format = format
        input = reader.map { AppendedInput(format: $0.format, columns: $0.columns, header: $0.headerText) }
        var taken = Set(reader?.columns ?? [])
        var columns: [Column] = []
        var keys: [[UInt8]] = []
        for result in results {
            var name = result.name
            while taken.contains(name) { name += "_result" }
            if name != result.name {
                warnings.append(Self.renamed(result.name, as: name))
            }
            taken.insert(name)
            columns.append(
                Column(
                    register: result.register.index, kind: result.register.kind,
                    type: result.register.kind == .list ? result.elementType ?? result.type : result.type))
            keys.append(Self.key(name, format))
        }
        self.keys = keys
        names = results.map(\.name)
        self.columns = columns
    }

    /// The results' names where each row's own keys decide what they are written as: rows of JSON Lines with results appended.
    var namesToFit: [String]? { input?.format == .jsonLines ? names : nil }

    static func renamed(_ name: String, as other: String) -> DataError {
        DataError(
            id: "column-renamed", message: "the input has a column of this name; the result is written as \(other)", field: name)
    }

    static func key(_ name: String, _ format: TableFormat) -> [UInt8] {
        var out = ByteWriter()
        var name = name
        name.withUTF8 { text in
            switch format {
            case .jsonLines:
                JSONText.quote(text, into: &out)
                out.append(UInt8(ascii: ":"))
            case .delimited(let delimiter): DelimitedText.append(text, delimiter, to: &out)
            }
        }
        return out.withBytes { Array($0) }
    }

    /// Writes the header, if the format has one.
    public func writeHeader(to out: inout ByteWriter) {
        guard case .delimited(let delimiter) = format else { return }
        var isFirst = true
        if let input {
            isFirst = false
            if input.format == format {
                input.header.withUnsafeBufferPointer { out.append($0) }
            } else {
                for (index, name) in input.columns.enumerated() {
                    if index > 0 { out.append(delimiter) }
                    var name = name
                    name.withUTF8 { DelimitedText.append($0, delimiter, to: &out) }
                }
            }
        }
        for key in keys {
            if !isFirst { out.append(delimiter) }
            isFirst = false
            key.withUnsafeBufferPointer { out.append($0) }
        }
        out.append(10)
    }

    /// Writes the results of rows of a frame that has run; a row that failed has none.
    ///
    /// - Parameter rows: rows of the batch; those beyond it are left out.
    public func write(_ frame: Frame, rows: Range<Int>, to out: inout ByteWriter) {
        for row in rows.clamped(to: 0..<frame.count) { write(frame, row, hasResults: frame.failed[row] == 0, nil, to: &out) }
    }

    /// Writes the next row of a batch.
    ///
    /// - Parameters:
    ///   - record: the row of the input, and whether its form was right.
    ///   - fitted: the names of the results in this row, where the row decides.
    func write(
        _ frame: Frame, _ row: Int, hasResults: Bool, _ record: (text: UnsafeBufferPointer<UInt8>, isWhole: Bool)?,
        _ fitted: ResultNames? = nil, to out: inout ByteWriter
    ) {
        switch format {
        case .delimited(let delimiter):
            var isFirst = true
            if let input, let record {
                isFirst = false
                if input.format == format && record.isWhole {
                    out.append(record.text)
                } else {
                    AppendedCells.writeDelimited(record.text, input, delimiter, to: &out)
                }
            }
            let start = out.count
            for column in columns {
                if !isFirst { out.append(delimiter) }
                isFirst = false
                guard hasResults, frame.status(column.register)[row] & CellStatus.missing == 0 else { continue }
                writeDelimited(column, frame, row, delimiter, to: &out)
            }
            // A line of nothing would be taken for no row at all, or, in a table of one column, for one cell: quote it.
            if columns.count == 1 && out.count == start && input == nil { out.append("\"\"") }
        case .jsonLines:
            out.append(UInt8(ascii: "{"))
            var isFirst = true
            if let input, let record {
                isFirst = !AppendedCells.writeMembers(record.text, input, isWhole: record.isWhole, to: &out)
            }
            for (index, column) in columns.enumerated() {
                if !isFirst { out.append(UInt8(ascii: ",")) }
                isFirst = false
                (fitted?.key(index) ?? keys[index]).withUnsafeBufferPointer { out.append($0) }
                if hasResults, frame.status(column.register)[row] & CellStatus.missing == 0 {
                    ResultText.writeJSON(column, frame, row, to: &out)
                } else {
                    out.append("null")
                }
            }
            out.append(UInt8(ascii: "}"))
        }
        out.append(10)
    }

    @inline(__always)
    private func writeDelimited(_ column: Column, _ frame: Frame, _ row: Int, _ delimiter: UInt8, to out: inout ByteWriter) {
        switch column.kind {
        case .number: ResultText.write(frame.numbers(column.register)[row], as: column.type, to: &out)
        case .text:
            let text = frame.text(frame.codes(column.register)[row])
            // An empty text is not a missing one.
            if text.isEmpty { out.append("\"\"") } else { DelimitedText.append(text, delimiter, to: &out) }
        case .list:
            var list = ByteWriter()
            ResultText.writeJSON(column, frame, row, to: &list)
            list.withBytes { DelimitedText.append($0, delimiter, to: &out) }
        }
    }
}

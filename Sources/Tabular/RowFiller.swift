import Evaluation

/// Turns the rows of a chunk into a frame's input columns, one batch after the other. One for each worker.
final class RowFiller {
    let frame: Frame
    let format: TableFormat
    let binding: InputBinding
    private let maximumColumns: Int
    private let cells: UnsafeMutablePointer<Cell>
    private let targets: UnsafeMutablePointer<Target>
    private let targetCount: Int
    private let keys: KeyTable
    private var delimited: DelimitedCursor?
    private var lines: JSONLinesCursor?
    /// Where the batch begins.
    private var batchDelimited: DelimitedCursor?
    private var batchLines: JSONLinesCursor?
    /// Text with quoting undone, for the moment.
    var scratch = ByteWriter()

    /// The physical line of each row of the batch.
    let rowLines: UnsafeMutablePointer<Int>
    /// Each row of the batch as it stands in the data, without its line break; valid until the next chunk.
    let records: UnsafeMutablePointer<UnsafeBufferPointer<UInt8>>
    /// What is wrong with the form of rows of the batch; such rows have no input at all.
    private(set) var problems: [(row: Int, error: DataError)] = []

    /// A bound column with the frame's memory for it.
    struct Target {
        var slot: Int
        var column: Int
        var conversion: InputBinding.Conversion
        /// Whether some number stands for a missing value.
        var hasTokenNumbers: Bool
        var tokenLengths: UInt64
        /// See ``ValueType/largest``.
        var largest: Double
        var numbers: UnsafeMutablePointer<Double>
        var codes: UnsafeMutablePointer<Int32>
        var status: UnsafeMutablePointer<UInt8>
    }

    init(_ binding: InputBinding, frame: Frame, format: TableFormat, limits: TableLimits) {
        self.binding = binding
        self.frame = frame
        self.format = format
        maximumColumns = limits.columns
        cells = .allocate(capacity: max(1, binding.width))
        cells.initialize(repeating: Cell(), count: max(1, binding.width))
        keys = KeyTable(binding.keys)
        rowLines = .allocate(capacity: frame.capacity)
        rowLines.initialize(repeating: 0, count: frame.capacity)
        records = .allocate(capacity: frame.capacity)
        records.initialize(repeating: UnsafeBufferPointer(start: nil, count: 0), count: frame.capacity)
        targetCount = binding.columns.count
        targets = .allocate(capacity: max(1, targetCount))
        for (index, column) in binding.columns.enumerated() {
            (targets + index).initialize(
                to: Target(
                    slot: column.slot, column: index, conversion: column.conversion,
                    hasTokenNumbers: !column.tokens.numbers.isEmpty, tokenLengths: column.tokens.lengths, largest: column.type.largest,
                    numbers: frame.numbers(column.register), codes: frame.codes(column.register),
                    status: frame.status(column.register)))
        }
        // Nothing else writes input registers, so this holds for every batch.
        for register in binding.absent {
            frame.status(register).update(repeating: CellStatus.missing, count: frame.capacity)
        }
    }

    deinit {
        cells.deallocate()
        targets.deallocate()
        rowLines.deallocate()
        records.deallocate()
    }

    /// Goes to the rows of another chunk.
    func load(_ chunk: Chunk) {
        switch format {
        case .delimited(let delimiter): delimited = DelimitedCursor(chunk.bytes, line: chunk.line, delimiter: delimiter)
        case .jsonLines: lines = JSONLinesCursor(chunk.bytes, line: chunk.line, keys: keys, maximumKeys: maximumColumns)
        }
    }

    /// Goes back to the first row of the batch.
    func rewind() {
        delimited = batchDelimited
        lines = batchLines
    }

    /// Fills the frame with the next rows of the chunk and returns how many there are; 0 at its end.
    ///
    /// - Parameter most: the most rows; nil takes as many as the frame can hold.
    func fill(_ most: Int? = nil) -> Int {
        frame.begin()
        problems.removeAll(keepingCapacity: true)
        var row = 0
        let capacity = min(most ?? frame.capacity, frame.capacity)
        batchDelimited = delimited
        batchLines = lines
        let width = binding.width
        if var cursor = delimited {
            while row < capacity, let count = cursor.read(cells, capacity: width, columns: width) {
                rowLines[row] = cursor.line
                records[row] = cursor.record
                if cursor.problem == .none && count == width {
                    convert(row, isJSON: false)
                } else {
                    reject(row, cursor.problem == .none ? .cellCount : cursor.problem, found: count, expected: width)
                }
                row &+= 1
            }
            delimited = cursor
        } else if var cursor = lines {
            while row < capacity, cursor.read(cells, columns: width) != nil {
                rowLines[row] = cursor.line
                records[row] = cursor.record
                if cursor.problem == .none {
                    convert(row, isJSON: true)
                } else {
                    reject(row, cursor.problem, found: cursor.problemOffset, expected: maximumColumns)
                }
                row &+= 1
            }
            lines = cursor
        }
        frame.count = row
        return row
    }

    private func reject(_ row: Int, _ problem: RowProblem, found: Int, expected: Int) {
        for index in 0..<targetCount { Self.setMissing(targets[index], row) }
        problems.append(
            (row, DataError(id: problem.id, message: problem.message(found: found, expected: expected), line: rowLines[row])))
    }

    @inline(__always)
    private func convert(_ row: Int, isJSON: Bool) {
        let targets = targets
        let cells = cells
        for index in 0..<targetCount {
            let target = targets + index
            let cell = cells[target.pointee.slot]
            switch target.pointee.conversion {
            case .double:
                if cell.kind.isBare, !target.pointee.hasTokenNumbers, let value = NumberParsing.double(cell.raw), value.magnitude <= target.pointee.largest {
                    target.pointee.numbers[row] = value
                    target.pointee.status[row] = 0
                    continue
                }
            case .float:
                if cell.kind.isBare, !target.pointee.hasTokenNumbers, let value = NumberParsing.float(cell.raw), value == value {
                    target.pointee.numbers[row] = Double(value)
                    target.pointee.status[row] = 0
                    continue
                }
            case .text:
                let length = UInt64(min(cell.length, 63))
                if (cell.kind == .plain || cell.kind == .quoted) && target.pointee.tokenLengths >> length & 1 == 0 && Self.isASCII(cell.raw) {
                    target.pointee.codes[row] = frame.intern(cell.raw)
                    target.pointee.status[row] = 0
                    continue
                }
            case .boolean, .temporal, .list: break
            }
            if target.pointee.hasTokenNumbers && cell.kind.isBare && target.pointee.conversion.isNumber
                && convertChecking(target.pointee, cell, row)
            { continue }
            convertSlowly(target.pointee, cell, row, isJSON)
        }
    }

    /// A number column in which some number stands for a missing value.
    @inline(never)
    private func convertChecking(_ target: Target, _ cell: Cell, _ row: Int) -> Bool {
        let tokens = binding.columns[target.column].tokens
        if target.conversion == .float {
            guard let value = NumberParsing.float(cell.raw), value == value, !tokens.contains(value) else { return false }
            target.numbers[row] = Double(value)
        } else {
            guard let value = NumberParsing.double(cell.raw), value.magnitude <= target.largest, !tokens.contains(value) else { return false }
            target.numbers[row] = value
        }
        target.status[row] = 0
        return true
    }

    static func isASCII(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var bits: UInt8 = 0
        for index in 0..<text.count { bits |= text[index] }
        return bits < 0x80
    }
}

import Evaluation

/// Turns the rows of a chunk into a frame's input columns, one batch after the other. One for each worker.
final class RowFiller {
    let frame: Frame
    let format: TableFormat
    private let binding: InputBinding
    private let maximumColumns: Int
    private let cells: UnsafeMutablePointer<Cell>
    private let targets: UnsafeMutablePointer<Target>
    private let targetCount: Int
    private let keys: KeyTable
    private var delimited: DelimitedCursor?
    private var lines: JSONLinesCursor?
    /// Text with quoting undone, for the moment.
    private var scratch = ByteWriter()

    /// The physical line of each row of the batch.
    let rowLines: UnsafeMutablePointer<Int>
    /// Each row of the batch as it stands in the data, without its line break; valid until the next chunk.
    let records: UnsafeMutablePointer<UnsafeBufferPointer<UInt8>>
    /// What is wrong with the form of rows of the batch; such rows have no input at all.
    private(set) var problems: [(row: Int, error: DataError)] = []

    /// A bound column with the frame's memory for it.
    private struct Target {
        var slot: Int
        var column: Int
        var conversion: InputBinding.Conversion
        var looksForTokensFirst: Bool
        var tokenLengths: UInt64
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
                    looksForTokensFirst: column.tokens.hasNumber, tokenLengths: column.tokens.lengths,
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

    /// Fills the frame with the next rows of the chunk and returns how many there are; 0 at its end.
    func fill() -> Int {
        frame.begin()
        problems.removeAll(keepingCapacity: true)
        var row = 0
        let capacity = frame.capacity
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
                if cell.kind.isBare, !target.pointee.looksForTokensFirst, let value = NumberParsing.double(cell.raw), value == value {
                    target.pointee.numbers[row] = value
                    target.pointee.status[row] = 0
                    continue
                }
            case .float:
                if cell.kind.isBare, !target.pointee.looksForTokensFirst, let value = NumberParsing.float(cell.raw), value == value {
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
            convertSlowly(target.pointee, cell, row, isJSON)
        }
    }

    private static func isASCII(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var bits: UInt8 = 0
        for index in 0..<text.count { bits |= text[index] }
        return bits < 0x80
    }

    /// Cells that are quoted, missing, malformed or of a rarer type.
    @inline(never)
    private func convertSlowly(_ target: Target, _ cell: Cell, _ row: Int, _ isJSON: Bool) {
        let column = binding.columns[target.column]
        if cell.kind == .absent || cell.kind == .null {
            Self.setMissing(target, row)
            return
        }
        if target.conversion == .list {
            convertList(target, cell, row, column, isJSON)
            return
        }
        switch value(of: cell, as: target.conversion, column, isJSON) {
        case .missing: Self.setMissing(target, row)
        case .number(let number):
            target.numbers[row] = number
            target.status[row] = 0
        case .code(let code):
            target.codes[row] = code
            target.status[row] = 0
        case .unreadable: refuse(target, cell, row, column, isJSON)
        }
    }

    /// What a cell means.
    private enum Value {
        case missing
        case number(Double)
        case code(Int32)
        case unreadable
    }

    private func value(of cell: Cell, as conversion: InputBinding.Conversion, _ column: InputBinding.Column, _ isJSON: Bool) -> Value {
        switch cell.kind {
        case .absent, .null: return .missing
        case .array: return .unreadable
        case .yes, .no:
            if conversion == .text { return .code(frame.intern(cell.kind == .yes ? "true" : "false")) }
            return conversion == .temporal ? .unreadable : .number(cell.kind == .yes ? 1 : 0)
        case .plain, .quoted, .escaped, .number: break
        }
        scratch.removeAll()
        CellText.append(cell, isJSON: isJSON, to: &scratch)
        return scratch.withBytes { text in
            if column.tokens.contains(text) { return .missing }
            if conversion == .text {
                if cell.kind == .number, let number = NumberParsing.double(text) {
                    return .code(frame.intern(NumberPrinting.text(number)))
                }
                // Ill-formed UTF-8 is mended here, so that it cannot reach an output.
                return .code(Self.isASCII(text) ? frame.intern(text) : frame.intern(String(decoding: text, as: UTF8.self)))
            }
            let bare = NumberParsing.blankless(text)
            if bare.isEmpty || (bare.count < text.count && column.tokens.contains(bare)) { return .missing }
            switch conversion {
            case .float:
                guard let number = NumberParsing.float(bare) else { return .unreadable }
                return number.isNaN && !column.acceptsNaN ? .missing : .number(Double(number))
            case .boolean:
                guard let flag = NumberParsing.boolean(bare) else {
                    return NumberParsing.double(bare)?.isNaN == true ? .missing : .unreadable
                }
                return .number(flag ? 1 : 0)
            case .temporal:
                return Temporal.parse(bare, as: column.type).map { .number($0) } ?? .unreadable
            default:
                guard let number = NumberParsing.double(bare) else {
                    // Seconds may be written as a time of day. Days are not read from dates: a column does not know its epoch.
                    return column.type == .seconds ? Temporal.parse(bare, as: .seconds).map { .number($0) } ?? .unreadable : .unreadable
                }
                return number.isNaN && !column.acceptsNaN ? .missing : .number(number)
            }
        }
    }

    /// A list is a JSON array, in delimited data too; any other text is a list of one.
    private func convertList(_ target: Target, _ cell: Cell, _ row: Int, _ column: InputBinding.Column, _ isJSON: Bool) {
        var items: [Double] = []
        /// Adds an element; false when it cannot be read.
        func add(_ element: Cell, _ isJSON: Bool) -> Bool {
            switch value(of: element, as: column.element, column, isJSON) {
            case .missing: return true
            case .number(let number): items.append(number)
            case .code(let code): items.append(Double(code))
            case .unreadable: return false
            }
            return true
        }
        var array = cell.kind == .array ? cell.raw : UnsafeBufferPointer(start: nil, count: 0)
        // Elements are read from a buffer of their own, as the scratch is used for each of them.
        var text = ByteWriter()
        if !isJSON {
            CellText.append(cell, isJSON: false, to: &text)
            if text.count == 0 || text.withBytes({ column.tokens.contains($0) }) {
                Self.setMissing(target, row)
                return
            }
            array = text.withBytes { $0.first == UInt8(ascii: "[") ? $0 : UnsafeBufferPointer(start: nil, count: 0) }
        }
        var isReadable = true
        if var p = array.baseAddress {
            let limit = p + array.count
            var elements = JSONText.Elements(&p)
            reading: while true {
                switch elements.next(&p, limit) {
                case .element:
                    if !add(elements.cell, true) {
                        isReadable = false
                        break reading
                    }
                case .end:
                    if p != limit { isReadable = false }
                    break reading
                case .malformed:
                    isReadable = false
                    break reading
                }
            }
        } else {
            isReadable = add(cell, isJSON)
        }
        guard isReadable else {
            refuse(target, cell, row, column, isJSON)
            return
        }
        target.codes[row] = frame.makeList(items)
        target.status[row] = 0
    }

    /// There is text, but not of the field's type. What the model makes of it, and whether the row fails, is for its fields to say.
    private func refuse(_ target: Target, _ cell: Cell, _ row: Int, _ column: InputBinding.Column, _ isJSON: Bool) {
        let text = Self.text(cell, isJSON)
        target.status[row] = CellStatus.unreadable
        if target.conversion == .list {
            target.codes[row] = frame.makeList([])
        } else if target.conversion == .text {
            target.codes[row] = frame.intern(text)
        } else {
            target.numbers[row] = Double(frame.intern(text))
            return
        }
        frame.note(
            row: row,
            RowFailure(
                id: "not-a-value", field: column.name, value: text,
                message: "not a value of the field's type, \(target.conversion == .list ? "a list of " : "")\(column.type.name)"))
    }

    /// Leaves nothing of an earlier batch under a missing cell, which kernels may look at before they look at its status.
    private static func setMissing(_ target: Target, _ row: Int) {
        target.status[row] = CellStatus.missing
        // All bits zero are the number 0 and, in the part that a code takes, the first string or list.
        if target.conversion == .text || target.conversion == .list { target.codes[row] = 0 } else { target.numbers[row] = 0 }
    }

    private static func text(_ cell: Cell, _ isJSON: Bool) -> String {
        var text = ByteWriter()
        CellText.append(cell, isJSON: isJSON, to: &text)
        return text.withBytes { DataError.excerpt($0) }
    }
}

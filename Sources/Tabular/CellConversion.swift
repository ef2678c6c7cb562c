import Evaluation

/// What a cell means as a value of its field, for the cells that ``RowFiller`` cannot convert on its fast road.
extension RowFiller {
    /// Cells that are quoted, missing, malformed or of a rarer type.
    @inline(never)
    func convertSlowly(_ target: Target, _ cell: Cell, _ row: Int, _ isJSON: Bool) {
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
        case .illFormed:
            // A category in another encoding is none of the model's, and a mended one would be an answer to another question.
            refuse(target, cell, row, column, isJSON, (id: "encoding", message: "not text in UTF-8; save the table as UTF-8"))
        }
    }

    /// What a cell means.
    private enum Value {
        case missing
        case number(Double)
        case code(Int32)
        case unreadable
        /// Bytes that are no UTF-8.
        case illFormed
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
                if cell.kind == .number, !Self.isLongInteger(text), let number = NumberParsing.double(text) {
                    return .code(frame.intern(NumberPrinting.text(number)))
                }
                if Self.isASCII(text) { return .code(frame.intern(text)) }
                let string = String(decoding: text, as: UTF8.self)
                return string.utf8.elementsEqual(text) ? .code(frame.intern(string)) : .illFormed
            }
            let bare = NumberParsing.blankless(text)
            if bare.isEmpty || (bare.count < text.count && column.tokens.contains(bare)) { return .missing }
            switch conversion {
            case .float:
                guard let number = NumberParsing.float(bare) else { return .unreadable }
                if column.tokens.contains(number) || (number.isNaN && !column.acceptsNaN) { return .missing }
                return .number(Double(number))
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
                if column.tokens.contains(number) || (number.isNaN && !column.acceptsNaN) { return .missing }
                return number.magnitude > column.largest ? .unreadable : .number(number)
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
            case .unreadable, .illFormed: return false
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
    private func refuse(
        _ target: Target, _ cell: Cell, _ row: Int, _ column: InputBinding.Column, _ isJSON: Bool, _ reason: (id: String, message: String)? = nil
    ) {
        let text = Self.text(cell, isJSON)
        target.status[row] = CellStatus.unreadable
        switch target.conversion {
        case .list: target.codes[row] = frame.makeList([])
        case .text: target.codes[row] = frame.intern(text)
        default:
            target.numbers[row] = Double(frame.intern(text))
            return
        }
        frame.note(row: row, reason.map { RowFailure(id: $0.id, field: column.name, value: text, message: $0.message) } ?? .notAValue(column.name, text, frame))
    }

    /// Whether a number may be a whole one that binary64 cannot hold; as a text, such as an account's number, it stays as it is written.
    private static func isLongInteger(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.count > 15 && text.dropFirst(text.first == UInt8(ascii: "-") ? 1 : 0).allSatisfy { $0 >= 48 && $0 <= 57 }
    }

    /// Leaves nothing of an earlier batch under a missing cell, which kernels may look at before they look at its status.
    static func setMissing(_ target: Target, _ row: Int) {
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

import Evaluation

/// Values of a frame as text.
enum ResultText {
    /// A number by its type: a truth value, a date, binary32 or binary64.
    @inline(__always)
    static func write(_ value: Double, as type: ValueType, to out: inout ByteWriter) {
        switch type {
        case .float: out.append(number: Float(value))
        case .boolean: if value == 0 { out.append("false") } else { out.append("true") }
        case .date, .time, .dateTime: Temporal.format(value, as: type, into: &out)
        // An integer has no -0.
        case .integer: out.append(number: value + 0)
        default: out.append(number: value)
        }
    }

    /// The value of a column as JSON; it is not missing.
    static func writeJSON(_ column: TableWriter.Column, _ frame: Frame, _ row: Int, to out: inout ByteWriter) {
        switch column.kind {
        case .number: writeJSON(frame.numbers(column.register)[row], as: column.type, to: &out)
        case .text: JSONText.quote(frame.text(frame.codes(column.register)[row]), into: &out)
        case .list:
            out.append(UInt8(ascii: "["))
            var isFirst = true
            for item in frame.list(frame.codes(column.register)[row]) {
                if !isFirst { out.append(UInt8(ascii: ",")) }
                isFirst = false
                if column.type == .string {
                    if let code = Int32(exactly: item) { JSONText.quote(frame.text(code), into: &out) } else { out.append("null") }
                } else {
                    writeJSON(item, as: column.type, to: &out)
                }
            }
            out.append(UInt8(ascii: "]"))
        }
    }

    private static func writeJSON(_ value: Double, as type: ValueType, to out: inout ByteWriter) {
        let isQuoted = !value.isFinite || type == .date || type == .time || type == .dateTime
        if isQuoted { out.append(34) }
        write(value, as: type, to: &out)
        if isQuoted { out.append(34) }
    }
}

/// Cells of delimited text. https://www.rfc-editor.org/rfc/rfc4180
enum DelimitedText {
    /// Appends a cell, in quotes if it holds a delimiter, a quote or a line break.
    static func append(_ text: UnsafeBufferPointer<UInt8>, _ delimiter: UInt8, to out: inout ByteWriter) {
        var needsQuotes = false
        for index in 0..<text.count {
            let byte = text[index]
            if byte == delimiter || byte == 34 || byte == 10 || byte == 13 { needsQuotes = true }
        }
        guard needsQuotes else {
            out.append(text)
            return
        }
        out.append(34)
        for index in 0..<text.count {
            if text[index] == 34 { out.append(34) }
            out.append(text[index])
        }
        out.append(34)
    }
}

/// Rows of the input, written again before their results.
enum AppendedCells {
    /// The cells of a row of delimited text with another delimiter, or made to fit the header if their number is wrong.
    static func writeDelimited(
        _ record: UnsafeBufferPointer<UInt8>, _ input: TableWriter.AppendedInput, _ delimiter: UInt8, to out: inout ByteWriter
    ) {
        forEachCell(record, input) { index, cell in
            if index > 0 { out.append(delimiter) }
            guard let cell else { return }
            var text = ByteWriter()
            CellText.append(cell, isJSON: false, to: &text)
            text.withBytes { DelimitedText.append($0, delimiter, to: &out) }
        }
    }

    /// The row as members of a JSON object, without braces; false when there are none.
    static func writeMembers(
        _ record: UnsafeBufferPointer<UInt8>, _ input: TableWriter.AppendedInput, isWhole: Bool, to out: inout ByteWriter
    ) -> Bool {
        if input.format == .jsonLines {
            guard isWhole, record.count > 2 else { return false }
            let members = NumberParsing.blankless(UnsafeBufferPointer(rebasing: record[1..<record.count - 1]))
            out.append(members)
            return !members.isEmpty
        }
        forEachCell(record, input) { index, cell in
            if index > 0 { out.append(UInt8(ascii: ",")) }
            var name = input.columns[index]
            name.withUTF8 { JSONText.quote($0, into: &out) }
            out.append(UInt8(ascii: ":"))
            guard let cell, cell.kind != .plain || cell.length > 0 else {
                out.append("null")
                return
            }
            if cell.kind == .plain && JSONText.isNumber(cell.raw) {
                out.append(cell.raw)
                return
            }
            var text = ByteWriter()
            CellText.append(cell, isJSON: false, to: &text)
            text.withBytes { bytes in
                if bytes.allSatisfy({ $0 < 0x80 }) { return JSONText.quote(bytes, into: &out) }
                // JSON is UTF-8, whatever the table was.
                var mended = String(decoding: bytes, as: UTF8.self)
                mended.withUTF8 { JSONText.quote($0, into: &out) }
            }
        }
        return !input.columns.isEmpty
    }

    /// Calls `body` once for each column of the header, with the row's cell or nil.
    private static func forEachCell(
        _ record: UnsafeBufferPointer<UInt8>, _ input: TableWriter.AppendedInput, _ body: (Int, Cell?) -> Void
    ) {
        guard case .delimited(let delimiter) = input.format else { return }
        let width = input.columns.count
        withUnsafeTemporaryAllocation(of: Cell.self, capacity: max(1, width)) { cells in
            guard let base = cells.baseAddress else { return }
            var cursor = DelimitedCursor(record, line: 1, delimiter: delimiter)
            let count = min(width, cursor.read(base, capacity: width, columns: 1) ?? 0)
            for index in 0..<width { body(index, index < count ? base[index] : nil) }
        }
    }
}

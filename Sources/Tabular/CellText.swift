import Evaluation

/// The text of a cell, with quoting undone.
enum CellText {
    /// Appends the cell's text; numbers, names and arrays of JSON as they are written.
    static func append(_ cell: Cell, isJSON: Bool, to out: inout ByteWriter) {
        guard cell.kind == .escaped else {
            out.append(cell.raw)
            return
        }
        if isJSON {
            JSONText.unescape(cell.raw, into: &out)
            return
        }
        let raw = cell.raw
        var index = 0
        while index < raw.count {
            out.append(raw[index])
            index &+= raw[index] == 34 ? 2 : 1
        }
    }
}

// https://dmg.org/pmml/v4-4-1/Taxonomy.html#xsdElement_InlineTable
import ModelTree

/// The names that a table's columns have as elements: their own, where XML can have them.
struct ColumnNames {
    private var names: [String: String] = [:]

    init(_ columns: [String]) {
        var taken = Set(columns)
        for column in columns {
            if Self.isName(column) {
                names[column] = column
                continue
            }
            var number = names.count + 1
            while !taken.insert("column\(number)").inserted { number += 1 }
            names[column] = "column\(number)"
        }
    }

    /// The element's name of a column; a column that the table lacks has its own.
    subscript(column: String) -> String { names[column] ?? column }

    /// Whether a text is a local name that means nothing else to a reader.
    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, first.isLetter || first == UInt8(ascii: "_") || first >= 0x80 else { return false }
        let isPlain = text.utf8.allSatisfy {
            $0.isLetter || $0 >= 0x80 || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
                || $0 == UInt8(ascii: ".")
        }
        return isPlain && !text.lowercased().hasPrefix("xml") && text != "Extension"
            && text.unicodeScalars.allSatisfy { $0.isASCII || $0.properties.isAlphabetic }
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }
}

extension DocumentWriter {
    func write(_ table: InlineTable, _ names: ColumnNames) {
        let names = table.columns.map { names[$0] }
        // The schema asks for two cells or more in every row.
        var filler = "none"
        while names.contains(filler) { filler += "_" }
        out.element("InlineTable", at: table.location) {
            for row in table.rows {
                out.element("row") {
                    var count = 0
                    for (name, value) in zip(names, row) {
                        guard let value else { continue }
                        out.cell(name, value)
                        count += 1
                    }
                    while count < 2 {
                        out.cell(filler, "")
                        count += 1
                    }
                }
            }
        }
    }
}

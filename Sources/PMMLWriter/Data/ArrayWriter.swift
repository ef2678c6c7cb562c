// https://dmg.org/pmml/v4-4-1/GeneralStructure.html#xsdElement_Array
import ModelTree

extension DocumentWriter {
    /// `Array` of numbers.
    func write(numbers: [Double]) { write(numbers: numbers[...]) }

    func write(numbers: ArraySlice<Double>) {
        out.element("Array") {
            out.attribute("n", integer: numbers.count)
            out.attribute("type", "real")
            list(numbers)
        }
    }

    private func list(_ numbers: ArraySlice<Double>) {
        var isFirst = true
        for number in numbers {
            if !isFirst { out.space() }
            isFirst = false
            out.text(number: number)
        }
    }

    /// `Array` of texts; of numbers, where all are such.
    func write(strings: [String]) {
        out.element("Array") {
            out.attribute("n", integer: strings.count)
            out.attribute("type", Self.arrayType(strings))
            var isFirst = true
            for string in strings {
                if !isFirst { out.space() }
                isFirst = false
                out.text(quoted(string))
            }
        }
    }

    private static func arrayType(_ strings: [String]) -> String {
        if strings.isEmpty { return "string" }
        if strings.allSatisfy({ Int($0) != nil }) { return "int" }
        return strings.allSatisfy { Double($0)?.isFinite == true && !$0.contains { $0 == "x" || $0 == "p" } } ? "real" : "string"
    }

    /// A value as an array has it: in quotes where it is empty, or holds white space or quotes; a quote is written `\"`.
    private func quoted(_ value: String) -> String {
        let needsQuotes = value.isEmpty || value.utf8.contains { $0 == 32 || ($0 >= 9 && $0 <= 13) || $0 == UInt8(ascii: "\"") }
        if !needsQuotes { return value }
        if value.utf8.last == UInt8(ascii: "\\") {
            out.problem(.unwritableText, "an Array cannot hold \"\(value)\": it needs quotes and ends in a backslash")
        }
        var text = "\""
        for character in value.unicodeScalars {
            if character == "\"" { text.unicodeScalars.append("\\") }
            text.unicodeScalars.append(character)
        }
        return text + "\""
    }

    /// `REAL-SparseArray`. `Indices` count from 1.
    func write(_ array: SparseArray) {
        out.element("REAL-SparseArray") {
            out.attribute("n", integer: array.count)
            if array.defaultValue != 0 { out.attribute("defaultValue", number: array.defaultValue) }
            if array.indices.isEmpty { return }
            out.element("Indices") { list(array.indices.map { Double($0) + 1 }[...]) }
            out.element("REAL-Entries") { list(array.entries[...]) }
        }
    }

    /// `Matrix`, row by row.
    func write(_ matrix: Matrix) {
        out.element("Matrix") {
            out.attribute("nbRows", integer: matrix.rows)
            out.attribute("nbCols", integer: matrix.columns)
            guard matrix.columns > 0, matrix.values.count == matrix.rows * matrix.columns else { return }
            for row in 0..<matrix.rows { write(numbers: matrix.values[row * matrix.columns..<(row + 1) * matrix.columns]) }
        }
    }
}

import Evaluation
import Pommel

/// What a model says of itself, as text; as JSON, ``Model`` itself says it.
enum ModelDescription {
    static func text(_ model: Model) -> String {
        let schema = model.schema
        var lines = ["\(model.name) (\(model.isNative ? "native file" : model.isSavedByR ? "saved by R" : "PMML"))"]
        lines += TextTable.rows(schema.properties.map { [$0.name, oneLine($0.value)] })
        lines += ["", "Inputs (\(schema.inputs.count))"]
        lines += TextTable.rows(schema.inputs.map { input in
            [input.name, type(input.type, input.register), input.opType.name, input.usage + (input.isRequired ? "" : ", not used"), domain(input)]
        })
        let results = schema.results.filter { $0.role != .derived }
        lines += ["", "Results (\(results.count))"]
        lines += TextTable.rows(results.map { result in
            [result.name, type(result.type, result.register), result.opType.name, result.role.name,
             result.feature + (result.value.map { "(\($0))" } ?? "") + (result.isDefault ? "" : ", on request")]
        })
        let derived = schema.results.filter { $0.role == .derived }
        if !derived.isEmpty {
            lines += ["", "Derived fields (\(derived.count))"]
            lines += TextTable.rows(derived.map { [$0.name, type($0.type, $0.register), $0.opType.name] })
        }
        lines += ["", "Structure"]
        lines += schema.structure.map { String(repeating: "  ", count: min($0.depth, 100) + 1) + $0.text }
        if !schema.vendorMarkup.isEmpty { lines += ["", "Vendor markup"] + schema.vendorMarkup.map { "  " + $0 } }
        if let table = schema.verification { lines += ["", "Verification: \(table.rows.count) records of \(table.fields.count) fields"] }
        lines += ["", "Size: \(model.nativeByteCount) bytes of tables"]
        return lines.joined(separator: "\n")
    }

    private static func type(_ type: ValueType, _ register: Register) -> String {
        register.kind == .list ? "list of \(type.name)" : type.name
    }

    /// Valid values or intervals, the first ones of many.
    private static func domain(_ input: InputField) -> String {
        if !input.intervals.isEmpty { return input.intervals.joined(separator: " ") }
        let shown = input.values.prefix(8).joined(separator: ", ")
        return input.values.count > 8 ? shown + ", … (\(input.values.count) values)" : shown
    }

    private static func oneLine(_ text: String) -> String {
        String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    }
}

/// Columns of text, each as wide as its widest cell up to a limit.
enum TextTable {
    private static let widest = 40

    static func rows(_ rows: [[String]]) -> [String] {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], min(cell.count, widest))
            }
        }
        return rows.map { row in
            var line = " "
            for (column, cell) in row.enumerated() {
                line += " " + cell
                if column + 1 < row.count { line += String(repeating: " ", count: max(0, widths[column] - cell.count) + 1) }
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}

import Evaluation
import Pommel

/// What a model says of itself, as JSON and as text.
enum ModelDescription {
    static func json(_ model: Model) -> JSON {
        let schema = model.schema
        return JSON.members([
            "file": .string(model.name),
            "format": .string(model.isNative ? "pommel" : model.isSavedByR ? "r" : "pmml"),
            "properties": .object(schema.properties.map { JSON.Member(name: $0.name, value: .string($0.value)) }),
            "inputs": .array(schema.inputs.map(json)),
            "outputs": .array(schema.results.filter { $0.role != .derived }.map(json)),
            "derivedFields": .array(schema.results.filter { $0.role == .derived }.map(json)),
            "structure": .array(schema.structure.map { JSON.members(["depth": .int($0.depth), "text": .string($0.text)]) }),
            "vendorMarkup": .strings(schema.vendorMarkup),
            "tableBytes": .int(model.nativeByteCount),
            "verificationRecords": .int(schema.verification?.rows.count ?? 0),
            "stateful": .boolean(schema.isStateful),
            "warnings": .array(model.warnings.map { ValidateCommand.json(Finding(severity: .warning, id: $0.id, message: $0.message, place: $0.place)) }),
        ])
    }

    private static func json(_ input: InputField) -> JSON {
        JSON.members([
            "name": .string(input.name), "displayName": input.displayName.map(JSON.string), "dataType": .string(input.type.name),
            "opType": .string(input.opType.name), "usageType": .string(input.usage), "required": .boolean(input.isRequired),
            "isList": input.register.kind == .list ? .boolean(true) : nil,
            "values": input.values.isEmpty ? nil : .strings(input.values),
            "intervals": input.intervals.isEmpty ? nil : .strings(input.intervals),
        ])
    }

    private static func json(_ result: ResultField) -> JSON {
        JSON.members([
            "name": .string(result.name), "displayName": result.displayName.map(JSON.string), "dataType": .string(result.type.name),
            "opType": .string(result.opType.name), "role": .string(role(result)),
            "feature": result.feature.isEmpty ? nil : .string(result.feature), "value": result.value.map(JSON.string),
            "isList": result.register.kind == .list ? .boolean(true) : nil, "default": .boolean(result.isDefault),
        ])
    }

    private static func role(_ result: ResultField) -> String {
        switch result.role {
        case .target: "target"
        case .output: "output"
        case .derived: "derived"
        }
    }

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
            [result.name, type(result.type, result.register), result.opType.name, role(result),
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

import Evaluation

/// Which column of a table fills which input of a plan. Immutable; every worker reads the same one.
public struct InputBinding: Sendable {
    /// How a cell becomes a value.
    enum Conversion: UInt8, Sendable {
        case double, float, boolean, temporal, text, list

        @inline(__always)
        var isNumber: Bool { self == .double || self == .float }
    }

    /// One input that the table has a column for.
    struct Column: Sendable {
        var name: String
        /// The index of its cell: the column of delimited data, its place among the bound names in JSON Lines.
        var slot: Int
        var register: Int32
        var type: ValueType
        var conversion: Conversion
        /// How a list's elements are read.
        var element: Conversion
        var tokens: ColumnTokens
        /// Whether the field declares NaN as a valid value.
        var acceptsNaN: Bool
        /// See ``ValueType/largest``: of the values, or of a list's elements.
        var largest: Double
    }

    let columns: [Column]
    /// Registers of inputs that the table has no column for.
    let absent: [Int32]
    /// Names of the bound columns by slot, for JSON Lines.
    let keys: [String]
    /// Cells in a row of delimited data.
    let width: Int
    /// What people call the fields that are read, where the model says it.
    private let displayNames: [(name: String, display: String)]
    /// Columns that are missing from the table or written twice.
    public private(set) var warnings: [DataError] = []

    /// The most missing columns that are told one by one: of a table of another kind there are thousands, and to look for what was meant takes time.
    private static let mostTold = 100

    /// - Parameters:
    ///   - plan: what will be computed; inputs that it does not read are left out.
    ///   - header: the columns of delimited data, nil for JSON Lines.
    init(_ plan: Plan, header: [String]?, format: TableFormat, missing: MissingTokens) {
        let read = plan.readRegisters
        let inputs = plan.program.schema.inputs.filter { read.contains($0.register.index) }
        let tokens = missing.bytes(for: format)
        let names = Set(inputs.map(\.name))
        var slots: [String: Int] = [:]
        if let header {
            for (index, name) in header.enumerated() {
                if slots[name] == nil {
                    slots[name] = index
                } else if names.contains(name) {
                    warnings.append(
                        DataError(
                            id: "column-duplicate", message: "the column is in the header more than once; the first is read", line: 1,
                            field: name))
                }
            }
            for (index, name) in header.enumerated() {
                let trimmed = Self.trim(name)
                if slots[trimmed] == nil { slots[trimmed] = index }
            }
        }
        let schema = plan.program.schema
        if let header, schema.property("inputs") == "by position", header.count >= schema.inputs.count, !schema.inputs.contains(where: { slots[$0.name] != nil }) {
            for (index, field) in schema.inputs.enumerated() { slots[field.name] = index }
        }
        var columns: [Column] = []
        var absent: [Int32] = []
        var keys: [String] = []
        var missed: Set<String> = []
        for field in inputs {
            let slot: Int
            if header == nil {
                slot = keys.count
                keys.append(field.name)
            } else if let found = slots[field.name] {
                slot = found
            } else {
                absent.append(field.register.index)
                if field.isRequired && missed.insert(field.name).inserted && missed.count <= Self.mostTold {
                    warnings.append(
                        DataError(
                            id: "column-missing",
                            message: "the table has no such column; every row counts as missing it" + Self.meant(field, header ?? []),
                            field: field.name))
                }
                continue
            }
            columns.append(
                Column(
                    name: field.name, slot: slot, register: field.register.index, type: field.type,
                    conversion: field.register.kind == .list ? .list : Self.conversion(field.type),
                    element: Self.conversion(field.elementType ?? field.type),
                    tokens: ColumnTokens(tokens, except: field.values), acceptsNaN: field.values.contains("NaN"),
                    largest: (field.elementType ?? field.type).largest))
        }
        if missed.count > Self.mostTold {
            warnings.append(
                DataError(id: "column-missing", message: "the table lacks \(missed.count - Self.mostTold) more columns that the model reads; `pommel inspect MODEL` lists them"))
        }
        displayNames = inputs.compactMap { field in field.displayName.map { (field.name, $0) } }
        self.columns = columns
        self.absent = absent
        self.keys = keys
        width = header?.count ?? keys.count
    }

    /// Why a table is hardly the one that is meant: it has columns, but none of those that the plan reads.
    ///
    /// - Parameter header: the table's columns.
    public func mismatch(_ header: [String]) -> DataError? {
        guard columns.isEmpty, !warnings.isEmpty, let first = header.first else { return nil }
        let wanted = warnings.compactMap(\.field)
        let names = wanted.prefix(5).map { "\"\($0)\"" }.joined(separator: ", ") + (wanted.count > 5 ? ", …" : "")
        var advice = "; is the first line a header?"
        let there = Set(header)
        let shown = displayNames.first { there.contains($0.display) }
        if header.count == 1 {
            for (delimiter, say) in [(";", "--delimiter ';'"), ("\t", "--input-format tsv"), ("|", "--delimiter '|'"), (",", "--input-format csv")]
            where first.contains(delimiter) { advice = "; the cells seem to be separated otherwise: say \(say)" }
        } else if let shown {
            advice = "; \"\(shown.display)\" is the displayName of field \"\(shown.name)\", whose name the column must have"
        } else if let near = header.prefix(100).first(where: { NearestName.to($0, among: wanted) != nil }), let meant = NearestName.to(near, among: wanted) {
            advice = "; is \"\(near)\" meant to be \"\(meant)\"?"
        }
        return DataError(id: "columns-missing", message: "the table has none of the columns that the model reads: \(names)" + advice, line: 1)
    }

    /// The column that was meant: one that has the field's displayName, or nearly its name.
    private static func meant(_ field: InputField, _ header: [String]) -> String {
        if let display = field.displayName, header.contains(display) { return "; is \"\(display)\" meant, the field's displayName?" }
        return NearestName.hint(field.name, among: header)
    }

    private static func conversion(_ type: ValueType) -> Conversion {
        switch type {
        case .string: .text
        case .integer, .double, .days, .seconds: .double
        case .float: .float
        case .boolean: .boolean
        case .date, .time, .dateTime: .temporal
        }
    }

    private static func trim(_ name: String) -> String {
        let isBlank = { (byte: UInt8) in byte == 32 || byte == 9 }
        let utf8 = name.utf8
        guard let first = utf8.firstIndex(where: { !isBlank($0) }), let last = utf8.lastIndex(where: { !isBlank($0) }) else {
            return ""
        }
        return String(name[first...last])
    }
}

import ModelTree

/// The fields of the document that is being made: those of the data, and those derived from them.
final class FieldTable {
    enum FieldType {
        case number
        /// Numbers of binary32.
        case float
        case logical
        case text
        /// Whether there is a value is all that matters.
        case any
        /// Texts, of which only these are valid.
        case factor([String], isOrdered: Bool)
    }

    private var order: [String] = []
    private var types: [String: FieldType] = [:]
    private(set) var derived: [DerivedField] = []
    /// Derived fields by what they are, so that the same is not derived twice.
    private var known: [String: String] = [:]
    private var taken: Set<String> = []

    /// States that the data have a field; a field stated several times has the type that serves all of its uses.
    func declare(_ name: String, _ type: FieldType) {
        guard let present = types[name] else {
            order.append(name)
            types[name] = type
            taken.insert(name)
            return
        }
        switch (present, type) {
        case (.text, .factor), (.any, _): types[name] = type
        default: break
        }
    }

    func type(of name: String) -> FieldType? { types[name] }

    /// Fields that stand in for those of the data, prepared before the model sees them.
    private var prepared: [String: String] = [:]
    func replace(_ name: String, with field: String) { prepared[name] = field }
    func isReplaced(_ name: String) -> Bool { prepared[name] != nil }

    /// Reads one of several models: what stands in for its columns is no matter of the others.
    func withOwnPreparation<Result>(_ read: () throws(RReadError) -> Result) throws(RReadError) -> Result {
        let outer = (prepared, stated, written, knowsFactors)
        defer { (prepared, stated, written, knowsFactors) = outer }
        return try read()
    }

    /// Columns by the names that scaling makes of theirs; nil where several would have the same.
    private var written: [String: String?] = [:]
    func write(_ names: [String]) {
        for name in names {
            let made = SyntacticName.make(name)
            if let other = written[made], other != name { written[made] = .some(nil) } else { written[made] = name }
        }
    }

    /// The column of which a learner knows the name that scaling has made.
    func writtenName(_ name: String, at place: RValue) throws(RReadError) -> String {
        if written.isEmpty || prepared[name] != nil { return name }
        guard let found = written[name] ?? nil else { throw place.inconsistent("the vectors have a column \(name), which is none of the formula's or the data's") }
        return found
    }

    /// Types of columns of which a model knows no more than the names.
    private var stated: [String: FieldType] = [:]
    /// Whether every column that has levels is stated.
    var knowsFactors = false
    func state(_ name: String, _ type: FieldType) { stated[name] = type }
    func statedType(_ name: String) -> FieldType? { prepared[name] == nil ? stated[name] : nil }
    func statedLevels(_ name: String) -> [String]? {
        if case .factor(let levels, _)? = statedType(name) { return levels }
        return nil
    }

    /// A number that the model asks for by its name: the field of the data, or what it was prepared to.
    func numberField(_ name: String) -> String {
        if let field = prepared[name] { return field }
        declare(name, .number)
        return name
    }

    /// The same, as a learner sees it that keeps its data in binary32.
    func floatField(_ name: String) -> String {
        if prepared[name] == nil {
            if types[name] == nil { declare(name, .float) }
            if case .float = types[name] { return name }
        }
        let field = numberField(name)
        return derive("float(\(field))", key: "float \(field)", .continuous, .float) { .field(field) }
    }

    /// Whether a field of the data, or a derived one, holds numbers.
    func isNumber(_ name: String) -> Bool {
        switch types[name] {
        case .number, .float: true
        case .logical, .text, .any, .factor: false
        case nil: derived.first { $0.name == name }?.dataType == .double
        }
    }

    /// Keeps a name (a target's, an output's) from being given to a derived field.
    func reserve(_ name: String) { taken.insert(name) }

    /// Keeps the fields of another model apart from those derived so far: the same text may stand for what another fit has fixed.
    func startModel() { known = [:] }

    /// Adds a derived field, or finds the one that is the same; its name is the one wished for, unless that is taken.
    ///
    /// - Parameter key: what the field is, in full.
    func derive(_ wish: String, key: String, _ opType: OpType, _ dataType: DataType, _ expression: () -> Expression) -> String {
        if let name = known[key] { return name }
        let made = expression()
        var name = wish
        var count = 1
        while taken.contains(name) {
            count += 1
            name = "\(wish) (\(count))"
        }
        taken.insert(name)
        known[key] = name
        derived.append(DerivedField(name: name, opType: opType, dataType: dataType, expression: made))
        return name
    }

    /// A number computed for every row.
    func number(_ wish: String, _ expression: Expression, key: String? = nil) -> String {
        if case .fieldRef(let field) = expression.kind, field.mapMissingTo == nil { return field.field }
        return derive(wish, key: key ?? "number \(wish)", .continuous, .double) { expression }
    }

    /// 1 where a categorical field has the value, else 0.
    func indicator(_ wish: String, _ field: String, _ value: String) -> String {
        derive(wish, key: "indicator \(field)\u{0}\(value)", .continuous, .double) {
            Expression(.normDiscrete(NormDiscrete(field: field, value: value)))
        }
    }

    /// A number for each value of a categorical field.
    func lookup(_ wish: String, _ field: String, _ values: [String], _ numbers: [Double]) -> String {
        derive(wish, key: "lookup \(field)\u{0}\(values)\(numbers)", .continuous, .double) {
            let rows = zip(values, numbers).map { [$0, "\($1)"] as [String?] }
            return Expression(.mapValues(MapValues(
                outputColumn: "number", dataType: .double, pairs: [(field, "value")],
                table: InlineTable(columns: ["value", "number"], rows: rows, location: .none))))
        }
    }

    var dataFields: [DataField] {
        order.map { name in
            switch types[name] ?? .text {
            case .number: DataField(name: name, opType: .continuous, dataType: .double)
            case .float: DataField(name: name, opType: .continuous, dataType: .float)
            case .logical: DataField(name: name, opType: .categorical, dataType: .boolean)
            case .text, .any: DataField(name: name, opType: .categorical, dataType: .string)
            case .factor(let levels, let isOrdered):
                DataField(name: name, opType: isOrdered ? .ordinal : .categorical, dataType: .string, values: levels.map { FieldValue(value: $0) })
            }
        }
    }

    /// Fields without which a row still has results; see ``makeOptional(except:)``.
    private var optional: Set<String> = []
    /// The fields of the data so far.
    var names: Set<String> { Set(order) }

    /// Marks the fields that others than these are as ones that a table may lack.
    func makeOptional(except needed: Set<String>) { optional.formUnion(order.filter { !needed.contains($0) }) }

    var activeFields: [MiningField] { order.map { MiningField(name: $0, usageType: optional.contains($0) ? .supplementary : .active) } }
}

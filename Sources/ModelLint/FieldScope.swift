import ModelTree

// https://dmg.org/pmml/v4-4-1/FieldScope.html

/// What is stated of the fields that can be seen: their types, which values in predicates are compared as, and the values of those that can have no others.
struct FieldScope {
    private var types: [String: DataType] = [:]
    private var values: [String: Set<ExactText>] = [:]
    /// Fields whose listed values are compared as numbers.
    private var numbers: Set<String> = []
    /// Fields with an order of their own: of their numbers none need be less than a greater one.
    private var ordered: Set<String> = []
    /// Fields that list nothing but texts that are no numbers.
    private var neverNumbers: Set<String> = []
    /// What hides some of all these inside a model or function.
    private var cover: Cover?

    /// Names that hide those outside, and their types. The many models of a document share what is outside.
    private final class Cover {
        var types: [String: DataType?] = [:]
        let outer: Cover?

        init(_ outer: Cover?) { self.outer = outer }

        /// nil: not hidden.
        func type(of name: String) -> DataType?? { types[name] ?? outer?.type(of: name) }
    }

    init(_ document: Document) {
        for field in document.dataDictionary.fields {
            types[field.name] = field.dataType
            if field.opType == .ordinal { ordered.insert(field.name) }
            list(field)
        }
        for field in document.transformations.derivedFields { if let name = field.name { types[name] = field.dataType } }
        // What one model lets through reaches the models inside it.
        for model in document.models.flatMap(\.withInnerModels) {
            for field in model.miningSchema.fields {
                if field.opType == .ordinal { ordered.insert(field.name) }
                if field.invalidValueTreatment == .asIs { values[field.name] = nil }
                for other in [field.missingValueReplacement, field.invalidValueReplacement] {
                    guard let other else { continue }
                    let key = plain(other, field.name)
                    values[field.name]?.insert(key)
                }
            }
        }
        for (name, listed) in values where listed.allSatisfy({ Double($0.text) == nil }) { neverNumbers.insert(name) }
    }

    private mutating func list(_ field: DataField) {
        guard field.intervals.isEmpty, values[field.name] == nil else { return }
        switch field.dataType {
        case .string: break
        case .integer, .float, .double: numbers.insert(field.name)
        default: return
        }
        let valid = field.values.filter { $0.property == .valid }.map { plain($0.value, field.name) }
        if !valid.isEmpty { values[field.name] = Set(valid) }
    }

    /// Those seen inside a model: its own fields, and the results of its segments, may hide others. Results have no types here: they are only known when
    /// the segments have been compiled.
    func inside(_ model: Model) -> FieldScope {
        let hidden = Cover(cover)
        for field in model.localTransformations.derivedFields { if let name = field.name { hidden.types[name] = .some(field.dataType) } }
        for output in model.innerModels.flatMap(\.output) { hidden.types[output.name] = .some(nil) }
        return covered(hidden)
    }

    /// Those seen inside a function: its parameters are what its callers say.
    func inside(_ function: DefineFunction) -> FieldScope {
        let hidden = Cover(cover)
        for parameter in function.parameters { hidden.types[parameter.name] = .some(nil) }
        return covered(hidden)
    }

    private func covered(_ hidden: Cover) -> FieldScope {
        if hidden.types.isEmpty { return self }
        var inner = self
        inner.cover = hidden
        return inner
    }

    private func type(of name: String) -> DataType? { cover?.type(of: name) ?? types[name] }

    private func isHidden(_ name: String) -> Bool { cover?.type(of: name) != nil }

    private func listed(_ name: String) -> Set<ExactText>? { isHidden(name) ? nil : values[name] }

    /// The number that a value stands for; nil where the field is no number's or nothing is known of it.
    func number(_ value: String, _ field: String) -> Double? {
        switch type(of: field) {
        case .integer, .float, .double: Double(value)
        default: nil
        }
    }

    /// Whether a field's values may have another order than their numbers.
    func isOrdered(_ field: String) -> Bool { ordered.contains(field) }

    /// Whether a field is of whole numbers, and a value is a number with a fraction.
    func isWholeAgainstFraction(_ field: String, _ value: String) -> Bool {
        guard type(of: field) == .integer, let number = Double(value), number.isFinite else { return false }
        return number != number.rounded()
    }

    func isText(_ field: String) -> Bool { type(of: field) == .string }

    /// Whether a field lists values.
    func lists(_ field: String) -> Bool { listed(field) != nil }

    /// Whether a field lists values, and this one is not among them.
    func lacks(_ value: String, _ field: String) -> Bool { listed(field).map { !$0.contains(plain(value, field)) } ?? false }

    /// Whether a field lists nothing but texts that are no numbers.
    func isNeverANumber(_ field: String) -> Bool { neverNumbers.contains(field) && !isHidden(field) }

    /// 1, 1.0 and 1e0 are one number.
    private func plain(_ value: String, _ field: String) -> ExactText { ExactText(numbers.contains(field) ? Double(value)?.description ?? value : value) }
}

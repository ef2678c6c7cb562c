import ModelTree

/// The types of the fields that can be seen, as far as they are stated: what a value in a predicate is compared as.
struct FieldTypes {
    private var types: [String: DataType] = [:]
    /// The valid values of the fields that list them, and have no others.
    private var listed: [String: Set<String>] = [:]

    init(_ document: Document) {
        for field in document.dataDictionary.fields {
            types[field.name] = field.dataType
            let valid = field.values.filter { $0.property == .valid }.map(\.value)
            if field.dataType == .string, !valid.isEmpty { listed[field.name] = Set(valid) }
        }
        for field in document.transformations.derivedFields { if let name = field.name { define(name, field.dataType) } }
    }

    private mutating func define(_ name: String, _ type: DataType?) {
        types[name] = type
        listed[name] = nil
    }

    /// Those seen inside a model. Results of its segments have no types here: they are only known when the segments have been compiled.
    func inside(_ model: Model) -> FieldTypes {
        var inner = self
        for field in model.miningSchema.fields {
            // What is let through, or put in its place, may be anything.
            if field.invalidValueTreatment == .asIs || field.invalidValueReplacement != nil { inner.listed[field.name] = nil }
            if let replacement = field.missingValueReplacement { inner.listed[field.name]?.insert(replacement) }
        }
        for field in model.localTransformations.derivedFields { if let name = field.name { inner.define(name, field.dataType) } }
        for name in model.innerModels.flatMap({ $0.output.map(\.name) }) { inner.define(name, nil) }
        return inner
    }

    /// Those seen inside a function: its parameters are what its callers say.
    func without(_ function: DefineFunction) -> FieldTypes {
        var inner = self
        for parameter in function.parameters { inner.types[parameter.name] = nil }
        return inner
    }

    /// The number that a value stands for; nil where the field is no number's or nothing is known of it.
    func number(_ value: String, _ field: String) -> Double? { isNumber(field) ? Double(value) : nil }

    func isNumber(_ field: String) -> Bool {
        switch types[field] {
        case .integer, .float, .double: true
        default: false
        }
    }

    /// Why a field never equals a value; nil where it may, or nothing is known of it.
    func impossibility(of value: String, _ field: String) -> String? {
        if types[field] == .integer, let number = Double(value), number.isFinite, number != number.rounded() { return "the field is of type integer" }
        if let values = listed[field], !values.contains(value) { return "the DataField does not list it as valid" }
        return nil
    }

    func isText(_ field: String) -> Bool { types[field] == .string }
}

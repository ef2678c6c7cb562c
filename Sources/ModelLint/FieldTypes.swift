import ModelTree

/// The types of the fields that can be seen, as far as they are stated: what a value in a predicate is compared as.
struct FieldTypes {
    private var types: [String: DataType] = [:]

    init(_ document: Document) {
        for field in document.dataDictionary.fields {
            types[field.name] = field.dataType
        }
        for field in document.transformations.derivedFields { if let name = field.name { types[name] = field.dataType } }
    }

    /// Those seen inside a model. Results of its segments have no types here: they are only known when the segments have been compiled.
    func inside(_ model: Model) -> FieldTypes {
        var inner = self
        for field in model.localTransformations.derivedFields { if let name = field.name { inner.types[name] = field.dataType } }
        for name in model.innerModels.flatMap({ $0.output.map(\.name) }) { inner.types[name] = nil }
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

    /// Whether a field is of whole numbers, and a value is a number with a fraction.
    func isWholeAgainstFraction(_ field: String, _ value: String) -> Bool {
        guard types[field] == .integer, let number = Double(value), number.isFinite else { return false }
        return number != number.rounded()
    }

    func isText(_ field: String) -> Bool { types[field] == .string }
}

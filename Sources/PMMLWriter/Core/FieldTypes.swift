import ModelTree

/// The data types of fields by name, innermost scope first.
struct FieldTypes {
    private var scopes: [[String: DataType]] = []

    init(_ document: Document) {
        var types: [String: DataType] = [:]
        for field in document.transformations.derivedFields { if let name = field.name { types[name] = field.dataType } }
        for field in document.dataDictionary.fields { types[field.name] = field.dataType }
        scopes = [types]
    }

    subscript(name: String) -> DataType? {
        scopes.last { $0[name] != nil }?[name]
    }

    mutating func open(_ fields: [DerivedField]) {
        var types: [String: DataType] = [:]
        for field in fields { if let name = field.name { types[name] = field.dataType } }
        scopes.append(types)
    }

    mutating func close() { scopes.removeLast() }

    mutating func define(_ name: String, _ type: DataType) {
        if !scopes.isEmpty { scopes[scopes.count - 1][name] = type }
    }
}

extension FieldTypes {
    /// The type of an expression's value; nil where it does not follow from the document alone.
    func type(of expression: Expression) -> DataType? {
        switch expression.kind {
        case .constant(let constant): constant.dataType ?? Self.type(ofText: constant.value)
        case .fieldRef(let reference): self[reference.field]
        case .normContinuous, .normDiscrete: .double
        case .discretize(let discretize): discretize.dataType
        case .mapValues(let map): map.dataType
        case .textIndex: .double
        case .aggregate, .lag: nil
        case .apply(let apply): type(of: apply)
        }
    }

    private func type(of apply: Apply) -> DataType? {
        switch apply.function {
        case "isMissing", "isNotMissing", "isValid", "isNotValid", "equal", "notEqual", "lessThan", "lessOrEqual", "greaterThan",
            "greaterOrEqual", "and", "or", "not", "isIn", "isNotIn", "matches":
            return .boolean
        case "uppercase", "lowercase", "substring", "trimBlanks", "concat", "replace", "formatNumber", "formatDatetime": return .string
        case "stringLength", "dateDaysSinceYear", "dateSecondsSinceYear", "dateSecondsSinceMidnight": return .integer
        case "if": return common(apply.arguments.dropFirst())
        case "+", "-", "*", "min", "max", "sum", "product", "abs", "threshold", "floor", "ceil", "round", "rint", "modulo":
            return common(apply.arguments[...])
        case "/", "avg", "median", "pow": return common(apply.arguments[...]) == .float ? .float : .double
        case "log10", "ln", "sqrt", "exp", "expm1", "hypot", "ln1p", "expit", "normalCDF", "normalPDF", "stdNormalCDF",
            "stdNormalPDF", "erf", "normalIDF", "stdNormalIDF", "sin", "asin", "sinh", "cos", "acos", "cosh", "tan", "atan", "tanh":
            return .double
        default: return nil
        }
    }

    /// What numbers are promoted to, or the one type that all have.
    private func common(_ expressions: ArraySlice<Expression>) -> DataType? {
        var found: DataType?
        for expression in expressions {
            guard let next = type(of: expression) else { return nil }
            switch (found, next) {
            case (nil, _): found = next
            case (let known?, _) where known == next: break
            case (.integer, .float), (.float, .integer): found = .float
            case (.integer, .double), (.double, .integer), (.float, .double), (.double, .float): found = .double
            default: return nil
            }
        }
        return found
    }

    /// The type that a constant without a dataType has.
    private static func type(ofText text: String) -> DataType {
        if Int(text) != nil { return .integer }
        return Double(text) != nil ? .double : .string
    }
}

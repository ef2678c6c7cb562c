import ModelTree

/// Short ways to write expressions.
extension Expression {
    static func field(_ name: String) -> Expression { Expression(.fieldRef(FieldRef(field: name))) }
    static func number(_ value: Double) -> Expression { Expression(.constant(Constant(dataType: .double, value: "\(value)"))) }
    static func text(_ value: String) -> Expression { Expression(.constant(Constant(dataType: .string, value: value))) }
    static func truth(_ value: Bool) -> Expression { Expression(.constant(Constant(dataType: .boolean, value: value ? "true" : "false"))) }
    static let missing = Expression(.constant(Constant(dataType: .double, value: "", isMissing: true)))

    /// A call of a function; arguments for which it has no value give a missing one, as R's NaN.
    static func call(_ function: String, _ arguments: Expression...) -> Expression { call(function, arguments) }
    static func call(_ function: String, _ arguments: [Expression]) -> Expression {
        Expression(.apply(Apply(function: function, invalidValueTreatment: .asMissing, arguments: arguments)))
    }

    static func + (a: Expression, b: Expression) -> Expression { call("+", a, b) }
    static func - (a: Expression, b: Expression) -> Expression { call("-", a, b) }
    static func * (a: Expression, b: Expression) -> Expression { call("*", a, b) }
    static func / (a: Expression, b: Expression) -> Expression { call("/", a, b) }

    /// A sum of any number of terms, no deeper than need be.
    static func total(_ terms: [Expression]) -> Expression {
        var terms = terms
        while terms.count > 1 {
            terms = stride(from: 0, to: terms.count, by: 2).map { $0 + 1 < terms.count ? terms[$0] + terms[$0 + 1] : terms[$0] }
        }
        return terms.first ?? .number(0)
    }

    /// The number of a constant.
    var constantNumber: Double? {
        if case .constant(let constant) = kind, constant.dataType == .double, !constant.isMissing { return Double(constant.value) }
        return nil
    }
}

/// An expression of a formula, by what it gives for a row.
enum FormulaValue {
    case number(Expression)
    case logical(Expression)
    /// A text; its possible values, where they are known.
    case text(Expression, levels: [String]?)
    /// A field with values that stand for levels: `values[i]` of the field for `levels[i]`.
    case levels(field: String, levels: [String], values: [String])
    /// Several numbers: the columns of a matrix, with what R adds to the variable's name for each.
    case columns([(suffix: String, value: Expression)])
}

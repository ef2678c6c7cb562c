import Evaluation

/// docs/functions.md: every built-in function, from its row.
enum FunctionsPage {
    static func text() -> String {
        var text = heading("Built-in functions")
        text += """
            These are the functions that `Apply` can call beside the document's own (`DefineFunction`, which come first). A function may
            also be called with `x-` before its name. Names that PMML lacks are those of producers.

            - *Arguments* are cast to what a parameter is: `number`, `text`, `boolean`, `temporal` (a date, time or dateTime), `any`.
            - *Result*: a type, or *promoted* (integer if all arguments are; float if one is float and none double; else double),
              *fractional* (promoted, but double where that is integer), *common* (what the chosen arguments have in common).
            - *Missing* arguments: the result is missing (*propagates*), they are left out (*ignores*), or it is as the meaning says
              (*handled*). `mapMissingTo` and `defaultValue` of Apply come on top.
            - *Invalid*: whether arguments exist for which the function has no value, so that `invalidValueTreatment` counts.


            """
        text += table(
            ["function", "arguments", "result", "missing", "invalid", "meaning"],
            Builtins.all.map { one in
                [
                    "[`\(one.name)`](\(link(one)))", arguments(one), result(one.result), one.missing.rawValue, one.canBeInvalid ? "yes" : "",
                    one.meaning,
                ]
            })
        return text
    }

    private static func arguments(_ one: Builtin) -> String {
        let names = one.parameters.map(\.rawValue).joined(separator: ", ")
        guard let counts = one.variadic else { return names }
        let most = counts.upperBound > 1000 ? "or more" : "to \(counts.upperBound)"
        return "\(names) … (\(counts.lowerBound) \(most))"
    }

    private static func result(_ result: Builtin.Result) -> String {
        switch result {
        case .always(let type): type.name
        case .promoted: "promoted"
        case .fractional: "fractional"
        case .common: "common"
        }
    }

    /// The function's place on the standard's page.
    private static func link(_ one: Builtin) -> String {
        let page = "https://dmg.org/pmml/v4-4-1/BuiltinFunctions.html"
        return one.name.hasPrefix("x-") ? page : page + "#" + (anchors[one.name] ?? one.name)
    }
    private static let anchors = [
        "+": "arith", "-": "arith", "*": "arith", "/": "arith", "min": "min", "if": "if", "lessThan": "boolean2", "lessOrEqual": "boolean2",
        "greaterThan": "boolean2", "greaterOrEqual": "boolean2", "equal": "boolean2", "notEqual": "boolean2", "and": "boolean4",
        "or": "boolean4", "not": "boolean3", "isIn": "boolean5", "isNotIn": "boolean5",
    ]
}

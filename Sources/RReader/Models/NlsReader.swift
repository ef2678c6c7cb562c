import ModelTree

/// `nls`: the right side of the formula, evaluated with the parameters that were estimated.
///
/// The object's functions share an environment, which holds the formula (`form`) and an environment with parameters and data (`env`).
/// [nls](https://stat.ethz.ch/R-manual/R-devel/library/stats/html/nls.html)
enum NlsReader: ClassReader {
    static let classes = ["nls"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let function = try object.component("m").component("getEnv")
        guard case .closure(_, _, let environment) = function.object.kind else { throw function.wrongType("a function") }
        let fitting = RValue(environment, path: function.path, in: function.file)
        if fitting.optional("lin") != nil { throw object.unsupported("an nls of the algorithm plinear is not supported") }
        let formula = try fitting.component("form")
        let values = try fitting.component("env")
        guard let call = Call(formula), call.function == "~", call.arguments.count == 2 else {
            throw formula.inconsistent("the formula of the nls has no two sides")
        }
        let (left, right) = (call.arguments[0].value, call.arguments[1].value)
        let kinds = object.optional("dataClasses")
        var classes: [String: String] = [:]
        if let kinds, let names = kinds.names { for (name, kind) in zip(names, try kinds.strings()) { classes[name] = kind } }
        // Names on the left are data, too.
        var data = Set(classes.keys)
        left.collectSymbols(into: &data)
        var bindings: [String: FormulaValue] = [:]
        var levels: [String: [String]] = [:]
        for (name, value) in values.elements {
            guard let name else { continue }
            if data.contains(name) {
                if let found = value.levels { levels[name] = found }
                continue
            }
            guard case .double = value.object.kind else { continue }
            let numbers = try value.doubles()
            bindings[name] = numbers.count == 1 ? .number(.number(numbers[0])) : .columns(numbers.map { ("", .number($0)) })
        }
        let frame = ModelFrame(of: formula, classes: classes, levels: levels, fields: builder.fields)
        let answer = try FormulaCompiler(frame, variable: "the formula", bindings: bindings).number(right)
        builder.setTarget(left.deparsed)
        let field = builder.fields.number("right side", answer)
        return builder.regression([RegressionTable(intercept: 0, numericPredictors: [.init(field: field, coefficient: 1)])], target: builder.target)
    }
}

extension RValue {
    /// The names in an expression.
    func collectSymbols(into names: inout Set<String>, depth: Int = 0) {
        if case .symbol(let name) = object.kind { names.insert(name) }
        guard case .language = object.kind, depth < 200 else { return }
        for element in elements.dropFirst() { element.value.collectSymbols(into: &names, depth: depth + 1) }
    }
}

import ModelTree

/// Numbers: operators and mathematical functions.
extension FormulaCompiler {
    /// R's functions of one number that PMML has, too.
    private static let functions = [
        "exp": "exp", "sqrt": "sqrt", "abs": "abs", "floor": "floor", "ceiling": "ceil", "log10": "log10", "log1p": "ln1p", "expm1": "expm1",
        "sin": "sin", "cos": "cos", "tan": "tan", "asin": "asin", "acos": "acos", "atan": "atan", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh",
        "pnorm": "stdNormalCDF", "qnorm": "stdNormalIDF", "plogis": "expit", "dnorm": "stdNormalPDF",
    ]
    private static let operators = ["+": "+", "-": "-", "*": "*", "/": "/", "^": "pow"]
    /// Wrappers that change nothing here.
    private static let wrappers: Set<String> = ["I", "(", "identity", "offset", "as.numeric", "as.double", "as.vector", "c", "Recall", "drop"]

    func arithmetic(_ call: Call) throws(RReadError) -> FormulaValue? {
        let arguments = call.arguments.map(\.value)
        if FormulaCompiler.wrappers.contains(call.function), arguments.count == 1 {
            try refuseCodes(call)
            return call.function == "as.numeric" || call.function == "as.double" ? .number(try number(arguments[0])) : try compile(arguments[0])
        }
        if let name = FormulaCompiler.operators[call.function] {
            if arguments.count == 1 {
                let inner = try number(arguments[0])
                if call.function == "+" { return .number(inner) }
                if let constant = inner.constantNumber { return .number(.number(-constant)) }
                return .number(.call("*", .number(-1), inner))
            }
            guard arguments.count == 2 else { return nil }
            return .number(.call(name, try number(arguments[0]), try number(arguments[1])))
        }
        if let name = FormulaCompiler.functions[call.function], arguments.count == 1 { return .number(.call(name, try number(arguments[0]))) }
        switch call.function {
        case "log":
            let base = arguments.count > 1 ? try constants(arguments[1]).first : nil
            let inner = Expression.call("ln", try number(try argument(call, 0)))
            return .number(base.map { inner / .call("ln", .number($0)) } ?? inner)
        case "log2": return .number(.call("ln", try number(try argument(call, 0))) / .call("ln", .number(2)))
        case "logb": return .number(.call("ln", try number(try argument(call, 0))))
        case "%%": return .number(.call("modulo", try number(try argument(call, 0)), try number(try argument(call, 1))))
        case "%/%": return .number(.call("floor", try number(try argument(call, 0)) / number(try argument(call, 1))))
        case "trunc", "as.integer":
            try refuseCodes(call)
            let inner = try number(try argument(call, 0))
            return .number(.call("if", .call("lessThan", inner, .number(0)), .call("ceil", inner), .call("floor", inner)))
        case "round":
            let digits = arguments.count > 1 ? try constants(arguments[1]).first ?? 0 : 0
            let inner = try number(try argument(call, 0))
            if digits == 0 { return .number(.call("rint", inner)) }
            // The nearer of the two candidates, as R since 4.0; of two that are as near, the even one.
            let factor = Expression.number(power(10, digits))
            let (low, high) = (Expression.call("floor", inner * factor) / factor, Expression.call("ceil", inner * factor) / factor)
            let nearest = Expression.call("if", .call("lessThan", inner - low, high - inner), low, high)
            let isTie = Expression.call("equal", inner - low, high - inner)
            return .number(.call("if", isTie, .call("rint", inner * factor) / factor, nearest))
        case "sign":
            let inner = try number(try argument(call, 0))
            return .number(.call("if", .call("greaterThan", inner, .number(0)), .number(1), .call("if", .call("lessThan", inner, .number(0)), .number(-1), .number(0))))
        case "pmin", "pmax", "min", "max":
            // Of R's functions, only pmin and pmax work on rows; min and max of constants are constants.
            guard call.function.hasPrefix("p") else { return nil }
            var all: [Expression] = []
            for argument in call.arguments where argument.name != "na.rm" { all.append(try number(argument.value)) }
            if let leaves = call.arguments.first(where: { $0.name == "na.rm" }), try leaves.value.bool() {
                return .number(.call(call.function == "pmin" ? "min" : "max", all))
            }
            let present = all.filter { $0.constantNumber == nil }.map { Expression.call("isNotMissing", $0) }
            let chosen = Expression.call(call.function == "pmin" ? "min" : "max", all)
            guard let first = present.first else { return .number(chosen) }
            // PMML's min and max leave missing values out; R's are missing with them.
            return .number(.call("if", [present.dropFirst().reduce(first) { .call("and", $0, $1) }, chosen]))
        default: return nil
        }
    }

    /// `as.numeric(f)` of a factor is the position of its level, and f may be a number as well: the object keeps the result, and not what f was.
    ///
    /// Where the results are 1, 2, … n, either may be.
    private func refuseCodes(_ call: Call) throws(RReadError) {
        guard ["as.numeric", "as.double", "as.integer"].contains(call.function), call.arguments.count == 1,
            case .symbol(let name) = call.arguments[0].value.object.kind, !frame.knowsType(of: name),
            let values = frame.fittedValues(call.value.deparsed)
        else { return }
        let distinct = Set(values.filter { !$0.isNaN })
        guard !distinct.isEmpty, distinct == Set((1...distinct.count).map(Double.init)) else { return }
        throw call.value.unsupportedTerm(
            "\(variable): the object does not tell whether \(name) is a factor, whose codes \(call.function)() gives, or a number: fit the model without \(call.function)()")
    }

    /// `as.numeric(as.character(f))`: the number that a level's text is.
    func numberOfText(_ value: RValue) throws(RReadError) -> Expression {
        switch try compile(value) {
        case .number(let number): return number
        case .text(let expression, let levels?) where levels.allSatisfy({ Double($0) != nil }):
            return .field(frame.fields.lookup("as.numeric(as.character(\(value.deparsed)))", textField(value, expression), levels, levels.compactMap { Double($0) }))
        case .levels(let field, let levels, let values) where levels.allSatisfy({ Double($0) != nil }):
            return .field(frame.fields.lookup("as.numeric(as.character(\(value.deparsed)))", field, values, levels.compactMap { Double($0) }))
        default: throw value.unsupportedTerm("\(variable): the levels of \(value.deparsed) are not known to be numbers")
        }
    }

    private func power(_ base: Double, _ exponent: Double) -> Double {
        var result = 1.0
        for _ in 0..<Int(min(300, exponent.magnitude)) { result *= base }
        return exponent < 0 ? 1 / result : result
    }
}

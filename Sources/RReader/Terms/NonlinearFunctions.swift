import ModelTree

/// What the formulas of `nls` have beside arithmetic: R's self-starting models, and parameters with a value for each level of a factor.
///
/// [selfStart](https://stat.ethz.ch/R-manual/R-devel/library/stats/html/selfStart.html)
extension FormulaCompiler {
    func nonlinear(_ call: Call) throws(RReadError) -> FormulaValue? {
        if call.function == "[" { return try indexed(call) }
        guard let (parameters, value) = FormulaCompiler.selfStarting[call.function] else { return nil }
        let matched = try call.matched(parameters)
        var numbers: [Expression] = []
        for name in parameters {
            guard let argument = matched[name] else { throw call.value.unsupportedTerm("\(variable): \(call.function)() lacks its argument \(name)") }
            numbers.append(try number(argument))
        }
        return .number(value(numbers))
    }

    /// e to the −rate · x, of the rate's logarithm.
    private static func decay(_ logarithm: Expression, _ x: Expression) -> Expression {
        .call("exp", .number(0) - .call("exp", logarithm) * x)
    }

    private static func logistic(_ middle: Expression, _ x: Expression, _ scale: Expression) -> Expression {
        .number(1) / (.number(1) + .call("exp", (middle - x) / scale))
    }

    /// By the names of their arguments.
    private static let selfStarting: [String: (parameters: [String], value: @Sendable ([Expression]) -> Expression)] = [
        "SSmicmen": (["input", "Vm", "K"], { $0[1] * $0[0] / ($0[2] + $0[0]) }),
        "SSlogis": (["input", "Asym", "xmid", "scal"], { $0[1] * logistic($0[2], $0[0], $0[3]) }),
        "SSfpl": (["input", "A", "B", "xmid", "scal"], { $0[1] + ($0[2] - $0[1]) * logistic($0[3], $0[0], $0[4]) }),
        "SSasymp": (["input", "Asym", "R0", "lrc"], { $0[1] + ($0[2] - $0[1]) * decay($0[3], $0[0]) }),
        "SSasympOff": (["input", "Asym", "lrc", "c0"], { $0[1] * (.number(1) - decay($0[2], $0[0] - $0[3])) }),
        "SSasympOrig": (["input", "Asym", "lrc"], { $0[1] * (.number(1) - decay($0[2], $0[0])) }),
        "SSbiexp": (["input", "A1", "lrc1", "A2", "lrc2"], { $0[1] * decay($0[2], $0[0]) + $0[3] * decay($0[4], $0[0]) }),
        "SSgompertz": (["x", "Asym", "b2", "b3"], { $0[1] * .call("exp", .number(0) - $0[2] * .call("pow", $0[3], $0[0])) }),
        "SSweibull": (["x", "Asym", "Drop", "lrc", "pwr"], { $0[1] - $0[2] * decay($0[3], .call("pow", $0[0], $0[4])) }),
        "SSfol": (["Dose", "input", "lKe", "lKa", "lCl"], {
            $0[0] * .call("exp", $0[2] + $0[3] - $0[4]) * (decay($0[2], $0[1]) - decay($0[3], $0[1])) / (.call("exp", $0[3]) - .call("exp", $0[2]))
        }),
    ]

    /// `parameter[factor]`
    private func indexed(_ call: Call) throws(RReadError) -> FormulaValue {
        guard call.arguments.count == 2, case .columns(let values) = try compile(call.arguments[0].value) else {
            throw call.value.unsupportedTerm("\(variable): \(call.value.deparsed) is no parameter by level")
        }
        let numbers = values.compactMap { $0.value.constantNumber }
        let (field, texts): (String, [String])
        switch try compile(call.arguments[1].value) {
        case .levels(let found, _, let stored): (field, texts) = (found, stored)
        case .text(let expression, let levels?):
            guard case .fieldRef(let reference) = expression.kind else { fallthrough }
            (field, texts) = (reference.field, levels)
        default: throw call.value.unsupportedTerm("\(variable): \(call.value.deparsed) is no parameter by level")
        }
        guard numbers.count == values.count, texts.count == numbers.count else {
            throw call.value.inconsistent("\(variable): \(call.value.deparsed) has \(values.count) values for \(texts.count) levels")
        }
        return .number(.field(frame.fields.lookup(call.value.deparsed, field, texts, numbers)))
    }
}

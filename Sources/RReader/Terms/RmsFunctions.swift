import ModelTree

/// What a model of rms keeps of a variable in its `Design`.
struct RmsVariable {
    /// The name without the functions around it: `age` of `rcs(log(age), 4)`.
    let label: String
    /// `asis`, `rcspline`, `category` and so on.
    let assumption: String
    /// Knots, the degree, scores or levels.
    let parameters: RValue?
}

/// The functions that the formulas of rms have beside R's own.
///
/// [rms.trans](https://rdrr.io/cran/rms/man/rms.trans.html)
extension FormulaCompiler {
    func rms(_ call: Call) throws(RReadError) -> FormulaValue? {
        switch call.function {
        case "asis": return try compile(try argument(call, 0))
        case "rcs": return try columns(call) { label, x, knots in
            guard knots.count >= 3, zip(knots, knots.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
            return [(label, x)] + restrictedSplines(label, x, knots).enumerated().map { (label + String(repeating: "'", count: $0 + 1), $1) }
        }
        case "lsp": return try columns(call) { label, x, knots in
            [(label, x)] + knots.enumerated().map { (label + String(repeating: "'", count: $0 + 1), hinge(x, $1)) }
        }
        case "pol": return try columns(call) { label, x, degree in
            guard let degree = degree.first, degree >= 1, degree <= 100 else { return nil }
            return (1...Int(degree)).map { $0 == 1 ? (label, x) : ("\(label)^\($0)", .call("pow", x, .number(Double($0)))) }
        }
        case "scored": return try columns(call, scored)
        case "%ia%": return try restrictedInteraction(call)
        default: return nil
        }
    }

    /// The columns of a variable that is a factor or number with scores, without a function around it.
    func scores(_ variable: String) throws(RReadError) -> FormulaValue {
        guard let known = frame.rms[variable], let scores = try known.parameters?.doubles() else {
            throw frame.terms.inconsistent("the scores of \(variable) are not known")
        }
        return .columns(scored(known.label, .field(frame.fields.numberField(variable)), scores) ?? [])
    }

    /// - Parameter make: columns of the variable's label, its number, and its parameters.
    private func columns(
        _ call: Call, _ make: (String, Expression, [Double]) -> [(suffix: String, value: Expression)]?
    ) throws(RReadError) -> FormulaValue {
        let subject = try argument(call, 0)
        let known = frame.rms[variable]
        let parameters: [Double]
        if let kept = known?.parameters { parameters = try kept.doubles() } else {
            guard call.arguments.count > 1 else {
                throw call.value.inconsistent("\(variable): what \(call.function)() computed from the data is not kept")
            }
            parameters = try constants(call.arguments[1].value)
        }
        let x = Expression.field(field(subject, try number(subject)))
        guard parameters.count < 1_000, let made = make(known?.label ?? subject.deparsed, x, parameters) else {
            throw call.value.inconsistent("\(variable): what \(call.function)() computed from the data is not kept")
        }
        return .columns(made)
    }

    /// max(0, x − knot)
    private func hinge(_ x: Expression, _ knot: Double) -> Expression {
        .call("if", .call("greaterThan", x, .number(knot)), x - .number(knot), .number(0))
    }

    /// Harrell's restricted cubic splines in truncated powers, divided by the square of the distance of the outer knots.
    ///
    /// [rcspline.eval](https://rdrr.io/cran/Hmisc/man/rcspline.eval.html)
    private func restrictedSplines(_ label: String, _ x: Expression, _ knots: [Double]) -> [Expression] {
        let count = knots.count
        let (first, before, last) = (knots[0], knots[count - 2], knots[count - 1])
        let scale = (last - first) * (last - first)
        let cubes = knots.map { knot -> Expression in
            let over = Expression.field(frame.fields.number("\(variable) over \(knot)", hinge(x, knot)))
            return .field(frame.fields.number("\(variable) over \(knot) cubed", over * over * over))
        }
        return (0..<count - 2).map { index in
            let (end, inner) = ((before - knots[index]) / (last - before), (last - knots[index]) / (last - before))
            return (cubes[index] + .number(end) * cubes[count - 1] - .number(inner) * cubes[count - 2]) / .number(scale)
        }
    }

    /// The number itself, and an indicator for every score from the third on.
    private func scored(_ label: String, _ x: Expression, _ scores: [Double]) -> [(suffix: String, value: Expression)]? {
        [(label, x)] + scores.dropFirst(2).map { score in
            ("\(label)=\(NumberTexts.text(score))", .call("if", .call("equal", x, .number(score)), .number(1), .number(0)))
        }
    }

    /// `a %ia% b`: products of columns of two main effects, those of two nonlinear columns left out; the columns' names say which.
    private func restrictedInteraction(_ call: Call) throws(RReadError) -> FormulaValue {
        var effects: [String: String] = [:]
        for (name, known) in frame.rms where known.assumption != "interaction" && name != variable {
            let main = try frame.variable(named: name)
            switch main.kind {
            case .numbers(let columns):
                for column in columns { effects[columns.count == 1 ? known.label : column.suffix] = column.field }
            case .categorical(let found):
                for (level, value) in zip(found.levels, found.values) {
                    effects["\(known.label)=\(level)"] = frame.fields.indicator("\(known.label)=\(level)", found.field, value)
                }
                if found.isLogical { effects[known.label] = effects["\(known.label)=TRUE"] }
            }
        }
        let suffixes = frame.columns.filter { $0.hasPrefix(variable) && !$0.contains(":") }.map { String($0.dropFirst(variable.count)) }
        var columns: [(suffix: String, value: Expression)] = []
        for suffix in suffixes {
            let parts = suffix.split(separator: " * ")
            guard parts.count == 2, let a = effects[String(parts[0])], let b = effects[String(parts[1])] else {
                throw call.value.unsupportedTerm("\(variable): the column \(suffix) is no product of two main effects")
            }
            columns.append((suffix, .field(a) * .field(b)))
        }
        guard !columns.isEmpty else { throw call.value.inconsistent("\(variable): the names of its columns are not kept") }
        return .columns(columns)
    }
}

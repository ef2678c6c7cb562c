import ModelTree

/// Functions that make several columns of one number, with what fitting has fixed in them: `poly`, `bs`, `ns`, `scale`.
extension FormulaCompiler {
    func basis(_ call: Call) throws(RReadError) -> FormulaValue? {
        switch call.function {
        case "poly": return try polynomials(call)
        case "bs": return try splines(call, isNatural: false)
        case "ns": return try splines(call, isNatural: true)
        case "scale": return try scaled(call)
        default: return nil
        }
    }

    private func scaled(_ call: Call) throws(RReadError) -> FormulaValue {
        let matched = try call.matched(["x", "center", "scale"])
        guard let subject = matched["x"] else { throw call.value.unsupportedTerm("\(variable): scale() of nothing") }
        var expression = try number(subject)
        for (name, function) in [("center", "-"), ("scale", "/")] {
            guard let value = matched[name] else {
                throw call.value.inconsistent("\(variable): what scale() computed from the data is not kept")
            }
            if case .logical = value.object.kind {
                if try value.bool() { throw call.value.inconsistent("\(variable): what scale() computed from the data is not kept") }
                continue
            }
            guard let constant = try constants(value).first, value.count <= 1 || Call(value) != nil else {
                throw call.value.unsupportedTerm("\(variable): scale() of a matrix is not supported")
            }
            expression = .call(function, expression, .number(constant))
        }
        return .number(expression)
    }

    /// Orthogonal polynomials by the recurrence that `predict` uses, or plain powers.
    private func polynomials(_ call: Call) throws(RReadError) -> FormulaValue {
        if call.arguments.filter({ $0.name == nil }).count > 1, call.arguments.contains(where: { $0.name == "degree" }) { return try manyPolynomials(call) }
        let positional = call.arguments.filter { $0.name == nil || $0.name == "x" }.map(\.value)
        func named(_ name: String) -> RValue? { call.arguments.first { $0.name == name }?.value }
        guard let subject = positional.first, positional.count <= 2 else {
            throw call.value.unsupportedTerm("\(variable): poly() of several variables is not supported")
        }
        let degree = try self.degree(call, named("degree") ?? positional.dropFirst().first)
        let isRaw = try named("raw").map { (value) throws(RReadError) in try value.bool() } ?? false
        return .columns(try powers(call, subject, degree, coefficients: isRaw ? nil : named("coefs"), isRaw: isRaw, label: variable))
    }

    private func degree(_ call: Call, _ value: RValue?) throws(RReadError) -> Int {
        guard let value else { return 1 }
        guard let number = try constants(value).first, number >= 1, number <= 100 else { throw call.value.unsupportedTerm("\(variable): poly() of a degree that is none") }
        return Int(number)
    }

    /// `poly(a, b, degree = n)`: the products of both variables' polynomials whose degrees sum to n at most, `1.0`, `2.0`, `0.1` …
    private func manyPolynomials(_ call: Call) throws(RReadError) -> FormulaValue {
        let subjects = call.arguments.filter { $0.name == nil }.map(\.value)
        func named(_ name: String) -> RValue? { call.arguments.first { $0.name == name }?.value }
        let degree = try self.degree(call, named("degree"))
        let isRaw = try named("raw").map { (value) throws(RReadError) in try value.bool() } ?? false
        let kept = try isRaw ? nil : named("coefs")?.list()
        guard subjects.count <= 4, degree <= 10, kept.map({ $0.count == subjects.count }) ?? true else {
            throw call.value.unsupportedTerm("\(variable): poly() of so many variables is not supported")
        }
        var products: [(degrees: [Int], value: Expression?)] = [([], nil)]
        for (index, subject) in subjects.enumerated() {
            let own = try powers(
                call, subject, degree, coefficients: kept?[index], isRaw: isRaw, label: "\(variable) of \(subject.deparsed) ")
            // The first variable's degree changes fastest.
            products = (0...degree).flatMap { power in
                products.filter { $0.degrees.reduce(power, +) <= degree }.map { product in
                    guard power > 0 else { return (product.degrees + [0], product.value) }
                    let factor = own[power - 1].value
                    return (product.degrees + [power], product.value.map { $0 * factor } ?? factor)
                }
            }
        }
        return .columns(products.compactMap { product in
            product.value.map { (product.degrees.map(String.init).joined(separator: "."), $0) }
        })
    }

    /// The polynomials of one variable, of degrees 1, 2, … n.
    private func powers(
        _ call: Call, _ subject: RValue, _ degree: Int, coefficients: RValue?, isRaw: Bool, label: String
    ) throws(RReadError) -> [(suffix: String, value: Expression)] {
        let x = Expression.field(field(subject, try number(subject)))
        if isRaw { return (1...degree).map { (String($0), $0 == 1 ? x : .call("pow", x, .number(Double($0)))) } }
        guard let coefficients else { throw call.value.inconsistent("\(variable): what poly() computed from the data is not kept") }
        let alpha = try coefficients.component("alpha").doubles()
        let norm = try coefficients.component("norm2").doubles()
        guard alpha.count >= degree, norm.count >= degree + 2 else { throw coefficients.inconsistent("\(variable): poly() has fewer coefficients than its degree") }
        var columns: [(suffix: String, value: Expression)] = []
        var (before, now) = (Expression.number(1), x - .number(alpha[0]))
        for order in 1...degree {
            if order > 1 {
                let next = (x - .number(alpha[order - 1])) * now - .number(norm[order] / norm[order - 1]) * before
                before = now
                now = next
            }
            // A field of its own, so that the next degree does not compute it again.
            let name = "\(label)\(order) before scaling"
            now = .field(frame.fields.number(name, now))
            columns.append((String(order), now / .number(norm[order + 1].squareRoot())))
        }
        return columns
    }

    private func splines(_ call: Call, isNatural: Bool) throws(RReadError) -> FormulaValue {
        let parameters = isNatural ? ["x", "df", "knots", "intercept", "Boundary.knots"] : ["x", "df", "knots", "degree", "intercept", "Boundary.knots"]
        let matched = try call.matched(parameters)
        guard let subject = matched["x"], let boundary = try matched["Boundary.knots"].map({ (value) throws(RReadError) in try constants(value) }),
            boundary.count == 2, boundary[0] < boundary[1]
        else { throw call.value.inconsistent("\(variable): the boundary knots of \(call.function)() are not kept") }
        let knots = try matched["knots"].map { (value) throws(RReadError) in value.isNull ? [] : try constants(value) } ?? []
        let degree = try matched["degree"].map { (value) throws(RReadError) in try value.integer() } ?? 3
        let hasIntercept = try matched["intercept"].map { (value) throws(RReadError) in try value.bool() } ?? false
        guard (1...20).contains(degree), knots.count < 1_000, knots.allSatisfy({ $0 > boundary[0] && $0 < boundary[1] }) else {
            throw call.value.unsupportedTerm("\(variable): \(call.function)() with knots outside of its boundary, or of a high degree")
        }
        let basis = BSplineBasis(knots: knots.sorted(), boundary: (boundary[0], boundary[1]), degree: degree)
        let columns = isNatural ? basis.natural(hasIntercept: hasIntercept) : Array(basis.columns.dropFirst(hasIntercept ? 0 : 1))
        let x = Expression.field(field(subject, try number(subject)))
        return .columns(columns.enumerated().map { (String($0 + 1), $1.expression(of: x)) })
    }
}

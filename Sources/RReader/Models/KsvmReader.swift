import ModelTree

/// `ksvm` of kernlab.
enum KsvmReader: ClassReader {
    static let classes = ["ksvm"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let type = try object.slot("type").string()
        let matrices = try object.slot("xmatrix")
        let weights = try object.slot("coef")
        let biases = try object.slot("b").doubles()
        var parts: [(vectors: RMatrix, weights: [Double])] = []
        if case .list = matrices.object.kind {
            let lists = zip(try matrices.list(), try weights.list())
            for (matrix, weight) in lists { parts.append((try matrix.matrix(), try weight.doubles())) }
        } else {
            parts.append((try matrices.matrix(), try weights.doubles()))
        }
        guard let first = parts.first, parts.count == biases.count, parts.allSatisfy({ $0.vectors.rows == $0.weights.count && $0.vectors.columns == first.vectors.columns }) else {
            throw object.inconsistent("the ksvm has \(parts.count) machines for \(biases.count) thresholds")
        }
        // Where nothing is scaled, as columns of factors are not, the slot is NULL or is not there.
        let scaling = object.attribute("scaling")
        let scaled = (try scaling?.optional("scaled")?.integers() ?? []).map { $0 != 0 }
        let (columns, response) = try SupportVectors.columns(terms: object.attribute("terms"), vectors: first.vectors, scaled: scaled, builder, at: object)
        let fields = try SupportVectors.scaledFields(columns, scaled, scaling?.optional("x.scale"), builder)
        let machine = SupportVectors(fields: fields, kernel: try KernlabKernel.read(try object.slot("kernelf")), builder: builder)
        let vectors = parts.map { part in (0..<part.vectors.rows).map(part.vectors.row) }
        switch type {
        case "C-svc", "nu-svc", "C-bsvc":
            let levels = try object.slot("lev").strings()
            guard parts.count == levels.count * (levels.count - 1) / 2, levels.count > 1 else { throw object.inconsistent("the ksvm has \(parts.count) machines for \(levels.count) classes") }
            builder.setTarget(response, classes: levels)
            var models: [Model] = []
            var decisions: [(name: String, above: String, below: String)] = []
            for i in levels.indices {
                for j in levels.indices where j > i {
                    let name = levels.count == 2 ? "decision" : "decision(\(levels[i])/\(levels[j]))"
                    let at = models.count
                    models.append(machine.decision(vectors[at], parts[at].weights, bias: -biases[at], output: [Outputs.predicted(name)]))
                    // Below 0 is the first class.
                    decisions.append((name, levels[j], levels[i]))
                }
            }
            var curves: [SupportVectors.LogisticCurve] = []
            for pair in object.attribute("prob.model")?.elements.map(\.value) ?? [] {
                guard let slope = pair.optional("A"), let intercept = pair.optional("B") else { continue }
                curves.append(.init(slope: try slope.double(), intercept: try intercept.double()))
            }
            return machine.votes(levels, decisions, models: models, curve: try machine.curve(curves, classes: levels.count, at: object))
        case "one-svc": return machine.oneClass(vectors[0], parts[0].weights, bias: -biases[0], names: ["inlier"])
        case "eps-svr", "nu-svr", "eps-bsvr":
            builder.setTarget(response)
            var targets: [Target] = []
            if let scale = scaling?.optional("y.scale") {
                targets = [Target(
                    field: builder.target?.name, rescaleConstant: try scale.component("scaled:center").double(), rescaleFactor: try scale.component("scaled:scale").double())]
            }
            return machine.decision(vectors[0], parts[0].weights, bias: -biases[0], target: builder.target, targets: targets)
        default: throw object.unsupported("a ksvm of the type \(type) is not supported")
        }
    }
}

/// The kernels of kernlab.
private enum KernlabKernel {
    static func read(_ function: RValue) throws(RReadError) -> SupportVectors.Kernel {
        let name = function.classes.first ?? "no class"
        let parameters = try function.slot("kpar")
        func number(_ name: String) throws(RReadError) -> Double { try parameters.component(name).double() }
        switch name {
        case "vanillakernel": return .plain(.linear)
        case "rbfkernel": return .plain(.radialBasis(gamma: try number("sigma")))
        case "polykernel": return .plain(.polynomial(gamma: try number("scale"), coef0: try number("offset"), degree: try number("degree")))
        case "tanhkernel": return .plain(.sigmoid(gamma: try number("scale"), coef0: try number("offset")))
        case "laplacekernel":
            let sigma = try number("sigma")
            return .expression { row, vector in .call("exp", Expression.number(-sigma) * Expression.call("sqrt", squaredDistance(row, vector))) }
        case "anovakernel":
            let (sigma, degree) = (try number("sigma"), try number("degree"))
            // predict() takes the power of each part, and not of their sum as anovadot() does.
            return .expression { row, vector in
                let parts = zip(row, vector).map { x, y in Expression.call("exp", Expression.number(-sigma * degree) * square(x - .number(y))) }
                return SupportVectors.sum(parts[...])
            }
        case "besselkernel":
            let (sigma, order, degree) = (try number("sigma"), try number("order"), try number("degree"))
            guard order >= 0, order <= 20, order == order.rounded() else { throw function.unsupported("a Bessel kernel of order \(order) is not supported") }
            return .expression { row, vector in
                let t = Expression.number(sigma * sigma / 4) * squaredDistance(row, vector)
                return .call("pow", bessel(t, order), .number(degree))
            }
        default: throw function.unsupported("the kernel \(name) is not supported")
        }
    }

    private static func square(_ x: Expression) -> Expression { x * x }

    private static func squaredDistance(_ row: [Expression], _ vector: [Double]) -> Expression {
        let parts = zip(row, vector).map { square($0 - .number($1)) }
        return SupportVectors.sum(parts[...])
    }

    /// order! · J(x) · (2/x)^order with t = x²/4: Σ (−t)ᵏ · order! / (k! (k + order)!). Good to 1e-8 up to x = 20, and missing beyond.
    private static func bessel(_ t: Expression, _ order: Double) -> Expression {
        // Horner's scheme of the ratios of one term to the one before it.
        let series = stride(from: 60.0, through: 1, by: -1).reduce(Expression.number(1)) { rest, k in
            Expression.number(1) - t / Expression.number(k * (k + order)) * rest
        }
        return .call("if", .call("lessOrEqual", t, .number(100)), series)
    }
}

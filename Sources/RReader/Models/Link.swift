import ModelTree

/// The link function of a generalised linear model: what makes the mean of the linear predictor.
enum Link: Equatable {
    case identity, log, logit, probit, cauchit, cloglog, loglog, inverse, inverseSquare, squareRoot
    /// μ to a power.
    case power(Double)

    /// By the name that R gives to it.
    init?(_ name: String) {
        switch name {
        case "identity": self = .identity
        case "log": self = .log
        case "logit", "logistic": self = .logit
        case "probit": self = .probit
        case "cauchit": self = .cauchit
        case "cloglog": self = .cloglog
        case "loglog": self = .loglog
        case "inverse": self = .inverse
        case "1/mu^2": self = .inverseSquare
        case "sqrt": self = .squareRoot
        default: return nil
        }
    }

    /// The link of a `family` object.
    static func of(_ family: RValue) throws(RReadError) -> Link {
        let value = try family.component("link")
        let name = try value.string()
        if let link = Link(name) { return link }
        if name.hasPrefix("mu^") {
            // The name has three digits; the function keeps the number.
            if case .closure(_, _, let environment)? = family.optional("linkinv")?.object.kind,
                let power = RValue(environment, path: value.path, in: value.file).optional("lambda")
            { return .power(try power.double()) }
            if let power = Double(name.dropFirst(3)) { return .power(power) }
        }
        throw value.unsupported("the link function \(name) is not supported")
    }

    /// The normalisation of a RegressionModel that does the same; nil if there is none.
    var normalization: RegressionModel.Normalization? {
        switch self {
        case .identity: RegressionModel.Normalization.none
        case .log: .exp
        case .logit: .logit
        case .probit: .probit
        case .cauchit: .cauchit
        case .cloglog: .cloglog
        case .loglog: .loglog
        case .inverse, .inverseSquare, .squareRoot, .power: nil
        }
    }

    /// The mean, of the linear predictor.
    func mean(_ eta: Expression) -> Expression {
        switch self {
        case .identity: eta
        case .log: .call("exp", eta)
        case .logit: .number(1) / (.number(1) + .call("exp", .number(0) - eta))
        case .probit: .call("stdNormalCDF", eta)
        case .cauchit: .number(0.5) + .call("atan", eta) / .number(.pi)
        case .cloglog: .number(0) - .call("expm1", .number(0) - .call("exp", eta))
        case .loglog: .call("exp", .number(0) - .call("exp", .number(0) - eta))
        case .inverse: .number(1) / eta
        case .inverseSquare: .number(1) / .call("sqrt", eta)
        case .squareRoot: eta * eta
        case .power(let power): .call("pow", eta, .number(1 / power))
        }
    }
}

extension DocumentBuilder {
    /// A model whose answer is the mean that belongs to a linear predictor, which is an output, too.
    ///
    /// - Parameters:
    ///   - predictor: a regression without target.
    ///   - name: what the linear predictor is called.
    func response(_ predictor: Model, linkName name: String = "link", _ link: Link, target: DataField?) -> Model {
        var first = predictor
        first.output = [Outputs.predicted(name)]
        if link == .identity {
            if let target { first.miningSchema.fields.append(MiningField(name: target.name, usageType: .target)) }
            return first
        }
        let last: Model
        if let normalization = link.normalization {
            let table = RegressionTable(intercept: 0, numericPredictors: [.init(field: name, coefficient: 1)])
            last = regression([table], normalization, target: target, uses: [name])
        } else {
            let mean = DerivedField(name: "\(name) inverted", opType: .continuous, dataType: .double, expression: link.mean(.field(name)))
            let table = RegressionTable(intercept: 0, numericPredictors: [.init(field: "\(name) inverted", coefficient: 1)])
            last = regression([table], target: target, uses: [name], local: [mean])
        }
        return chain([first, last], .regression, target: target)
    }
}

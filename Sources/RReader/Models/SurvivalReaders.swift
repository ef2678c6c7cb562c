import ModelTree

/// `coxph`: the linear predictor, centered as `predict` does it, the risk, and what is expected of a row that tells its time.
enum CoxReader: ClassReader {
    static let classes = ["coxph"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let terms = try object.component("terms")
        let frame = try ModelFrame(terms: terms, xlevels: object.optional("xlevels"), tables: [object.optional("model")], fields: builder.fields)
        let specials = terms.attribute("specials")
        for name in ["tt", "frailty", "pspline", "ridge"] {
            if specials?.optional(name) != nil { throw terms.unsupportedTerm("the term \(name)() of a coxph is not supported") }
        }
        var ignored: Set<Int> = []
        for name in ["strata", "cluster"] {
            for index in try specials?.optional(name)?.integers() ?? [] { ignored.insert(Int(index) - 1) }
        }
        let isStratified = specials?.optional("strata") != nil
        var design = try Design(frame, contrasts: object.optional("contrasts"), ignoring: ignored)
        design.removeIntercept()
        let coefficients = object.optional("coefficients")
        let numbers = try coefficients?.doubles() ?? []
        try design.check(coefficients?.names, count: numbers.count, path: coefficients?.path ?? object.path)
        let means = try object.optional("means")?.doubles() ?? []
        guard means.count == numbers.count else { throw object.inconsistent("the coxph has \(means.count) means for \(numbers.count) coefficients") }
        let center = zip(numbers, means).reduce(0) { $1.0.isNaN ? $0 : $0 + $1.0 * $1.1 }
        let term = try specials?.optional("strata")?.integers() ?? []
        let strata = term.count == 1 ? try CoxStrata(object, frame, term: Int(term[0]) - 1) : nil
        let inputs = builder.fields.names
        // With strata, type "lp" is centered by stratum, where the object keeps the strata of its rows.
        var table = design.table(numbers)
        table.intercept -= center
        let name = isStratified ? "lp_sample" : "lp"
        builder.setTarget(name)
        var output = isStratified ? [] : [Outputs.computed("lp_sample", .field(name))]
        // Without a center predict() takes the mean of the offset, which the object does not keep.
        if design.offsets.isEmpty { 
            let predictor = Expression.field(name) + .number(center)
            output.append(Outputs.computed("lp_zero", strata?.present(predictor) ?? predictor))
         }
        let risk = isStratified ? "risk_sample" : "risk"
        output.append(Outputs.computed(risk, .call("exp", .field(name))))
        if let strata, design.offsets.isEmpty, let means = try strataMeans(object, strata) {
            output.append(Outputs.computed("lp", .field(name) - strata.choice { .number(means[$0]) }))
            output.append(Outputs.computed("risk", .call("exp", .field("lp"))))
        }
        if design.offsets.isEmpty, !isStratified || strata != nil, let hazard = try CoxBaseline(object, strata: strata)?.hazard(frame, strata) {
            // predict() expects nothing of a fit with a coefficient that is NA.
            let isKnown = !numbers.contains(where: \.isNaN)
            output.append(Outputs.computed("expected", isKnown ? .field(risk) * hazard : .missing))
            output.append(Outputs.computed("survival", .call("exp", .number(0) - .field("expected"))))
            // Without its time, a row still has the other results.
            builder.fields.makeOptional(except: inputs)
        }
        return builder.regression([table], target: builder.target, output: output)
    }
}

extension CoxReader {
    /// The weighted mean of the linear predictors of each stratum.
    private static func strataMeans(_ object: RValue, _ strata: CoxStrata) throws(RReadError) -> [Double]? {
        guard let predictors = try object.optional("linear.predictors")?.doubles(), predictors.count == strata.codes.count else { return nil }
        let weights = try object.optional("weights")?.doubles() ?? [Double](repeating: 1, count: predictors.count)
        guard weights.count == predictors.count else { return nil }
        var sums = [(weight: Double, total: Double)](repeating: (0, 0), count: strata.labels.count)
        for (row, code) in strata.codes.enumerated() {
            sums[code].weight += weights[row]
            sums[code].total += weights[row] * predictors[row]
        }
        return sums.map { $0.total / $0.weight }
    }
}

/// `survreg`: the linear predictor, the expected time, and the median.
enum SurvregReader: ClassReader {
    static let classes = ["survreg"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let terms = try object.component("terms")
        if terms.attribute("specials")?.optional("strata") != nil { throw terms.unsupportedTerm("strata() of a survreg is not supported") }
        let design = try LinearDesign.read(object, builder)
        let coefficients = try object.component("coefficients")
        try design.check(coefficients.names, count: coefficients.count, path: coefficients.path)
        let scale = try object.component("scale").double()
        guard case .string = try object.component("dist").object.kind else { throw object.unsupported("a survreg of a distribution of the user's own is not supported") }
        let distribution = try object.component("dist").string()
        /// The median of the standard distribution, and whether times are logarithms.
        let median: Double
        let isLog: Bool
        switch distribution {
        // The logarithm of ln 2.
        case "weibull", "exponential", "rayleigh": (median, isLog) = (-0.36651292058166435, true)
        case "extreme": (median, isLog) = (-0.36651292058166435, false)
        case "lognormal", "loggaussian", "loglogistic": (median, isLog) = (0, true)
        case "gaussian", "logistic", "t": (median, isLog) = (0, false)
        default: throw object.unsupported("a survreg of the distribution \(distribution) is not supported")
        }
        builder.setTarget("lp")
        let lp = Expression.field("lp")
        let middle = median == 0 ? lp : lp + .number(scale * median)
        let output = [
            Outputs.computed("response", isLog ? .call("exp", lp) : lp), Outputs.computed("median", isLog ? .call("exp", middle) : middle),
        ]
        return builder.regression([design.table(try coefficients.doubles())], target: builder.target, output: output)
    }
}

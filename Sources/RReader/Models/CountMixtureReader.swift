import ModelTree

/// `hurdle` and `zeroinfl` of pscl: counts with a part of their own for 0.
///
/// [predict.hurdle](https://rdrr.io/cran/pscl/man/predict.hurdle.html), [predict.zeroinfl](https://rdrr.io/cran/pscl/man/predict.zeroinfl.html)
enum CountMixtureReader: ClassReader {
    static let classes = ["hurdle", "zeroinfl"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let isHurdle = object.inherits("hurdle")
        let count = try part("count", object, builder)
        let zero = try part("zero", object, builder)
        let response = try ModelFrame(terms: try object.component("terms").component("count"), xlevels: nil, fields: builder.fields).response?.name
        builder.setTarget(response)
        let dist = try object.component("dist")
        let distribution = isHurdle ? try dist.component("count") : dist
        var local: [DerivedField] = []
        func derive(_ name: String, _ expression: Expression) -> Expression {
            local.append(DerivedField(name: name, opType: .continuous, dataType: .double, expression: expression))
            return .field(name)
        }
        let mean = derive("mean of the count part", .call("exp", .field("count sum")))
        let answer: Expression
        var output: [OutputField] = []
        let name = response ?? "predictedValue"
        if isHurdle {
            let aboveCount = derive("count part above 0", try above(mean, distribution, theta: "count", object))
            let aboveZero = derive("above 0", try hurdle(object, try dist.component("zero")))
            answer = aboveZero * mean / aboveCount
            // JPMML's converter calls the mean of the count part so, before the truncation that the word speaks of.
            output.append(Outputs.computed("truncated(\(name))", mean))
            output += results(mean, aboveZero / aboveCount, builder)
        } else {
            // That the distribution is one of these matters to its variance, not to its mean.
            guard ["poisson", "negbin", "geometric"].contains(try distribution.string()) else {
                throw distribution.unsupported("a zeroinfl of the distribution \(try distribution.string()) is not supported")
            }
            let inflated = derive("excess of 0", try link(object).mean(.field("zero sum")))
            answer = (.number(1) - inflated) * mean
            output.append(Outputs.computed("inflated(\(name))", mean))
            output += results(mean, inflated, builder)
        }
        _ = derive("expected count", answer)
        let table = RegressionTable(intercept: 0, numericPredictors: [.init(field: "expected count", coefficient: 1)])
        let last = builder.regression([table], target: builder.target, uses: ["count sum", "zero sum"], output: output, local: local)
        return builder.chain([count, zero, last], .regression, target: builder.target)
    }

    /// The results of predict's types, unless the data have a column of that name.
    private static func results(_ count: Expression, _ zero: Expression, _ builder: DocumentBuilder) -> [OutputField] {
        [("response", .field("expected count")), ("count", count), ("zero", zero)].filter { builder.fields.type(of: $0.0) == nil }.map { Outputs.computed($0.0, $0.1) }
    }

    /// The linear predictor of a part.
    private static func part(_ name: String, _ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let terms = try object.component("terms")
        let frame = try ModelFrame(
            terms: try terms.component(name), xlevels: object.optional("levels"), tables: [object.optional("model")], full: terms.optional("full"),
            fields: builder.fields)
        var design = try Design(frame, contrasts: object.optional("contrasts")?.optional(name))
        if name == "count", let offset = object.optional("call")?.optional("offset") { try design.addOffset(offset) }
        let coefficients = try object.component("coefficients").component(name)
        try design.check(coefficients.names, count: coefficients.count, path: coefficients.path)
        return builder.regression([design.table(try coefficients.doubles())], target: nil, output: [Outputs.predicted("\(name) sum", isFinal: false)])
    }

    private static func link(_ object: RValue) throws(RReadError) -> Link {
        let value = try object.component("link")
        guard let link = Link(try value.string()) else { throw value.unsupported("the link function \(try value.string()) is not supported") }
        return link
    }

    /// The probability that the hurdle is crossed.
    private static func hurdle(_ object: RValue, _ distribution: RValue) throws(RReadError) -> Expression {
        if try distribution.string() == "binomial" { return try link(object).mean(.field("zero sum")) }
        return try above(.call("exp", .field("zero sum")), distribution, theta: "zero", object)
    }

    /// The probability of more than 0 in a distribution of counts with a mean.
    private static func above(_ mean: Expression, _ distribution: RValue, theta part: String, _ object: RValue) throws(RReadError) -> Expression {
        switch try distribution.string() {
        case "poisson": return .number(0) - .call("expm1", .number(0) - mean)
        case "geometric": return mean / (.number(1) + mean)
        case "negbin":
            let thetas = try object.component("theta")
            let numbers = try thetas.doubles()
            let position = thetas.names?.firstIndex(of: part) ?? 0
            guard position < numbers.count else { throw thetas.inconsistent("\(thetas.path) has no \(part)") }
            let theta = Expression.number(numbers[position])
            return .number(0) - .call("expm1", .number(-1) * theta * .call("ln1p", mean / theta))
        case let other: throw distribution.unsupported("a hurdle of the distribution \(other) is not supported")
        }
    }
}

import ModelTree

/// `glm` of every family and link, and `negbin`.
///
/// A number is answered with the mean (`predict`'s type `response`) and the linear predictor (`link`); a binomial model of a factor
/// with its level and the levels' probabilities.
enum GeneralizedLinearModelReader: ClassReader {
    static let classes = ["glm", "negbin", "glm.nb", "speedglm", "bigglm"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let design = try LinearDesign.read(object, builder)
        let coefficients = try object.component("coefficients")
        try design.check(coefficients.names, count: coefficients.count, path: coefficients.path)
        let numbers = try coefficients.doubles()
        let family = try object.component("family")
        let link = try Link.of(family)
        if try family.component("family").string().hasSuffix("binomial"), let levels = design.frame.responseLevels, levels.count == 2 {
            // The first level is failure, the second success.
            builder.setTarget(design.frame.response?.name, classes: levels)
            return try classification(design, numbers, link, levels, builder, at: object)
        }
        builder.setTarget(design.frame.response?.name)
        return builder.response(builder.regression([design.table(numbers)], target: nil), link, target: builder.target)
    }

    /// A binomial model whose response's levels are known from elsewhere: the second is what it has the probability of.
    static func classification(_ object: RValue, _ levels: [String], _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let design = try LinearDesign.read(object, builder)
        let coefficients = try object.component("coefficients")
        try design.check(coefficients.names, count: coefficients.count, path: coefficients.path)
        return try classification(
            design, try coefficients.doubles(), try Link.of(try object.component("family")), levels, builder, at: object)
    }

    private static func classification(
        _ design: Design, _ coefficients: [Double], _ link: Link, _ levels: [String], _ builder: DocumentBuilder, at object: RValue
    ) throws(RReadError) -> Model {
        let outputs = Outputs.probabilities(levels)
        if let normalization = link.normalization, link != .identity, link != .log {
            return builder.regression(
                [design.table(coefficients, category: levels[1]), RegressionTable(intercept: 0, targetCategory: levels[0])], normalization,
                .classification, target: builder.target, output: outputs)
        }
        var predictor = builder.regression([design.table(coefficients)], target: nil)
        predictor.output = [Outputs.predicted("link")]
        let mean = DerivedField(name: "link inverted", opType: .continuous, dataType: .double, expression: link.mean(.field("link")))
        let success = RegressionTable(intercept: 0, targetCategory: levels[1], numericPredictors: [.init(field: "link inverted", coefficient: 1)])
        let last = builder.regression(
            [success, RegressionTable(intercept: 0, targetCategory: levels[0])], .none, .classification, target: builder.target, uses: ["link"],
            output: outputs, local: [mean])
        return builder.chain([predictor, last], .classification, target: builder.target)
    }
}

import ModelTree

/// `earth`: multivariate adaptive regression splines, alone or with a `glm` on top of their terms.
///
/// [predict.earth](https://rdrr.io/cran/earth/man/predict.earth.html)
enum EarthReader: ClassReader {
    static let classes = ["earth"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let basis = try EarthBasis(object, builder)
        let isGeneralised = object.optional("glm.coefficients") != nil
        let coefficients = try object.component(isGeneralised ? "glm.coefficients" : "coefficients").matrix()
        guard coefficients.rows == basis.count, coefficients.columns > 0 else {
            throw object.inconsistent("the earth model has \(coefficients.rows) coefficients for \(basis.count) terms")
        }
        var links = [Link](repeating: .identity, count: coefficients.columns)
        var isBinomial = false
        if isGeneralised {
            let fits = try object.component("glm.list").list()
            guard fits.count == links.count else { throw object.inconsistent("the earth model has \(fits.count) glms for \(links.count) responses") }
            for (index, fit) in fits.enumerated() {
                let family = try fit.component("family")
                links[index] = try Link.of(family)
                isBinomial = try family.component("family").string().hasSuffix("binomial")
            }
        }
        let names = (0..<coefficients.columns).map { column in coefficients.columnNames.flatMap { column < $0.count ? $0[column] : nil } ?? "Y\(column + 1)" }
        let levels = try object.optional("levels")?.strings() ?? []
        let tables = (0..<coefficients.columns).map { basis.table(coefficients.column($0)) }
        if levels.count >= 2, levels.count == (tables.count == 1 ? 2 : tables.count) {
            builder.setTarget(basis.response ?? (tables.count == 1 ? names[0] : nil), classes: levels)
            return tables.count == 1
                ? binary(tables[0], links[0], levels, hasProbabilities: isBinomial, builder)
                : several(tables, names, links, levels, hasProbabilities: isBinomial, builder)
        }
        if tables.count == 1 {
            builder.setTarget(basis.response ?? names[0])
            if !isGeneralised { return builder.regression(tables, target: builder.target) }
            var predictor = builder.regression(tables, target: nil)
            predictor.output = [Outputs.predicted("link"), Outputs.computed("response", links[0].mean(.field("link")))]
            let mean = RegressionTable(intercept: 0, numericPredictors: [.init(field: "response", coefficient: 1)])
            return builder.chain([predictor, builder.regression([mean], target: builder.target, uses: ["response"])], .regression, target: builder.target)
        }
        var models: [Model] = []
        for (index, table) in tables.enumerated() {
            let target = builder.addTarget(names[index])
            models.append(
                isGeneralised
                    ? builder.response(builder.regression([table], target: nil), linkName: "link(\(names[index]))", links[index], target: target)
                    : builder.regression([table], target: target))
        }
        return builder.chain(models, .regression, target: nil)
    }

    /// Two classes by one response: the second from 0.5 on.
    private static func binary(_ table: RegressionTable, _ link: Link, _ levels: [String], hasProbabilities: Bool, _ builder: DocumentBuilder) -> Model {
        var predictor = builder.regression([table], target: nil)
        predictor.output = [Outputs.predicted("link"), Outputs.computed("response", link.mean(.field("link")))]
        let second = RegressionTable(intercept: 0, targetCategory: levels[1], numericPredictors: [.init(field: "response", coefficient: 1)])
        let last = builder.regression(
            [second, RegressionTable(intercept: 0, targetCategory: levels[0])], .none, .classification, target: builder.target, uses: ["response"],
            output: hasProbabilities ? Outputs.probabilities(levels) : [])
        return builder.chain([predictor, last], .classification, target: builder.target)
    }

    /// A response for each class: the highest counts. Those of binomial models are probabilities, each of its class against all others.
    private static func several(
        _ tables: [RegressionTable], _ names: [String], _ links: [Link], _ levels: [String], hasProbabilities: Bool, _ builder: DocumentBuilder
    ) -> Model {
        var models: [Model] = []
        for (index, table) in tables.enumerated() {
            var predictor = builder.regression([table], target: nil)
            let sum = "link(\(names[index]))"
            predictor.output = [Outputs.predicted(sum, isFinal: false), Outputs.computed(names[index], links[index].mean(.field(sum)))]
            if hasProbabilities { predictor.output.append(Outputs.computed("probability(\(levels[index]))", .field(names[index]))) }
            models.append(predictor)
        }
        let shares = zip(levels, names).map { RegressionTable(intercept: 0, targetCategory: $0, numericPredictors: [.init(field: $1, coefficient: 1)]) }
        models.append(builder.regression(shares, .simplemax, .classification, target: builder.target, uses: names))
        return builder.chain(models, .classification, target: builder.target)
    }
}

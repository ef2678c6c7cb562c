import ModelTree

extension DocumentBuilder {
    /// A cumulative model of ordered classes: P(Y ≤ class) = F(cut − η), with one cut between each class and the next.
    ///
    /// - Parameters:
    ///   - predictor: a regression without target, which gives η.
    ///   - name: what η is called.
    ///   - isShown: whether η is a result.
    ///   - link: F is the inverse of its link function.
    func cumulative(
        _ predictor: Model, _ name: String, isShown: Bool, cuts: [Double], _ link: RegressionModel.Normalization, _ classes: [String],
        output: [OutputField]
    ) -> Model {
        var first = predictor
        first.output.insert(Outputs.predicted(name, isFinal: isShown), at: 0)
        var tables = zip(classes, cuts).map { level, cut in
            RegressionTable(intercept: cut, targetCategory: level, numericPredictors: [.init(field: name, coefficient: -1)])
        }
        if let last = classes.last { tables.append(RegressionTable(intercept: 0, targetCategory: last)) }
        let second = regression(tables, link, .classification, target: target, uses: [name], output: output)
        return chain([first, second], .classification, target: target)
    }
}

import ModelTree

/// `lda` of MASS: linear discriminants, and the posterior of normal classes with one covariance, as `predict` has it (`plug-in`).
///
/// [predict.lda](https://stat.ethz.ch/R-manual/R-devel/library/MASS/html/predict.lda.html)
enum LdaReader: ClassReader {
    static let classes = ["lda"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let groups = try DiscriminantGroups(object, builder)
        let scaling = try object.component("scaling").matrix()
        guard scaling.rows == groups.fields.count, scaling.columns > 0 else {
            throw object.inconsistent("the scaling of the lda has \(scaling.rows) rows for \(groups.fields.count) columns")
        }
        // Discriminants are counted from the mean of the classes, weighted with their priors.
        let center = groups.fields.indices.map { column in zip(groups.priors, groups.means).reduce(0) { $0 + $1.0 * $1.1[column] } }
        let names = (0..<scaling.columns).map { column in scaling.columnNames.flatMap { column < $0.count ? $0[column] : nil } ?? "LD\(column + 1)" }
        let fields = names.enumerated().map { column, name in
            builder.fields.number("discriminant \(name)", .weighted(groups.fields, scaling.column(column), centers: center))
        }
        let tables = groups.levels.indices.map { group -> RegressionTable in
            let place = names.indices.map { discriminant in
                groups.fields.indices.reduce(0) { $0 + (groups.means[group][$1] - center[$1]) * scaling[$1, discriminant] }
            }
            let constant = Mathematics.logarithm(groups.priors[group]) - place.reduce(0) { $0 + $1 * $1 } / 2
            return RegressionTable(
                intercept: constant, targetCategory: groups.levels[group], numericPredictors: zip(fields, place).map { .init(field: $0, coefficient: $1) })
        }
        let output = Outputs.probabilities(groups.levels) + zip(names, fields).map { Outputs.computed($0, .field($1)) }
        return builder.regression(tables, .softmax, .classification, target: builder.target, output: output)
    }
}

/// `qda` of MASS: the posterior of normal classes, each with its covariance.
///
/// [predict.qda](https://stat.ethz.ch/R-manual/R-devel/library/MASS/html/predict.qda.html)
enum QdaReader: ClassReader {
    static let classes = ["qda"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let groups = try DiscriminantGroups(object, builder)
        let scaling = try object.component("scaling")
        let numbers = try scaling.doubles()
        let determinants = try object.component("ldet").doubles()
        let width = groups.fields.count
        guard scaling.dimensions == [width, width, groups.levels.count], numbers.count == width * width * groups.levels.count,
            determinants.count == groups.levels.count
        else { throw object.inconsistent("the scaling of the qda does not fit its \(groups.levels.count) classes") }
        let tables = groups.levels.indices.map { group -> RegressionTable in
            let level = groups.levels[group]
            let squares = (0..<width).map { column -> RegressionTable.NumericPredictor in
                let start = (group * width + column) * width
                let scaled = Expression.weighted(groups.fields, Array(numbers[start..<start + width]), centers: groups.means[group])
                return .init(field: builder.fields.number("\(level) scaled \(column + 1)", scaled), exponent: 2, coefficient: -0.5)
            }
            return RegressionTable(
                intercept: Mathematics.logarithm(groups.priors[group]) - determinants[group] / 2, targetCategory: level, numericPredictors: squares)
        }
        return builder.regression(tables, .softmax, .classification, target: builder.target, output: Outputs.probabilities(groups.levels))
    }
}

/// What `lda` and `qda` keep alike: the classes with their priors and means.
private struct DiscriminantGroups {
    let levels: [String]
    let priors: [Double]
    /// By class, then by column.
    let means: [[Double]]
    let fields: [String]

    init(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) {
        let matrix = try object.component("means").matrix()
        let prior = try object.component("prior")
        priors = try prior.doubles()
        let all = try object.component("lev").strings()
        // Classes without data have neither prior nor mean.
        levels = prior.names ?? matrix.rowNames ?? all
        guard levels.count == priors.count, matrix.rows == levels.count, levels.count >= 2, matrix.columns > 0 else {
            throw object.inconsistent("the object has \(matrix.rows) means and \(priors.count) priors for \(levels.count) classes")
        }
        means = (0..<matrix.rows).map(matrix.row)
        let found = try MatrixColumns.fields(object, matrix.columnNames, count: matrix.columns, builder)
        fields = found.fields
        builder.setTarget(found.response, classes: levels)
    }
}

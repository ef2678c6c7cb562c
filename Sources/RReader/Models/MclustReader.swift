import ModelTree

/// `Mclust` of mclust: a mixture of normal distributions, and the probability that a row comes from each.
///
/// [predict.Mclust](https://rdrr.io/cran/mclust/man/predict.Mclust.html)
enum MclustReader: ClassReader {
    static let classes = ["Mclust"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let parameters = try object.component("parameters")
        if parameters.optional("Vinv") != nil { throw parameters.unsupported("an Mclust with a component of noise is not supported") }
        let shares = try parameters.component("pro").doubles()
        let mean = try parameters.component("mean")
        let means = try mean.doubles()
        let count = shares.count
        guard count >= 1, means.count % count == 0, means.count >= count else {
            throw mean.inconsistent("\(mean.path) has \(means.count) numbers for \(count) components")
        }
        let width = means.count / count
        guard let names = mean.dimensionNames(0) ?? object.optional("data")?.dimensionNames(1), names.count == width else {
            throw mean.unsupported("an Mclust of data without column names keeps no names of its inputs")
        }
        let fields = names.map { builder.fields.numberField($0) }
        let covariances = try matrices(parameters.component("variance"), width: width, count: count)
        let classes = (1...count).map(String.init)
        builder.setTarget("classification", classes: classes)
        var tables: [RegressionTable] = []
        for component in 0..<count {
            guard let root = Whitening(covariances[component], width) else {
                throw parameters.inconsistent("the variance of component \(component + 1) is no covariance matrix")
            }
            let center = Array(means[component * width..<(component + 1) * width])
            let squares = root.rows.enumerated().map { row, weights in
                let field = builder.fields.number("component \(component + 1) scaled \(row + 1)", .weighted(fields, weights, centers: center))
                return RegressionTable.NumericPredictor(field: field, exponent: 2, coefficient: -0.5)
            }
            tables.append(RegressionTable(
                intercept: Mathematics.logarithm(shares[component]) - root.logarithmOfRoot, targetCategory: classes[component], numericPredictors: squares))
        }
        var output = Outputs.probabilities(classes)
        output.append(OutputField(name: "cluster", opType: .categorical, dataType: .string, feature: .predictedValue))
        return builder.regression(tables, .softmax, .classification, target: builder.target, output: output)
    }

    /// A covariance matrix for each component, column after column; one column of data has variances.
    private static func matrices(_ variance: RValue, width: Int, count: Int) throws(RReadError) -> [[Double]] {
        if let sigma = variance.optional("sigma") {
            let numbers = try sigma.doubles()
            let (square, overflow) = width.multipliedReportingOverflow(by: width)
            guard !overflow, numbers.count / count == square, numbers.count % count == 0 else {
                throw sigma.inconsistent("\(sigma.path) has \(numbers.count) numbers for \(count) matrices of \(width) rows")
            }
            return (0..<count).map { Array(numbers[$0 * square..<($0 + 1) * square]) }
        }
        let numbers = try variance.component("sigmasq").doubles()
        guard width == 1, numbers.count == 1 || numbers.count == count else { throw variance.inconsistent("\(variance.path) has no sigma") }
        return (0..<count).map { [numbers.count == 1 ? numbers[0] : numbers[$0]] }
    }
}

/// The inverse of the Cholesky root of a covariance matrix: what makes deviations from the mean independent and of variance 1.
private struct Whitening {
    private(set) var rows: [[Double]] = []
    /// Half the logarithm of the determinant.
    private(set) var logarithmOfRoot = 0.0

    /// nil for a matrix that is not positive definite.
    init?(_ matrix: [Double], _ width: Int) {
        var root = [[Double]](repeating: [Double](repeating: 0, count: width), count: width)
        for row in 0..<width {
            for column in 0...row {
                let sum = matrix[column * width + row] - (0..<column).reduce(0) { $0 + root[row][$1] * root[column][$1] }
                if row == column {
                    guard sum > 0 else { return nil }
                    root[row][row] = sum.squareRoot()
                    logarithmOfRoot += Mathematics.logarithm(root[row][row])
                } else {
                    root[row][column] = sum / root[column][column]
                }
            }
        }
        // Row by row: root · inverse = 1.
        for row in 0..<width {
            var weights = [Double](repeating: 0, count: width)
            for column in 0...row {
                let unit = row == column ? 1.0 : 0
                weights[column] = (unit - (column..<row).reduce(0) { $0 + root[row][$1] * rows[$1][column] }) / root[row][row]
            }
            rows.append(weights)
        }
    }
}

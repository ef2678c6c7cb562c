import ModelTree

/// `knn3` and `knnreg` of caret: the nearest rows of the training data, and those that are as near as the last of them.
///
/// A NearestNeighborModel knows no ties: it gives the classes (or numbers) and distances of more neighbors than are asked for, and a
/// regression counts those that are near enough. [knn3](https://rdrr.io/cran/caret/man/knn3.html)
enum NeighborsReader: ClassReader {
    static let classes = ["knn3", "knnreg"]
    /// As many may be as near as the last neighbor. If more are, there is no answer.
    private static let spare = 32
    private static let mostNeighbors = 500
    /// Squares of distances count as equal up to this.
    private static let tolerance = 1e-4

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let learned = try object.component("learn")
        let matrix = try learned.component("X").matrix()
        let answers = try learned.component("y")
        guard matrix.rows > 0, matrix.columns > 0, answers.count == matrix.rows, matrix.values.allSatisfy(\.isFinite) else {
            throw learned.inconsistent("\(learned.path) has \(answers.count) answers for \(matrix.rows) rows")
        }
        if let more = object.optional("theDots"), more.optional("l") != nil || more.optional("use.all") != nil {
            throw more.unsupported("knn3 with a number of votes that is asked for, or without all ties, is not supported")
        }
        let stated = try object.component("k").integer()
        guard stated >= 1, stated <= mostNeighbors else {
            throw object.unsupported("\(stated) neighbors are not supported, only up to \(mostNeighbors)")
        }
        let k = min(stated, matrix.rows)
        let found = try MatrixColumns.fields(object, matrix.columnNames, count: matrix.columns, builder)
        let levels = object.inherits("knn3") ? answers.levels ?? [] : nil
        if let levels, levels.count < 2 || levels.count > 1_000 { throw answers.inconsistent("\(answers.path) is no factor of 2 to 1000 levels") }
        let last = min(matrix.rows, k + spare)
        let neighbors = search(matrix, try answers.strings(), found.fields, ranks: last, isNumber: levels == nil, builder)
        builder.setTarget(found.response, classes: levels)

        var local: [DerivedField] = []
        func derive(_ name: String, _ expression: Expression) -> String {
            local.append(DerivedField(name: name, opType: .continuous, dataType: .double, expression: expression))
            return name
        }
        let limit = Expression.field(derive("limit of ties", .field("distance \(k)") * .number(1 + tolerance)))
        let isNear = (1...last).map { rank -> Expression? in rank <= k ? nil : .call("lessOrEqual", .field("distance \(rank)"), limit) }
        // 0, or missing where a column is, or where more rows may be as near as the last neighbor than were looked at.
        var isKnown = found.fields.map { Expression.call("isNotMissing", .field($0)) }
        if last < matrix.rows { isKnown.append(.call("greaterThan", .field("distance \(last)"), limit)) }
        let certain = derive("certain", .call("if", [isKnown.dropFirst().reduce(isKnown[0]) { .call("and", $0, $1) }, .number(0)]))
        let uses = (1...last).flatMap { ["neighbor \($0)", "distance \($0)"] }
        func counted(_ rank: Int, _ value: Expression) -> Expression { isNear[rank - 1].map { .call("if", $0, value, .number(0)) } ?? value }
        if let levels {
            let tables = levels.map { level -> RegressionTable in
                let votes = (1...last).map { rank -> Expression in
                    let isOfLevel = Expression.call("equal", .field("neighbor \(rank)"), .text(level))
                    return .call("if", isNear[rank - 1].map { .call("and", $0, isOfLevel) } ?? isOfLevel, .number(1), .number(0))
                }
                let field = derive("votes for \(level)", .call("sum", votes))
                return RegressionTable(
                    intercept: 0, targetCategory: level,
                    numericPredictors: [.init(field: field, coefficient: 1), .init(field: certain, coefficient: 1)])
            }
            let vote = builder.regression(
                tables, .simplemax, .classification, target: builder.target, uses: uses, output: Outputs.probabilities(levels), local: local)
            return builder.chain([neighbors, vote], .classification, target: builder.target)
        }
        let sum = Expression.call("sum", (1...last).map { counted($0, .field("neighbor \($0)")) })
        let mean = derive("mean of neighbors", sum / .call("sum", (1...last).map { counted($0, .number(1)) }))
        let table = RegressionTable(intercept: 0, numericPredictors: [.init(field: mean, coefficient: 1), .init(field: certain, coefficient: 1)])
        return builder.chain([neighbors, builder.regression([table], target: builder.target, uses: uses, local: local)], .regression, target: builder.target)
    }

    /// The nearest rows, by rank: the answer of each as its id, and its squared distance.
    private static func search(
        _ matrix: RMatrix, _ answers: [String], _ fields: [String], ranks: Int, isNumber: Bool, _ builder: DocumentBuilder
    ) -> Model {
        let columns = fields.indices.map { "x\($0 + 1)" }
        let rows = (0..<matrix.rows).map { row -> [String?] in matrix.row(row).map { "\($0)" } + [answers[row]] }
        let training = TrainingInstances(
            isTransformed: true, fields: zip(fields, columns).map { .init(field: $0, column: $1) } + [.init(field: "answer", column: "answer")],
            table: InlineTable(columns: columns + ["answer"], rows: rows, location: .none))
        let nearest = NearestNeighborModel(
            numberOfNeighbors: ranks, instanceIdVariable: "answer",
            measure: ComparisonMeasure(kind: .distance, compareFunction: .absDiff, metric: .squaredEuclidean), inputs: fields.map { KNNInput(field: $0) },
            training: training)
        let output = (1...ranks).flatMap { rank -> [OutputField] in
            [
                OutputField(
                    name: "neighbor \(rank)", opType: isNumber ? .continuous : .categorical, dataType: isNumber ? .double : .string, feature: .entityId,
                    rank: rank, isFinalResult: false),
                OutputField(name: "distance \(rank)", opType: .continuous, dataType: .double, feature: .entityAffinity, rank: rank, isFinalResult: false),
            ]
        }
        return builder.model(.nearestNeighbor(nearest), element: "NearestNeighborModel", .clustering, target: nil, output: output)
    }
}

import ModelTree

/// `glmnet` of each family at one lambda, and `cv.glmnet` at its `lambda.1se`.
enum GlmnetReader: ClassReader {
    static let classes = ["glmnet", "cv.glmnet"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let fit = object.inherits("cv.glmnet") ? try object.component("glmnet.fit") : object
        let stated = try statedLambdas(object, builder)
        let path = try GlmnetPath(fit)
        guard let lambda = stated.first, stated.count == 1 else { return try several(stated, path, fit, builder) }
        let family = try familyName(fit)
        switch family {
        case "lognet":
            let levels = try fit.component("classnames").strings()
            guard levels.count == 2 else { throw fit.inconsistent("a binomial glmnet has \(levels.count) classes") }
            builder.setTarget(nil, classes: levels)
            let table = path.table(0, at: lambda, builder, category: levels[1])
            let response = Expression.field("probability(\(levels[1]))")
            let link = Expression.call("ln", response / .field("probability(\(levels[0]))"))
            let output = Outputs.probabilities(levels) + [Outputs.computed("link", link), Outputs.computed("response", response), Outputs.level("class")]
            return builder.regression(
                [table, RegressionTable(intercept: 0, targetCategory: levels[0])], .logit, .classification, target: builder.target, output: output)
        case "multnet":
            let levels = try fit.component("classnames").strings()
            guard levels.count == path.responses.count else { throw fit.inconsistent("the glmnet has \(path.responses.count) responses for \(levels.count) classes") }
            builder.setTarget(nil, classes: levels)
            let tables = levels.enumerated().map { path.table($0, at: lambda, builder, category: $1) }
            return builder.regression(
                tables, .softmax, .classification, target: builder.target, output: Outputs.probabilities(levels) + [Outputs.level("class")])
        case "mrelnet":
            let models = path.responses.enumerated().map { builder.regression([path.table($0, at: lambda, builder)], target: builder.addTarget($1)) }
            return builder.chain(models, .regression, target: nil)
        case "fishnet", "coxnet": return linked(path.table(0, at: lambda, builder), .log, builder)
        case "elnet": return builder.regression([path.table(0, at: lambda, builder)], target: nil)
        case "glmnetfit":
            let link = try Link.of(try fit.component("family"))
            return linked(path.table(0, at: lambda, builder), link, builder)
        default: throw fit.unsupported("a glmnet of the family \(family) is not supported")
        }
    }

    /// The linear predictor, which is what predict() answers when it is not told, and the mean.
    private static func linked(_ table: RegressionTable, _ link: Link, _ builder: DocumentBuilder) -> Model {
        builder.regression([table], target: nil, output: [Outputs.predicted("link"), Outputs.computed("response", link.mean(.field("link")))])
    }

    private static func familyName(_ fit: RValue) throws(RReadError) -> String {
        guard let first = fit.classes.first(where: { $0 != "glmnet" }) else { throw fit.inconsistent("the glmnet does not say its family") }
        return first
    }

    /// The lambdas to predict at: `predict`'s argument s, or those that the object states; none where nothing does.
    private static func statedLambdas(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> [Double] {
        let isCrossValidated = object.inherits("cv.glmnet")
        if isCrossValidated, let name = builder.arguments.text("s"), ["lambda.1se", "lambda.min"].contains(name) { return [try object.component(name).double()] }
        if let numbers = try builder.arguments.numbers("s", at: object) { return numbers }
        // Or the one that caret has chosen.
        if let number = try (object.optional("lambda.s") ?? object.optional("lambdaOpt"))?.double() ?? builder.surroundings.lambda { return [number] }
        return isCrossValidated ? [try object.component("lambda.1se").double()] : []
    }

    /// The linear predictor at several lambdas, `s=0.5`; without any at all of the path, under the names that `predict` gives to them.
    private static func several(_ stated: [Double], _ path: GlmnetPath, _ fit: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        guard path.responses.count == 1 else {
            throw fit.unsupported(
                "a glmnet of several responses needs one lambda: predict's argument s (--predict s=0.01), or fit$lambda.s <- 0.01 before it is saved, or a cv.glmnet")
        }
        let lambdas = stated.isEmpty ? path.lambdas : stated
        let names = stated.isEmpty ? lambdas.indices.map { "s\($0)" } : stated.map { "s=\(NumberTexts.text($0))" }
        let models = zip(names, lambdas).map { name, lambda in
            builder.regression([path.table(0, at: lambda, builder)], target: builder.addTarget(name))
        }
        return builder.chain(models, .regression, target: nil)
    }
}

/// The coefficients of a glmnet along its lambdas.
private struct GlmnetPath {
    let lambdas: [Double]
    let responses: [String]
    private let names: [String]
    /// By response: intercepts, and a column of coefficients for each lambda.
    private let intercepts: [[Double]]
    private let columns: [[[Double]]]

    init(_ fit: RValue) throws(RReadError) {
        if let offset = fit.optional("offset"), case .logical = offset.object.kind, try offset.bool() {
            throw fit.unsupported("a glmnet with an offset is not supported")
        }
        lambdas = try fit.component("lambda").doubles()
        let beta = try fit.component("beta")
        var matrices: [RValue] = [beta]
        var responses = [""]
        if case .list = beta.object.kind {
            matrices = try beta.list()
            responses = beta.names ?? []
        }
        guard !lambdas.isEmpty, responses.count == matrices.count, let first = matrices.first else { throw fit.inconsistent("the glmnet has no coefficients") }
        self.responses = responses
        var columns: [[[Double]]] = []
        for matrix in matrices { columns.append(try GlmnetPath.dense(matrix, columns: lambdas.count)) }
        self.columns = columns
        let dimensionNames = try first.slot("Dimnames").list()
        let found = try dimensionNames.first?.strings() ?? []
        names = found
        guard columns.allSatisfy({ response in response.allSatisfy { $0.count == found.count } }) else { throw beta.inconsistent("the coefficients of \(beta.path) have no names") }
        let zero = [Double](repeating: 0, count: lambdas.count)
        guard let a0 = fit.optional("a0") else {
            intercepts = matrices.map { _ in zero }
            return
        }
        let values = try a0.doubles()
        guard values.count == lambdas.count * matrices.count else { throw a0.inconsistent("\(a0.path) has \(values.count) intercepts for \(lambdas.count) lambdas") }
        // A row for each response, a column for each lambda.
        let count = zero.count
        intercepts = matrices.indices.map { response in (0..<count).map { values[$0 * matrices.count + response] } }
    }

    /// The columns of a dgCMatrix.
    private static func dense(_ matrix: RValue, columns: Int) throws(RReadError) -> [[Double]] {
        let size = try matrix.slot("Dim").integers()
        let starts = try matrix.slot("p").integers()
        let rows = try matrix.slot("i").integers()
        let values = try matrix.slot("x").doubles()
        guard size.count == 2, size[0] >= 0, size[0] < 1 << 24, Int(size[1]) == columns, starts.count == columns + 1, rows.count == values.count,
            starts.first == 0, Int(starts[columns]) == values.count, zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 }), rows.allSatisfy({ $0 >= 0 && $0 < size[0] }),
            Int(size[0]) * columns < 1 << 28
        else { throw matrix.inconsistent("\(matrix.path) is no sparse matrix of \(columns) columns") }
        return (0..<columns).map { column in
            var dense = [Double](repeating: 0, count: Int(size[0]))
            for at in Int(starts[column])..<Int(starts[column + 1]) { dense[Int(rows[at])] = values[at] }
            return dense
        }
    }

    /// The linear predictor at a lambda, interpolated between the two next to it.
    func table(_ response: Int, at lambda: Double, _ builder: DocumentBuilder, category: String? = nil) -> RegressionTable {
        let (left, right, share) = place(of: lambda)
        func mix(_ a: Double, _ b: Double) -> Double { left == right ? a : a * share + b * (1 - share) }
        let mixed = zip(columns[response][left], columns[response][right]).map(mix)
        var table = RegressionTable(intercept: mix(intercepts[response][left], intercepts[response][right]), targetCategory: category)
        for (name, coefficient) in zip(names, mixed) {
            let field = builder.fields.numberField(name)
            if coefficient != 0 { table.numericPredictors.append(.init(field: field, coefficient: coefficient)) }
        }
        return table
    }

    /// Lambdas go down. Beyond the ends the ends count.
    private func place(of lambda: Double) -> (left: Int, right: Int, share: Double) {
        let last = lambdas.count - 1
        if lambda >= lambdas[0] { return (0, 0, 1) }
        if lambda <= lambdas[last] { return (last, last, 1) }
        for index in 0..<last where lambda <= lambdas[index] && lambda >= lambdas[index + 1] {
            if lambdas[index] == lambdas[index + 1] { return (index, index, 1) }
            return (index, index + 1, (lambda - lambdas[index + 1]) / (lambdas[index] - lambdas[index + 1]))
        }
        return (last, last, 1)
    }
}

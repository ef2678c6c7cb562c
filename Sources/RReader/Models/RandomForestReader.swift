import ModelTree

/// `randomForest`: votes of the trees' classes, or the mean of their numbers.
enum RandomForestReader: ClassReader {
    static let classes = ["randomForest"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let known = builder.fields.names
        let made = try forest(object, builder)
        guard object.optional("terms") != nil else { return made }
        return whole(made, builder.fields.dataFields.map(\.name).filter { !known.contains($0) }, builder)
    }

    /// With a formula, predict() leaves out every row that lacks one of the formula's variables, be it one that the trees pass by or not.
    private static func whole(_ model: Model, _ inputs: [String], _ builder: DocumentBuilder) -> Model {
        guard !inputs.isEmpty else { return model }
        let conditions = inputs.map { Predicate.simple(SimplePredicate(field: $0, op: .isNotMissing, value: nil)) }
        let predicate = conditions.count == 1 ? conditions[0] : .compound(.and, conditions, .none)
        var inner = model
        let output = inner.output
        inner.output = []
        let segments = [Segment(id: "1", predicate: predicate, model: inner)]
        return builder.model(
            .mining(MiningModel(method: .selectFirst, missingPredictionTreatment: .returnMissing, segments: segments)), element: "MiningModel",
            model.functionName, target: builder.target, output: output)
    }

    private static func forest(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let forest = try object.component("forest")
        let type = try object.component("type").string()
        let (variables, response) = try TrainedVariables.read(object, levels: try forest.component("xlevels"), builder) { () throws(RReadError) in
            let status = try forest.component("nodestatus").integers()
            let all = zip(try forest.component("bestvar").integers(), try forest.component("xbestsplit").doubles())
            // Leaves have no variable.
            let splits = zip(status, all).filter { $0 != -1 && $1.0 > 0 }
            return (splits.map { Int($1.0) - 1 }, splits.map { $1.1 })
        }
        let arrays = try ForestArrays(forest, variables, classes: type == "classification" ? try object.component("classes").strings() : nil)
        if let classes = arrays.classes {
            builder.setTarget(response, classes: classes)
            var trees: [Model] = []
            for tree in 0..<arrays.treeCount { trees.append(builder.tree(try arrays.tree(tree), .classification, target: nil)) }
            let cutoff = try forest.optional("cutoff").map { (value) throws(RReadError) in try value.doubles() } ?? []
            return try vote(trees, classes, cutoff, builder, at: forest)
        }
        guard type == "regression" else { throw object.unsupported("a randomForest of type \(type) predicts nothing") }
        builder.setTarget(response)
        var trees: [Model] = []
        for tree in 0..<arrays.treeCount { trees.append(builder.tree(try arrays.tree(tree), .regression, target: nil)) }
        // corr.bias: a line through predictions and observations.
        var targets: [Target] = []
        if let line = try object.optional("coefs")?.doubles(), line.count == 2 {
            targets = [Target(field: builder.target?.name, rescaleConstant: line[0], rescaleFactor: line[1])]
        }
        return builder.ensemble(.average, trees, .regression, target: builder.target, targets: targets)
    }

    /// The class with the most votes, each counted against its cutoff.
    private static func vote(
        _ trees: [Model], _ classes: [String], _ cutoff: [Double], _ builder: DocumentBuilder, at place: RValue
    ) throws(RReadError) -> Model {
        let isEven = cutoff.allSatisfy { ($0 - (cutoff.first ?? 0)).magnitude < 1e-12 }
        var forest = builder.ensemble(.majorityVote, trees, .classification, target: builder.target, output: Outputs.probabilities(classes))
        if isEven { return forest }
        guard cutoff.count == classes.count, cutoff.allSatisfy({ $0 > 0 }) else { throw place.inconsistent("the cutoff has \(cutoff.count) numbers for \(classes.count) classes") }
        // The shares of votes over the cutoffs, made to sum to 1, order the classes as R does.
        forest.miningSchema.fields = []
        let tables = zip(classes, cutoff).map { name, share in
            RegressionTable(intercept: 0, targetCategory: name, numericPredictors: [.init(field: "probability(\(name))", coefficient: 1 / share)])
        }
        let last = builder.regression(tables, .simplemax, .classification, target: builder.target, uses: classes.map { "probability(\($0))" })
        return builder.chain([forest, last], .classification, target: builder.target)
    }
}

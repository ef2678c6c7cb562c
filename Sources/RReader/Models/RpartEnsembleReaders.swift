import ModelTree

/// ipred's [bagging](https://rdrr.io/cran/ipred/man/bagging.html): votes of rpart's trees, or the mean of their numbers.
enum BaggingReader: ClassReader {
    static let classes = ["classbagg", "regbagg"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        var trees: [RValue] = []
        for member in try object.component("mtrees").list() {
            if let other = member.optional("bfct"), !other.isNull, case .list(let parts) = other.object.kind, !parts.isEmpty {
                throw other.unsupported("bundled classifiers beside the trees are not supported")
            }
            trees.append(try member.component("btree"))
        }
        let name = RpartEnsemble.responseName(object)
        if object.inherits("regbagg") { return try RpartEnsemble.mean(trees, name, builder, at: object) }
        return try RpartEnsemble.vote(trees, weights: nil, name, builder, at: object)
    }
}

/// adabag's [boosting](https://rdrr.io/cran/adabag/man/boosting.html) and `bagging`: votes of rpart's trees, with weights or without.
enum AdabagReader: ClassReader {
    static let classes = ["boosting", "bagging"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let trees = try object.component("trees").list()
        let weights = try object.optional("weights")?.doubles()
        if let weights, weights.count != trees.count { throw object.inconsistent("the model has \(weights.count) weights for \(trees.count) trees") }
        let formula = object.optional("formula").flatMap(Call.init)
        let name = formula.flatMap { $0.arguments.count == 2 ? $0.arguments[0].value.deparsed : nil }
        return try RpartEnsemble.vote(trees, weights: object.inherits("boosting") ? weights : nil, name, builder, at: object)
    }
}

/// [ada](https://cran.r-project.org/package=ada), stochastic boosting: rpart's trees of the classes -1 and 1, whose weighted sum is half the
/// logarithm of the odds.
enum AdaReader: ClassReader {
    static let classes = ["ada"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        if let type = try object.optional("call")?.optional("type")?.string(), type != "discrete" {
            throw object.unsupported("ada of the type \(type) is not supported")
        }
        let fit = try object.component("model")
        let trees = try fit.component("trees").list()
        let weights = try fit.component("alpha").doubles()
        // No more than predict() takes.
        let count = min(trees.count, weights.count, max(0, try object.optional("iter")?.integer() ?? trees.count))
        var members: [Model] = []
        for tree in trees.prefix(count) {
            let (model, _, levels, _) = try RpartReader.tree(tree, builder, areNumbers: true)
            guard levels == ["-1", "1"] else { throw tree.unsupported("ada of trees that do not tell -1 from 1 is not supported") }
            members.append(builder.tree(model, .regression, target: nil))
        }
        let actual = try object.component("actual")
        var levels = actual.levels ?? []
        if levels.isEmpty { levels = Array(Set(try actual.strings())).sorted() }
        guard levels.count == 2, !members.isEmpty else { throw object.inconsistent("ada has \(members.count) trees for \(levels.count) classes") }
        builder.setTarget(RpartEnsemble.responseName(object), classes: levels)
        let sum = builder.ensemble(.weightedSum, members, weights: weights, .regression, target: nil, output: [Outputs.predicted("adaValue", isFinal: false)])
        let table = RegressionTable(intercept: 0, targetCategory: levels[1], numericPredictors: [.init(field: "adaValue", coefficient: 2)])
        let last = builder.regression(
            [table, RegressionTable(intercept: 0, targetCategory: levels[0])], .logit, .classification, target: builder.target, uses: ["adaValue"],
            output: Outputs.probabilities(levels))
        return builder.chain([sum, last], .classification, target: builder.target)
    }
}

/// Ensembles of rpart's trees.
enum RpartEnsemble {
    static func mean(_ trees: [RValue], _ name: String?, _ builder: DocumentBuilder, at place: RValue) throws(RReadError) -> Model {
        var members: [Model] = []
        for tree in trees {
            let (model, _, levels, _) = try RpartReader.tree(tree, builder)
            guard levels == nil else { throw tree.inconsistent("a tree of classes stands where one of numbers should") }
            members.append(builder.tree(model, .regression, target: nil))
        }
        guard !members.isEmpty else { throw place.inconsistent("\(place.path) has no trees") }
        builder.setTarget(name)
        return builder.ensemble(.average, members, .regression, target: builder.target)
    }

    /// The class with the most votes; its share of them is its probability.
    static func vote(
        _ trees: [RValue], weights: [Double]?, _ name: String?, _ builder: DocumentBuilder, at place: RValue
    ) throws(RReadError) -> Model {
        var members: [Model] = []
        var classes: [String]?
        for tree in trees {
            let (model, _, levels, _) = try RpartReader.tree(tree, builder)
            guard let levels, classes == nil || classes == levels else { throw tree.inconsistent("the trees do not tell the same classes apart") }
            classes = levels
            members.append(builder.tree(model, .classification, target: nil))
        }
        guard let classes else { throw place.inconsistent("\(place.path) has no trees") }
        builder.setTarget(name, classes: classes)
        return builder.ensemble(
            weights == nil ? .majorityVote : .weightedMajorityVote, members, weights: weights ?? [], .classification, target: builder.target,
            output: Outputs.probabilities(classes))
    }

    /// The response as the call's formula names it.
    static func responseName(_ object: RValue) -> String? {
        guard let call = object.optional("call").flatMap(Call.init) else { return nil }
        return call.arguments.lazy.filter { $0.name == nil || $0.name == "formula" }.compactMap { Call($0.value) }
            .first { $0.function == "~" && $0.arguments.count == 2 }?.arguments[0].value.deparsed
    }
}

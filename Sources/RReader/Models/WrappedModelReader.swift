import ModelTree

/// mlr's [WrappedModel](https://mlr.mlr-org.com/reference/makeWrappedModel.html): the model of another package, whose answer the task names.
enum WrappedModelReader: ClassReader {
    static let classes = ["WrappedModel"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let outer = builder.surroundings
        defer { builder.surroundings = outer }
        return try builder.fields.withOwnPreparation { () throws(RReadError) in try inner(object, builder) }
    }

    private static func inner(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let task = try object.component("task.desc")
        let target = try task.component("target").string()
        let kind = try task.component("type").string()
        let inner = try object.component("learner.model")
        if let other = inner.classes.first(where: { $0.hasPrefix("xgb") || $0.hasPrefix("lgb") }) {
            throw inner.unsupported("a booster of class \(other) within a WrappedModel is not supported")
        }
        for (name, levels) in object.optional("factor.levels")?.elements ?? [] where name != target {
            if let name { builder.fields.state(name, .factor(try levels.strings(), isOrdered: false)) }
        }
        builder.fields.knowsFactors = object.optional("factor.levels") != nil
        builder.surroundings.lambda = try object.optional("learner")?.optional("par.vals")?.optional("s")?.doubles().first
        builder.surroundings.answersByProbability = try object.optional("learner")?.optional("predict.type")?.string() == "prob"
        switch kind {
        case "classif":
            var levels = try task.component("class.levels").strings()
            if let negative = try task.optional("negative")?.strings().first, let positive = try task.optional("positive")?.strings().first, levels.count == 2 {
                builder.surroundings.binaryLevels = [negative, positive]
            }
            if inner.inherits("glm") {
                // The learner may have turned the levels round before it fitted, so that the second is what it has the probability of.
                guard levels.count == 2 else { throw task.inconsistent("a binomial model of \(levels.count) classes") }
                if let isInverted = object.optional("invert_levels") ?? inner.optional("invert_levels"), try isInverted.bool() { levels.reverse() }
                builder.setTarget(target, classes: levels)
                return try GeneralizedLinearModelReader.classification(inner, levels, builder)
            }
            builder.setTarget(target, classes: levels)
        case "regr": builder.setTarget(target)
        default: throw task.unsupported("a task of the type \(kind) is not supported")
        }
        return builder.answering(try ClassRegistry.model(inner, builder))
    }
}

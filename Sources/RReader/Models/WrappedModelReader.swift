import ModelTree

/// mlr's [WrappedModel](https://mlr.mlr-org.com/reference/makeWrappedModel.html): the model of another package, whose answer the task names.
enum WrappedModelReader: ClassReader {
    static let classes = ["WrappedModel"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let task = try object.component("task.desc")
        let target = try task.component("target").string()
        let kind = try task.component("type").string()
        let inner = try object.component("learner.model")
        switch kind {
        case "classif":
            var levels = try task.component("class.levels").strings()
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
        return try ClassRegistry.model(inner, builder)
    }
}

import ModelTree

/// [caretEnsemble](https://rdrr.io/cran/caretEnsemble/man/caretEnsemble.html) and `caretStack`: models of caret, and one more that is fitted to
/// their answers.
enum CaretEnsembleReader: ClassReader {
    static let classes = ["caretEnsemble", "caretStack"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let last = try object.component("ens_model")
        guard try last.component("modelType").string() == "Regression" else { throw last.unsupported("an ensemble of classifications is not supported") }
        builder.setTarget(".outcome")
        var models: [Model] = []
        var names: [String] = []
        for (name, value) in try object.component("models").elements {
            guard let name else { throw value.inconsistent("\(value.path) has no name") }
            var model = try ClassRegistry.model(value, builder)
            for index in model.output.indices { model.output[index].isFinalResult = false }
            model.output.removeAll { $0.name == "predictedValue" }
            model.output.append(Outputs.predicted(name, isFinal: false))
            models.append(model)
            names.append(name)
        }
        // The answers stand for columns of data.
        let end = try builder.fields.withOwnPreparation { () throws(RReadError) in
            for name in names { builder.fields.replace(name, with: name) }
            return try ClassRegistry.model(last, builder)
        }
        models.append(using(names, end))
        return builder.chain(models, .regression, target: builder.target)
    }

    /// A model that may use outputs of those before it, as may those inside of it.
    private static func using(_ names: [String], _ model: Model) -> Model {
        var model = model
        let known = Set(model.miningSchema.fields.map(\.name))
        model.miningSchema.fields += names.filter { !known.contains($0) }.map { MiningField(name: $0) }
        if case .mining(var mining) = model.kind {
            for index in mining.segments.indices { mining.segments[index].model = using(names, mining.segments[index].model) }
            model.kind = .mining(mining)
        }
        return model
    }
}

import ModelTree

/// A plain list that holds models: each answers under the name of its element.
enum ModelListReader: ClassReader {
    static let classes: [String] = []

    /// Whether a list without a class has models in it.
    static func isList(_ object: RValue) -> Bool {
        guard case .list = object.object.kind, object.classes.isEmpty else { return false }
        return object.elements.contains { $0.name != nil && !$0.value.classes.isEmpty && ClassRegistry.reader(of: $0.value) != nil }
    }

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        var models: [Model] = []
        for (name, value) in object.elements {
            guard let name, !value.classes.isEmpty, ClassRegistry.reader(of: value) != nil else { continue }
            models.append(try builder.withTarget(name) { () throws(RReadError) in try ClassRegistry.model(value, builder) })
        }
        // What a model says beside its answer would need a name of its own.
        if models.count > 1 { for index in models.indices { models[index] = withoutOutputs(models[index]) } }
        return models.count == 1 ? models[0] : builder.chain(models, models.last?.functionName ?? .regression, target: nil)
    }

    private static func withoutOutputs(_ model: Model) -> Model {
        var model = model
        for index in model.output.indices { model.output[index].isFinalResult = false }
        if case .mining(var mining) = model.kind {
            for index in mining.segments.indices { mining.segments[index].model = withoutOutputs(mining.segments[index].model) }
            model.kind = .mining(mining)
        }
        return model
    }
}

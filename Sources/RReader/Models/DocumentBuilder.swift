import ModelTree

/// What the readers of all classes make a document with: its fields, its target, and models that know both.
///
/// A reader declares and derives fields while it goes through its object, and makes models with ``model(_:element:_:target:output:)``;
/// when all is made, ``document(_:)`` gives every model the mining schema, so that the order in which fields are found does not matter.
final class DocumentBuilder {
    let fields = FieldTable()
    let arguments: PredictArguments
    /// The model's result; nil when the object does not say what was predicted.
    private(set) var target: DataField?
    /// Targets of a model that has several.
    private var moreTargets: [DataField] = []
    private var isTargetSet = false
    /// Whether the fields' names only say their places.
    var readsByPosition = false
    /// What the next target is to be called, whatever its model says.
    private var targetName: String?

    init(arguments: PredictArguments = PredictArguments([:])) { self.arguments = arguments }

    /// What a model around the one that is read says of it.
    struct Surroundings {
        /// The levels for which 0 and 1 stand.
        var binaryLevels: [String]?
        /// The lambda of a path of models.
        var lambda: Double?
        /// Whether the class is the most probable one, also where a model by itself would decide otherwise.
        var answersByProbability = false
    }
    var surroundings = Surroundings()

    // MARK: models inside of models

    private var nesting = 0
    private var readModels = 0

    /// Environments may hold themselves, so a model may seem to have any number of models inside.
    func enter(_ object: RValue) throws(RReadError) {
        nesting += 1
        readModels += 1
        if nesting > 16 { throw RReadError(.depthLimit, "more than 16 models inside one another", path: object.path) }
        if readModels > 10_000 { throw RReadError(.sizeLimit, "more than 10,000 models inside of one", path: object.path) }
    }
    func leave() { nesting -= 1 }

    // MARK: target

    /// States the result; the first to do so decides, so that an ensemble names it and not its members.
    ///
    /// - Parameters:
    ///   - name: nil when it is not known; a class is then called `predictedValue`.
    ///   - classes: the levels of a classification, in R's order; nil for a number.
    ///   - isOrdered: whether the order of the levels means something.
    func setTarget(_ name: String?, classes: [String]? = nil, isOrdered: Bool = false) {
        if isTargetSet { return }
        isTargetSet = true
        guard let field = targetName ?? name ?? (classes == nil ? nil : "predictedValue") else { return }
        fields.reserve(field)
        target = DocumentBuilder.targetField(field, classes)
        if isOrdered { target?.opType = .ordinal }
    }

    /// States a further result and gives the field for a model's `target`.
    func addTarget(_ name: String) -> DataField {
        let field = DocumentBuilder.targetField(name, nil)
        fields.reserve(name)
        isTargetSet = true
        moreTargets.append(field)
        return field
    }

    /// Makes one of several models, whose target gets a name given from outside.
    func withTarget(_ name: String, _ make: () throws(RReadError) -> Model) throws(RReadError) -> Model {
        isTargetSet = false
        fields.startModel()
        targetName = name
        target = nil
        let model = try make()
        if let target { moreTargets.append(target) }
        target = nil
        targetName = nil
        isTargetSet = true
        return model
    }

    private static func targetField(_ name: String, _ classes: [String]?) -> DataField {
        DataField(
            name: name, opType: classes == nil ? .continuous : .categorical, dataType: classes == nil ? .double : .string,
            values: (classes ?? []).map { FieldValue(value: $0) })
    }

    // MARK: models

    /// A model.
    ///
    /// - Parameters:
    ///   - target: the field that it predicts; nil for a model whose answer only others, or its outputs, use.
    ///   - uses: fields from outputs of models before it in a chain.
    func model(
        _ kind: ModelKind, element: String, _ function: MiningFunction, target: DataField?, uses: [String] = [], output: [OutputField] = [],
        targets: [Target] = [], local: [DerivedField] = []
    ) -> Model {
        let schema = MiningSchema(fields: uses.map { MiningField(name: $0) } + (target.map { [MiningField(name: $0.name, usageType: .target)] } ?? []))
        return Model(
            element: element, functionName: function, miningSchema: schema, output: output, targets: targets,
            localTransformations: Transformations(derivedFields: local), kind: kind)
    }

    func regression(
        _ tables: [RegressionTable], _ normalization: RegressionModel.Normalization = .none, _ function: MiningFunction = .regression,
        target: DataField?, uses: [String] = [], output: [OutputField] = [], local: [DerivedField] = []
    ) -> Model {
        model(
            .regression(RegressionModel(normalization: normalization, tables: tables)), element: "RegressionModel", function, target: target, uses: uses,
            output: output, local: local)
    }

    func tree(_ tree: TreeModel, _ function: MiningFunction, target: DataField?, output: [OutputField] = []) -> Model {
        model(.tree(tree), element: "TreeModel", function, target: target, output: output)
    }

    /// A model with the target, which models made from x and y do not know, and so leave to those around them.
    func answering(_ model: Model) -> Model {
        guard let target, !model.miningSchema.fields.contains(where: { $0.usageType == .target }) else { return model }
        var model = model
        model.miningSchema.fields.append(MiningField(name: target.name, usageType: .target))
        return model
    }

    /// Several models whose results are combined, with no predicates.
    func ensemble(
        _ method: MiningModel.MultipleModelMethod, _ models: [Model], weights: [Double] = [], _ function: MiningFunction, target: DataField?,
        missing: MiningModel.MissingPredictionTreatment = .returnMissing, output: [OutputField] = [], targets: [Target] = []
    ) -> Model {
        let segments = models.enumerated().map { index, model in
            Segment(id: String(index + 1), weight: index < weights.count ? weights[index] : 1, predicate: .always, model: model)
        }
        return model(
            .mining(MiningModel(method: method, missingPredictionTreatment: missing, segments: segments)), element: "MiningModel", function,
            target: target, output: output, targets: targets)
    }

    /// Models one after the other, each of which may use the outputs of those before it; the last one has the result.
    func chain(_ models: [Model], _ function: MiningFunction, target: DataField?, output: [OutputField] = []) -> Model {
        ensemble(.modelChain, models, function, target: target, missing: .continue, output: output)
    }

    // MARK: the document

    func document(_ model: Model, name: String, writer: String) -> Document {
        let active = fields.activeFields
        var outermost = complete(model, active)
        for field in moreTargets where !outermost.miningSchema.fields.contains(where: { $0.name == field.name }) {
            outermost.miningSchema.fields.append(MiningField(name: field.name, usageType: .target))
        }
        // A field that is an input, too, keeps its own definition.
        let inputs = fields.dataFields
        let targets = ([target].compactMap { $0 } + moreTargets).filter { target in !inputs.contains { $0.name == target.name } }
        var document = Document(
            name: name, version: nil, header: Header(applicationName: "R", applicationVersion: writer),
            dataDictionary: DataDictionary(fields: inputs + targets),
            transformations: Transformations(derivedFields: fields.derived), models: [outermost])
        document.readsByPosition = readsByPosition
        return document
    }

    private func complete(_ model: Model, _ active: [MiningField]) -> Model {
        var model = model
        if model.miningSchema.fields.isEmpty {
            // One array that all members of an ensemble share.
            model.miningSchema.fields = active
        } else {
            let own = Set(model.miningSchema.fields.map(\.name))
            model.miningSchema.fields = active.filter { !own.contains($0.name) } + model.miningSchema.fields
        }
        switch model.kind {
        case .mining(var mining):
            for index in mining.segments.indices { mining.segments[index].model = complete(mining.segments[index].model, active) }
            model.kind = .mining(mining)
        case .anomalyDetection(var detection):
            detection.model = complete(detection.model, active)
            model.kind = .anomalyDetection(detection)
        default: break
        }
        return model
    }
}

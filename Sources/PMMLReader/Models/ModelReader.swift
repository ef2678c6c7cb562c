// https://dmg.org/pmml/v4-4-1/GeneralStructure.html#xsdGroup_MODEL-ELEMENT
import ModelTree

typealias ReceiveModel = (Model) throws -> Void

extension ElementReader {
    /// A reader for a child that is a model; nil when it is none that is read.
    func model(_ element: Element, _ attributes: Attributes, _ receive: @escaping ReceiveModel) throws -> ElementReader? {
        switch element {
        case .treeModel: try TreeModelReader(document, attributes, receive)
        case .regressionModel: try RegressionModelReader(document, attributes, receive)
        case .generalRegressionModel: try GeneralRegressionModelReader(document, attributes, receive)
        case .miningModel: try MiningModelReader(document, attributes, receive)
        case .anomalyDetectionModel: try AnomalyDetectionModelReader(document, attributes, receive)
        case .timeSeriesModel: try TimeSeriesModelReader(document, attributes, receive)
        case .associationModel: try AssociationModelReader(document, attributes, receive)
        case .baselineModel: try BaselineModelReader(document, attributes, receive)
        case .sequenceModel: try SequenceModelReader(document, attributes, receive)
        case .textModel: try TextModelReader(document, attributes, receive)
        case .scorecard: try ScorecardReader(document, attributes, receive)
        case .ruleSetModel: try RuleSetModelReader(document, attributes, receive)
        case .naiveBayesModel: try NaiveBayesModelReader(document, attributes, receive)
        case .bayesianNetworkModel: try BayesianNetworkModelReader(document, attributes, receive)
        case .neuralNetwork: try NeuralNetworkReader(document, attributes, receive)
        case .supportVectorMachineModel: try SupportVectorMachineModelReader(document, attributes, receive)
        case .clusteringModel: try ClusteringModelReader(document, attributes, receive)
        case .nearestNeighborModel: try NearestNeighborModelReader(document, attributes, receive)
        case .gaussianProcessModel: try GaussianProcessModelReader(document, attributes, receive)
        default: nil
        }
    }

    /// A reader for a child that is a model without a mining schema of its own, as versions 3.x and 4.0 embed them.
    /// https://dmg.org/pmml/v4-0-1/MultipleModels.html
    ///
    /// Such a model sees its enclosing model's fields, whose values have been treated already.
    func embeddedModel(
        _ element: Element, _ attributes: Attributes, in schema: MiningSchema, _ receive: @escaping ReceiveModel
    ) throws -> ElementReader? {
        let reader: ModelReader? =
            switch element {
            case .decisionTree: try TreeModelReader(document, attributes, receive)
            case .regression: try RegressionModelReader(document, attributes, receive)
            default: nil
            }
        reader?.inherit(schema)
        return reader
    }
}

extension MiningSchema {
    /// The fields for a model inside, which takes the values as they are.
    func inherited() -> MiningSchema {
        var inner = MiningSchema()
        for field in fields {
            inner.fields.append(
                MiningField(
                    name: field.name, usageType: field.usageType, opType: field.opType, invalidValueTreatment: .asIs,
                    location: field.location))
        }
        return inner
    }

    /// What the models before have made.
    mutating func add(_ results: [OutputField]) {
        for result in results { fields.append(MiningField(name: result.name, invalidValueTreatment: .asIs, location: result.location)) }
    }
}

/// What the readers of all models share.
class ModelReader: ElementReader {
    private enum MathContext: String, CaseIterable { case double, float }

    private let modelName: String?
    let functionName: MiningFunction
    private let algorithmName: String?
    private let isScorable: Bool
    private var isFloat: Bool
    private(set) var miningSchema: MiningSchema?
    private var isEmbedded = false
    private var output: [OutputField]?
    private var targets: [Target]?
    var localTransformations: Transformations?
    private var verification: ModelVerification?
    private let receive: ReceiveModel

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceiveModel) throws {
        self.receive = receive
        modelName = try attributes.string(.modelName)
        functionName = try attributes.requiredChoice(.functionName)
        algorithmName = attributes.informationalString(.algorithmName)
        isScorable = try attributes.flag(.isScorable) ?? true
        isFloat = try attributes.choice(.xMathContext, of: MathContext.self) == .float
        super.init(document)
    }

    func inherit(_ schema: MiningSchema) {
        isEmbedded = true
        miningSchema = schema
    }

    /// A child that only this kind of model has.
    func content(_ element: Element, _ attributes: Attributes) throws -> Reading? { nil }

    /// What stands for a mining schema where a version did not ask for one.
    func assumedSchema() -> MiningSchema? { nil }

    /// What only this kind of model means.
    func kind() throws -> ModelKind { throw problem(.missingElement("content", in: name)) }

    final override var looksIntoExtensions: Bool { true }

    override func extend(_ name: String, _ value: String) throws {
        if name == Attribute.xMathContext.rawValue { isFloat = value == MathContext.float.rawValue }
    }

    final override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .extension:
            // What the schema has no place for stands in an extension: the Output of a SequenceModel, a TimeSeries without values.
            let name = attributes.informationalString(.name)
            attributes.ignore(.extender, .value)
            return name == "x-Output" || name == "x-TimeSeries" ? .inPlace : .skip
        case .miningSchema:
            try once(miningSchema != nil)
            return .reader(MiningSchemaReader(document) { [unowned self] in miningSchema = $0 })
        case .output:
            try once(output != nil)
            return .reader(OutputReader(document) { [unowned self] in output = $0 })
        case .targets:
            try once(targets != nil)
            return .reader(TargetsReader(document) { [unowned self] in targets = $0 })
        case .localTransformations:
            try once(localTransformations != nil)
            return .reader(TransformationsReader(document) { [unowned self] in localTransformations = $0 })
        case .modelVerification:
            try once(verification != nil)
            return .reader(ModelVerificationReader(document, attributes) { [unowned self] in verification = $0 })
        case .resultField where isEmbedded:
            return .reader(try OutputFieldReader(document, attributes) { [unowned self] in
                if output == nil { output = [] }
                output?.append($0)
            })
        default: return try content(element, attributes)
        }
    }

    final override func end() throws {
        let schema = try required(miningSchema ?? assumedSchema(), "a MiningSchema")
        try receive(
            Model(
                element: name, modelName: modelName, functionName: functionName, algorithmName: algorithmName,
                isScorable: isScorable, isFloat: isFloat, miningSchema: schema, output: output ?? [],
                targets: targets ?? [], localTransformations: localTransformations ?? Transformations(),
                verification: verification, kind: try kind(), location: place))
    }
}

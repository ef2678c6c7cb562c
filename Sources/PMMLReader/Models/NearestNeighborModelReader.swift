// https://dmg.org/pmml/v4-4-1/KNN.html
import ModelTree

/// `NearestNeighborModel`
final class NearestNeighborModelReader: ModelReader {
    private let numberOfNeighbors: Int
    private let continuousScoringMethod: NearestNeighborModel.ContinuousScoringMethod
    private let categoricalScoringMethod: NearestNeighborModel.CategoricalScoringMethod
    private let instanceIdVariable: String?
    private let threshold: Double
    private var measure: ComparisonMeasure?
    private var inputs: [KNNInput] = []
    private var training: TrainingInstances?

    override init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceiveModel) throws {
        guard let count = try attributes.integer(.numberOfNeighbors, atLeast: 1) else {
            throw attributes.missingAttribute(.numberOfNeighbors)
        }
        numberOfNeighbors = count
        continuousScoringMethod = try attributes.choice(.continuousScoringMethod) ?? .average
        categoricalScoringMethod = try attributes.choice(.categoricalScoringMethod) ?? .majorityVote
        instanceIdVariable = try attributes.string(.instanceIdVariable)
        threshold = try attributes.number(.threshold) ?? 0.001
        try super.init(document, attributes, receive)
    }

    override func content(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .trainingInstances:
            try once(training != nil)
            return .reader(try TrainingInstancesReader(document, attributes) { [unowned self] in training = $0 })
        case .comparisonMeasure:
            try once(measure != nil)
            return .reader(try ComparisonMeasureReader(document, attributes) { [unowned self] in measure = $0 })
        case .knnInputs:
            return .reader(KNNInputsReader(document) { [unowned self] in inputs += $0 })
        default: return nil
        }
    }

    override func kind() throws -> ModelKind {
        if inputs.isEmpty { throw problem(.missingElement("a KNNInput", in: name)) }
        return .nearestNeighbor(
            NearestNeighborModel(
                numberOfNeighbors: numberOfNeighbors, continuousScoringMethod: continuousScoringMethod,
                categoricalScoringMethod: categoricalScoringMethod, instanceIdVariable: instanceIdVariable, threshold: threshold,
                measure: try required(measure, "a ComparisonMeasure"), inputs: inputs,
                training: try required(training, "TrainingInstances")))
    }
}

/// `KNNInputs`
final class KNNInputsReader: ElementReader {
    private var inputs: [KNNInput] = []
    private let receive: ([KNNInput]) -> Void

    init(_ document: DocumentReader, _ receive: @escaping ([KNNInput]) -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .knnInput else { return nil }
        inputs.append(
            KNNInput(
                field: try attributes.requiredString(.field), fieldWeight: try attributes.number(.fieldWeight) ?? 1,
                compareFunction: try attributes.choice(.compareFunction), location: document.here()))
        return .leaf
    }

    override func end() throws { receive(inputs) }
}

/// `TrainingInstances`. Instances that a TableLocator says lie elsewhere are out of reach.
final class TrainingInstancesReader: ElementReader {
    private let isTransformed: Bool
    private var fields: [TrainingInstances.InstanceField] = []
    private var table: InlineTable?
    private let receive: (TrainingInstances) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (TrainingInstances) -> Void) throws {
        self.receive = receive
        isTransformed = try attributes.flag(.isTransformed) ?? false
        attributes.ignore(.recordCount, .fieldCount)
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .instanceFields: return .inPlace
        case .instanceField:
            let field = try attributes.requiredString(.field)
            fields.append(TrainingInstances.InstanceField(field: field, column: try attributes.column(.column) ?? field))
            return .leaf
        case .inlineTable:
            try once(table != nil)
            return .reader(InlineTableReader(document) { [unowned self] in table = $0 })
        case .tableLocator: throw document.error(.unsupportedElement(Element.tableLocator.rawValue, in: name))
        default: return nil
        }
    }

    override func end() throws {
        if fields.isEmpty { throw problem(.missingElement("an InstanceField", in: name)) }
        receive(TrainingInstances(isTransformed: isTransformed, fields: fields, table: try required(table, "an InlineTable")))
    }
}

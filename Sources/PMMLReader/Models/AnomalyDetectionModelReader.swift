// https://dmg.org/pmml/v4-4-1/AnomalyDetectionModel.html
import ModelTree

/// `AnomalyDetectionModel`
final class AnomalyDetectionModelReader: ModelReader {
    private let algorithmType: AnomalyDetectionModel.AlgorithmType
    private let sampleDataSize: Double?
    private var inner: Model?
    private var distances: [Double]?

    override init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceiveModel) throws {
        algorithmType = try attributes.requiredChoice(.algorithmType)
        sampleDataSize = try attributes.number(.sampleDataSize)
        try super.init(document, attributes, receive)
    }

    override func content(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        if element == .meanClusterDistances {
            try once(distances != nil)
            return .reader(NumbersReader(document) { [unowned self] in distances = $0 })
        }
        guard let reader = try model(element, attributes, { [unowned self] in inner = $0 }) else { return nil }
        try once(inner != nil, "model")
        return .reader(reader)
    }

    override func kind() throws -> ModelKind {
        .anomalyDetection(
            AnomalyDetectionModel(
                algorithmType: algorithmType, sampleDataSize: sampleDataSize, model: try required(inner, "a model"),
                meanClusterDistances: distances ?? []))
    }
}

/// An element that holds numbers as one `Array` or sparse array.
final class NumbersReader: ElementReader {
    private var numbers: [Double]?
    private let receive: ([Double]) -> Void

    init(_ document: DocumentReader, _ receive: @escaping ([Double]) -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .array:
            try once(numbers != nil, "array")
            return .reader(try NumberArrayReader(document, attributes) { [unowned self] in numbers = $0 })
        case .realSparseArray, .intSparseArray:
            try once(numbers != nil, "array")
            return .reader(try SparseArrayReader(document, attributes) { [unowned self] in
                numbers = $0.dense($0.count ?? ($0.indices.max() ?? -1) + 1)
            })
        default: return nil
        }
    }

    override func end() throws { receive(try required(numbers, "an Array")) }
}

// https://dmg.org/pmml/v4-4-1/MultipleModels.html
import ModelTree

/// `MiningModel`
///
/// Versions 3.x and 4.0 put models without a mining schema straight into it; each sees the results of those before it.
/// That is a model chain, and is read as one.
final class MiningModelReader: ModelReader {
    private var segmentation: MiningModel?
    private var embedded: [Model] = []
    /// What the next model inside sees, with the results of as many models as are counted here; models without results share it.
    private var inner: MiningSchema?
    private var heard = 0
    /// Fields handed down so far. Each model inside is compiled with all of them, so that their number is limited.
    private var inheritedFields = 0
    private static let inheritanceLimit = 2_000_000

    override func content(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        if element == .segmentation {
            try once(segmentation != nil)
            return .reader(try SegmentationReader(document, attributes, transformations: { [unowned self] inner in
                var all = localTransformations ?? Transformations()
                all.derivedFields += inner.derivedFields
                localTransformations = all
            }, { [unowned self] in segmentation = $0 }))
        }
        return try embeddedModel(element, attributes, in: try innerSchema()) { [unowned self] in embedded.append($0) }
            .map(Reading.reader)
    }

    /// What the next model inside sees: the fields, and the results of those before it.
    private func innerSchema() throws -> MiningSchema {
        var schema = inner ?? (miningSchema ?? MiningSchema()).inherited()
        schema.add(embedded[heard...].flatMap(\.output))
        (inner, heard) = (schema, embedded.count)
        inheritedFields += schema.fields.count
        if inheritedFields > Self.inheritanceLimit { throw document.error(.embeddingLimit()) }
        return schema
    }

    override func kind() throws -> ModelKind {
        if embedded.isEmpty { return .mining(try required(segmentation, "a Segmentation")) }
        var chain = embedded
        if let segmentation {
            chain.append(
                Model(
                    element: name, functionName: functionName, miningSchema: try innerSchema(), kind: .mining(segmentation),
                    location: place))
        }
        return .mining(
            MiningModel(
                method: .modelChain,
                segments: chain.map { Segment(id: nil, predicate: .always, model: $0, location: $0.location) }))
    }
}

/// `Segmentation`
final class SegmentationReader: ElementReader {
    private var mining: MiningModel
    /// Trees that are being digested, by the index of their segment.
    private var tasks: [(segment: Int, task: TreeWorker.Task)] = []
    private let receiveTransformations: (Transformations) -> Void
    private let receive: (MiningModel) -> Void

    /// - Parameter transformations: receives the LocalTransformations that version 4.0 had here.
    init(
        _ document: DocumentReader, _ attributes: Attributes, transformations: @escaping (Transformations) -> Void,
        _ receive: @escaping (MiningModel) -> Void
    ) throws {
        self.receive = receive
        receiveTransformations = transformations
        mining = MiningModel(
            method: try attributes.requiredChoice(.multipleModelMethod),
            missingPredictionTreatment: try attributes.choice(.missingPredictionTreatment)
                ?? attributes.choice(.xMissingPredictionTreatment) ?? .continue,
            missingThreshold: try attributes.share(.missingThreshold) ?? attributes.share(.xMissingThreshold) ?? 1,
            segments: [])
        super.init(document)
    }

    override func extend(_ name: String, _ value: String) throws {
        if name == "x-multipleModelMethod", let method = MiningModel.MultipleModelMethod(rawValue: value) { mining.method = method }
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .segment:
            return .reader(try SegmentReader(document, attributes) { [unowned self] in add($0) })
        case .localTransformations: return .reader(TransformationsReader(document, receiveTransformations))
        default: return nil
        }
    }

    private func add(_ segment: Segment) {
        mining.segments.append(segment)
        guard let worker = document.treeWorker, case .tree(let tree) = segment.model.kind, tree.nodes.nodes.count >= TreeWorker.leastNodes else { return }
        var empty = tree
        empty.nodes = TreeNodes()
        mining.segments[mining.segments.count - 1].model.kind = .tree(empty)
        tasks.append((mining.segments.count - 1, worker.submit(tree, classifies: segment.model.functionName == .classification)))
    }

    override func end() throws {
        if mining.segments.isEmpty { throw problem(.missingElement("a Segment", in: name)) }
        for (segment, task) in tasks {
            if let tree = document.treeWorker?.finished(task) { mining.segments[segment].model.kind = .tree(tree) }
        }
        receive(mining)
    }
}

/// `Segment`
final class SegmentReader: ElementReader {
    private let id: String?
    private let weight: Double
    private var predicate: Predicate?
    private var model: Model?
    private let receive: (Segment) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (Segment) -> Void) throws {
        self.receive = receive
        id = try attributes.string(.id)
        weight = try attributes.number(.weight) ?? 1
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        if let reader = try model(element, attributes, { [unowned self] in model = $0 }) {
            try once(model != nil, "model")
            return .reader(reader)
        }
        return try solePredicate(element, attributes, isRepeated: predicate != nil) { [unowned self] in predicate = $0 }
    }

    override func end() throws {
        receive(
            Segment(
                id: id, weight: weight, predicate: try required(predicate, "a predicate"),
                model: try required(model, "a model"), location: place))
    }
}

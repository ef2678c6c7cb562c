// https://dmg.org/pmml/v4-4-1/ClusteringModel.html
import ModelTree

/// `ClusteringModel`
final class ClusteringModelReader: ModelReader {
    private let modelClass: ClusteringModel.ModelClass
    private var measure: ComparisonMeasure?
    private var fields: [ClusteringField] = []
    private var centerFields: [String]?
    private var missingValueWeights: ClusterCenter?
    private var clusters: [Cluster] = []

    override init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceiveModel) throws {
        modelClass = try attributes.requiredChoice(.modelClass)
        // The clusters themselves can be counted.
        attributes.ignore(.numberOfClusters)
        try super.init(document, attributes, receive)
    }

    override func content(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .comparisonMeasure:
            try once(measure != nil)
            return .reader(try ComparisonMeasureReader(document, attributes) { [unowned self] in measure = $0 })
        case .clusteringField:
            return .reader(try ClusteringFieldReader(document, attributes) { [unowned self] in fields.append($0) })
        case .centerFields:
            try once(centerFields != nil)
            return .reader(CenterFieldsReader(document) { [unowned self] in addCenterFields($0) })
        case .missingValueWeights:
            try once(missingValueWeights != nil)
            return .reader(MissingValueWeightsReader(document) { [unowned self] in missingValueWeights = $0 })
        case .cluster:
            return .reader(try ClusterReader(document, attributes) { [unowned self] in clusters.append($0) })
        default: return nil
        }
    }

    /// The derived fields of CenterFields are local ones; those without a name get one.
    private func addCenterFields(_ derived: [DerivedField]) {
        var names: [String] = []
        var local = localTransformations ?? Transformations()
        for (index, field) in derived.enumerated() {
            var field = field
            let name = field.name ?? "CenterFields[\(index + 1)]"
            field.name = name
            names.append(name)
            local.derivedFields.append(field)
        }
        localTransformations = local
        centerFields = names
    }

    override func kind() throws -> ModelKind {
        if clusters.isEmpty { throw problem(.missingElement("a Cluster", in: name)) }
        if fields.isEmpty, centerFields == nil { throw problem(.missingElement("a ClusteringField", in: name)) }
        return .clustering(
            ClusteringModel(
                modelClass: modelClass, measure: try required(measure, "a ComparisonMeasure"), fields: fields,
                centerFields: centerFields ?? [], missingValueWeights: missingValueWeights, clusters: clusters))
    }
}

extension ElementReader {
    /// Reads a child that holds coordinates, dense or sparse; nil when it is none.
    fileprivate func coordinates(
        _ element: Element, _ attributes: Attributes, isRepeated: Bool, _ receive: @escaping (ClusterCenter) -> Void
    ) throws -> Reading? {
        switch element {
        case .array:
            try once(isRepeated)
            return .reader(try StringArrayReader(document, attributes) { receive(.array($0)) })
        case .realSparseArray, .intSparseArray:
            try once(isRepeated)
            return .reader(try SparseArrayReader(document, attributes) { receive(.sparse($0)) })
        default: return nil
        }
    }
}

/// `ClusteringField`
final class ClusteringFieldReader: ElementReader {
    private var field: ClusteringField
    private let receive: (ClusteringField) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (ClusteringField) -> Void) throws {
        self.receive = receive
        field = ClusteringField(
            field: try attributes.requiredString(.field), isCenterField: try attributes.flag(.isCenterField) ?? true,
            fieldWeight: try attributes.number(.fieldWeight) ?? 1, similarityScale: try attributes.number(.similarityScale),
            compareFunction: try attributes.choice(.compareFunction))
        super.init(document)
        field.location = place
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .comparisons: return .inPlace
        case .matrix:
            try once(field.comparisons != nil)
            return .reader(try MatrixReader(document, attributes) { [unowned self] in field.comparisons = $0 })
        default: return nil
        }
    }

    override func end() throws { receive(field) }
}

/// `CenterFields`, of the versions before 3.2
final class CenterFieldsReader: ElementReader {
    private var fields: [DerivedField] = []
    private let receive: ([DerivedField]) -> Void

    init(_ document: DocumentReader, _ receive: @escaping ([DerivedField]) -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .derivedField else { return nil }
        return .reader(try DerivedFieldReader(document, attributes) { [unowned self] in fields.append($0) })
    }

    override func end() throws { receive(fields) }
}

/// `MissingValueWeights`
final class MissingValueWeightsReader: ElementReader {
    private var weights: ClusterCenter?
    private let receive: (ClusterCenter) -> Void

    init(_ document: DocumentReader, _ receive: @escaping (ClusterCenter) -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        try coordinates(element, attributes, isRepeated: weights != nil) { [unowned self] in weights = $0 }
    }

    override func end() throws { receive(try required(weights, "an Array")) }
}

/// `Cluster`
final class ClusterReader: ElementReader {
    private var cluster: Cluster
    private let receive: (Cluster) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (Cluster) -> Void) throws {
        self.receive = receive
        cluster = Cluster(
            id: try attributes.string(.id), name: try attributes.string(.name), size: attributes.informationalInteger(.size))
        super.init(document)
        cluster.location = place
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .kohonenMap:
            try once(cluster.kohonenMap != nil)
            cluster.kohonenMap = Cluster.KohonenMap(
                coordinates: [
                    attributes.informationalNumber(.coord1), attributes.informationalNumber(.coord2), attributes.informationalNumber(.coord3),
                ])
            return .leaf
        case .covariances: return .inPlace
        case .matrix:
            try once(cluster.covariances != nil)
            return .reader(try MatrixReader(document, attributes) { [unowned self] in cluster.covariances = $0 })
        default:
            return try coordinates(element, attributes, isRepeated: cluster.center != nil) { [unowned self] in
                cluster.center = $0
            }
        }
    }

    override func end() throws { receive(cluster) }
}

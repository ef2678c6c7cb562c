// https://dmg.org/pmml/v4-4-1/ClusteringModel.html#xsdElement_ComparisonMeasure
import ModelTree

/// `ComparisonMeasure`
final class ComparisonMeasureReader: ElementReader {
    private let kind: ComparisonMeasure.Kind
    private let compareFunction: ComparisonMeasure.CompareFunction
    private var metric: ComparisonMeasure.Metric?
    private let receive: (ComparisonMeasure) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (ComparisonMeasure) -> Void) throws {
        self.receive = receive
        kind = try attributes.requiredChoice(.kind)
        compareFunction = try attributes.choice(.compareFunction) ?? .absDiff
        // The least and greatest result that the measure can give.
        attributes.ignore(.minimum, .maximum)
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard let found = try metric(element, attributes) else { return nil }
        try once(metric != nil, "measure")
        metric = found
        return .leaf
    }

    private func metric(_ element: Element, _ attributes: Attributes) throws -> ComparisonMeasure.Metric? {
        switch element {
        case .euclidean: return .euclidean
        case .squaredEuclidean: return .squaredEuclidean
        case .chebychev: return .chebychev
        case .cityBlock: return .cityBlock
        case .minkowski: return .minkowski(try attributes.requiredNumber(.pParameter))
        case .simpleMatching: return .simpleMatching
        case .jaccard: return .jaccard
        case .tanimoto: return .tanimoto
        case .binarySimilarity:
            return .binarySimilarity(
                ComparisonMeasure.BinaryParameters(
                    c00: try attributes.requiredNumber(.c00Parameter), c01: try attributes.requiredNumber(.c01Parameter),
                    c10: try attributes.requiredNumber(.c10Parameter), c11: try attributes.requiredNumber(.c11Parameter),
                    d00: try attributes.requiredNumber(.d00Parameter), d01: try attributes.requiredNumber(.d01Parameter),
                    d10: try attributes.requiredNumber(.d10Parameter), d11: try attributes.requiredNumber(.d11Parameter)))
        default: return nil
        }
    }

    override func end() throws {
        receive(
            ComparisonMeasure(
                kind: kind, compareFunction: compareFunction, metric: try required(metric, "a measure"), location: place))
    }
}

// https://dmg.org/pmml/v4-4-1/ClusteringModel.html#xsdElement_ComparisonMeasure

/// How two records are compared: field by field, and then all fields together.
public struct ComparisonMeasure: Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        /// The smallest result is the best.
        case distance
        /// The largest result is the best.
        case similarity
    }
    /// How the two values of one field are compared.
    public enum CompareFunction: String, Sendable, CaseIterable { case absDiff, gaussSim, delta, equal, table }

    /// The weights of `binarySimilarity`: c of the numerator, d of the denominator; 10 counts the fields that are 1 in
    /// the record and 0 in what it is compared with.
    public struct BinaryParameters: Sendable {
        public var c00: Double
        public var c01: Double
        public var c10: Double
        public var c11: Double
        public var d00: Double
        public var d01: Double
        public var d10: Double
        public var d11: Double
        public init(c00: Double, c01: Double, c10: Double, c11: Double, d00: Double, d01: Double, d10: Double, d11: Double) {
            (self.c00, self.c01, self.c10, self.c11) = (c00, c01, c10, c11)
            (self.d00, self.d01, self.d10, self.d11) = (d00, d01, d10, d11)
        }
    }

    public enum Metric: Sendable {
        case euclidean, squaredEuclidean, chebychev, cityBlock
        case minkowski(Double)
        case simpleMatching, jaccard, tanimoto
        case binarySimilarity(BinaryParameters)

        /// The element's name.
        public var name: String {
            switch self {
            case .euclidean: "euclidean"
            case .squaredEuclidean: "squaredEuclidean"
            case .chebychev: "chebychev"
            case .cityBlock: "cityBlock"
            case .minkowski: "minkowski"
            case .simpleMatching: "simpleMatching"
            case .jaccard: "jaccard"
            case .tanimoto: "tanimoto"
            case .binarySimilarity: "binarySimilarity"
            }
        }
    }

    public var kind: Kind
    public var compareFunction: CompareFunction
    public var metric: Metric
    public var location: SourceLocation
    public init(kind: Kind, compareFunction: CompareFunction = .absDiff, metric: Metric, location: SourceLocation = .none) {
        self.kind = kind
        self.compareFunction = compareFunction
        self.metric = metric
        self.location = location
    }
}

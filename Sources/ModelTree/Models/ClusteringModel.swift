// https://dmg.org/pmml/v4-4-1/ClusteringModel.html

public struct ClusteringModel: Sendable {
    public enum ModelClass: String, Sendable, CaseIterable { case centerBased, distributionBased }
    public var modelClass: ModelClass
    public var measure: ComparisonMeasure
    public var fields: [ClusteringField]
    /// Names of the derived fields that `CenterFields` (before 3.2) says the centers' coordinates are; empty: the fields
    /// themselves are.
    public var centerFields: [String]
    /// `MissingValueWeights`; nil: every field weighs the same.
    public var missingValueWeights: ClusterCenter?
    public var clusters: [Cluster]
    public init(
        modelClass: ModelClass, measure: ComparisonMeasure, fields: [ClusteringField], centerFields: [String] = [],
        missingValueWeights: ClusterCenter? = nil, clusters: [Cluster]
    ) {
        self.modelClass = modelClass
        self.measure = measure
        self.fields = fields
        self.centerFields = centerFields
        self.missingValueWeights = missingValueWeights
        self.clusters = clusters
    }
}

public struct ClusteringField: Sendable {
    public var field: String
    public var isCenterField: Bool
    public var fieldWeight: Double
    /// The difference at which `gaussSim` is one half.
    public var similarityScale: Double?
    /// nil: the measure's own.
    public var compareFunction: ComparisonMeasure.CompareFunction?
    public var comparisons: Matrix?
    public var location: SourceLocation
    public init(
        field: String, isCenterField: Bool = true, fieldWeight: Double = 1, similarityScale: Double? = nil,
        compareFunction: ComparisonMeasure.CompareFunction? = nil, comparisons: Matrix? = nil, location: SourceLocation = .none
    ) {
        self.field = field
        self.isCenterField = isCenterField
        self.fieldWeight = fieldWeight
        self.similarityScale = similarityScale
        self.compareFunction = compareFunction
        self.comparisons = comparisons
        self.location = location
    }
}

/// The coordinates of a cluster's center, one for each center field.
public enum ClusterCenter: Sendable {
    /// As the document writes them: a coordinate of a categorical field may be one of its values.
    case array([String])
    case sparse(SparseArray)

    /// How many coordinates there are: a sparse array's `n`, and without it as many as there are fields.
    public func length(forFields count: Int) -> Int {
        switch self {
        case .array(let values): values.count
        case .sparse(let values): values.count ?? count
        }
    }
}

public struct Cluster: Sendable {
    /// Coordinates of a self-organising map's cell; they describe the cluster.
    public struct KohonenMap: Sendable {
        public var coordinates: [Double?]
        public init(coordinates: [Double?]) { self.coordinates = coordinates }
    }
    public var id: String?
    public var name: String?
    public var size: Int?
    public var kohonenMap: KohonenMap?
    public var center: ClusterCenter?
    public var covariances: Matrix?
    public var location: SourceLocation
    public init(
        id: String? = nil, name: String? = nil, size: Int? = nil, kohonenMap: KohonenMap? = nil, center: ClusterCenter? = nil,
        covariances: Matrix? = nil, location: SourceLocation = .none
    ) {
        self.id = id
        self.name = name
        self.size = size
        self.kohonenMap = kohonenMap
        self.center = center
        self.covariances = covariances
        self.location = location
    }
}

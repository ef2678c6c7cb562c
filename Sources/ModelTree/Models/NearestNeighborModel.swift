// https://dmg.org/pmml/v4-4-1/KNN.html

public struct NearestNeighborModel: Sendable {
    public enum ContinuousScoringMethod: String, Sendable, CaseIterable { case median, average, weightedAverage }
    public enum CategoricalScoringMethod: String, Sendable, CaseIterable { case majorityVote, weightedMajorityVote }
    public var numberOfNeighbors: Int
    public var continuousScoringMethod: ContinuousScoringMethod
    public var categoricalScoringMethod: CategoricalScoringMethod
    /// The instance field that names an instance.
    public var instanceIdVariable: String?
    /// Added to a distance before its inverse becomes a weight.
    public var threshold: Double
    public var measure: ComparisonMeasure
    public var inputs: [KNNInput]
    public var training: TrainingInstances
    public init(
        numberOfNeighbors: Int, continuousScoringMethod: ContinuousScoringMethod = .average,
        categoricalScoringMethod: CategoricalScoringMethod = .majorityVote, instanceIdVariable: String? = nil,
        threshold: Double = 0.001, measure: ComparisonMeasure, inputs: [KNNInput], training: TrainingInstances
    ) {
        self.numberOfNeighbors = numberOfNeighbors
        self.continuousScoringMethod = continuousScoringMethod
        self.categoricalScoringMethod = categoricalScoringMethod
        self.instanceIdVariable = instanceIdVariable
        self.threshold = threshold
        self.measure = measure
        self.inputs = inputs
        self.training = training
    }
}

public struct KNNInput: Sendable {
    public var field: String
    public var fieldWeight: Double
    /// nil: the measure's own.
    public var compareFunction: ComparisonMeasure.CompareFunction?
    public var location: SourceLocation
    public init(
        field: String, fieldWeight: Double = 1, compareFunction: ComparisonMeasure.CompareFunction? = nil,
        location: SourceLocation = .none
    ) {
        self.field = field
        self.fieldWeight = fieldWeight
        self.compareFunction = compareFunction
        self.location = location
    }
}

public struct TrainingInstances: Sendable {
    public struct InstanceField: Sendable {
        public var field: String
        /// The element name of the field's cells in the table.
        public var column: String
        public init(field: String, column: String) {
            self.field = field
            self.column = column
        }
    }
    /// Whether the table's values are those of the inputs, rather than of the fields that the inputs derive from.
    public var isTransformed: Bool
    public var fields: [InstanceField]
    public var table: InlineTable
    public init(isTransformed: Bool = false, fields: [InstanceField], table: InlineTable) {
        self.isTransformed = isTransformed
        self.fields = fields
        self.table = table
    }
}

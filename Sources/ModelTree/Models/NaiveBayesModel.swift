// https://dmg.org/pmml/v4-4-1/NaiveBayes.html

public struct NaiveBayesModel: Sendable {
    /// https://dmg.org/pmml/v4-4-1/Statistics.html#xsdGroup_CONTINUOUS-DISTRIBUTION-TYPES
    public enum Distribution: Sendable {
        /// A distribution of which only the moments are known.
        case any(mean: Double, variance: Double)
        case gaussian(mean: Double, variance: Double)
        case poisson(mean: Double)
        case uniform(lower: Double, upper: Double)
    }

    /// How often a target value came; a count may be a fraction.
    public struct TargetValueCount: Sendable {
        public var value: String
        public var count: Double
        public init(value: String, count: Double) {
            self.value = value
            self.count = count
        }
    }

    public struct PairCounts: Sendable {
        /// The input's value.
        public var value: String
        public var counts: [TargetValueCount]
        public init(value: String, counts: [TargetValueCount]) {
            self.value = value
            self.counts = counts
        }
    }

    public struct TargetValueStat: Sendable {
        public var value: String
        public var distribution: Distribution
        public init(value: String, distribution: Distribution) {
            self.value = value
            self.distribution = distribution
        }
    }

    public struct Input: Sendable {
        public enum Content: Sendable {
            case counts([PairCounts])
            case statistics([TargetValueStat])
        }
        public var field: String
        /// Computes the discrete value from a continuous field.
        public var derivedField: DerivedField?
        public var content: Content
        /// Stood in an `Extension`, as continuous inputs did before version 4.2.
        public var isExtension: Bool
        public var location: SourceLocation
        public init(
            field: String, derivedField: DerivedField? = nil, content: Content, isExtension: Bool = false,
            location: SourceLocation = .none
        ) {
            self.isExtension = isExtension
            self.field = field
            self.derivedField = derivedField
            self.content = content
            self.location = location
        }
    }

    /// Stands in for a conditional probability that is zero, or less than it.
    public var threshold: Double
    public var inputs: [Input]
    /// `BayesOutput`: the target field.
    public var targetField: String?
    public var targetCounts: [TargetValueCount]

    public init(threshold: Double, inputs: [Input] = [], targetField: String? = nil, targetCounts: [TargetValueCount] = []) {
        self.threshold = threshold
        self.inputs = inputs
        self.targetField = targetField
        self.targetCounts = targetCounts
    }
}

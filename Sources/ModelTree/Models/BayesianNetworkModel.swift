// https://dmg.org/pmml/v4-4-1/BayesianNetwork.html

public struct BayesianNetworkModel: Sendable {
    public struct ParentValue: Sendable {
        public var parent: String
        public var value: String
        public init(parent: String, value: String) {
            self.parent = parent
            self.value = value
        }
    }

    public struct ValueProbability: Sendable {
        public var value: String
        public var probability: Double
        public init(value: String, probability: Double) {
            self.value = value
            self.probability = probability
        }
    }

    /// The distribution of a discrete node, under values of its parents; without parents, its prior.
    public struct DiscreteConditional: Sendable {
        public var parents: [ParentValue]
        public var probabilities: [ValueProbability]
        public init(parents: [ParentValue] = [], probabilities: [ValueProbability] = []) {
            self.parents = parents
            self.probabilities = probabilities
        }
    }

    /// A distribution whose parameters may be computed from continuous parents.
    public enum Distribution: Sendable {
        case normal(mean: Expression, variance: Expression)
        /// Mean and variance are those of the logarithm.
        case lognormal(mean: Expression, variance: Expression)
        case triangular(mean: Expression, lower: Expression, upper: Expression)
        case uniform(lower: Expression, upper: Expression)
    }

    public struct ContinuousConditional: Sendable {
        public var parents: [ParentValue]
        public var distribution: Distribution
        public init(parents: [ParentValue] = [], distribution: Distribution) {
            self.parents = parents
            self.distribution = distribution
        }
    }

    public struct Node: Sendable {
        public enum Content: Sendable {
            case discrete([DiscreteConditional])
            case continuous([ContinuousConditional])
        }
        public var name: String
        /// Values computed for this node's table, such as a continuous parent's interval.
        public var derivedFields: [DerivedField]
        public var content: Content
        public var location: SourceLocation
        public init(name: String, derivedFields: [DerivedField] = [], content: Content, location: SourceLocation = .none) {
            self.name = name
            self.derivedFields = derivedFields
            self.content = content
            self.location = location
        }
    }

    public var nodes: [Node]
    public init(nodes: [Node]) { self.nodes = nodes }
}

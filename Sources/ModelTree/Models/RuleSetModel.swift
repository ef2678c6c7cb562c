// https://dmg.org/pmml/v4-4-1/RuleSet.html

public struct RuleSetModel: Sendable {
    public enum Criterion: String, Sendable, CaseIterable { case weightedSum, weightedMax, firstHit }

    /// What the cases under a rule were. https://dmg.org/pmml/v4-4-1/TreeModel.html#xsdElement_ScoreDistribution
    public struct ScoreDistribution: Sendable {
        public var value: String
        public var recordCount: Double
        public var confidence: Double?
        public var probability: Double?
        public init(value: String, recordCount: Double, confidence: Double? = nil, probability: Double? = nil) {
            self.value = value
            self.recordCount = recordCount
            self.confidence = confidence
            self.probability = probability
        }
    }

    public struct SimpleRule: Sendable {
        public var id: String?
        public var predicate: Predicate
        public var score: String
        public var confidence: Double
        public var weight: Double
        public var distributions: [ScoreDistribution]
        public var location: SourceLocation
        public init(
            id: String? = nil, predicate: Predicate, score: String, confidence: Double = 1, weight: Double = 1,
            distributions: [ScoreDistribution] = [], location: SourceLocation = .none
        ) {
            self.id = id
            self.predicate = predicate
            self.score = score
            self.confidence = confidence
            self.weight = weight
            self.distributions = distributions
            self.location = location
        }
    }

    public indirect enum Rule: Sendable {
        case simple(SimpleRule)
        /// `CompoundRule`: rules that can fire only where its predicate is true.
        case compound(Predicate, [Rule], SourceLocation)
    }

    /// In document order; the first is the one by which the model is scored.
    public var criteria: [Criterion]
    public var defaultScore: String?
    public var defaultConfidence: Double?
    /// Of the default score.
    public var distributions: [ScoreDistribution]
    public var rules: [Rule]

    public init(
        criteria: [Criterion] = [], defaultScore: String? = nil, defaultConfidence: Double? = nil,
        distributions: [ScoreDistribution] = [], rules: [Rule] = []
    ) {
        self.criteria = criteria
        self.defaultScore = defaultScore
        self.defaultConfidence = defaultConfidence
        self.distributions = distributions
        self.rules = rules
    }
}

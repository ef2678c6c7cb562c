// https://dmg.org/pmml/v4-4-1/Scorecard.html

public struct Scorecard: Sendable {
    public enum ReasonCodeAlgorithm: String, Sendable, CaseIterable { case pointsAbove, pointsBelow }
    /// How the producer chose the baseline scores; it changes no score.
    public enum BaselineMethod: String, Sendable, CaseIterable { case max, min, mean, neutral, other }

    /// A group of attributes, of which the first that holds gives the points.
    public struct Characteristic: Sendable {
        public var name: String?
        public var reasonCode: String?
        public var baselineScore: Double?
        public var attributes: [Attribute]
        public var location: SourceLocation
        public init(
            name: String? = nil, reasonCode: String? = nil, baselineScore: Double? = nil, attributes: [Attribute] = [],
            location: SourceLocation = .none
        ) {
            self.name = name
            self.reasonCode = reasonCode
            self.baselineScore = baselineScore
            self.attributes = attributes
            self.location = location
        }
    }

    public struct Attribute: Sendable {
        /// What an attribute is worth.
        public enum PartialScore: Sendable {
            case number(Double)
            /// `ComplexPartialScore`
            case expression(Expression)
        }
        public var reasonCode: String?
        public var predicate: Predicate
        public var partialScore: PartialScore
        public var location: SourceLocation
        public init(reasonCode: String? = nil, predicate: Predicate, partialScore: PartialScore, location: SourceLocation = .none) {
            self.reasonCode = reasonCode
            self.predicate = predicate
            self.partialScore = partialScore
            self.location = location
        }
    }

    public var initialScore: Double
    public var usesReasonCodes: Bool
    public var reasonCodeAlgorithm: ReasonCodeAlgorithm
    /// For characteristics that have none.
    public var baselineScore: Double?
    public var baselineMethod: BaselineMethod
    public var characteristics: [Characteristic]

    public init(
        initialScore: Double = 0, usesReasonCodes: Bool = true, reasonCodeAlgorithm: ReasonCodeAlgorithm = .pointsBelow,
        baselineScore: Double? = nil, baselineMethod: BaselineMethod = .other, characteristics: [Characteristic] = []
    ) {
        self.initialScore = initialScore
        self.usesReasonCodes = usesReasonCodes
        self.reasonCodeAlgorithm = reasonCodeAlgorithm
        self.baselineScore = baselineScore
        self.baselineMethod = baselineMethod
        self.characteristics = characteristics
    }
}

// https://dmg.org/pmml/v4-4-1/Output.html

/// What an OutputField shows. https://dmg.org/pmml/v4-4-1/Output.html#xsdType_RESULT-FEATURE
public enum ResultFeature: String, Sendable, CaseIterable {
    case predictedValue, predictedDisplayValue, transformedValue, decision, probability, affinity, residual, standardError
    case clusterId, clusterAffinity, entityId, entityAffinity, warning, ruleValue, reasonCode, antecedent, consequent
    case rule, ruleId, confidence, support, lift, leverage, standardDeviation, confidenceIntervalLower
    case confidenceIntervalUpper
    /// Vendor markup of sklearn2pmml.
    case report = "x-report"
}

public struct OutputField: Sendable {
    public enum RankBasis: String, Sendable, CaseIterable { case confidence, support, lift, leverage, affinity }
    public enum RankOrder: String, Sendable, CaseIterable { case descending, ascending }
    public enum RuleFeature: String, Sendable, CaseIterable { case antecedent, consequent, rule, ruleId, confidence, support, lift, leverage, affinity }
    public enum Algorithm: String, Sendable, CaseIterable { case recommendation, exclusiveRecommendation, ruleAssociation }

    public var name: String
    public var displayName: String?
    public var opType: OpType?
    public var dataType: DataType?
    public var targetField: String?
    public var feature: ResultFeature
    /// The category (or entity, or percentile) whose value is meant.
    public var value: String?
    public var ruleFeature: RuleFeature
    public var algorithm: Algorithm
    public var rank: Int
    public var rankBasis: RankBasis
    public var rankOrder: RankOrder
    public var isMultiValued: Bool
    public var segmentId: String?
    public var isFinalResult: Bool
    public var reportField: String?
    public var decisions: Decisions?
    public var expression: Expression?
    /// `Value` children: the order of an ordinal output.
    public var values: [FieldValue]
    public var location: SourceLocation

    public init(
        name: String, displayName: String? = nil, opType: OpType? = nil, dataType: DataType? = nil, targetField: String? = nil,
        feature: ResultFeature = .predictedValue, value: String? = nil, ruleFeature: RuleFeature = .consequent,
        algorithm: Algorithm = .exclusiveRecommendation, rank: Int = 1, rankBasis: RankBasis = .confidence,
        rankOrder: RankOrder = .descending, isMultiValued: Bool = false, segmentId: String? = nil, isFinalResult: Bool = true,
        reportField: String? = nil, decisions: Decisions? = nil, expression: Expression? = nil, values: [FieldValue] = [],
        location: SourceLocation = .none
    ) {
        self.name = name
        self.displayName = displayName
        self.opType = opType
        self.dataType = dataType
        self.targetField = targetField
        self.feature = feature
        self.value = value
        self.ruleFeature = ruleFeature
        self.algorithm = algorithm
        self.rank = rank
        self.rankBasis = rankBasis
        self.rankOrder = rankOrder
        self.isMultiValued = isMultiValued
        self.segmentId = segmentId
        self.isFinalResult = isFinalResult
        self.reportField = reportField
        self.decisions = decisions
        self.expression = expression
        self.values = values
        self.location = location
    }
}

/// https://dmg.org/pmml/v4-4-1/Output.html#xsdElement_Decisions
public struct Decisions: Sendable {
    public struct Decision: Sendable {
        public var value: String
        public var displayValue: String?
        public var description: String?
        public init(value: String, displayValue: String? = nil, description: String? = nil) {
            self.value = value
            self.displayValue = displayValue
            self.description = description
        }
    }
    public var businessProblem: String?
    public var description: String?
    public var decisions: [Decision]
    public init(businessProblem: String? = nil, description: String? = nil, decisions: [Decision]) {
        self.businessProblem = businessProblem
        self.description = description
        self.decisions = decisions
    }
}

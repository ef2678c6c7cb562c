// https://dmg.org/pmml/v4-4-1/MiningSchema.html

/// The fields that a model uses, and what is done with their values on the way in.
public struct MiningSchema: Sendable {
    public var fields: [MiningField]
    public init(fields: [MiningField] = []) { self.fields = fields }
}

public struct MiningField: Sendable {
    /// `predicted` of older versions is read as `target`.
    public enum UsageType: String, Sendable, CaseIterable {
        case active, target, supplementary, group, order, frequencyWeight, analysisWeight
    }
    public enum OutlierTreatment: String, Sendable, CaseIterable { case asIs, asMissingValues, asExtremeValues }
    public enum MissingValueTreatment: String, Sendable, CaseIterable { case asIs, asMean, asMode, asMedian, asValue, returnInvalid }
    public enum InvalidValueTreatment: String, Sendable, CaseIterable { case returnInvalid, asIs, asMissing, asValue }

    public var name: String
    public var usageType: UsageType
    public var opType: OpType?
    public var importance: Double?
    public var outliers: OutlierTreatment
    public var lowValue: Double?
    public var highValue: Double?
    public var missingValueReplacement: String?
    public var missingValueTreatment: MissingValueTreatment?
    public var invalidValueTreatment: InvalidValueTreatment
    public var invalidValueReplacement: String?
    public var location: SourceLocation

    public init(
        name: String, usageType: UsageType = .active, opType: OpType? = nil, importance: Double? = nil,
        outliers: OutlierTreatment = .asIs, lowValue: Double? = nil, highValue: Double? = nil,
        missingValueReplacement: String? = nil, missingValueTreatment: MissingValueTreatment? = nil,
        invalidValueTreatment: InvalidValueTreatment = .returnInvalid, invalidValueReplacement: String? = nil,
        location: SourceLocation = .none
    ) {
        self.name = name
        self.usageType = usageType
        self.opType = opType
        self.importance = importance
        self.outliers = outliers
        self.lowValue = lowValue
        self.highValue = highValue
        self.missingValueReplacement = missingValueReplacement
        self.missingValueTreatment = missingValueTreatment
        self.invalidValueTreatment = invalidValueTreatment
        self.invalidValueReplacement = invalidValueReplacement
        self.location = location
    }
}

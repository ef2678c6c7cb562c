// https://dmg.org/pmml/v4-4-1/Targets.html

/// What is done with a model's raw answer, and what stands in for a missing one.
public struct Target: Sendable {
    public enum CastInteger: String, Sendable, CaseIterable { case round, ceiling, floor }
    /// nil: the model's only target.
    public var field: String?
    public var opType: OpType?
    public var castInteger: CastInteger?
    public var min: Double?
    public var max: Double?
    public var rescaleConstant: Double
    public var rescaleFactor: Double
    public var values: [TargetValue]
    public var location: SourceLocation
    public init(
        field: String?, opType: OpType? = nil, castInteger: CastInteger? = nil, min: Double? = nil, max: Double? = nil,
        rescaleConstant: Double = 0, rescaleFactor: Double = 1, values: [TargetValue] = [], location: SourceLocation = .none
    ) {
        self.field = field
        self.opType = opType
        self.castInteger = castInteger
        self.min = min
        self.max = max
        self.rescaleConstant = rescaleConstant
        self.rescaleFactor = rescaleFactor
        self.values = values
        self.location = location
    }
}

public struct TargetValue: Sendable {
    public var value: String?
    public var displayValue: String?
    public var priorProbability: Double?
    public var defaultValue: Double?
    public init(value: String? = nil, displayValue: String? = nil, priorProbability: Double? = nil, defaultValue: Double? = nil) {
        self.value = value
        self.displayValue = displayValue
        self.priorProbability = priorProbability
        self.defaultValue = defaultValue
    }
}

// https://dmg.org/pmml/v4-4-1/BaselineModel.html

/// A test of whether events still come from the distribution that they came from before.
public struct BaselineModel: Sendable {
    public enum TestStatistic: String, Sendable, CaseIterable {
        case zValue, chiSquareIndependence, chiSquareDistribution
        case cusum = "CUSUM"
        case scalarProduct
    }
    public var field: String
    public var statistic: TestStatistic
    public var resetValue: Double
    /// Events that the statistic looks back on; 0: all (but the z-value of each event alone).
    public var windowSize: Int
    public var weightField: String?
    public var normalizationScheme: String?
    public var baseline: Distribution
    public var alternate: Distribution?
    public var location: SourceLocation

    public enum Distribution: Sendable {
        case continuous(ContinuousDistribution)
        /// `CountTable` and `NormalizedCountTable`
        case counts([FieldValueCount])
        /// Fields whose independence is tested.
        case fields([String])
    }

    public init(
        field: String, statistic: TestStatistic, resetValue: Double = 0, windowSize: Int = 0, weightField: String? = nil,
        normalizationScheme: String? = nil, baseline: Distribution, alternate: Distribution? = nil, location: SourceLocation = .none
    ) {
        self.field = field
        self.statistic = statistic
        self.resetValue = resetValue
        self.windowSize = windowSize
        self.weightField = weightField
        self.normalizationScheme = normalizationScheme
        self.baseline = baseline
        self.alternate = alternate
        self.location = location
    }
}

/// https://dmg.org/pmml/v4-4-1/BaselineModel.html#xsdGroup_CONTINUOUS-DISTRIBUTION-TYPES
public enum ContinuousDistribution: Sendable {
    /// Nothing is known but the first two moments.
    case any(mean: Double, variance: Double)
    case gaussian(mean: Double, variance: Double)
    case poisson(mean: Double)
    case uniform(lower: Double, upper: Double)
}

/// How often a value, or a combination of values of several fields, has been counted.
public struct FieldValueCount: Sendable {
    /// From the outermost FieldValue to the FieldValueCount.
    public var values: [(field: String, value: String)]
    public var count: Double
    public init(values: [(field: String, value: String)], count: Double) {
        self.values = values
        self.count = count
    }
}

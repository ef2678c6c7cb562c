// https://dmg.org/pmml/v4-4-1/TimeSeriesModel.html#xsdElement_DynamicRegressor

/// A series that has a part in another: N(B)/D(B) of its values.
public struct DynamicRegressor: Sendable {
    public enum FutureValues: String, Sendable, CaseIterable { case constant, trend, stored, otherModel, userSupplied }

    /// `Numerator`, `Denominator`: a factor for each of the last steps and one for the same steps of past seasons.
    public struct Polynomial: Sendable {
        /// Nil without a NonseasonalFactor.
        public var nonseasonal: [Double]?
        public var seasonal: [Double]
        public var differences: Int
        public var seasonalDifferences: Int
        public init(nonseasonal: [Double]? = nil, seasonal: [Double] = [], differences: Int = 0, seasonalDifferences: Int = 0) {
            self.nonseasonal = nonseasonal
            self.seasonal = seasonal
            self.differences = differences
            self.seasonalDifferences = seasonalDifferences
        }
    }
    public var field: String
    public var transformation: TimeSeriesModel.Transformation
    public var delay: Int
    public var futureValues: FutureValues
    /// The target of the other model that forecasts the regressor.
    public var targetField: String?
    public var numerator: Polynomial
    public var denominator: Polynomial
    /// Known values; with `stored`, those to come as well.
    public var values: TimeSeries?
    /// Past values of N(B)/D(B), the latest last.
    public var transferValues: [Double]
    public var location: SourceLocation
    public init(
        field: String, transformation: TimeSeriesModel.Transformation = .none, delay: Int = 0, futureValues: FutureValues = .constant,
        targetField: String? = nil, numerator: Polynomial = Polynomial(), denominator: Polynomial = Polynomial(), values: TimeSeries? = nil,
        transferValues: [Double] = [], location: SourceLocation = .none
    ) {
        self.field = field
        self.transformation = transformation
        self.delay = delay
        self.futureValues = futureValues
        self.targetField = targetField
        self.numerator = numerator
        self.denominator = denominator
        self.values = values
        self.transferValues = transferValues
        self.location = location
    }
}

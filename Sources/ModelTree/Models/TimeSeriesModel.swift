// https://dmg.org/pmml/v4-4-1/TimeSeriesModel.html

public struct TimeSeriesModel: Sendable {
    public enum Algorithm: String, Sendable, CaseIterable {
        case arima = "ARIMA"
        case exponentialSmoothing = "ExponentialSmoothing"
        case seasonalTrendDecomposition = "SeasonalTrendDecomposition"
        case spectralAnalysis = "SpectralAnalysis"
        case stateSpaceModel = "StateSpaceModel"
        case garch = "GARCH"
    }
    /// What was done to the series before the model was made; a forecast is brought back.
    public enum Transformation: String, Sendable, CaseIterable { case none, logarithmic, squareroot }

    public var bestFit: Algorithm
    public var series: [TimeSeries]
    public var smoothing: ExponentialSmoothing?
    public var arima: ARIMA?
    public var stateSpace: StateSpaceModel?
    public var garch: GARCH?
    public init(
        bestFit: Algorithm, series: [TimeSeries] = [], smoothing: ExponentialSmoothing? = nil, arima: ARIMA? = nil,
        stateSpace: StateSpaceModel? = nil, garch: GARCH? = nil
    ) {
        self.bestFit = bestFit
        self.series = series
        self.smoothing = smoothing
        self.arima = arima
        self.stateSpace = stateSpace
        self.garch = garch
    }
}

/// The known values of a series.
public struct TimeSeries: Sendable {
    public enum Usage: String, Sendable, CaseIterable { case original, logical, prediction }
    public struct Point: Sendable {
        public var index: Int?
        public var time: Double?
        public var value: Double
        public init(index: Int? = nil, time: Double? = nil, value: Double) {
            self.index = index
            self.time = time
            self.value = value
        }
    }
    public var usage: Usage
    public var endTime: Double?
    public var field: String?
    public var points: [Point]
    public var location: SourceLocation
    public init(usage: Usage = .original, endTime: Double? = nil, field: String? = nil, points: [Point] = [], location: SourceLocation = .none) {
        self.usage = usage
        self.endTime = endTime
        self.field = field
        self.points = points
        self.location = location
    }
}

public struct ExponentialSmoothing: Sendable {
    public enum Trend: String, Sendable, CaseIterable {
        case additive, dampedAdditive = "damped_additive", multiplicative, dampedMultiplicative = "damped_multiplicative"
        case polynomialExponential = "polynomial_exponential"
    }
    public struct TrendPart: Sendable {
        public var trend: Trend
        public var gamma: Double?
        public var phi: Double
        public var smoothedValue: Double?
        /// Coefficients of a polynomial trend, the linear one first.
        public var values: [Double]
        public init(trend: Trend, gamma: Double? = nil, phi: Double = 1, smoothedValue: Double? = nil, values: [Double] = []) {
            self.trend = trend
            self.gamma = gamma
            self.phi = phi
            self.smoothedValue = smoothedValue
            self.values = values
        }
    }
    public struct Seasonality: Sendable {
        public var isMultiplicative: Bool
        public var period: Int
        /// Position, from 1, of the factor that the first step after the series meets.
        public var phase: Int
        public var delta: Double?
        public var values: [Double]
        public init(isMultiplicative: Bool, period: Int, phase: Int = 1, delta: Double? = nil, values: [Double] = []) {
            self.isMultiplicative = isMultiplicative
            self.period = period
            self.phase = phase
            self.delta = delta
            self.values = values
        }
    }
    public var rmse: Double?
    public var transformation: TimeSeriesModel.Transformation
    public var alpha: Double?
    public var level: Double
    public var trend: TrendPart?
    public var seasonality: Seasonality?
    public var location: SourceLocation
    public init(
        rmse: Double? = nil, transformation: TimeSeriesModel.Transformation = .none, alpha: Double? = nil, level: Double = 0,
        trend: TrendPart? = nil, seasonality: Seasonality? = nil, location: SourceLocation = .none
    ) {
        self.rmse = rmse
        self.transformation = transformation
        self.alpha = alpha
        self.level = level
        self.trend = trend
        self.seasonality = seasonality
        self.location = location
    }
}

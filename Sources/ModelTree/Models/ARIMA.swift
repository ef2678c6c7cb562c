// https://dmg.org/pmml/v4-4-1/TimeSeriesModel.html#xsdElement_ARIMA

/// Autoregressive and moving-average coefficients of one factor of a model, with what is known of its past residuals.
public struct ARMAFactor: Sendable {
    public var ar: [Double]
    public var ma: [Double]
    /// Residuals of the last values, the latest last.
    public var residuals: [Double]
    public init(ar: [Double] = [], ma: [Double] = [], residuals: [Double] = []) {
        self.ar = ar
        self.ma = ma
        self.residuals = residuals
    }
}

public struct ARIMA: Sendable {
    public enum PredictionMethod: String, Sendable, CaseIterable { case conditionalLeastSquares, exactLeastSquares }
    public struct Component: Sendable {
        public var differences: Int
        /// 1 for the nonseasonal component.
        public var period: Int
        public var factor: ARMAFactor
        public init(differences: Int = 0, period: Int = 1, factor: ARMAFactor = ARMAFactor()) {
            self.differences = differences
            self.period = period
            self.factor = factor
        }
    }
    public struct Outlier: Sendable {
        public enum Kind: String, Sendable, CaseIterable { case additive, level, transient, seasonalAdditive, trend, innovational }
        public var kind: Kind
        public var startTime: Double
        public var magnitude: Double
        public var damping: Double?
        public init(kind: Kind, startTime: Double, magnitude: Double, damping: Double? = nil) {
            self.kind = kind
            self.startTime = startTime
            self.magnitude = magnitude
            self.damping = damping
        }
    }
    public var rmse: Double?
    public var transformation: TimeSeriesModel.Transformation
    public var constantTerm: Double
    public var predictionMethod: PredictionMethod
    public var nonseasonal: Component
    public var seasonal: Component?
    public var outliers: [Outlier]
    public var regressors: [DynamicRegressor]
    public var location: SourceLocation
    public init(
        rmse: Double? = nil, transformation: TimeSeriesModel.Transformation = .none, constantTerm: Double = 0,
        predictionMethod: PredictionMethod = .conditionalLeastSquares, nonseasonal: Component = Component(),
        seasonal: Component? = nil, outliers: [Outlier] = [], regressors: [DynamicRegressor] = [], location: SourceLocation = .none
    ) {
        self.rmse = rmse
        self.transformation = transformation
        self.constantTerm = constantTerm
        self.predictionMethod = predictionMethod
        self.nonseasonal = nonseasonal
        self.seasonal = seasonal
        self.outliers = outliers
        self.regressors = regressors
        self.location = location
    }
}

public struct GARCH: Sendable {
    public var constant: Double
    public var factor: ARMAFactor
    public var varianceConstant: Double
    /// Coefficients of the squares of past residuals, the latest residual's first.
    public var squareCoefficients: [Double]
    /// Past residuals, the latest last.
    public var residuals: [Double]
    /// Coefficients of past variances, the latest variance's first.
    public var varianceCoefficients: [Double]
    /// Past variances, the latest last.
    public var variances: [Double]
    public var location: SourceLocation
    public init(
        constant: Double = 0, factor: ARMAFactor = ARMAFactor(), varianceConstant: Double = 0, squareCoefficients: [Double] = [],
        residuals: [Double] = [], varianceCoefficients: [Double] = [], variances: [Double] = [], location: SourceLocation = .none
    ) {
        self.constant = constant
        self.factor = factor
        self.varianceConstant = varianceConstant
        self.squareCoefficients = squareCoefficients
        self.residuals = residuals
        self.varianceCoefficients = varianceCoefficients
        self.variances = variances
        self.location = location
    }
}

/// https://dmg.org/pmml/v4-4-1/TimeSeriesModel.html#xsdElement_StateSpaceModel
public struct StateSpaceModel: Sendable {
    /// How much an error of a target still counts so many steps later.
    public struct PsiVector: Sendable {
        /// nil: of the only target.
        public var targetField: String?
        /// The error's variance; nil: the model's.
        public var variance: Double?
        public var weights: [Double]
        public init(targetField: String? = nil, variance: Double? = nil, weights: [Double] = []) {
            self.targetField = targetField
            self.variance = variance
            self.weights = weights
        }
    }

    public var variance: Double?
    public var intercept: Double
    /// The state one step after the last value.
    public var state: [Double]
    public var transition: Matrix?
    /// One row for each target.
    public var measurement: Matrix?
    public var interceptVector: [Double]
    /// Whether the intercepts belong to the observations and not to the state.
    public var interceptIsObserved: Bool
    public var stateCovariance: Matrix?
    public var noiseCovariance: Matrix?
    public var observationVariance: Matrix?
    public var psi: [PsiVector]
    public var location: SourceLocation
    public init(
        variance: Double? = nil, intercept: Double = 0, state: [Double] = [], transition: Matrix? = nil, measurement: Matrix? = nil,
        interceptVector: [Double] = [], interceptIsObserved: Bool = false, stateCovariance: Matrix? = nil,
        noiseCovariance: Matrix? = nil, observationVariance: Matrix? = nil, psi: [PsiVector] = [],
        location: SourceLocation = .none
    ) {
        self.variance = variance
        self.intercept = intercept
        self.state = state
        self.transition = transition
        self.measurement = measurement
        self.interceptVector = interceptVector
        self.interceptIsObserved = interceptIsObserved
        self.stateCovariance = stateCovariance
        self.noiseCovariance = noiseCovariance
        self.observationVariance = observationVariance
        self.psi = psi
        self.location = location
    }
}

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import ModelTree

/// `ets` of forecast: exponential smoothing of every kind of error, trend and season, damped or not.
///
/// Point forecasts are the same for additive and multiplicative errors; intervals are those of the classes 1 to 3 of
/// Hyndman, Koehler, Ord and Snyder, *Forecasting with Exponential Smoothing*, chapter 6. For the other models R draws them at random.
enum EtsReader: ClassReader {
    static let classes = ["ets"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let smoothing = try EtsState(object)
        var forecast = SeriesForecast(series: TimeSeriesModel(bestFit: .exponentialSmoothing, smoothing: smoothing.model))
        switch smoothing.kind {
        case .added: forecast.deviations = smoothing.hasPlainDeviations ? .ofModel : .table(smoothing.deviations())
        case .scaled: forecast.deviations = .table(smoothing.deviations())
        case .product:
            guard let product = smoothing.product else { break }
            forecast.series = TimeSeriesModel(bestFit: .stateSpaceModel, stateSpace: product.means)
            forecast.deviations = .table(product.deviations(EtsState.steps))
        case .drawn: break
        }
        forecast.boxCox = try BoxCox(object)
        return forecast.model(.forecast, builder)
    }
}

/// `forecast` objects hold the model that made them.
enum ForecastReader: ClassReader {
    static let classes = ["forecast"]
    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        try ClassRegistry.model(try object.component("model"), builder)
    }
}

/// The last state of an `ets`, with its parameters.
struct EtsState {
    /// `A`, `M`; `N` for none.
    let error: String
    let trend: String
    let season: String
    private let alpha: Double
    private let beta: Double
    private let gamma: Double
    private let phi: Double
    private let variance: Double
    private let level: Double
    private let slope: Double
    /// Of the steps 1, 2, …
    private let seasons: [Double]
    /// As far as intervals are told that have no formula in PMML.
    static let steps = 240

    init(_ object: RValue) throws(RReadError) {
        let components = try object.component("components").strings()
        guard components.count >= 3, ["A", "M"].contains(components[0]), components[1...2].allSatisfy(["N", "A", "M"].contains) else {
            throw object.inconsistent("the components of the ets are no letters of error, trend and season")
        }
        (error, trend, season) = (components[0], components[1], components[2])
        let parameters = try object.component("par")
        func parameter(_ name: String) throws(RReadError) -> Double? {
            let values = try parameters.doubles()
            guard let index = parameters.names?.firstIndex(of: name), index < values.count else { return nil }
            return values[index]
        }
        alpha = try parameter("alpha") ?? 0
        beta = try parameter("beta") ?? 0
        gamma = try parameter("gamma") ?? 0
        phi = try parameter("phi") ?? 1
        variance = try object.component("sigma2").double()
        let states = try object.component("states").matrix()
        let length = season == "N" ? 0 : try object.component("m").integer()
        let isTrending = trend != "N"
        guard states.rows > 0, length >= 0, length <= states.columns, states.columns == 1 + (isTrending ? 1 : 0) + length else {
            throw object.inconsistent("the states of the ets do not fit its components")
        }
        let last = states.row(states.rows - 1)
        level = last[0]
        slope = isTrending ? last[1] : 0
        // The latest season comes first, the one that the next step meets last.
        seasons = last.suffix(length).reversed()
    }

    enum Kind {
        /// Class 1: errors and parts are added.
        case added
        /// Class 2: errors are multiplied, parts are added.
        case scaled
        /// Class 3: errors and seasons are multiplied, the trend is added.
        case product
        /// Anything else, whose intervals are simulated.
        case drawn
    }
    var kind: Kind {
        switch (error, trend, season) {
        case ("A", "N", "N"), ("A", "N", "A"), ("A", "A", "N"), ("A", "A", "A"): .added
        case ("M", "N", "N"), ("M", "N", "A"), ("M", "A", "N"), ("M", "A", "A"): .scaled
        case ("M", "N", "M"), ("M", "A", "M"): .product
        default: .drawn
        }
    }

    var model: ExponentialSmoothing {
        var (level, slope) = (level, slope)
        // Where nothing else is known of a damped model, forecast counts the first φ twice, as φ + φ + φ² + … in place of φ + φ² + ….
        if kind == .drawn, phi != 1 {
            if trend == "M" { (level, slope) = (level * pow(slope, phi - 1), pow(slope, 1 / phi)) } else { (level, slope) = (level + slope * (phi - 1), slope / phi) }
        }
        var model = ExponentialSmoothing(rmse: variance.squareRoot(), alpha: alpha, level: level)
        if trend != "N" {
            let kind: ExponentialSmoothing.Trend = trend == "A" ? (phi == 1 ? .additive : .dampedAdditive) : (phi == 1 ? .multiplicative : .dampedMultiplicative)
            // PMML's gamma is what the slope takes of what the level has taken.
            model.trend = .init(trend: kind, gamma: alpha == 0 ? 0 : beta / alpha, phi: phi, smoothedValue: slope)
        }
        if season != "N" {
            model.seasonality = .init(
                isMultiplicative: season == "M", period: seasons.count, delta: alpha == 1 ? 0 : gamma / (1 - alpha), values: seasons)
        }
        return model
    }

    /// Whether PMML counts what an error shows later as forecast does.
    var hasPlainDeviations: Bool { season == "N" || trend != "N" }

    /// Deviations of the classes 1 and 2.
    func deviations() -> [Double] {
        var means: [Double] = []
        var shown: [Double] = [0]
        var damped = 0.0
        var power = 1.0
        for step in 1...EtsState.steps {
            power *= phi
            damped += power
            let own = seasons.isEmpty ? 0 : seasons[(step - 1) % seasons.count]
            means.append(level + (trend == "N" ? 0 : damped * slope) + own)
            // Without a trend, forecast lets the season's share of an error show a step early.
            let place = trend == "N" ? step + 1 : step
            shown.append(alpha + beta * damped + (!seasons.isEmpty && place % seasons.count == 0 ? gamma : 0))
        }
        if kind == .added {
            var sum = 1.0
            return shown.dropLast().map { weight in
                sum += weight * weight
                return (variance * sum).squareRoot()
            }
        }
        var squares: [Double] = []
        return means.enumerated().map { index, mean in
            var sum = mean * mean
            for lag in 0..<index { sum += variance * shown[lag + 1] * shown[lag + 1] * squares[index - lag - 1] }
            squares.append(sum)
            return max(0, (1 + variance) * sum - mean * mean).squareRoot()
        }
    }

    /// Means and deviations of class 3; nil for seasons too long to follow.
    var product: ProductMoments? {
        ProductMoments(
            level: trend == "N" ? [level] : [level, slope], phi: phi, seasons: seasons, alpha: alpha, beta: beta, gamma: gamma, variance: variance)
    }
}

// https://dmg.org/pmml/v4-4-1/TimeSeriesModel.html#xsdElement_ExponentialSmoothing

/// Forecasts from a smoothed level, trend and season.
public struct SmoothingForecast: Sendable {
    public enum Trend: Int, Sendable, CaseIterable { case none = 0, additive, multiplicative, polynomial }
    public var level: Double
    public var trend: Trend
    /// The slope or growth; the coefficients of a polynomial.
    public var slopes: [Double]
    /// Damping; 1 for none.
    public var phi: Double
    public var seasonIsMultiplicative: Bool
    /// The seasonal values of the steps 1, 2, …, repeated.
    public var season: [Double]
    /// Standard deviation of the one-step error, and how far an error moves level, trend and season; NaN where unknown.
    public var rmse: Double
    public var alpha: Double
    public var gamma: Double
    public var delta: Double

    public init(
        level: Double, trend: Trend = .none, slopes: [Double] = [], phi: Double = 1, seasonIsMultiplicative: Bool = false, season: [Double] = [],
        rmse: Double = .nan, alpha: Double = .nan, gamma: Double = 0, delta: Double = 0
    ) {
        self.level = level
        self.trend = trend
        self.slopes = slopes
        self.phi = phi
        self.seasonIsMultiplicative = seasonIsMultiplicative
        self.season = season
        self.rmse = rmse
        self.alpha = alpha
        self.gamma = gamma
        self.delta = delta
    }

    init(from reader: inout OperandReader) throws(FormatError) {
        level = try reader.number()
        guard let trend = Trend(rawValue: try reader.int(in: 0...3)) else { throw reader.error("operand-range", "unknown trend") }
        self.trend = trend
        slopes = try reader.numbers().array
        phi = try reader.number()
        seasonIsMultiplicative = try reader.flag()
        season = try reader.numbers().array
        rmse = try reader.number()
        alpha = try reader.number()
        gamma = try reader.number()
        delta = try reader.number()
        guard trend == .none || !slopes.isEmpty, slopes.count <= 100 else { throw reader.error("operand-range", "a trend needs 1 to 100 slopes") }
    }

    func write(to writer: inout OperandWriter) {
        writer.number(level)
        writer.int(trend.rawValue)
        writer.numbers(slopes)
        writer.number(phi)
        writer.flag(seasonIsMultiplicative)
        writer.numbers(season)
        writer.number(rmse)
        writer.number(alpha)
        writer.number(gamma)
        writer.number(delta)
    }

    /// Errors add up step by step only while everything is added.
    private var isLinear: Bool { (trend == .none || trend == .additive) && (season.isEmpty || !seasonIsMultiplicative) }

    func table(_ count: Int) -> ForecastTable {
        var table = ForecastTable()
        table.means.reserveCapacity(count)
        table.deviations.reserveCapacity(count)
        let knowsError = isLinear && !rmse.isNaN && !alpha.isNaN && !gamma.isNaN && !delta.isNaN
        var damped = 0.0 // φ + φ² + … up to the step
        var power = 1.0
        var squares = 1.0 // 1 + Σ c²
        for step in 1...max(1, count) {
            if step > count { break }
            if step > 1 {
                // How much the error of one step shows step − 1 steps later; `damped` reaches as far.
                let isSeasonal = !season.isEmpty && (step - 1) % season.count == 0
                let shown = alpha * (1 + (trend == .additive ? gamma * damped : 0)) + (isSeasonal ? delta * (1 - alpha) : 0)
                squares += shown * shown
            }
            power *= phi
            damped += power
            var value: Double
            switch trend {
            case .none: value = level
            case .additive: value = level + damped * slopes[0]
            case .multiplicative: value = level * CMath.power(slopes[0], damped)
            case .polynomial:
                var sum = 0.0
                for slope in slopes.reversed() { sum = (sum + slope) * Double(step) }
                value = level + sum
            }
            if !season.isEmpty {
                let part = season[(step - 1) % season.count]
                value = seasonIsMultiplicative ? value * part : value + part
            }
            table.means.append(value)
            table.deviations.append(knowsError ? rmse * squares.squareRoot() : .nan)
        }
        return table
    }
}

// https://dmg.org/pmml/v4-4-1/TimeSeriesModel.html#xsdElement_ARIMA

/// Forecasts from the values before: y₊ₕ = c + Σ aᵢ y₊ₕ₋ᵢ + what past errors add to the steps to come.
public struct RecurrenceForecast: Sendable {
    /// What an outlier does to the steps after the series.
    public struct Effect: Sendable {
        /// Added at step h: magnitude · dampingʰ + slope · h, at every step, or at those with h ≡ place (mod period).
        public var magnitude: Double
        public var damping: Double
        public var slope: Double
        public var period: Int
        public var place: Int
        public init(magnitude: Double, damping: Double = 1, slope: Double = 0, period: Int = 1, place: Int = 0) {
            self.magnitude = magnitude
            self.damping = damping
            self.slope = slope
            self.period = period
            self.place = place
        }
    }
    public var constant: Double
    /// Coefficients of the values 1, 2, … steps before, differencing included.
    public var coefficients: [Double]
    /// The last values, as many as there are coefficients, the latest last.
    public var history: [Double]
    /// What past errors add at the steps 1, 2, …; nothing after that.
    public var additions: [Double]
    /// Coefficients of the errors 1, 2, … steps before.
    public var errorCoefficients: [Double]
    public var effects: [Effect]
    public var regressors: [TransferForecast]
    /// What the sum of the regressors' parts 0, 1, 2 … steps before is multiplied by: the autoregressive polynomial.
    public var regressorCoefficients: [Double]
    /// The variances of the errors to come: constant + Σ growth · a variance before, the latest last. Without any, `rmse` squared.
    public var varianceConstant: Double
    public var varianceCoefficients: [Double]
    /// Past variances or squares for each coefficient of step 1, 2, …: what the known past adds.
    public var varianceAdditions: [Double]
    public var variancesChange: Bool
    /// NaN where unknown.
    public var rmse: Double

    public init(
        constant: Double, coefficients: [Double], history: [Double], additions: [Double], errorCoefficients: [Double],
        effects: [Effect] = [], rmse: Double = .nan
    ) {
        self.constant = constant
        self.coefficients = coefficients
        self.history = history
        self.additions = additions
        self.errorCoefficients = errorCoefficients
        self.effects = effects
        regressors = []
        regressorCoefficients = []
        varianceConstant = 0
        varianceCoefficients = []
        varianceAdditions = []
        variancesChange = false
        self.rmse = rmse
    }

    /// About how many operations a step takes.
    var cost: Int { 4 * (2 * coefficients.count + errorCoefficients.count + effects.count * 4 + varianceCoefficients.count + regressorCoefficients.count + 4) + regressors.reduce(0) { $0 + $1.cost } }

    init(from reader: inout OperandReader, depth: Int) throws(FormatError) {
        constant = try reader.number()
        coefficients = try reader.numbers().array
        history = try reader.numbers().array
        additions = try reader.numbers().array
        errorCoefficients = try reader.numbers().array
        varianceConstant = try reader.number()
        varianceCoefficients = try reader.numbers().array
        varianceAdditions = try reader.numbers().array
        variancesChange = try reader.flag()
        rmse = try reader.number()
        var effects: [Effect] = []
        for _ in 0..<(try reader.int(in: 0...10_000)) {
            effects.append(
                Effect(
                    magnitude: try reader.number(), damping: try reader.number(), slope: try reader.number(),
                    period: try reader.int(in: 1...Int(Int32.max)), place: try reader.int(in: 0...Int(Int32.max))))
        }
        self.effects = effects
        regressorCoefficients = try reader.numbers().array
        var regressors: [TransferForecast] = []
        for _ in 0..<(try reader.int(in: 0...1_000)) { regressors.append(try TransferForecast(from: &reader, depth: depth)) }
        self.regressors = regressors
        guard regressors.isEmpty || !regressorCoefficients.isEmpty,
            regressors.allSatisfy({ $0.past.count + 1 >= regressorCoefficients.count })
        else {
            throw reader.error("operand-range", "a regressor has fewer values than coefficients")
        }
        guard history.count == coefficients.count else { throw reader.error("operand-range", "values and coefficients differ in number") }
    }

    func write(to writer: inout OperandWriter) {
        writer.number(constant)
        writer.numbers(coefficients)
        writer.numbers(history)
        writer.numbers(additions)
        writer.numbers(errorCoefficients)
        writer.number(varianceConstant)
        writer.numbers(varianceCoefficients)
        writer.numbers(varianceAdditions)
        writer.flag(variancesChange)
        writer.number(rmse)
        writer.int(effects.count)
        for effect in effects {
            writer.number(effect.magnitude)
            writer.number(effect.damping)
            writer.number(effect.slope)
            writer.int(effect.period)
            writer.int(effect.place)
        }
        writer.numbers(regressorCoefficients)
        writer.int(regressors.count)
        for regressor in regressors { regressor.write(to: &writer) }
    }

    func table(_ count: Int) -> ForecastTable {
        let lags = coefficients.count
        let parts = regressorParts(count)
        var values = history
        values.reserveCapacity(lags + count)
        for step in 0..<count {
            var value = constant
            for lag in 0..<lags { value += coefficients[lag] * values[lags + step - 1 - lag] }
            if step < additions.count { value += additions[step] }
            if !parts.isEmpty { value += parts[step] }
            values.append(value)
        }
        var table = ForecastTable()
        table.means = Array(values[lags...])
        for effect in effects {
            var power = effect.magnitude
            for step in 1...max(1, count) where step <= count {
                power *= effect.damping
                if step % effect.period == effect.place % effect.period { table.means[step - 1] += power + effect.slope * Double(step) }
            }
        }
        table.deviations = variancesChange ? changingDeviations(count) : steadyDeviations(count)
        return table
    }

    /// What all regressors add at the steps 1, 2, …; none without regressors.
    private func regressorParts(_ count: Int) -> [Double] {
        if regressors.isEmpty { return [] }
        let lags = regressorCoefficients.count - 1
        var sums = [Double](repeating: 0, count: lags + count)
        for regressor in regressors {
            for (at, value) in (regressor.past.suffix(lags) + regressor.values(count)).enumerated() { sums[at] += value }
        }
        return (0..<count).map { step in
            var part = 0.0
            for lag in 0...lags { part += regressorCoefficients[lag] * sums[lags + step - lag] }
            return part
        }
    }

    /// How much an error still counts 0, 1, 2 … steps later.
    private func weights(_ count: Int) -> [Double] {
        var weights: [Double] = []
        weights.reserveCapacity(count)
        for step in 0..<count {
            if step == 0 {
                weights.append(1)
                continue
            }
            var weight = step <= errorCoefficients.count ? errorCoefficients[step - 1] : 0
            for lag in 0..<min(step, coefficients.count) { weight += coefficients[lag] * weights[step - 1 - lag] }
            weights.append(weight)
        }
        return weights
    }

    private func steadyDeviations(_ count: Int) -> [Double] {
        if rmse.isNaN { return [Double](repeating: .nan, count: count) }
        var sum = 0.0
        return weights(count).map { weight in
            sum += weight * weight
            return rmse * sum.squareRoot()
        }
    }

    private func changingDeviations(_ count: Int) -> [Double] {
        var variances: [Double] = []
        variances.reserveCapacity(count)
        for step in 0..<count {
            var variance = varianceConstant
            for lag in 0..<min(step, varianceCoefficients.count) { variance += varianceCoefficients[lag] * variances[step - 1 - lag] }
            if step < varianceAdditions.count { variance += varianceAdditions[step] }
            variances.append(variance)
        }
        let squares = weights(count).map { $0 * $0 }
        return (0..<count).map { step in
            var sum = 0.0
            for back in 0...step { sum += squares[back] * variances[step - back] }
            return sum.squareRoot()
        }
    }
}

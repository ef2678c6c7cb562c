// https://dmg.org/pmml/v4-4-1/TimeSeriesModel.html#xsdElement_ARIMA

import Evaluation
import ModelTree

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Polynomials of the backward shift B: the coefficient of Bⁱ at place i.
enum LagPolynomial {
    static func product(_ a: [Double], _ b: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: a.count + b.count - 1)
        for (i, x) in a.enumerated() where x != 0 {
            for (j, y) in b.enumerated() where y != 0 { result[i + j] += x * y }
        }
        return result
    }

    /// 1 + sign · Σ coefficientᵢ · Bⁱˢ
    static func factor(_ coefficients: [Double], sign: Double, period: Int) -> [Double] {
        var result = [Double](repeating: 0, count: coefficients.count * period + 1)
        result[0] = 1
        for (index, coefficient) in coefficients.enumerated() { result[(index + 1) * period] = sign * coefficient }
        return result
    }
}

/// φ(B)(∇w − μ) = θ(B)a, with + before the coefficients of θ, as R and statsmodels write them.
private struct ARMAProcess {
    /// 1 − φ₁B − …, seasonal factors and all.
    var ar: [Double]
    /// 1 + θ₁B + …
    var ma: [Double]
    var mean: Double

    /// The residuals that follow if those before the first p values are 0.
    func conditionalResiduals(_ values: [Double]) -> [Double] {
        var residuals = [Double](repeating: 0, count: values.count)
        let (p, q) = (ar.count - 1, ma.count - 1)
        for at in min(p, values.count)..<values.count {
            var residual = 0.0
            for lag in 0...p where ar[lag] != 0 { residual += ar[lag] * (values[at - lag] - mean) }
            for lag in 0..<min(q, at) where ma[lag + 1] != 0 { residual -= ma[lag + 1] * residuals[at - 1 - lag] }
            residuals[at] = residual
        }
        return residuals
    }

    /// What past errors add at the steps to come.
    func additions(_ residuals: [Double]) -> [Double] {
        let q = ma.count - 1
        return (0..<q).map { step in
            var sum = 0.0
            for lag in (step + 1)...q where ma[lag] != 0 {
                let back = lag - step - 1
                if back < residuals.count { sum += ma[lag] * residuals[residuals.count - 1 - back] }
            }
            return sum
        }
    }
}

extension ARIMA {
    /// More lags than any series has seasons for.
    private static let mostLags = 20_000

    private func problem(_ message: String) -> CompileError { CompileError("time-series", message, at: location) }

    /// - Parameter other: the forecast of the model that has the regressor for its target.
    func forecast(
        _ series: KnownSeries, other: (DynamicRegressor) throws(CompileError) -> TransferForecast.Future
    ) throws(CompileError) -> (method: RecurrenceForecast, regressors: [PreparedRegressor]) {
        let parts = try checkedParts()
        var ar: [Double] = [1]
        var ma: [Double] = [1]
        var differences: [Double] = [1]
        for part in parts {
            ar = LagPolynomial.product(ar, LagPolynomial.factor(part.factor.ar, sign: -1, period: part.period))
            ma = LagPolynomial.product(ma, LagPolynomial.factor(part.factor.ma, sign: 1, period: part.period))
            for _ in 0..<part.differences {
                differences = LagPolynomial.product(differences, LagPolynomial.factor([1], sign: -1, period: part.period))
            }
        }
        let process = ARMAProcess(ar: ar, ma: ma, mean: constantTerm)
        let full = LagPolynomial.product(ar, differences)
        let values = try adjusted(series)
        if regressors.count > 1_000 { throw problem("ARIMA has more than 1000 regressors") }
        var prepared: [PreparedRegressor] = []
        for regressor in regressors {
            prepared.append(
                try regressor.prepared(
                    beside: series, period: seasonal?.period ?? 1, lags: ar.count - 1, differences: differences, other: { () throws(CompileError) in
                        try other(regressor)
                    }))
        }
        let added = try added(by: prepared, values.count)
        guard values.count >= full.count - 1 else {
            throw problem("ARIMA looks \(full.count - 1) steps back, but TimeSeries has \(values.count) values")
        }
        let additions: [Double]
        if predictionMethod == .exactLeastSquares, ma.count > 1, values.count >= full.count {
            let filter = ExactFilter(ar: ar, ma: ma)
            guard let found = filter.additions(noise(values, differences, added).map { $0 - constantTerm }) else {
                throw problem("ARIMA cannot be filtered exactly: it is not stationary, or has more than \(ExactFilter.mostStates) lags")
            }
            additions = found
        } else {
            additions = process.additions(try residuals(process, values, differences, added, series))
        }
        var method = RecurrenceForecast(
            constant: constantTerm * ar.reduce(0, +), coefficients: full.dropFirst().map { -$0 },
            history: Array(values.suffix(full.count - 1)), additions: additions, errorCoefficients: Array(ma.dropFirst()),
            effects: try effects(series), rmse: rmse ?? .nan)
        method.regressors = prepared.map(\.forecast)
        method.regressorCoefficients = prepared.isEmpty ? [] : ar
        return (method, prepared)
    }

    /// What all regressors add to each known value; empty without regressors.
    private func added(by regressors: [PreparedRegressor], _ count: Int) throws(CompileError) -> [Double] {
        guard let first = regressors.first else { return [] }
        return regressors.dropFirst().reduce(into: first.parts) { sums, next in
            for index in sums.indices { sums[index] += next.parts[index] }
        }
    }

    /// The differenced series without what regressors have added to it; without its beginning, where that is not known.
    private func noise(_ values: [Double], _ differences: [Double], _ added: [Double]) -> [Double] {
        let differenced = differenced(values, differences)
        if added.isEmpty { return differenced }
        let parts = added.suffix(differenced.count)
        let known = zip(differenced, parts).reversed().prefix { !$0.1.isNaN }
        return known.reversed().map { $0.0 - $0.1 }
    }

    private func checkedParts() throws(CompileError) -> [Component] {
        var parts = [nonseasonal]
        if let seasonal, !seasonal.factor.ar.isEmpty || !seasonal.factor.ma.isEmpty || seasonal.differences > 0 {
            if seasonal.period < 1 { throw problem("SeasonalComponent has period \(seasonal.period)") }
            parts.append(seasonal)
        }
        var lags = 0
        for part in parts {
            let order = max(part.factor.ar.count, part.factor.ma.count)
            guard order <= Self.mostLags, part.differences <= 100, part.period <= Self.mostLags else {
                throw problem("ARIMA has more than \(Self.mostLags) lags, or is differenced more than 100 times")
            }
            lags += (order + part.differences) * part.period
        }
        if lags > Self.mostLags { throw problem("ARIMA has more than \(Self.mostLags) lags") }
        return parts
    }

    /// The series on the model's scale, without what outliers have done to it.
    private func adjusted(_ series: KnownSeries) throws(CompileError) -> [Double] {
        var values = series.values
        for index in values.indices {
            switch transformation {
            case .none: break
            case .logarithmic:
                if values[index] <= 0 { throw problem("TimeSeries has the value \(values[index]), which has no logarithm") }
                values[index] = log(values[index])
            case .squareroot:
                if values[index] < 0 { throw problem("TimeSeries has the value \(values[index]), which has no square root") }
                values[index] = values[index].squareRoot()
            }
        }
        for outlier in outliers where outlier.kind != .innovational {
            let start = try position(of: outlier, series)
            for index in max(0, start)..<max(values.count, max(0, start)) where index < values.count { values[index] -= effect(outlier, index - start) }
        }
        return values
    }

    /// The place of an outlier in the series, counted from 0.
    private func position(of outlier: Outlier, _ series: KnownSeries) throws(CompileError) -> Int {
        let place = Double(series.values.count - 1) - (series.last - outlier.startTime)
        guard abs(place) < 1e9 else { throw problem("OutlierEffect starts at \(outlier.startTime), far from the series") }
        let start = Int(place.rounded())
        if start >= series.values.count { throw problem("OutlierEffect starts at \(outlier.startTime), after the series") }
        return start
    }

    /// What an outlier adds so many steps after its start.
    private func effect(_ outlier: Outlier, _ steps: Int) -> Double {
        switch outlier.kind {
        case .additive: steps == 0 ? outlier.magnitude : 0
        case .level: outlier.magnitude
        case .transient: outlier.magnitude * pow(outlier.damping ?? 1, Double(steps))
        case .seasonalAdditive: steps % max(1, seasonal?.period ?? 1) == 0 ? outlier.magnitude : 0
        case .trend: outlier.magnitude * Double(steps + 1)
        case .innovational: 0
        }
    }

    private func effects(_ series: KnownSeries) throws(CompileError) -> [RecurrenceForecast.Effect] {
        if outliers.count > 10_000 { throw problem("ARIMA has more than 10000 outliers") }
        var found: [RecurrenceForecast.Effect] = []
        for outlier in outliers {
            let since = series.values.count - 1 - (try position(of: outlier, series))
            switch outlier.kind {
            case .additive, .innovational: break
            case .level: found.append(.init(magnitude: outlier.magnitude))
            case .transient: found.append(.init(magnitude: effect(outlier, since), damping: outlier.damping ?? 1))
            case .seasonalAdditive:
                let period = max(1, seasonal?.period ?? 1)
                found.append(.init(magnitude: outlier.magnitude, period: period, place: (period - since % period) % period))
            case .trend: found.append(.init(magnitude: outlier.magnitude * Double(since + 1), slope: outlier.magnitude))
            }
        }
        return found
    }

    private func differenced(_ values: [Double], _ differences: [Double]) -> [Double] {
        let lags = differences.count - 1
        guard values.count > lags else { return [] }
        return (lags..<values.count).map { at in
            var sum = 0.0
            for lag in 0...lags where differences[lag] != 0 { sum += differences[lag] * values[at - lag] }
            return sum
        }
    }

    /// The stored residuals; those that are not stored follow from the series, or are 0 before it.
    private func residuals(
        _ process: ARMAProcess, _ values: [Double], _ differences: [Double], _ added: [Double], _ series: KnownSeries
    ) throws(CompileError) -> [Double] {
        let needed = process.ma.count - 1
        if needed == 0 { return [] }
        var stored = nonseasonal.factor.residuals
        if let others = seasonal?.factor.residuals, others.count > stored.count { stored = others }
        for outlier in outliers where outlier.kind == .innovational {
            let place = stored.count - series.values.count + (try position(of: outlier, series))
            if place >= 0 { stored[place] += outlier.magnitude }
        }
        if stored.count >= needed { return Array(stored.suffix(needed)) }
        let work = values.count.multipliedReportingOverflow(by: process.ar.count + process.ma.count + differences.count)
        if work.overflow || work.partialValue > 2_000_000_000 { throw problem("ARIMA stores too few residuals for so long a series") }
        var found = process.conditionalResiduals(noise(values, differences, added))
        for (index, residual) in stored.enumerated() where found.count >= stored.count { found[found.count - stored.count + index] = residual }
        if found.count < stored.count { found = stored }
        return Array(found.suffix(needed))
    }
}

extension GARCH {
    /// yₜ = c + Σ φ y + Σ θ ε + εₜ, the variance of εₜ being ω + Σ α ε² + Σ β σ² of the steps before.
    func forecast(_ series: KnownSeries) throws(CompileError) -> RecurrenceForecast {
        let (ar, ma) = (factor.ar, factor.ma)
        let most = max(ar.count, ma.count, squareCoefficients.count, varianceCoefficients.count)
        if most > 1_000 { throw CompileError("time-series", "GARCH has more than 1000 lags", at: location) }
        guard series.values.count >= ar.count else {
            throw CompileError("time-series", "GARCH looks \(ar.count) steps back, but TimeSeries has \(series.values.count) values", at: location)
        }
        let errors = factor.residuals.isEmpty ? residuals : factor.residuals
        guard errors.count >= ma.count, residuals.count >= squareCoefficients.count, variances.count >= varianceCoefficients.count else {
            throw CompileError("time-series", "GARCH stores fewer Residuals or PastVariances than it has coefficients for", at: location)
        }
        let process = ARMAProcess(ar: [1] + ar.map { -$0 }, ma: [1] + ma, mean: 0)
        var result = RecurrenceForecast(
            constant: constant, coefficients: ar, history: Array(series.values.suffix(ar.count)), additions: process.additions(errors),
            errorCoefficients: ma)
        // The expected square of an error to come is its variance.
        let lags = max(squareCoefficients.count, varianceCoefficients.count)
        result.variancesChange = true
        result.varianceConstant = varianceConstant
        result.varianceCoefficients = (0..<lags).map { lag in
            (lag < squareCoefficients.count ? squareCoefficients[lag] : 0) + (lag < varianceCoefficients.count ? varianceCoefficients[lag] : 0)
        }
        result.varianceAdditions = (0..<lags).map { step in
            var sum = 0.0
            for lag in step..<lags {
                let back = lag - step
                if lag < squareCoefficients.count {
                    let residual = residuals[residuals.count - 1 - back]
                    sum += squareCoefficients[lag] * residual * residual
                }
                if lag < varianceCoefficients.count { sum += varianceCoefficients[lag] * variances[variances.count - 1 - back] }
            }
            return sum
        }
        return result
    }
}

// https://dmg.org/pmml/v4-4-1/TimeSeriesModel.html#xsdElement_DynamicRegressor

import Evaluation
import ModelTree

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A regressor ready to go into a forecast.
struct PreparedRegressor {
    var forecast: TransferForecast
    /// What it adds to each known value of the series on the differenced scale; NaN where that reaches back too far.
    var parts: [Double]
    /// Supplied by the user: the field, and what its value adds to the step of its row.
    var supplied: (field: String, factor: Double)?
}

extension DynamicRegressor {
    private func problem(_ message: String) -> CompileError {
        CompileError("time-series", "DynamicRegressor of \"\(field)\" \(message)", at: location)
    }

    /// N(B) Δ(B) Bᵈᵉˡᵃʸ. The numerator's coefficients are those of B⁰, B¹, …, a seasonal factor's those of Bˢ, B²ˢ, … beside 1.
    private func numeratorPolynomial(period: Int) throws(CompileError) -> [Double] {
        let own = numerator.nonseasonal ?? [1]
        if own.isEmpty { throw problem("has a NonseasonalFactor without numbers") }
        guard delay <= 10_000, numerator.differences + numerator.seasonalDifferences <= 10,
            denominator.differences == 0, denominator.seasonalDifferences == 0
        else { throw problem("is delayed or differenced more than its Numerator may say, or its Denominator is differenced") }
        guard own.count + (numerator.seasonal.count + numerator.seasonalDifferences) * period <= 10_000 else { throw problem("has too many lags") }
        var result = LagPolynomial.product(own, LagPolynomial.factor(numerator.seasonal, sign: 1, period: period))
        for _ in 0..<numerator.differences { result = LagPolynomial.product(result, [1, -1]) }
        for _ in 0..<numerator.seasonalDifferences { result = LagPolynomial.product(result, LagPolynomial.factor([1], sign: -1, period: period)) }
        return [Double](repeating: 0, count: delay) + result
    }

    /// Coefficients of v 1, 2, … steps before: those of 1 − D(B).
    private func denominatorCoefficients(period: Int) throws(CompileError) -> [Double] {
        guard (denominator.nonseasonal?.count ?? 0) + denominator.seasonal.count * period <= 10_000 else { throw problem("has too many lags") }
        let product = LagPolynomial.product(
            LagPolynomial.factor(denominator.nonseasonal ?? [], sign: -1, period: 1),
            LagPolynomial.factor(denominator.seasonal, sign: -1, period: period))
        return product.dropFirst().map { -$0 }
    }

    private func transformed(_ value: Double) throws(CompileError) -> Double {
        switch transformation {
        case .none: return value
        case .logarithmic:
            if value <= 0 { throw problem("has the value \(value), which has no logarithm") }
            return log(value)
        case .squareroot:
            if value < 0 { throw problem("has the value \(value), which has no square root") }
            return value.squareRoot()
        }
    }

    /// The regressor's values beside those of the series, NaN where there is none, and those to come.
    private func values(beside series: KnownSeries) throws(CompileError) -> (known: [Double], future: [Double]) {
        let count = series.values.count
        guard let values else { return ([Double](repeating: .nan, count: count), []) }
        var points = values.points
        if points.allSatisfy({ $0.index != nil }) {
            points.sort { ($0.index ?? 0) < ($1.index ?? 0) }
            for (before, after) in zip(points, points.dropFirst()) where (after.index ?? 0).subtractingReportingOverflow(before.index ?? 0) != (1, false) {
                throw problem("has no value or several for a step after index \(before.index ?? 0)")
            }
        }
        var numbers: [Double] = []
        for point in points { numbers.append(point.value) }
        // Values beyond the series are those to come. Without indexes both series begin together.
        let last = points.last?.index.map(Double.init) ?? series.last - Double(count) + Double(max(points.count, futureValues == .stored ? 0 : count))
        let beyond = last - series.last
        guard abs(beyond) <= 1e7 else { throw problem("has values far from those of the series") }
        let ahead = max(0, min(numbers.count, Int(beyond)))
        let gap = max(0, -Int(beyond))
        guard gap == 0 else { throw problem("ends \(gap) steps before the series") }
        let past = numbers.dropLast(ahead).suffix(count)
        var known = [Double](repeating: .nan, count: count - past.count)
        for value in past { known.append(try transformed(value)) }
        return (known, Array(numbers.suffix(ahead)))
    }

    /// - Parameters:
    ///   - lags: how many steps the series' own autoregression looks back.
    ///   - differences: the series' differencing.
    ///   - other: the forecast of another model, for `otherModel`.
    func prepared(
        beside series: KnownSeries, period: Int, lags: Int, differences: [Double], other: () throws(CompileError) -> TransferForecast.Future
    ) throws(CompileError) -> PreparedRegressor {
        let numerator = try numeratorPolynomial(period: period)
        let denominator = try denominatorCoefficients(period: period)
        let (known, ahead) = try values(beside: series)
        let count = known.count
        let work = count.multipliedReportingOverflow(by: numerator.count + denominator.count + 1)
        if work.overflow || work.partialValue > 2_000_000_000 { throw problem("has too many lags for so long a series") }
        var parts = [Double](repeating: .nan, count: count)
        for at in 0..<count where at + 1 >= numerator.count {
            var part = 0.0
            for (lag, coefficient) in numerator.enumerated() where coefficient != 0 { part += coefficient * known[at - lag] }
            for (lag, coefficient) in denominator.enumerated() where coefficient != 0 && at > lag && !parts[at - 1 - lag].isNaN {
                part += coefficient * parts[at - 1 - lag]
            }
            parts[at] = part
        }
        for (place, value) in transferValues.suffix(count).enumerated() { parts[count - min(count, transferValues.count) + place] = value }
        let needed = max(lags, denominator.count)
        var past = Array(parts.suffix(needed))
        if past.count < needed { past = [Double](repeating: .nan, count: needed - past.count) + past }
        let future: TransferForecast.Future
        var supplied: (field: String, factor: Double)?
        switch futureValues {
        case .constant: future = .constant
        case .stored:
            if ahead.isEmpty { throw problem("stores no values after those of the series") }
            for value in ahead { _ = try transformed(value) }
            future = .stored(ahead)
        case .otherModel: future = try other()
        case .userSupplied:
            supplied = (field, try ownStepFactor(numerator, denominator, differences))
            future = .none
        case .trend:
            throw CompileError.unsupportedAttribute("futureValuesMethod=\"trend\"", "the standard does not say from where TrendCoefficients count", at: location)
        }
        let steps = max(numerator.count - 1, 1)
        var history = Array(known.suffix(steps))
        if history.count < steps { history = [Double](repeating: .nan, count: steps - history.count) + history }
        let reachesBack = numerator.count > 1 || futureValues == .constant
        if reachesBack, history.contains(where: \.isNaN) || past.contains(where: \.isNaN) { throw problem("needs RegressorValues for \(max(steps, needed)) steps of the past") }
        if past.contains(where: \.isNaN) { throw problem("needs RegressorValues for \(needed) steps of the past") }
        let scale = transformation == .none ? 0 : transformation == .logarithmic ? 1 : 2
        return PreparedRegressor(
            forecast: TransferForecast(
                numerator: numerator, denominator: denominator, history: history.map { $0.isNaN ? 0 : $0 }, past: past, future: future, transformation: scale),
            parts: parts, supplied: supplied)
    }

    /// What a value adds to its own step, if it adds to no other: N(B) / (D(B) Δ(B)) must be one number. A row has one value.
    private func ownStepFactor(_ numerator: [Double], _ denominator: [Double], _ differences: [Double]) throws(CompileError) -> Double {
        let divisor = LagPolynomial.product(LagPolynomial.factor(denominator, sign: -1, period: 1), differences)
        var response: [Double] = []
        for step in 0..<max(numerator.count, divisor.count) + 1 {
            var value = step < numerator.count ? numerator[step] : 0
            for lag in 0..<min(step, divisor.count - 1) { value -= divisor[lag + 1] * response[step - 1 - lag] }
            response.append(value)
        }
        let largest = response.reduce(0) { max($0, abs($1)) }
        guard response.dropFirst().allSatisfy({ abs($0) <= 1e-9 * largest }) else {
            throw problem("is supplied by the user, but its values reach into later steps, which a row does not have")
        }
        return response[0]
    }
}

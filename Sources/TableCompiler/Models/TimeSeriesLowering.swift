// https://dmg.org/pmml/v4-4-1/TimeSeriesModel.html

import Evaluation
import ModelTree

extension Compiler {
    /// A row asks for the forecast of one step: its input is the number of steps after the last known value, or the time itself
    /// where the field's usage is `order`. Without any input the next step is forecast.
    func lowerTimeSeries(_ model: TimeSeriesModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        let horizon = try horizon(of: model, context)
        var targets = context.model.miningSchema.fields.filter { $0.usageType == .target }.map { Optional($0.name) }
        if targets.isEmpty { targets = [context.target.name] }
        switch model.bestFit {
        case .exponentialSmoothing:
            guard let smoothing = model.smoothing else { break }
            return try forecast(smoothing.forecast(), horizon, smoothing.transformation, targets[0], context)
        case .arima:
            guard let arima = model.arima else { break }
            let found = try arima.forecast(model.values(of: targets[0])) { (regressor) throws(CompileError) in
                try otherForecast(of: regressor, open: [targets[0]])
            }
            let supplied = try suppliedTerms(arima.regressors, found.regressors, context)
            return try forecast(.recurrence(found.method), horizon, arima.transformation, targets[0], context, supplied: supplied)
        case .garch:
            guard let garch = model.garch else { break }
            return try forecast(.recurrence(try garch.forecast(model.values(of: targets[0]))), horizon, .none, targets[0], context)
        case .stateSpaceModel:
            guard let states = model.stateSpace else { break }
            var results: [ModelResult] = []
            for row in 0..<min(targets.count, states.measurement?.rows ?? 0) {
                results.append(try forecast(.states(try states.forecast(row, of: targets[row])), horizon, .none, targets[row], context))
            }
            guard var first = results.first else { break }
            first.others = Array(results.dropFirst())
            return first
        case .seasonalTrendDecomposition, .spectralAnalysis: break
        }
        throw CompileError("time-series", "TimeSeriesModel does not have what its bestFit \(model.bestFit.rawValue) needs", at: context.model.location)
    }

    private func horizon(of model: TimeSeriesModel, _ context: ModelContext) throws(CompileError) -> (register: Register, field: String?) {
        let regressors = Set((model.arima?.regressors ?? []).map(\.field))
        let fields = context.model.miningSchema.fields.filter { field in
            switch field.usageType {
            case .active, .supplementary, .order: field.name != context.target.name && !regressors.contains(field.name)
            case .target, .group, .frequencyWeight, .analysisWeight: false
            }
        }
        // R and statsmodels exporters call it h; the standard gives it no name.
        guard let field = fields.first(where: { $0.name == "h" }) ?? fields.first(where: { $0.usageType == .active }) ?? fields.first else {
            return (builder.constant(1), nil)
        }
        guard let value = try context.scope.lookup(field.name, at: field.location, self) else {
            throw CompileError.unknownField(field.name, at: field.location)
        }
        guard value.register.kind == .number else {
            throw CompileError.typeMismatch("the field \"\(field.name)\" of steps ahead", found: value.type.name, expected: "a number", at: field.location)
        }
        guard field.usageType == .order else { return (value.register, field.name) }
        let series = model.series(of: context.target.name)
        guard let series, let (last, step) = series.lastTime else {
            throw CompileError("time-series", "field \"\(field.name)\" tells the time, but TimeSeries does not tell the time of its last value", at: field.location)
        }
        if !value.type.isNumeric, !series.hasTimes {
            throw CompileError("time-series", "field \"\(field.name)\" is a \(value.type.name), but TimeSeries only numbers its values; expected a number, or a Timestamp for each value", at: field.location)
        }
        let steps = builder.linear(
            intercept: -last / step, isFloat: false, terms: [.power(value.register, exponent: 1, coefficient: 1 / step)])
        // A row without a time asks for the next step.
        return (builder.coalesce([steps, builder.constant(1)]), field.name)
    }

    /// What another model of the document forecasts of a regressor. https://dmg.org/pmml/v4-4-1/TimeSeriesModel.html#xsdElement_DynamicRegressor
    private func otherForecast(of regressor: DynamicRegressor, open: [String?]) throws(CompileError) -> TransferForecast.Future {
        let target = regressor.targetField ?? regressor.field
        let problem = { (message: String) in CompileError("time-series", "DynamicRegressor of \"\(regressor.field)\" \(message)", at: regressor.location) }
        if open.contains(target) || open.count > 7 { throw problem("is forecast by models that forecast one another") }
        for model in document.models {
            guard case .timeSeries(let series) = model.kind,
                model.miningSchema.fields.contains(where: { $0.name == target && $0.usageType == .target })
            else { continue }
            switch series.bestFit {
            case .exponentialSmoothing:
                guard let smoothing = series.smoothing else { continue }
                return .forecast(try smoothing.forecast(), transformation: scale(smoothing.transformation))
            case .arima:
                guard let arima = series.arima else { continue }
                let found = try arima.forecast(series.values(of: target)) { (inner) throws(CompileError) in
                    try otherForecast(of: inner, open: open + [target])
                }
                if found.regressors.contains(where: { $0.supplied != nil }) { throw problem("is forecast by a model that needs values of its own") }
                return .forecast(.recurrence(found.method), transformation: scale(arima.transformation))
            case .garch:
                guard let garch = series.garch else { continue }
                return .forecast(.recurrence(try garch.forecast(series.values(of: target))), transformation: 0)
            case .stateSpaceModel:
                guard let states = series.stateSpace else { continue }
                return .forecast(.states(try states.forecast(0, of: target)), transformation: 0)
            case .seasonalTrendDecomposition, .spectralAnalysis: continue
            }
        }
        throw problem("has the future values of another model, but no TimeSeriesModel has the target \"\(target)\"")
    }

    /// 0 none, 1 logarithmic, 2 square root.
    private func scale(_ transformation: TimeSeriesModel.Transformation) -> Int {
        switch transformation {
        case .none: 0
        case .logarithmic: 1
        case .squareroot: 2
        }
    }

    /// What the values that a row supplies add to its step.
    private func suppliedTerms(
        _ regressors: [DynamicRegressor], _ prepared: [PreparedRegressor], _ context: ModelContext
    ) throws(CompileError) -> [LinearTerm] {
        var terms: [LinearTerm] = []
        for (regressor, prepared) in zip(regressors, prepared) {
            guard let (field, factor) = prepared.supplied else { continue }
            var value = try numeric(try context.scope.value(of: field, at: regressor.location, self), at: regressor.location).register
            if regressor.transformation != .none {
                value = builder.emit(regressor.transformation == .logarithmic ? "number.ln" : "number.sqrt", .number) {
                    $0.register(value)
                    $0.int(InvalidTreatment.returnInvalid.rawValue)
                    $0.flag(false)
                }
            }
            terms.append(.power(value, exponent: 1, coefficient: factor))
        }
        return terms
    }

    private func forecast(
        _ method: ForecastMethod, _ horizon: (register: Register, field: String?), _ transformation: TimeSeriesModel.Transformation,
        _ target: String?, _ context: ModelContext, supplied: [LinearTerm] = []
    ) throws(CompileError) -> ModelResult {
        let (first, deviation) = builder.forecast(horizon.register, field: horizon.field, method)
        var mean = first
        if !supplied.isEmpty {
            mean = builder.linear(intercept: 0, isFloat: false, terms: [.power(mean, exponent: 1, coefficient: 1)] + supplied)
        }
        let scale = scale(transformation)
        let value = scale == 0 ? mean : builder.forecastBand(mean, nil, factor: 0, transformation: scale)
        var typed = TypedValue(value, numericType(of: context.target, context))
        if context.model.isFloat { typed = try convert(TypedValue(value, .double), to: .float, at: context.model.location) }
        var result = ModelResult(value: typed, target: target)
        for output in context.model.output where output.targetField == nil || output.targetField == target {
            let key = ModelResult.FeatureKey(output.feature, output.value)
            switch output.feature {
            case .standardError, .standardDeviation:
                // On another scale the error is not the same on both sides.
                if scale != 0 { throw CompileError.featureUnavailable(output.feature.rawValue, "TimeSeriesModel of a transformed series", at: output.location) }
                result.features[key] = TypedValue(deviation, .double)
            case .confidenceIntervalLower, .confidenceIntervalUpper:
                let quantile = try quantile(of: output)
                let sign: Double = output.feature == .confidenceIntervalLower ? -1 : 1
                result.features[key] = TypedValue(
                    builder.forecastBand(mean, deviation, factor: sign * quantile, transformation: scale), .double)
            default: break
            }
        }
        return result
    }

    /// How many standard deviations a two-sided interval of so many percent reaches; 95 unless stated.
    private func quantile(of output: OutputField) throws(CompileError) -> Double {
        let stated: Double? = if let value = output.value { Literal.number(value, as: ValueType.double) } else { 95 }
        guard let percent = stated, percent > 0, percent < 100 else {
            throw CompileError("output-value", "OutputField \"\(output.name)\" needs a value between 0 and 100, the interval's percentage", at: output.location)
        }
        return NormalDistribution.quantile(0.5 + percent / 200)
    }
}

extension TimeSeriesModel {
    /// The known series of a field, original values before others.
    func series(of field: String?) -> TimeSeries? {
        let own = series.filter { $0.field == nil || $0.field == field }
        return own.first { $0.usage == .original } ?? own.first { $0.usage == .logical }
    }

    /// The values in the order of their indexes.
    func values(of field: String?) throws(CompileError) -> KnownSeries {
        guard let series = series(of: field) else { return KnownSeries(values: [], last: 0) }
        var points = series.points
        if points.allSatisfy({ $0.index != nil }) {
            points.sort { ($0.index ?? 0) < ($1.index ?? 0) }
            for (before, after) in zip(points, points.dropFirst()) where (after.index ?? 0).subtractingReportingOverflow(before.index ?? 0) != (1, false) {
                throw CompileError("time-series", "TimeSeries has no value or several for a step between index \(before.index ?? 0) and \(after.index ?? 0)", at: series.location)
            }
        }
        return KnownSeries(values: points.map(\.value), last: points.last?.index.map(Double.init) ?? series.endTime ?? Double(points.count))
    }
}

/// The values that a forecast starts from.
struct KnownSeries {
    var values: [Double]
    /// The time of the last value, counted in steps.
    var last: Double
}

extension TimeSeries {
    /// Whether each value has a time, not only a number.
    var hasTimes: Bool { !points.isEmpty && points.allSatisfy { $0.time != nil } }

    /// The time of the last value, and the time between two.
    var lastTime: (last: Double, step: Double)? {
        let times = points.compactMap { $0.time ?? $0.index.map(Double.init) }
        guard let first = times.min(), let last = times.max(), times.count == points.count else { return endTime.map { ($0, 1) } }
        let step = times.count > 1 ? (last - first) / Double(times.count - 1) : 1
        return step > 0 ? (last, step) : nil
    }
}

extension ExponentialSmoothing {
    func forecast() throws(CompileError) -> ForecastMethod {
        var result = SmoothingForecast(level: level, rmse: rmse ?? .nan, alpha: alpha ?? .nan)
        if let trend {
            result.gamma = trend.gamma ?? .nan
            result.slopes = trend.smoothedValue.map { [$0] } ?? Array(trend.values.prefix(1))
            switch trend.trend {
            case .additive: result.trend = .additive
            case .dampedAdditive:
                result.trend = .additive
                result.phi = trend.phi
            case .multiplicative: result.trend = .multiplicative
            case .dampedMultiplicative:
                result.trend = .multiplicative
                result.phi = trend.phi
            case .polynomialExponential:
                result.trend = .polynomial
                result.slopes = trend.values.isEmpty ? result.slopes : trend.values
            }
            if result.slopes.isEmpty || result.slopes.count > 100 {
                throw CompileError("time-series", "Trend_ExpoSmooth needs 1 to 100 smoothed values", at: location)
            }
        }
        if let seasonality {
            result.delta = seasonality.delta ?? .nan
            result.seasonIsMultiplicative = seasonality.isMultiplicative
            let count = seasonality.values.count
            // The value at `phase` comes first.
            let start = count == 0 ? 0 : (((seasonality.phase % count) - 1) % count + count) % count
            result.season = Array(seasonality.values[start...] + seasonality.values[..<start])
        }
        return .smoothing(result)
    }
}

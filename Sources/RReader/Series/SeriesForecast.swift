import ModelTree

/// What the readers of time series share: a model of the forecasts on its own scale, and what is still to be done to them.
///
/// A row's `h` says how many steps ahead it asks, as the argument of R's `forecast` and `predict` does.
struct SeriesForecast {
    /// How the deviations of the forecasts' errors are known.
    enum Deviations {
        case none
        /// The TimeSeriesModel tells them.
        case ofModel
        /// Of the steps 1, 2, …
        case table([Double])
    }

    var series: TimeSeriesModel
    var deviations = Deviations.none
    /// What a row's own values add.
    var regressors: [RegressionTable.NumericPredictor] = []
    /// How the series was transformed.
    var boxCox: BoxCox?

    static let horizon = "h"
    /// Standard deviations that a two-sided interval of 80 and of 95 percent reaches.
    static let quantiles = [("80", 1.2815515655446004), ("95", 1.959963984540054)]

    /// How results are called.
    struct Names {
        var point: String
        /// A second name of the forecast.
        var alias: String?
        var deviation: String?
        var intervals: [(name: String, percent: String, isUpper: Bool)]

        /// What `forecast` calls them.
        static let forecast = Names(
            point: "mean", intervals: quantiles.flatMap { [("lower\($0.0)", $0.0, false), ("upper\($0.0)", $0.0, true)] })
    }

    func model(_ names: Names, _ builder: DocumentBuilder) -> Model {
        builder.fields.declare(SeriesForecast.horizon, .number)
        builder.setTarget(names.point)
        if regressors.isEmpty, boxCox == nil {
            let (local, deviation) = deviationField(of: nil)
            let output = outputs(names, point: .field(names.point), deviation: deviation, isNative: true)
            return builder.model(.timeSeries(series), element: "TimeSeriesModel", .timeSeries, target: builder.target, output: output, local: local)
        }
        // The forecasts first, then what is added to them and how they are brought back.
        var output = [Outputs.predicted("forecast", isFinal: false)]
        var told: String?
        if case .ofModel = deviations {
            output.append(OutputField(name: "forecast error", opType: .continuous, dataType: .double, feature: .standardError, isFinalResult: false))
            told = "forecast error"
        }
        let first = builder.model(.timeSeries(series), element: "TimeSeriesModel", .timeSeries, target: nil, output: output)
        var (local, deviation) = deviationField(of: told)
        let sum = regressors.reduce(Expression.field("forecast")) { $0 + .number($1.coefficient) * .field($1.field) }
        local.append(DerivedField(name: "sum", opType: .continuous, dataType: .double, expression: sum))
        let mean = boxCox.map { $0.mean(.field("sum"), deviation) } ?? .field("sum")
        local.append(DerivedField(name: "forecast of the series", opType: .continuous, dataType: .double, expression: mean))
        let last = builder.regression(
            [RegressionTable(intercept: 0, numericPredictors: [.init(field: "forecast of the series", coefficient: 1)])], target: builder.target,
            uses: output.map(\.name), output: outputs(names, point: .field("sum"), deviation: deviation, isNative: false), local: local)
        return builder.chain([first, last], .regression, target: builder.target)
    }

    /// The deviation of a row's step.
    private func deviationField(of told: String?) -> (local: [DerivedField], deviation: Expression?) {
        switch deviations {
        case .none: return ([], nil)
        case .ofModel: return ([], told.map { .field($0) })
        case .table(let numbers):
            let points = numbers.enumerated().map { (orig: Double($0 + 1), norm: $1) }
            let expression = Expression(.normContinuous(NormContinuous(field: SeriesForecast.horizon, outliers: .asMissingValues, points: points)))
            return ([DerivedField(name: "deviation", opType: .continuous, dataType: .double, expression: expression)], .field("deviation"))
        }
    }

    /// - Parameter isNative: whether a TimeSeriesModel has the results, which tells intervals by itself.
    private func outputs(_ names: Names, point: Expression, deviation: Expression?, isNative: Bool) -> [OutputField] {
        var outputs: [OutputField] = []
        if let alias = names.alias { outputs.append(Outputs.predicted(alias)) }
        if isNative, case .ofModel = deviations {
            func output(_ name: String, _ feature: ResultFeature, _ value: String? = nil) -> OutputField {
                OutputField(name: name, opType: .continuous, dataType: .double, feature: feature, value: value)
            }
            if let name = names.deviation { outputs.append(output(name, .standardError)) }
            return outputs + names.intervals.map { output($0.name, $0.isUpper ? .confidenceIntervalUpper : .confidenceIntervalLower, $0.percent) }
        }
        guard let deviation else { return outputs }
        if boxCox == nil, let name = names.deviation { outputs.append(Outputs.computed(name, deviation)) }
        for interval in names.intervals {
            let quantile = SeriesForecast.quantiles.first { $0.0 == interval.percent }?.1 ?? .nan
            let end = point + .number(interval.isUpper ? quantile : -quantile) * deviation
            outputs.append(Outputs.computed(interval.name, boxCox?.inverse(end) ?? end))
        }
        return outputs
    }
}

/// The transformation of Box and Cox, `forecast::BoxCox`: (xᵏ − 1) / k, the logarithm where k is 0.
struct BoxCox {
    var lambda: Double
    /// Whether the mean is wanted and not the median, which is what the inverse gives.
    var isAdjusted: Bool

    /// Of an object's `lambda`.
    init?(_ object: RValue) throws(RReadError) {
        guard let value = object.optional("lambda") else { return nil }
        lambda = try value.double()
        isAdjusted = try value.attribute("biasadj")?.bool() ?? false
    }

    func inverse(_ value: Expression) -> Expression {
        if lambda == 0 { return .call("exp", value) }
        let base = value * .number(lambda) + .number(1)
        let isNegative = Expression.call("lessThan", base, .number(0))
        let power = Expression.call("pow", base, .number(1 / lambda))
        if lambda < 0 { return .call("if", isNegative, .missing, power) }
        return .call("if", isNegative, .number(-1) * .call("pow", .number(-1) * base, .number(1 / lambda)), power)
    }

    /// The forecast of the series itself.
    func mean(_ value: Expression, _ deviation: Expression?) -> Expression {
        let median = inverse(value)
        guard isAdjusted, let deviation else { return median }
        // https://otexts.com/fpp3/ftransformations.html
        let variance = deviation * deviation
        if lambda == 0 { return median * (.number(1) + .number(0.5) * variance) }
        let base = value * .number(lambda) + .number(1)
        return median * (.number(1) + .number(0.5 * (1 - lambda)) * variance / (base * base))
    }
}

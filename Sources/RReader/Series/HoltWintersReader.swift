import ModelTree

/// `HoltWinters` of stats: level, trend and season after the last value. https://search.r-project.org/R/refmans/stats/html/predict.HoltWinters.html
enum HoltWintersReader: ClassReader {
    static let classes = ["HoltWinters"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let coefficients = try object.component("coefficients")
        let numbers = try coefficients.doubles()
        guard let names = coefficients.names, names.count == numbers.count, names.first == "a" else {
            throw coefficients.inconsistent("\(coefficients.path) does not begin with the level a")
        }
        var rest = Array(zip(names, numbers).dropFirst())[...]
        let alpha = try object.component("alpha").double()
        var smoothing = ExponentialSmoothing(alpha: alpha, level: numbers[0])
        if let (name, slope) = rest.first, name == "b" {
            rest = rest.dropFirst()
            smoothing.trend = .init(trend: .additive, gamma: try parameter(object, "beta"), smoothedValue: slope)
        }
        let season = rest.map { $0.1 }
        let isMultiplicative = try object.optional("seasonal")?.string() == "multiplicative"
        if !season.isEmpty {
            smoothing.seasonality = .init(
                isMultiplicative: isMultiplicative, period: season.count, delta: try parameter(object, "gamma"), values: season)
        }
        var forecast = SeriesForecast(series: TimeSeriesModel(bestFit: .exponentialSmoothing))
        if season.isEmpty || !isMultiplicative, let deviation = try deviation(object) {
            smoothing.rmse = deviation
            forecast.deviations = .ofModel
        }
        forecast.series.smoothing = smoothing
        return forecast.model(.init(point: "fit", intervals: [("upr", "95", true), ("lwr", "95", false)]), builder)
    }

    /// FALSE stands for a part that the model does not have.
    private static func parameter(_ object: RValue, _ name: String) throws(RReadError) -> Double { try object.optional(name)?.double() ?? 0 }

    /// The standard deviation of the residuals, whose mean need not be 0; nil where the object does not keep the series.
    private static func deviation(_ object: RValue) throws(RReadError) -> Double? {
        guard let known = try object.optional("x")?.doubles(), let fitted = object.optional("fitted") else { return nil }
        let matrix = try fitted.matrix()
        guard matrix.columns > 0 else { return nil }
        let expected = matrix.column(0)
        guard expected.count > 1, expected.count <= known.count else { return nil }
        // The first values start the smoothing and have no residuals.
        let residuals = zip(known.suffix(expected.count), expected).map { $0 - $1 }
        let count = Double(residuals.count)
        let mean = residuals.reduce(0, +) / count
        return (residuals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)).squareRoot()
    }
}

// https://dmg.org/pmml/v4-4-1/TimeSeriesModel.html
import ModelTree

extension DocumentWriter {
    func write(_ model: TimeSeriesModel) {
        for series in model.series where !series.points.isEmpty { write(series) }
        if let arima = model.arima { write(arima) }
        if let smoothing = model.smoothing { write(smoothing) }
        if let stateSpace = model.stateSpace { write(stateSpace) }
        if let garch = model.garch { write(garch) }
    }

    func write(_ series: TimeSeries) {
        out.element("TimeSeries", at: series.location) {
            if series.usage != .original { out.attribute("usage", series.usage.rawValue) }
            out.attribute("endTime", number: series.endTime)
            out.attribute("field", series.field)
            for point in series.points {
                out.element("TimeValue") {
                    out.attribute("index", integer: point.index)
                    out.attribute("time", number: point.time)
                    out.attribute("value", number: point.value)
                }
            }
        }
    }

    private func write(_ smoothing: ExponentialSmoothing) {
        out.element("ExponentialSmoothing", at: smoothing.location) {
            out.attribute("RMSE", number: smoothing.rmse)
            if smoothing.transformation != .none { out.attribute("transformation", smoothing.transformation.rawValue) }
            out.element("Level") {
                out.attribute("alpha", number: smoothing.alpha)
                out.attribute("smoothedValue", number: smoothing.level)
            }
            if let trend = smoothing.trend {
                out.element("Trend_ExpoSmooth") {
                    if trend.trend != .additive { out.attribute("trend", trend.trend.rawValue) }
                    out.attribute("gamma", number: trend.gamma)
                    if trend.phi != 1 { out.attribute("phi", number: trend.phi) }
                    out.attribute("smoothedValue", number: trend.smoothedValue)
                    if !trend.values.isEmpty { write(numbers: trend.values) }
                }
            }
            if let season = smoothing.seasonality {
                out.element("Seasonality_ExpoSmooth") {
                    out.attribute("type", season.isMultiplicative ? "multiplicative" : "additive")
                    out.attribute("period", integer: season.period)
                    if season.phase != 1 { out.attribute("phase", integer: season.phase) }
                    out.attribute("delta", number: season.delta)
                    write(numbers: season.values)
                }
            }
        }
    }
}

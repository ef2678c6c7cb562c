// https://dmg.org/pmml/v4-4-1/TimeSeriesModel.html
import ModelTree

/// `TimeSeriesModel`
final class TimeSeriesModelReader: ModelReader {
    private var series: TimeSeriesModel

    override init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceiveModel) throws {
        series = TimeSeriesModel(bestFit: try attributes.requiredChoice(.bestFit))
        try super.init(document, attributes, receive)
    }

    override func content(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .timeSeries: return .reader(try TimeSeriesReader(document, attributes) { [unowned self] in series.series.append($0) })
        case .exponentialSmoothing where series.bestFit == .exponentialSmoothing:
            try once(series.smoothing != nil)
            return .reader(try ExponentialSmoothingReader(document, attributes) { [unowned self] in series.smoothing = $0 })
        case .arima where series.bestFit == .arima:
            try once(series.arima != nil)
            return .reader(try ARIMAReader(document, attributes) { [unowned self] in series.arima = $0 })
        case .stateSpaceModel where series.bestFit == .stateSpaceModel:
            try once(series.stateSpace != nil)
            return .reader(try StateSpaceReader(document, attributes) { [unowned self] in series.stateSpace = $0 })
        case .garch where series.bestFit == .garch:
            try once(series.garch != nil)
            return .reader(GARCHReader(document) { [unowned self] in series.garch = $0 })
        // The results of other algorithms than the best have no part in the forecast.
        case .exponentialSmoothing, .arima, .stateSpaceModel, .garch, .seasonalTrendDecomposition, .spectralAnalysis: return .skip
        default: return nil
        }
    }

    override func kind() throws -> ModelKind {
        switch series.bestFit {
        case .exponentialSmoothing: _ = try required(series.smoothing, "an ExponentialSmoothing, its bestFit")
        case .arima: _ = try required(series.arima, "an ARIMA, its bestFit")
        case .stateSpaceModel: _ = try required(series.stateSpace, "a StateSpaceModel, its bestFit")
        case .garch: _ = try required(series.garch, "a GARCH, its bestFit")
        // The standard names these algorithms without saying what they forecast.
        case .seasonalTrendDecomposition, .spectralAnalysis: throw problem(.unsupportedModel("TimeSeriesModel with bestFit \(series.bestFit.rawValue)"))
        }
        return .timeSeries(series)
    }
}

/// `TimeSeries`
final class TimeSeriesReader: ElementReader {
    private var series: TimeSeries
    private let receive: (TimeSeries) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (TimeSeries) -> Void) throws {
        self.receive = receive
        series = TimeSeries(
            usage: try attributes.choice(.usage) ?? .original, endTime: try attributes.number(.endTime), field: try attributes.string(.field))
        // The start is that of the first value, and forecasts lie after the last, where nothing is interpolated.
        attributes.ignore(.startTime, .interpolationMethod)
        super.init(document)
        series.location = place
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .timeValue:
            series.points.append(
                TimeSeries.Point(
                    index: try attributes.integer(.index), time: try attributes.number(.time), value: try attributes.requiredNumber(.value)))
            attributes.ignore(.standardError)
            // A Timestamp says in words what index and time say in numbers.
            return .skip
        // The calendar's meaning of the indexes; forecasts count steps.
        case .timeAnchor, .timeException: return .skip
        default: return nil
        }
    }

    override func end() throws { receive(series) }
}

/// `ExponentialSmoothing`
final class ExponentialSmoothingReader: ElementReader {
    private enum SeasonType: String, CaseIterable { case additive, multiplicative }

    private var smoothing: ExponentialSmoothing
    private var hasLevel = false
    private let receive: (ExponentialSmoothing) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (ExponentialSmoothing) -> Void) throws {
        self.receive = receive
        smoothing = ExponentialSmoothing(rmse: try attributes.number(.rmse), transformation: try attributes.choice(.transformation) ?? .none)
        super.init(document)
        smoothing.location = place
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .level:
            try once(hasLevel)
            hasLevel = true
            try attributes.refuse(.quadraticSmoothedValue, .cubicSmoothedValue, because: "of the smoothings of version 4.0 those of higher order are not defined any more")
            smoothing.alpha = try attributes.number(.alpha)
            smoothing.level = try attributes.requiredNumber(.smoothedValue)
            return .leaf
        // Version 4.0 calls it Trend.
        case .trendExpoSmooth, .trend:
            try once(smoothing.trend != nil)
            smoothing.trend = ExponentialSmoothing.TrendPart(
                trend: try attributes.choice(.trend) ?? .additive, gamma: try attributes.number(.gamma),
                phi: try attributes.number(.phi) ?? 1, smoothedValue: try attributes.number(.smoothedValue))
            return .inPlace
        case .array: // inside the trend
            return .reader(try NumberArrayReader(document, attributes) { [unowned self] in smoothing.trend?.values = $0 })
        case .seasonalityExpoSmooth:
            try once(smoothing.seasonality != nil)
            guard let period = try attributes.integer(.period, atLeast: 1) else { throw attributes.missingAttribute(.period) }
            smoothing.seasonality = ExponentialSmoothing.Seasonality(
                isMultiplicative: try attributes.requiredChoice(.type, of: SeasonType.self) == .multiplicative, period: period,
                phase: try attributes.integer(.phase) ?? 1, delta: try attributes.number(.delta))
            attributes.ignore(.unit)
            return .reader(NumbersReader(document) { [unowned self] values in smoothing.seasonality?.values = values })
        // Values smoothed along the known series.
        case .timeValue: return .skip
        default: return nil
        }
    }

    override func end() throws {
        if !hasLevel { throw problem(.missingElement("a Level", in: name)) }
        if let season = smoothing.seasonality, season.values.count != season.period {
            throw problem(.badArray("of a season of \(season.period) steps holds \(season.values.count) values"))
        }
        if let trend = smoothing.trend, trend.smoothedValue == nil, trend.values.isEmpty {
            throw problem(.missingAttribute("smoothedValue", of: "Trend_ExpoSmooth"))
        }
        receive(smoothing)
    }
}

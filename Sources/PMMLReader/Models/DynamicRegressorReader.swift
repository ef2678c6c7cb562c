// https://dmg.org/pmml/v4-4-1/TimeSeriesModel.html#xsdElement_DynamicRegressor
import ModelTree

/// `DynamicRegressor`
final class DynamicRegressorReader: ElementReader {
    private var regressor: DynamicRegressor
    private var hasNumerator = false
    private var hasDenominator = false
    private let receive: (DynamicRegressor) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (DynamicRegressor) -> Void) throws {
        self.receive = receive
        regressor = DynamicRegressor(
            field: try attributes.requiredString(.field), transformation: try attributes.choice(.transformation) ?? .none,
            delay: try attributes.integer(.delay, atLeast: 0) ?? 0, futureValues: try attributes.choice(.futureValuesMethod) ?? .constant,
            targetField: try attributes.string(.targetField))
        super.init(document)
        regressor.location = place
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .numerator:
            try once(hasNumerator)
            hasNumerator = true
            return .reader(TransferPolynomialReader(document) { [unowned self] in regressor.numerator = $0 })
        case .denominator:
            try once(hasDenominator)
            hasDenominator = true
            return .reader(TransferPolynomialReader(document) { [unowned self] in regressor.denominator = $0 })
        case .regressorValues: return .inPlace
        case .timeSeries:
            try once(regressor.values != nil)
            return .reader(try TimeSeriesReader(document, attributes) { [unowned self] in regressor.values = $0 })
        // Of the method that asks for them, the standard does not say from where the trend counts; the compiler refuses that method.
        case .trendCoefficients: return .skip
        case .transferFunctionValues:
            try once(!regressor.transferValues.isEmpty)
            return .reader(NumbersReader(document) { [unowned self] in regressor.transferValues = $0 })
        default: return nil
        }
    }

    override func end() throws { receive(regressor) }
}

/// `Numerator` and `Denominator`
private final class TransferPolynomialReader: ElementReader {
    private var polynomial = DynamicRegressor.Polynomial()
    private var hasSeasonal = false
    private let receive: (DynamicRegressor.Polynomial) -> Void

    init(_ document: DocumentReader, _ receive: @escaping (DynamicRegressor.Polynomial) -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .nonseasonalFactor:
            try once(polynomial.nonseasonal != nil)
            polynomial.differences = try attributes.integer(.difference, atLeast: 0) ?? 0
            // The array has as many numbers as the order asks for.
            attributes.ignore(.maximumOrder)
            return .reader(NumbersReader(document) { [unowned self] in polynomial.nonseasonal = $0 })
        case .seasonalFactor:
            try once(hasSeasonal)
            hasSeasonal = true
            polynomial.seasonalDifferences = try attributes.integer(.difference, atLeast: 0) ?? 0
            attributes.ignore(.maximumOrder)
            return .reader(NumbersReader(document) { [unowned self] in polynomial.seasonal = $0 })
        default: return nil
        }
    }

    override func end() throws { receive(polynomial) }
}

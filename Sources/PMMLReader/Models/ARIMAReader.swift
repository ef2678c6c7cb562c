// https://dmg.org/pmml/v4-4-1/TimeSeriesModel.html#xsdElement_ARIMA
import ModelTree

/// `ARIMA`
final class ARIMAReader: ElementReader {
    private var arima: ARIMA
    private var hasNonseasonal = false
    private let receive: (ARIMA) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (ARIMA) -> Void) throws {
        self.receive = receive
        arima = ARIMA(
            rmse: try attributes.number(.rmse), transformation: try attributes.choice(.transformation) ?? .none,
            constantTerm: try attributes.number(.constantTerm) ?? 0,
            predictionMethod: try attributes.choice(.predictionMethod) ?? .conditionalLeastSquares)
        super.init(document)
        arima.location = place
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .nonseasonalComponent:
            try once(hasNonseasonal)
            hasNonseasonal = true
            let differences = try attributes.integer(.d, atLeast: 0) ?? 0
            return .reader(try ARMAFactorReader(document, arOrder: try attributes.integer(.p), maOrder: try attributes.integer(.q)) { [unowned self] in
                arima.nonseasonal = ARIMA.Component(differences: differences, factor: $0)
            })
        case .seasonalComponent:
            try once(arima.seasonal != nil)
            guard let period = try attributes.integer(.period, atLeast: 0) else { throw attributes.missingAttribute(.period) }
            let differences = try attributes.integer(.capitalD, atLeast: 0) ?? 0
            return .reader(try ARMAFactorReader(document, arOrder: try attributes.integer(.capitalP), maOrder: try attributes.integer(.capitalQ)) { [unowned self] in
                arima.seasonal = ARIMA.Component(differences: differences, period: period, factor: $0)
            })
        case .outlierEffect:
            arima.outliers.append(
                ARIMA.Outlier(
                    kind: try attributes.requiredChoice(.type), startTime: try attributes.requiredNumber(.startTime),
                    magnitude: try attributes.requiredNumber(.magnitude), damping: try attributes.number(.dampingCoefficient)))
            return .leaf
        case .dynamicRegressor:
            return .reader(try DynamicRegressorReader(document, attributes) { [unowned self] in arima.regressors.append($0) })
        // The filter's last state follows from the series, which the exact method filters again.
        case .maximumLikelihoodStat: return .skip
        default: return nil
        }
    }

    override func end() throws { receive(arima) }
}

/// `NonseasonalComponent`, `SeasonalComponent` and `ARMAPart`: AR and MA.
final class ARMAFactorReader: ElementReader {
    private var ar: [Double]?
    private var ma: [Double]?
    private var residuals: [Double]?
    private let arOrder: Int
    private let maOrder: Int
    private let receive: (ARMAFactor) -> Void

    /// - Parameters:
    ///   - arOrder: how many coefficients there must be; nil means 0.
    init(_ document: DocumentReader, arOrder: Int?, maOrder: Int?, _ receive: @escaping (ARMAFactor) -> Void) throws {
        self.receive = receive
        self.arOrder = arOrder ?? 0
        self.maOrder = maOrder ?? 0
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .ar:
            try once(ar != nil)
            return .reader(NumbersReader(document) { [unowned self] in ar = $0 })
        case .ma: return .inPlace
        case .maCoefficients:
            try once(ma != nil)
            return .reader(NumbersReader(document) { [unowned self] in ma = $0 })
        case .residuals:
            try once(residuals != nil)
            return .reader(NumbersReader(document) { [unowned self] in residuals = $0 })
        default: return nil
        }
    }

    override func end() throws {
        if (ar?.count ?? 0) != arOrder { throw problem(.badArray("of AR coefficients holds \(ar?.count ?? 0) values, but the order is \(arOrder)")) }
        if (ma?.count ?? 0) != maOrder { throw problem(.badArray("of MA coefficients holds \(ma?.count ?? 0) values, but the order is \(maOrder)")) }
        receive(ARMAFactor(ar: ar ?? [], ma: ma ?? [], residuals: residuals ?? []))
    }
}

/// `GARCH`
final class GARCHReader: ElementReader {
    private var garch = GARCH()
    private var hasMean = false
    private var hasVariance = false
    private let receive: (GARCH) -> Void

    init(_ document: DocumentReader, _ receive: @escaping (GARCH) -> Void) {
        self.receive = receive
        super.init(document)
        garch.location = place
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .armaPart:
            try once(hasMean)
            hasMean = true
            garch.constant = try attributes.number(.constant) ?? 0
            return .reader(try ARMAFactorReader(document, arOrder: try attributes.integer(.p), maOrder: try attributes.integer(.q)) {
                [unowned self] in garch.factor = $0
            })
        case .garchPart:
            try once(hasVariance)
            hasVariance = true
            return .reader(try GARCHPartReader(document, attributes, garch) { [unowned self] part in
                let (constant, factor) = (garch.constant, garch.factor)
                garch = part
                (garch.constant, garch.factor) = (constant, factor)
            })
        default: return nil
        }
    }

    override func end() throws {
        if !hasMean { throw problem(.missingElement("an ARMAPart", in: name)) }
        if !hasVariance { throw problem(.missingElement("a GARCHPart", in: name)) }
        receive(garch)
    }
}

/// `GARCHPart`
final class GARCHPartReader: ElementReader {
    private var garch: GARCH
    private let squareOrder: Int
    private let varianceOrder: Int
    private var isInVariances = false
    private let receive: (GARCH) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ garch: GARCH, _ receive: @escaping (GARCH) -> Void) throws {
        self.receive = receive
        self.garch = garch
        self.garch.varianceConstant = try attributes.number(.constant) ?? 0
        // GARCH(p, q) has p variances and q squares.
        varianceOrder = try attributes.integer(.gp, atLeast: 0) ?? 0
        squareOrder = try attributes.integer(.gq, atLeast: 0) ?? 0
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .residualSquareCoefficients, .varianceCoefficients:
            isInVariances = element == .varianceCoefficients
            return .inPlace
        case .residuals: return .reader(NumbersReader(document) { [unowned self] in garch.residuals = $0 })
        case .pastVariances: return .reader(NumbersReader(document) { [unowned self] in garch.variances = $0 })
        case .maCoefficients:
            return .reader(NumbersReader(document) { [unowned self] in
                if isInVariances { garch.varianceCoefficients = $0 } else { garch.squareCoefficients = $0 }
            })
        default: return nil
        }
    }

    override func end() throws {
        let counts = [garch.squareCoefficients.count, garch.varianceCoefficients.count]
        // Writers differ in which of gp and gq is which; the lists themselves are not in doubt.
        guard counts == [squareOrder, varianceOrder] || counts == [varianceOrder, squareOrder] else {
            throw problem(.badArray("of GARCH coefficients holds \(counts[0]) and \(counts[1]) values, but the orders are \(squareOrder) and \(varianceOrder)"))
        }
        receive(garch)
    }
}

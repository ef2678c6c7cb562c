// https://dmg.org/pmml/v4-4-1/GeneralRegression.html
import ModelTree

/// `FactorList` and `CovariateList`
final class PredictorListReader: ElementReader {
    private var predictors: [GeneralRegressionModel.Predictor] = []
    private let receive: ([GeneralRegressionModel.Predictor]) -> Void

    init(_ document: DocumentReader, _ receive: @escaping ([GeneralRegressionModel.Predictor]) -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .predictor else { return nil }
        return .reader(try PredictorReader(document, attributes) { [unowned self] in predictors.append($0) })
    }

    override func end() throws { receive(predictors) }
}

/// `Predictor`, with its categories and contrast matrix.
private final class PredictorReader: ElementReader {
    private var predictor: GeneralRegressionModel.Predictor
    private var hasCategories = false
    private let receive: (GeneralRegressionModel.Predictor) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (GeneralRegressionModel.Predictor) -> Void) throws {
        self.receive = receive
        predictor = .init(name: try attributes.requiredString(.name))
        // The kind of contrast is a name; the matrix says what it is.
        attributes.ignore(.contrastMatrixType)
        super.init(document)
        predictor.location = place
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .categories:
            try once(hasCategories)
            hasCategories = true
            return .inPlace
        case .category:
            predictor.categories.append(try attributes.requiredString(.value))
            return .leaf
        case .matrix:
            try once(predictor.contrasts != nil)
            return .reader(try MatrixReader(document, attributes) { [unowned self] in predictor.contrasts = $0 })
        default: return nil
        }
    }

    override func end() throws { receive(predictor) }
}

/// `BaseCumHazardTables`
final class BaselineReader: ElementReader {
    private let maxTime: Double?
    private var cells: [GeneralRegressionModel.Baseline.Step] = []
    private var stratum: GeneralRegressionModel.Baseline.Table?
    private var strata: [GeneralRegressionModel.Baseline.Table] = []
    private let receive: (GeneralRegressionModel.Baseline) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (GeneralRegressionModel.Baseline) -> Void) throws {
        self.receive = receive
        maxTime = try attributes.number(.maxTime)
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .baselineStratum:
            if stratum != nil { return nil }
            stratum = .init(
                stratum: try attributes.requiredString(.value), label: attributes.informationalString(.label), maxTime: try attributes.number(.maxTime))
            return .inPlace
        case .baselineCell:
            let cell = GeneralRegressionModel.Baseline.Step(
                time: try attributes.requiredNumber(.time), hazard: try attributes.requiredNumber(.cumHazard))
            if stratum != nil { stratum?.steps.append(cell) } else { cells.append(cell) }
            return .leaf
        default: return nil
        }
    }

    override func end(of element: Element) throws {
        guard element == .baselineStratum, let stratum else { return }
        strata.append(stratum)
        self.stratum = nil
    }

    override func end() throws {
        receive(.init(tables: strata.isEmpty ? [.init(maxTime: maxTime, steps: cells)] : strata))
    }
}

// https://dmg.org/pmml/v4-4-1/TimeSeriesModel.html#xsdElement_StateSpaceModel
import ModelTree

/// `StateSpaceModel`
final class StateSpaceReader: ElementReader {
    private enum InterceptType: String, CaseIterable { case state, observation }

    private var model: StateSpaceModel
    private let receive: (StateSpaceModel) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (StateSpaceModel) -> Void) throws {
        self.receive = receive
        model = StateSpaceModel(variance: try attributes.number(.variance), intercept: try attributes.number(.intercept) ?? 0)
        // The season is part of the transition matrix.
        attributes.ignore(.period)
        super.init(document)
        model.location = place
    }

    override var looksIntoExtensions: Bool { true }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .extension:
            // The schema has one PsiVector; the writer puts those of several targets into an extension.
            let isPsi = attributes.informationalString(.name) == "x-PsiVector"
            attributes.ignore(.extender, .value)
            return isPsi ? .inPlace : .skip
        // Some exporters name it after the state of an exact ARIMA filter.
        case .stateVector, .finalStateVector: return .reader(NumbersReader(document) { [unowned self] in model.state = $0 })
        case .transitionMatrix: return .reader(MatrixHolderReader(document) { [unowned self] in model.transition = $0 })
        case .measurementMatrix: return .reader(MatrixHolderReader(document) { [unowned self] in model.measurement = $0 })
        case .predictedStateCovarianceMatrix: return .reader(MatrixHolderReader(document) { [unowned self] in model.stateCovariance = $0 })
        case .selectedStateCovarianceMatrix: return .reader(MatrixHolderReader(document) { [unowned self] in model.noiseCovariance = $0 })
        case .observationVarianceMatrix: return .reader(MatrixHolderReader(document) { [unowned self] in model.observationVariance = $0 })
        case .interceptVector:
            model.interceptIsObserved = try attributes.choice(.type, of: InterceptType.self) == .observation
            return .reader(NumbersReader(document) { [unowned self] in model.interceptVector = $0 })
        case .psiVector:
            var psi = StateSpaceModel.PsiVector(targetField: try attributes.string(.targetField), variance: try attributes.number(.variance))
            return .reader(NumbersReader(document) { [unowned self] weights in
                psi.weights = weights
                model.psi.append(psi)
            })
        default: return nil
        }
    }

    override func end() throws {
        if model.state.isEmpty { throw problem(.missingElement("a StateVector", in: name)) }
        let transition = try required(model.transition, "a TransitionMatrix")
        let measurement = try required(model.measurement, "a MeasurementMatrix")
        let size = model.state.count
        try check("TransitionMatrix", transition, size, size)
        try check("MeasurementMatrix", measurement, measurement.rows, size)
        if measurement.rows == 0 { throw problem(.missingElement("a row in MeasurementMatrix", in: name)) }
        if let matrix = model.stateCovariance { try check("PredictedStateCovarianceMatrix", matrix, size, size) }
        if let matrix = model.noiseCovariance { try check("SelectedStateCovarianceMatrix", matrix, size, size) }
        if let matrix = model.observationVariance { try check("ObservationVarianceMatrix", matrix, measurement.rows, measurement.rows) }
        let expected = model.interceptIsObserved ? measurement.rows : size
        if !model.interceptVector.isEmpty, model.interceptVector.count != expected {
            throw problem(.badArray("of InterceptVector holds \(model.interceptVector.count) values, but needs \(expected)"))
        }
        receive(model)
    }

    private func check(_ what: String, _ matrix: Matrix, _ rows: Int, _ columns: Int) throws {
        guard matrix.rows == rows, matrix.columns == columns else {
            throw problem(.badArray("\(what) has \(matrix.rows) rows and \(matrix.columns) columns, but needs \(rows) and \(columns)"))
        }
    }
}

/// An element that holds one `Matrix`.
final class MatrixHolderReader: ElementReader {
    private var matrix: Matrix?
    private let receive: (Matrix) -> Void

    init(_ document: DocumentReader, _ receive: @escaping (Matrix) -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .matrix else { return nil }
        try once(matrix != nil)
        return .reader(try MatrixReader(document, attributes) { [unowned self] in matrix = $0 })
    }

    override func end() throws { receive(try required(matrix, "a Matrix")) }
}

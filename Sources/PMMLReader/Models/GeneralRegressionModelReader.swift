// https://dmg.org/pmml/v4-4-1/GeneralRegression.html
import ModelTree

/// `GeneralRegressionModel`
final class GeneralRegressionModelReader: ModelReader {
    private var regression: GeneralRegressionModel
    private var parameters: [GeneralRegressionModel.Parameter]?
    private var factors: [GeneralRegressionModel.Predictor]?
    private var covariates: [GeneralRegressionModel.Predictor]?
    private var predictorCells: [GeneralRegressionModel.PredictorCell]?
    private var coefficients: [GeneralRegressionModel.Coefficient]?
    private var covariances: [GeneralRegressionModel.Covariance]?

    override init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceiveModel) throws {
        regression = GeneralRegressionModel(modelType: try attributes.requiredChoice(.modelType))
        regression.targetVariableName = try attributes.string(.targetVariableName)
        regression.targetReferenceCategory = try attributes.string(.targetReferenceCategory)
        regression.cumulativeLink = try attributes.choice(.cumulativeLink)
        regression.linkFunction = try attributes.choice(.linkFunction)
        regression.linkParameter = try attributes.number(.linkParameter)
        // The mean depends on the link alone.
        regression.distribution = attributes.informationalChoice(.distribution)
        regression.distParameter = try attributes.number(.distParameter)
        regression.offset = .init(field: try attributes.string(.offsetVariable), value: try attributes.number(.offsetValue))
        regression.trials = .init(field: try attributes.string(.trialsVariable), value: try attributes.number(.trialsValue))
        regression.endTimeVariable = try attributes.string(.endTimeVariable)
        regression.baselineStrataVariable = try attributes.string(.baselineStrataVariable)
        regression.startTimeVariable = attributes.informationalString(.startTimeVariable)
        regression.statusVariable = attributes.informationalString(.statusVariable)
        regression.subjectIDVariable = attributes.informationalString(.subjectIDVariable)
        regression.modelDF = attributes.informationalNumber(.modelDF)
        try super.init(document, attributes, receive)
    }

    override func extend(_ name: String, _ value: String) throws {
        try super.extend(name, value)
        // A link that the standard lacks, as the writer says it.
        if name == "x-linkFunction", let link = GeneralRegressionModel.LinkFunction(rawValue: value) { regression.linkFunction = link }
    }

    override func content(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .parameterList:
            try once(parameters != nil)
            return .reader(ParameterListReader(document) { [unowned self] in parameters = $0 })
        case .factorList:
            try once(factors != nil)
            return .reader(PredictorListReader(document) { [unowned self] in factors = $0 })
        case .covariateList:
            try once(covariates != nil)
            return .reader(PredictorListReader(document) { [unowned self] in covariates = $0 })
        case .ppMatrix:
            try once(predictorCells != nil)
            return .reader(PPMatrixReader(document) { [unowned self] in predictorCells = $0 })
        case .paramMatrix:
            try once(coefficients != nil)
            return .reader(ParamMatrixReader(document) { [unowned self] in coefficients = $0 })
        case .pCovMatrix:
            // `model` or `robust`: how the covariances were estimated.
            attributes.ignore(.type)
            try once(covariances != nil)
            return .reader(PCovMatrixReader(document) { [unowned self] in covariances = $0 })
        case .eventValues:
            // Which values of the status count as events in training.
            return .skip
        case .baseCumHazardTables:
            try once(regression.baseline != nil)
            return .reader(try BaselineReader(document, attributes) { [unowned self] in regression.baseline = $0 })
        default: return nil
        }
    }

    /// In version 2 the model named its target itself, and the other fields were its inputs.
    override func assumedSchema() -> MiningSchema? {
        guard document.version.isBefore(3, 0), let target = regression.targetVariableName else { return nil }
        var schema = MiningSchema()
        for name in document.dataFieldNames {
            schema.fields.append(MiningField(name: name, usageType: name == target ? .target : .active, location: place))
        }
        return schema
    }

    override func kind() throws -> ModelKind {
        regression.parameters = try required(parameters, "a ParameterList")
        regression.factors = factors ?? []
        regression.covariates = covariates ?? []
        let mayLackCells = regression.factors.isEmpty && regression.covariates.isEmpty
        regression.predictorCells = mayLackCells ? predictorCells ?? [] : try required(predictorCells, "a PPMatrix")
        regression.coefficients = try required(coefficients, "a ParamMatrix")
        regression.covariances = covariances ?? []
        return .generalRegression(regression)
    }
}

/// `ParameterList`
private final class ParameterListReader: ElementReader {
    private var parameters: [GeneralRegressionModel.Parameter] = []
    private let receive: ([GeneralRegressionModel.Parameter]) -> Void

    init(_ document: DocumentReader, _ receive: @escaping ([GeneralRegressionModel.Parameter]) -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .parameter else { return nil }
        parameters.append(.init(
            name: try attributes.requiredString(.name), label: attributes.informationalString(.label), referencePoint: try attributes.number(.referencePoint) ?? 0))
        return .leaf
    }

    override func end() throws { receive(parameters) }
}

/// `PPMatrix`
private final class PPMatrixReader: ElementReader {
    private var cells: [GeneralRegressionModel.PredictorCell] = []
    private let receive: ([GeneralRegressionModel.PredictorCell]) -> Void

    init(_ document: DocumentReader, _ receive: @escaping ([GeneralRegressionModel.PredictorCell]) -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .ppCell else { return nil }
        cells.append(.init(
            parameter: try attributes.requiredString(.parameterName), predictor: try attributes.requiredString(.predictorName),
            value: try attributes.requiredString(.value), targetCategory: try attributes.string(.targetCategory), location: document.here()))
        return .leaf
    }

    override func end() throws { receive(cells) }
}

/// `ParamMatrix`
private final class ParamMatrixReader: ElementReader {
    private var cells: [GeneralRegressionModel.Coefficient] = []
    private let receive: ([GeneralRegressionModel.Coefficient]) -> Void

    init(_ document: DocumentReader, _ receive: @escaping ([GeneralRegressionModel.Coefficient]) -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .pCell else { return nil }
        attributes.ignore(.df)
        cells.append(.init(
            parameter: try attributes.requiredString(.parameterName), targetCategory: try attributes.string(.targetCategory),
            beta: try attributes.requiredNumber(.beta)))
        return .leaf
    }

    override func end() throws { receive(cells) }
}

/// `PCovMatrix`
private final class PCovMatrixReader: ElementReader {
    private var cells: [GeneralRegressionModel.Covariance] = []
    private let receive: ([GeneralRegressionModel.Covariance]) -> Void

    init(_ document: DocumentReader, _ receive: @escaping ([GeneralRegressionModel.Covariance]) -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .pCovCell else { return nil }
        let category = try attributes.string(.targetCategory)
        func entry(_ parameter: Attribute, _ own: Attribute) throws -> GeneralRegressionModel.Covariance.Entry {
            .init(parameter: try attributes.requiredString(parameter), targetCategory: try attributes.string(own) ?? category)
        }
        cells.append(.init(row: try entry(.pRow, .tRow), column: try entry(.pCol, .tCol), value: try attributes.requiredNumber(.value)))
        return .leaf
    }

    override func end() throws { receive(cells) }
}

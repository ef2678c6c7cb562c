// https://dmg.org/pmml/v4-4-1/Regression.html
import ModelTree

/// `RegressionModel`, and `Regression` inside another model.
final class RegressionModelReader: ModelReader {
    private var regression: RegressionModel

    override init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceiveModel) throws {
        regression = RegressionModel(
            normalization: try attributes.choice(.normalizationMethod) ?? .none,
            targetFieldName: try attributes.string(.targetFieldName), tables: [])
        // Deprecated since 3.0: the function and the normalization say it all.
        attributes.ignore(.modelType)
        try super.init(document, attributes, receive)
    }

    override func content(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .regressionTable else { return nil }
        return .reader(try RegressionTableReader(document, attributes) { [unowned self] in regression.tables.append($0) })
    }

    override func kind() throws -> ModelKind {
        if regression.tables.isEmpty { throw problem(.missingElement("a RegressionTable", in: name)) }
        return .regression(regression)
    }
}

/// `RegressionTable`
final class RegressionTableReader: ElementReader {
    private var table: RegressionTable
    private var term: RegressionTable.PredictorTerm?
    private let receive: (RegressionTable) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (RegressionTable) -> Void) throws {
        self.receive = receive
        let intercept = try attributes.number(.intercept)
        if intercept == nil { document.warn(.missingIntercept, "a RegressionTable has no intercept; 0 is assumed") }
        table = RegressionTable(
            intercept: intercept ?? 0, targetCategory: try attributes.string(.targetCategory))
        super.init(document)
        table.location = place
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        if term != nil {
            guard element == .fieldRef else { return nil }
            term?.fields.append(try fieldRef(attributes).field)
            return .leaf
        }
        switch element {
        case .numericPredictor:
            table.numericPredictors.append(
                RegressionTable.NumericPredictor(
                    field: try attributes.requiredString(.name), exponent: try attributes.integer(.exponent) ?? 1,
                    coefficient: try attributes.requiredNumber(.coefficient), location: document.here()))
            // Version 2 had it for information.
            if document.version.isBefore(3, 0) { attributes.ignore(.mean) }
            return .leaf
        case .categoricalPredictor:
            table.categoricalPredictors.append(
                RegressionTable.CategoricalPredictor(
                    field: try attributes.requiredString(.name), value: try attributes.requiredString(.value),
                    coefficient: try attributes.requiredNumber(.coefficient), location: document.here()))
            return .leaf
        case .predictorTerm:
            term = RegressionTable.PredictorTerm(
                name: attributes.informationalString(.name), coefficient: try attributes.requiredNumber(.coefficient), fields: [],
                location: document.here())
            return .inPlace
        default: return nil
        }
    }

    override func end(of element: Element) throws {
        guard let term else { return }
        if term.fields.isEmpty {
            throw document.error(.missingElement("a FieldRef", in: Element.predictorTerm.rawValue), at: term.location)
        }
        table.predictorTerms.append(term)
        self.term = nil
    }

    override func end() throws { receive(table) }
}

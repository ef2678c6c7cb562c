// https://dmg.org/pmml/v4-4-1/Output.html
import ModelTree

/// `Output`
final class OutputReader: ElementReader {
    private var fields: [OutputField] = []
    private let receive: ([OutputField]) -> Void

    init(_ document: DocumentReader, _ receive: @escaping ([OutputField]) -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .outputField else { return nil }
        return .reader(try OutputFieldReader(document, attributes) { [unowned self] in fields.append($0) })
    }

    override func end() throws { receive(fields) }
}

/// `OutputField`, and `ResultField` of the models that 3.x and 4.0 embed.
final class OutputFieldReader: ElementReader {
    private var field: OutputField
    private let receive: (OutputField) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (OutputField) -> Void) throws {
        self.receive = receive
        field = OutputField(
            name: try attributes.requiredString(.name), displayName: attributes.informationalString(.displayName),
            opType: try attributes.choice(.optype), dataType: try attributes.choice(.dataType),
            targetField: try attributes.string(.targetField), feature: try attributes.choice(.feature) ?? .predictedValue,
            value: try attributes.string(.value), ruleFeature: try attributes.choice(.ruleFeature) ?? .consequent,
            algorithm: try attributes.choice(.algorithm) ?? .exclusiveRecommendation,
            rank: try attributes.integer(.rank) ?? 1, rankBasis: try attributes.choice(.rankBasis) ?? .confidence,
            rankOrder: try attributes.choice(.rankOrder) ?? .descending,
            isMultiValued: try attributes.flag(.isMultiValued) ?? false, segmentId: try attributes.string(.segmentId),
            isFinalResult: try attributes.flag(.isFinalResult) ?? true, reportField: try attributes.string(.xReportField))
        // Of the feature `topCategories`, which is refused.
        attributes.ignore(.numTopCategories)
        super.init(document)
        field.location = place
        if field.dataType == nil, !document.version.isBefore(4, 3) {
            document.warn(.missingDataType, "an OutputField has no dataType; that of its feature is assumed")
        }
    }

    override func extend(_ name: String, _ value: String) throws {
        switch name {
        case "x-dataType": if let type = DataType(rawValue: value) { field.dataType = type }
        case "x-feature": if let feature = ResultFeature(rawValue: value) { field.feature = feature }
        case "x-isFinalResult": field.isFinalResult = value != "false"
        case Attribute.xReportField.rawValue: field.reportField = value
        default: break
        }
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .value:
            field.values.append(try fieldValue(attributes))
            return .leaf
        case .decisions:
            try once(field.decisions != nil)
            return .reader(DecisionsReader(document, attributes) { [unowned self] in field.decisions = $0 })
        default:
            return try soleExpression(element, attributes, isRepeated: field.expression != nil) { [unowned self] in
                field.expression = $0
            }
        }
    }

    override func end() throws { receive(field) }
}

/// `Decisions`
final class DecisionsReader: ElementReader {
    private var decisions: Decisions
    private let receive: (Decisions) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (Decisions) -> Void) {
        self.receive = receive
        decisions = Decisions(
            businessProblem: attributes.informationalString(.businessProblem),
            description: attributes.informationalString(.description), decisions: [])
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .decision else { return nil }
        // They list what may be decided; the expression decides.
        guard let value = attributes.informationalString(.value) else { throw attributes.missingAttribute(.value) }
        decisions.decisions.append(
            Decisions.Decision(
                value: value, displayValue: attributes.informationalString(.displayValue),
                description: attributes.informationalString(.description)))
        return .leaf
    }

    override func end() throws { receive(decisions) }
}

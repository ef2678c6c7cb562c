// https://dmg.org/pmml/v4-4-1/Scorecard.html
import ModelTree

/// `Scorecard`
final class ScorecardReader: ModelReader {
    private var scorecard: Scorecard

    override init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceiveModel) throws {
        scorecard = Scorecard(
            initialScore: try attributes.number(.initialScore) ?? 0, usesReasonCodes: try attributes.flag(.useReasonCodes) ?? true,
            reasonCodeAlgorithm: try attributes.choice(.reasonCodeAlgorithm) ?? .pointsBelow,
            baselineScore: try attributes.number(.baselineScore), baselineMethod: try attributes.choice(.baselineMethod) ?? .other)
        try super.init(document, attributes, receive)
    }

    override func content(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .characteristics else { return nil }
        try once(!scorecard.characteristics.isEmpty)
        return .reader(CharacteristicsReader(document) { [unowned self] in scorecard.characteristics = $0 })
    }

    override func kind() throws -> ModelKind {
        if scorecard.characteristics.isEmpty { throw problem(.missingElement("Characteristics", in: name)) }
        return .scorecard(scorecard)
    }
}

/// `Characteristics`
final class CharacteristicsReader: ElementReader {
    private var characteristics: [Scorecard.Characteristic] = []
    private let receive: ([Scorecard.Characteristic]) -> Void

    init(_ document: DocumentReader, _ receive: @escaping ([Scorecard.Characteristic]) -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .characteristic else { return nil }
        return .reader(try CharacteristicReader(document, attributes) { [unowned self] in characteristics.append($0) })
    }

    override func end() throws {
        if characteristics.isEmpty { throw problem(.missingElement("a Characteristic", in: name)) }
        receive(characteristics)
    }
}

/// `Characteristic`
final class CharacteristicReader: ElementReader {
    private var characteristic: Scorecard.Characteristic
    private let receive: (Scorecard.Characteristic) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (Scorecard.Characteristic) -> Void) throws {
        self.receive = receive
        characteristic = Scorecard.Characteristic(
            name: attributes.informationalString(.name), reasonCode: try attributes.string(.reasonCode),
            baselineScore: try attributes.number(.baselineScore))
        super.init(document)
        characteristic.location = place
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .attribute else { return nil }
        return .reader(try ScorecardAttributeReader(document, attributes) { [unowned self] in characteristic.attributes.append($0) })
    }

    override func end() throws {
        if characteristic.attributes.isEmpty { throw problem(.missingElement("an Attribute", in: name)) }
        receive(characteristic)
    }
}

/// `Attribute` of a scorecard's characteristic.
final class ScorecardAttributeReader: ElementReader {
    private let reasonCode: String?
    private let partialScore: Double?
    private var predicate: Predicate?
    private var expression: Expression?
    private let receive: (Scorecard.Attribute) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (Scorecard.Attribute) -> Void) throws {
        self.receive = receive
        reasonCode = try attributes.string(.reasonCode)
        partialScore = try attributes.number(.partialScore)
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        if element == .complexPartialScore {
            try once(expression != nil)
            return .reader(SoleExpressionReader(document) { [unowned self] in expression = $0 })
        }
        return try solePredicate(element, attributes, isRepeated: predicate != nil) { [unowned self] in predicate = $0 }
    }

    override func end() throws {
        let score: Scorecard.Attribute.PartialScore
        // An expression has precedence over the number beside it.
        if let expression {
            score = .expression(expression)
        } else if let partialScore {
            score = .number(partialScore)
        } else {
            throw problem(.missingAttribute("partialScore", of: name))
        }
        receive(
            Scorecard.Attribute(
                reasonCode: reasonCode, predicate: try required(predicate, "a predicate"), partialScore: score, location: place))
    }
}

/// An element that holds one expression and nothing else.
final class SoleExpressionReader: ElementReader {
    private var expression: Expression?
    private let receive: ReceiveExpression

    init(_ document: DocumentReader, _ receive: @escaping ReceiveExpression) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        try soleExpression(element, attributes, isRepeated: expression != nil) { [unowned self] in expression = $0 }
    }

    override func end() throws { try receive(try required(expression, "an expression")) }
}

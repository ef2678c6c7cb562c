// https://dmg.org/pmml/v4-4-1/Transformations.html#xsdGroup_EXPRESSION
import ModelTree

typealias ReceiveExpression = (Expression) throws -> Void

extension ElementReader {
    /// Reads a child that is an expression; nil when it is none.
    func expression(_ element: Element, _ attributes: Attributes, _ receive: @escaping ReceiveExpression) throws -> Reading? {
        let place = document.here()
        switch element {
        case .constant: return .reader(try ConstantReader(document, attributes, receive))
        case .fieldRef:
            try receive(Expression(.fieldRef(try fieldRef(attributes)), location: place))
            return .leaf
        case .normDiscrete:
            let norm = NormDiscrete(
                field: try attributes.requiredString(.field), value: try attributes.requiredString(.value),
                mapMissingTo: try attributes.number(.mapMissingTo), method: try attributes.choice(.method) ?? .indicator)
            try receive(Expression(.normDiscrete(norm), location: place))
            return .leaf
        case .normContinuous: return .reader(try NormContinuousReader(document, attributes, receive))
        case .discretize: return .reader(try DiscretizeReader(document, attributes, receive))
        case .mapValues: return .reader(try MapValuesReader(document, attributes, receive))
        case .textIndex: return .reader(try TextIndexReader(document, attributes, receive))
        case .aggregate:
            let aggregate = Aggregate(
                field: try attributes.requiredString(.field), function: try attributes.requiredChoice(.function),
                // A row is one group, by whatever field.
                groupField: attributes.informationalString(.groupField), sqlWhere: try attributes.string(.sqlWhere))
            try receive(Expression(.aggregate(aggregate), location: place))
            return .leaf
        case .lag: return .reader(try LagReader(document, attributes, receive))
        case .apply: return .reader(try ApplyReader(document, attributes, receive))
        default: return nil
        }
    }

    /// Reads a child that is the one expression of its parent.
    func soleExpression(
        _ element: Element, _ attributes: Attributes, isRepeated: Bool, _ receive: @escaping ReceiveExpression
    ) throws -> Reading? {
        let reading = try expression(element, attributes, receive)
        if reading != nil { try once(isRepeated, "expression") }
        return reading
    }

    /// `FieldRef`
    func fieldRef(_ attributes: Attributes) throws -> FieldRef {
        FieldRef(field: try attributes.requiredString(.field), mapMissingTo: try attributes.string(.mapMissingTo))
    }
}

extension Expression {
    /// Whether it gives a number, as far as the expression itself tells: labels of intervals and of tables are texts.
    var givesNumber: Bool {
        switch kind {
        case .discretize(let discretize): discretize.dataType.map { $0 != .string } ?? false
        case .mapValues(let map): map.dataType.map { $0 != .string } ?? false
        case .constant(let constant): constant.dataType.map { $0 != .string } ?? true
        default: true
        }
    }
}

/// What the readers of single expressions share: they end in one expression.
class ExpressionReader: ElementReader {
    private let receive: ReceiveExpression

    init(_ document: DocumentReader, _ receive: @escaping ReceiveExpression) {
        self.receive = receive
        super.init(document)
    }

    /// What the element means, once its content is known.
    func kind() throws -> Expression.Kind { throw problem(.missingElement("content", in: name)) }

    final override func end() throws { try receive(Expression(try kind(), location: place)) }
}

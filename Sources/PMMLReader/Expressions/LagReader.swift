// https://dmg.org/pmml/v4-4-1/Transformations.html#xsdElement_Lag
import ModelTree

/// `Lag`
final class LagReader: ExpressionReader {
    private var lag: Lag

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceiveExpression) throws {
        lag = Lag(
            field: try attributes.requiredString(.field), n: try attributes.integer(.n, atLeast: 1) ?? 1,
            aggregate: try attributes.choice(.aggregate) ?? .none)
        super.init(document, receive)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .blockIndicator else { return nil }
        lag.blockIndicators.append(try attributes.requiredString(.field))
        return .leaf
    }

    override func kind() throws -> Expression.Kind { .lag(lag) }
}

// https://dmg.org/pmml/v4-4-1/Functions.html#xsdElement_Apply
import ModelTree

/// `Apply`
final class ApplyReader: ExpressionReader {
    private var apply: Apply

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceiveExpression) throws {
        apply = Apply(
            function: try attributes.requiredString(.function), mapMissingTo: try attributes.string(.mapMissingTo),
            defaultValue: try attributes.string(.defaultValue),
            invalidValueTreatment: try attributes.choice(.invalidValueTreatment) ?? .returnInvalid, arguments: [])
        super.init(document, receive)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        try expression(element, attributes) { [unowned self] in apply.arguments.append($0) }
    }

    override func kind() throws -> Expression.Kind { .apply(apply) }
}

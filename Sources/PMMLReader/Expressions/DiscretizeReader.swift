// https://dmg.org/pmml/v4-4-1/Transformations.html#xsdElement_Discretize
import ModelTree

/// `Discretize`
final class DiscretizeReader: ExpressionReader {
    private var discretize: Discretize
    private var binValue: String?
    private var binInterval: Interval?

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceiveExpression) throws {
        discretize = Discretize(
            field: try attributes.requiredString(.field), mapMissingTo: try attributes.string(.mapMissingTo),
            defaultValue: try attributes.string(.defaultValue), dataType: try attributes.choice(.dataType), bins: [])
        super.init(document, receive)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        if binValue != nil {
            guard element == .interval else { return nil }
            try once(binInterval != nil)
            binInterval = try interval(attributes)
            return .leaf
        }
        guard element == .discretizeBin else { return nil }
        binValue = try attributes.requiredString(.binValue)
        binInterval = nil
        return .inPlace
    }

    override func end(of element: Element) throws {
        guard let value = binValue, let interval = binInterval else {
            throw document.error(.missingElement("an Interval", in: Element.discretizeBin.rawValue))
        }
        discretize.bins.append((interval: interval, value: value))
        binValue = nil
    }

    override func kind() throws -> Expression.Kind { .discretize(discretize) }
}

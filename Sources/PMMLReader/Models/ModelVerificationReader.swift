// https://dmg.org/pmml/v4-4-1/ModelVerification.html
import ModelTree

/// `ModelVerification`
final class ModelVerificationReader: ElementReader {
    private var fields: [ModelVerification.Field] = []
    private var table: InlineTable?
    private let receive: (ModelVerification) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (ModelVerification) -> Void) {
        self.receive = receive
        attributes.ignore(.recordCount, .fieldCount)
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .verificationFields: return .inPlace
        case .verificationField:
            let field = try attributes.requiredString(.field)
            fields.append(
                ModelVerification.Field(
                    field: field, column: try attributes.column(.column) ?? field,
                    precision: try attributes.tolerance(.precision) ?? 1e-6,
                    zeroThreshold: try attributes.tolerance(.zeroThreshold) ?? 1e-16))
            return .leaf
        case .inlineTable:
            try once(table != nil)
            return .reader(InlineTableReader(document) { [unowned self] in table = $0 })
        default: return nil
        }
    }

    override func end() throws { receive(ModelVerification(fields: fields, table: try required(table, "an InlineTable"))) }
}

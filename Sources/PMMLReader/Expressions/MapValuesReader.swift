// https://dmg.org/pmml/v4-4-1/Transformations.html#xsdElement_MapValues
import ModelTree

/// `MapValues`
final class MapValuesReader: ExpressionReader {
    private let mapMissingTo: String?
    private let defaultValue: String?
    private let outputColumn: String
    private let dataType: DataType?
    private var pairs: [(field: String, column: String)] = []
    private var table: InlineTable?

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceiveExpression) throws {
        mapMissingTo = try attributes.string(.mapMissingTo)
        defaultValue = try attributes.string(.defaultValue)
        guard let column = try attributes.column(.outputColumn) else { throw attributes.missingAttribute(.outputColumn) }
        outputColumn = column
        dataType = try attributes.choice(.dataType)
        super.init(document, receive)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .fieldColumnPair:
            let field = try attributes.requiredString(.field)
            guard let column = try attributes.column(.column) else { throw attributes.missingAttribute(.column) }
            pairs.append((field: field, column: column))
            return .leaf
        case .inlineTable:
            try once(table != nil)
            return .reader(InlineTableReader(document) { [unowned self] in table = $0 })
        default: return nil
        }
    }

    override func kind() throws -> Expression.Kind {
        .mapValues(
            MapValues(
                mapMissingTo: mapMissingTo, defaultValue: defaultValue, outputColumn: outputColumn, dataType: dataType,
                pairs: pairs, table: try required(table, "an InlineTable")))
    }
}

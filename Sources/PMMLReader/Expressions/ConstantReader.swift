// https://dmg.org/pmml/v4-4-1/Transformations.html#xsdElement_Constant
import ModelTree
import XMLStream

/// `Constant`
final class ConstantReader: ExpressionReader {
    private var buffer: [UInt8] = []
    private let dataType: DataType?
    private let isMissing: Bool

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceiveExpression) throws {
        dataType = try attributes.choice(.dataType)
        isMissing = try attributes.flag(.missing) ?? false
        super.init(document, receive)
        wantsText = true
    }

    override func text(_ piece: XMLBytes) throws { buffer += piece.buffer }

    override func kind() throws -> Expression.Kind {
        .constant(Constant(dataType: dataType, value: String(decoding: buffer, as: UTF8.self), isMissing: isMissing))
    }
}

// https://dmg.org/pmml/v4-4-1/Transformations.html#xsdElement_TextIndex
import ModelTree

/// `TextIndex`
final class TextIndexReader: ExpressionReader {
    private let make: (Expression) -> TextIndex
    private var wordRE: String?
    private var normalizations: [TextIndexNormalization] = []
    private var term: Expression?

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceiveExpression) throws {
        let textField = try attributes.requiredString(.textField)
        let weights: TextIndex.LocalTermWeights = try attributes.choice(.localTermWeights) ?? .termFrequency
        let isCaseSensitive = try attributes.flag(.isCaseSensitive) ?? false
        let distance = try attributes.integer(.maxLevenshteinDistance, atLeast: 0) ?? 0
        let hits: TextIndex.CountHits = try attributes.choice(.countHits) ?? .allHits
        let separator = try attributes.string(.wordSeparatorCharacterRE) ?? "\\s+"
        wordRE = try attributes.string(.xWordRE)
        let tokenize = try attributes.flag(.tokenize) ?? true
        make = {
            TextIndex(
                textField: textField, localTermWeights: weights, isCaseSensitive: isCaseSensitive,
                maxLevenshteinDistance: distance, countHits: hits, wordSeparatorCharacterRE: separator, tokenize: tokenize,
                term: $0)
        }
        super.init(document, receive)
    }

    override func extend(_ name: String, _ value: String) throws {
        if name == Attribute.xWordRE.rawValue { wordRE = value }
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        if element == .textIndexNormalization {
            return .reader(try TextIndexNormalizationReader(document, attributes) { [unowned self] in normalizations.append($0) })
        }
        return try soleExpression(element, attributes, isRepeated: term != nil) { [unowned self] in term = $0 }
    }

    override func kind() throws -> Expression.Kind {
        var index = make(try required(term, "an expression for the term"))
        index.wordRE = wordRE
        index.normalizations = normalizations
        return .textIndex(index)
    }
}

/// `TextIndexNormalization`
final class TextIndexNormalizationReader: ElementReader {
    private var normalization: TextIndexNormalization
    private var table: InlineTable?
    private let receive: (TextIndexNormalization) -> Void

    init(
        _ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (TextIndexNormalization) -> Void
    ) throws {
        self.receive = receive
        normalization = TextIndexNormalization(
            inField: try attributes.column(.inField) ?? "string", outField: try attributes.column(.outField) ?? "stem",
            regexField: try attributes.column(.regexField) ?? "regex", recursive: try attributes.flag(.recursive) ?? false,
            isCaseSensitive: try attributes.flag(.isCaseSensitive),
            maxLevenshteinDistance: try attributes.integer(.maxLevenshteinDistance, atLeast: 0),
            wordSeparatorCharacterRE: try attributes.string(.wordSeparatorCharacterRE), wordRE: try attributes.string(.xWordRE),
            tokenize: try attributes.flag(.tokenize), table: InlineTable(columns: [], rows: [], location: .none))
        super.init(document)
    }

    override func extend(_ name: String, _ value: String) throws {
        if name == Attribute.xWordRE.rawValue { normalization.wordRE = value }
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .inlineTable else { return nil }
        try once(table != nil)
        return .reader(InlineTableReader(document) { [unowned self] in table = $0 })
    }

    override func end() throws {
        normalization.table = try required(table, "an InlineTable")
        receive(normalization)
    }
}

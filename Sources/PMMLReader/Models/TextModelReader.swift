// https://dmg.org/pmml/v4-4-1/Text.html
import ModelTree

/// `TextModel`
final class TextModelReader: ModelReader {
    private var terms: [String]?
    private var documents: [(id: String, name: String)]?
    private var frequencies: Matrix?
    private var localTermWeights = TextIndex.LocalTermWeights.termFrequency
    private var globalTermWeights = TextModel.GlobalTermWeights.none
    private var documentNormalization = TextModel.DocumentNormalization.none
    private var similarity = TextModel.Similarity.cosine

    override init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceiveModel) throws {
        // The dictionary and the corpus say it themselves.
        attributes.ignore(.numberOfTerms, .numberOfDocuments)
        try super.init(document, attributes, receive)
    }

    override func content(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .textDictionary:
            try once(terms != nil)
            return .reader(TextDictionaryReader(document) { [unowned self] in terms = $0 })
        case .textCorpus:
            try once(documents != nil)
            return .reader(TextCorpusReader(document) { [unowned self] in documents = $0 })
        case .documentTermMatrix:
            try once(frequencies != nil)
            return .reader(DocumentTermMatrixReader(document) { [unowned self] in frequencies = $0 })
        case .textModelNormalization:
            localTermWeights = try attributes.choice(.localTermWeights) ?? .termFrequency
            globalTermWeights = try attributes.choice(.globalTermWeights) ?? .inverseDocumentFrequency
            documentNormalization = try attributes.choice(.documentNormalization) ?? .none
            return .leaf
        case .textModelSimiliarity:
            similarity = try attributes.choice(.similarityType) ?? .cosine
            return .leaf
        default: return nil
        }
    }

    override func kind() throws -> ModelKind {
        let terms = try required(terms, "a TextDictionary")
        let documents = try required(documents, "a TextCorpus")
        let frequencies = try required(frequencies, "a DocumentTermMatrix")
        guard frequencies.rows == documents.count, frequencies.columns == terms.count, !documents.isEmpty, !terms.isEmpty else {
            throw problem(.badArray(
                "has a DocumentTermMatrix of \(frequencies.rows) by \(frequencies.columns) for \(documents.count) documents and \(terms.count) terms"))
        }
        return .text(
            TextModel(
                terms: terms, documents: documents.map(\.id), names: documents.map(\.name), frequencies: frequencies, localTermWeights: localTermWeights,
                globalTermWeights: globalTermWeights, documentNormalization: documentNormalization, similarity: similarity))
    }
}

/// `TextDictionary`. The taxonomy of its terms has no part in scoring.
final class TextDictionaryReader: ElementReader {
    private var terms: [String]?
    private let receive: ([String]) -> Void

    init(_ document: DocumentReader, _ receive: @escaping ([String]) -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .array else { return nil }
        try once(terms != nil)
        return .reader(try StringArrayReader(document, attributes) { [unowned self] in terms = $0 })
    }

    override func end() throws { receive(try required(terms, "an Array")) }
}

/// `TextCorpus`
final class TextCorpusReader: ElementReader {
    private var documents: [(id: String, name: String)] = []
    private let receive: ([(id: String, name: String)]) -> Void

    init(_ document: DocumentReader, _ receive: @escaping ([(id: String, name: String)]) -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .textDocument else { return nil }
        attributes.ignore(.length, .file)
        let id = try attributes.requiredString(.id)
        documents.append((id, try attributes.string(.name) ?? id))
        return .leaf
    }

    override func end() throws { receive(documents) }
}

/// `DocumentTermMatrix`
final class DocumentTermMatrixReader: ElementReader {
    private var matrix: Matrix?
    private let receive: (Matrix) -> Void

    init(_ document: DocumentReader, _ receive: @escaping (Matrix) -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .matrix else { return nil }
        try once(matrix != nil)
        return .reader(try MatrixReader(document, attributes) { [unowned self] in matrix = $0 })
    }

    override func end() throws { receive(try required(matrix, "a Matrix")) }
}

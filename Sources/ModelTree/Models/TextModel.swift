// https://dmg.org/pmml/v4-4-1/Text.html

/// Finds the document of a corpus that is most like a text. Deprecated since 4.2.
public struct TextModel: Sendable {
    public enum GlobalTermWeights: String, Sendable, CaseIterable {
        case inverseDocumentFrequency, none
        case gfidf = "GFIDF"
        case normal, probabilisticInverse
    }
    public enum DocumentNormalization: String, Sendable, CaseIterable { case none, cosine }
    public enum Similarity: String, Sendable, CaseIterable { case euclidean, cosine }

    public var terms: [String]
    /// Ids of the documents.
    public var documents: [String]
    /// Their names, or else their ids.
    public var names: [String]
    /// How often each document (row) has each term (column).
    public var frequencies: Matrix
    public var localTermWeights: TextIndex.LocalTermWeights
    public var globalTermWeights: GlobalTermWeights
    public var documentNormalization: DocumentNormalization
    public var similarity: Similarity

    public init(
        terms: [String], documents: [String], names: [String], frequencies: Matrix, localTermWeights: TextIndex.LocalTermWeights = .termFrequency,
        globalTermWeights: GlobalTermWeights = .none, documentNormalization: DocumentNormalization = .none, similarity: Similarity = .cosine
    ) {
        self.terms = terms
        self.documents = documents
        self.names = names
        self.frequencies = frequencies
        self.localTermWeights = localTermWeights
        self.globalTermWeights = globalTermWeights
        self.documentNormalization = documentNormalization
        self.similarity = similarity
    }
}

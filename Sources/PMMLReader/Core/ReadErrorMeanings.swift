import XMLStream

extension ReadErrorCatalogue {
    /// The errors of the reader, each with its meaning.
    public static let entries: [(id: String, meaning: String)] = ids.sorted().map { ($0, meanings[$0] ?? "") }

    /// The errors of XML itself, each with its meaning.
    public static let xmlEntries: [(id: String, meaning: String)] = XMLError.ID.allCases.map(\.rawValue).sorted().map { ($0, meanings[$0] ?? "") }

    /// The remarks that do not stop a document from being used.
    public static let warnings: [(id: String, meaning: String)] = ReadWarningID.allCases.map(\.rawValue).sorted().map { ($0, warningMeanings[$0] ?? "") }

    private static let meanings: [String: String] = [
        "bad-array": "an array's text cannot be read, its length is not what it says, or a Matrix has two numbers for a cell",
        "bad-boolean": "an attribute that should be `true` or `false` is neither",
        "bad-integer": "an attribute that should be an integer is not",
        "bad-number": "an attribute or text that should be a number is not",
        "bad-value": "an attribute is none of the words that it may be",
        "missing-attribute": "an element lacks an attribute that it needs",
        "missing-element": "an element lacks a child that it needs",
        "nesting-limit": "expressions, predicates or models are nested too deeply",
        "not-pmml": "the root element is not PMML",
        "out-of-range": "a number is outside the range that its attribute allows",
        "repeated-element": "an element stands twice where it may stand once",
        "size-limit": "a table or tree is larger than one may be",
        "unsupported-attribute": "an attribute that would change the result is not supported",
        "unsupported-element": "an element is not supported, or not at this place",
        "unsupported-model": "a kind of model is not supported",
        "unsupported-version": "the document's version is not one of 2.0 to 4.4.1",
        "xml-attribute-limit": "an element has too many attributes",
        "xml-attribute-size-limit": "an attribute is too long",
        "xml-depth-limit": "elements are nested too deeply",
        "xml-document-size-limit": "the document is too large",
        "xml-dtd-size-limit": "the document type declaration is too long",
        "xml-element-limit": "the document has too many elements",
        "xml-empty": "the document has no content",
        "xml-encoding": "bytes are not text in the document's encoding",
        "xml-entity-reference": "an entity of a document type is referred to; none is ever expanded",
        "xml-file-unreadable": "the file cannot be opened or read",
        "xml-gzip-damaged": "compressed data are damaged",
        "xml-gzip-truncated": "compressed data end too early",
        "xml-name-limit": "the document has too many different names of elements and attributes",
        "xml-not-well-formed": "the text breaks a rule of XML",
        "xml-out-of-memory": "there is no memory left",
        "xml-text-size-limit": "a text is too long",
        "xml-truncated": "the document ends before its root element does",
        "xml-unsupported-encoding": "the document's encoding is not known",
    ]

    private static let warningMeanings: [String: String] = [
        "array-count": "an array's `n` is not the number of its items",
        "duplicate-field": "two MiningFields of a model have one name; the first counts",
        "field-count": "a dictionary's number of fields is not the one that it says",
        "foreign-element": "an element of another namespace is ignored",
        "missing-activation-function": "NeuralNetwork lacks its `activationFunction`; that of each layer is taken",
        "missing-data-type": "a field lacks its `dataType`; one is assumed",
        "missing-intercept": "a RegressionTable lacks its intercept; 0 is assumed",
        "missing-header": "PMML lacks its Header",
        "missing-namespace": "the root has no namespace, which every version since 2.1 asks for",
        "missing-record-count": "a ScoreDistribution lacks its recordCount; its probability says as much",
        "missing-version": "PMML lacks its version",
        "predicate-count": "a CompoundPredicate holds one predicate, which stands for itself",
        "spelling": "a number, truth value or word is spelled in a way that the standard does not have",
        "unknown-attribute": "an attribute that PMML does not know is ignored",
        "unknown-namespace": "the root's namespace is not one of PMML's",
        "vendor-markup": "vendor markup that changes scores is followed",
        "version-mismatch": "the version is not that of the namespace",
        "xml-entity-reference": "an entity reference stands where it changes nothing",
    ]
}

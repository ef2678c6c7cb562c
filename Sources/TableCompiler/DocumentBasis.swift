import ModelTree

/// What compiling any model of a document needs to know of the whole of it: gathered once, however many models are compiled, each by itself.
final class DocumentBasis {
    /// Functions of the document by name. https://dmg.org/pmml/v4-4-1/Functions.html
    let functions: [String: DefineFunction]
    /// Fields whose values are collections.
    let collectionFields: Set<String>
    let dataFields: [String: DataField]
    /// DataFields that stand twice.
    let repeatedFields: [DataField]
    /// The fields of the TransformationDictionary.
    let derivedFields: [String: DerivedField]
    /// The ranks that outputs ask for.
    private(set) lazy var outputRanks = OutputRanks.of(document)
    private let document: Document

    init(_ document: Document) {
        self.document = document
        functions = Dictionary(document.transformations.functions.map { ($0.name, $0) }) { first, _ in first }
        collectionFields = CollectionFields.of(document)
        var known: [String: DataField] = [:]
        var repeated: [DataField] = []
        for field in document.dataDictionary.fields {
            if known[field.name] == nil { known[field.name] = field } else { repeated.append(field) }
        }
        (dataFields, repeatedFields) = (known, repeated)
        derivedFields = Dictionary(document.transformations.derivedFields.compactMap { field in field.name.map { ($0, field) } }) { $1 }
    }
}

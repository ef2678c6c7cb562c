/// The ids by which scripts know the compiler's errors, each with its meaning. Ids never change their meaning.
///
/// Where the reader has an error of the same kind (`missing-element`, say), the id is the reader's.
public enum CompileErrorCatalogue {
    public static let entries: [(id: String, meaning: String)] = (general + ofModels).sorted { $0.id < $1.id }

    public static let ids: [String] = entries.map(\.id)

    /// Ids of the remarks that do not stop a document from being used.
    public static let warnings: [(id: String, meaning: String)] = (generalWarnings + warningsOfModels).sorted { $0.id < $1.id }

    /// Errors that any model can have.
    private static let general: [(id: String, meaning: String)] = [
        ("argument-count", "a function or an element has more or fewer arguments than it takes"),
        ("bad-pattern", "a text that should be a regular expression, or a number's format, is none"),
        ("cyclic-field", "a derived field is defined in terms of itself"),
        ("cyclic-function", "a function of the document calls itself"),
        ("default-child", "`defaultChild` is not the id of a child of its Node"),
        ("feature-unavailable", "an OutputField asks for a feature that the model does not have"),
        ("missing-attribute", "an element lacks an attribute that its surroundings make necessary"),
        ("missing-element", "an element lacks a child that its surroundings make necessary"),
        ("multiple-model-method", "`multipleModelMethod` does not fit the model's function"),
        ("nesting-limit", "expressions, functions or models are nested too deeply"),
        ("no-categories", "a classification has no category: neither its target nor its segments name one"),
        ("no-model", "the document has neither a model nor derived fields"),
        ("not-a-number", "a value that should be a number, a date, a time or a boolean is not"),
        ("not-scorable", "the model says of itself `isScorable=\"false\"`"),
        ("out-of-range", "an attribute's number is outside what is allowed"),
        ("type-mismatch", "a value is of a type that cannot stand where it stands"),
        ("unknown-column", "an InlineTable lacks a column that is named"),
        ("unknown-field", "a field that is named is not defined where it is named"),
        ("unknown-function", "a function is neither built in nor defined in the document"),
        ("unknown-model", "the document has no model of the name that was asked for"),
        ("unknown-segment", "an OutputField names a segment that does not exist"),
        ("unsupported-attribute", "an attribute that would change the result is not supported"),
    ]

    private static let generalWarnings: [(id: String, meaning: String)] = [
        ("impossible-value", "a value is compared with one that its field can never have"),
        ("literal-type", "a literal is not of the type of the field that it is compared with"),
        ("duplicate-field", "two DataFields have one name; the first counts"),
        ("not-in-mining-schema", "a field is used that is no MiningField of the model; it is taken as it comes"),
        ("several-models", "the document has several models; the first that can be scored is used"),
        ("many-arguments", "a sum or product has more than two arguments; all are added or multiplied, from left to right"),
        ("function-case", "a built-in function's name is spelled with other capitals"),
        ("order-of-categories", "values of a categorical field are compared by their order; its texts are compared, character by character"),
        ("unknown-category", "an OutputField names a category that the model does not have; its value is 0"),
        ("unknown-mining-field", "a MiningField names no field; it is left out"),
        ("vendor-markup", "vendor markup that changes scores is followed"),
    ]
}

import Evaluation
import PMMLReader
import PMMLWriter
import RReader
import TableCompiler
import Tabular

/// Every error and remark of the library, by the part that raises it: what docs/errors.md lists.
package enum ErrorCatalogue {
    /// The ids that one part of the library raises.
    package struct Layer: Sendable {
        package let title: String
        package let entries: [(id: String, meaning: String)]
    }

    package static let errors: [Layer] = [
        Layer(title: "XML", entries: ReadErrorCatalogue.xmlEntries),
        Layer(title: "PMML", entries: ReadErrorCatalogue.entries),
        Layer(title: "Models saved by R", entries: RErrorCatalogue.entries),
        Layer(title: "Compiling a model", entries: CompileErrorCatalogue.entries),
        Layer(title: "Writing PMML", entries: WriteErrorCatalogue.entries),
        Layer(title: "Native files", entries: FormatErrorCatalogue.entries),
        Layer(title: "Tables", entries: DataErrorCatalogue.entries),
        Layer(title: "Rows", entries: RowFailureCatalogue.entries),
        Layer(title: "Calls from other languages", entries: calls),
        Layer(title: "Library and command", entries: own),
    ]

    package static let warnings: [Layer] = [
        Layer(title: "PMML", entries: ReadErrorCatalogue.warnings),
        Layer(title: "Compiling a model", entries: CompileErrorCatalogue.warnings),
        Layer(title: "Tables", entries: DataErrorCatalogue.warnings),
        Layer(title: "Library and command", entries: [
            ("source-left-out", "PMML cannot say all that a model does, so that its native file is without the document"),
        ]),
    ]

    /// Errors of the library itself that a model's file can raise.
    static let files: [(id: String, meaning: String)] = own.filter { ["file-unreadable", "not-a-model", "thread"].contains($0.id) }

    private static let calls: [(id: String, meaning: String)] = [
        ("argument", "a call of the C interface was given a pointer that is NULL, or a text that is not what it should be"),
        ("arrow-array", "an Arrow array has not the buffers, length or children that its type needs"),
        ("arrow-stream", "the stream of a table failed on the caller's side"),
        ("arrow-table", "a table is not a struct array with a child for each column"),
        ("arrow-too-long", "a column of texts is longer than an Arrow array may be"),
        ("arrow-type", "a column that the model needs is of an Arrow type that is not read"),
    ]

    private static let own: [(id: String, meaning: String)] = [
        ("column-length", "the columns of a table differ in length"),
        ("file-open", "the input cannot be opened"),
        ("file-truncated", "a mapped native file was cut short while it was in use"),
        ("file-unreadable", "the model's file cannot be opened or read"),
        ("file-write", "a file cannot be written"),
        ("inputs-by-position", "a model saved by R takes columns by their position, which the PMML made of it cannot say"),
        ("no-document", "the native file does not hold the document that it was made of"),
        ("no-rows", "the input of `bench` has no rows"),
        ("not-a-model", "the file is neither PMML nor a native file nor a model saved by R"),
        ("pipe-closed", "the reader of the output closed it"),
        ("record-shape", "a property of a struct that is scored is no value of a field"),
        ("result-shape", "a property of the struct that is to hold the results has none, or one of another type"),
        ("row-failed", "a record has no result, and no reason is known"),
        ("thread", "the thread that reads models gave no result"),
        ("unknown-field", "the model has no result or input of the name that was asked for"),
        ("unknown-model", "the file holds no model of the name that was asked for"),
    ]
}

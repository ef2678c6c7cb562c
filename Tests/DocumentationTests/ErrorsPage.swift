import Pommel

/// docs/errors.md: every id of an error or warning, from the catalogues.
enum ErrorsPage {
    static func text() -> String {
        var text = heading("Errors and warnings")
        text += """
            Every error has an id that never changes its meaning, a message, and a place: file, line, column and element path of a
            document; section and offset of a native file; line, field and value of a table. `fixtures/invalid` and
            `fixtures/invalid-models` have a document for each id that a document can raise.


            """
        text += "## Errors\n\n"
        for layer in ErrorCatalogue.errors { text += "### \(layer.title)\n\n" + entries(layer) }
        text += "## Warnings\n\nThey do not stop a model or a table from being used.\n\n"
        for layer in ErrorCatalogue.warnings { text += "### \(layer.title)\n\n" + entries(layer) }
        return String(text.dropLast())
    }

    private static func entries(_ layer: ErrorCatalogue.Layer) -> String {
        table(["id", "meaning"], layer.entries.map { ["`\($0.id)`", $0.meaning] })
    }
}

// https://dmg.org/pmml/v4-4-1/GeneralStructure.html
import ModelTree

/// Writes a document; one file for each family of elements extends it, the mirror image of the reader's.
final class DocumentWriter {
    let document: Document
    let out: MarkupWriter
    /// The types of the fields that are in scope.
    var types: FieldTypes
    /// The models around what is being written, the innermost last.
    var models: [Model] = []

    /// Rows of the tables that stand for thermometers so far.
    var thermometerRows = 0

    var version: PMMLVersion { out.version }

    init(_ document: Document, _ out: MarkupWriter) {
        self.document = document
        self.out = out
        types = FieldTypes(document)
    }

    func write() {
        out.place = document.location
        out.begin("PMML")
        out.attribute("version", version.rawValue)
        out.attribute("xmlns", version.namespace)
        write(document.header)
        write(document.dataDictionary)
        writeDictionary(document.transformations)
        // Before 4.1 all models could be scored, so that the first is the one that is.
        let isLate = { (model: Model) in self.version < .v4_1 && !model.isScorable }
        for model in document.models where !isLate(model) { write(model) }
        for model in document.models where isLate(model) { write(model) }
        out.end()
        out.finish()
    }
}

// https://dmg.org/pmml/v4-4-1/Text.html
import ModelTree

extension DocumentWriter {
    func writeAttributes(_ text: TextModel) {
        out.attribute("numberOfTerms", integer: text.terms.count)
        out.attribute("numberOfDocuments", integer: text.documents.count)
    }

    func write(_ text: TextModel) {
        out.element("TextDictionary") { write(strings: text.terms) }
        out.element("TextCorpus") {
            for (id, name) in zip(text.documents, text.names) {
                out.element("TextDocument") {
                    out.attribute("id", id)
                    if name != id { out.attribute("name", name) }
                }
            }
        }
        out.element("DocumentTermMatrix") { write(text.frequencies) }
        out.element("TextModelNormalization") {
            if text.localTermWeights != .termFrequency { out.attribute("localTermWeights", text.localTermWeights.rawValue) }
            out.attribute("globalTermWeights", text.globalTermWeights.rawValue)
            if text.documentNormalization != .none { out.attribute("documentNormalization", text.documentNormalization.rawValue) }
        }
        out.element("TextModelSimiliarity") { out.attribute("similarityType", text.similarity.rawValue) }
    }
}

// https://dmg.org/pmml/v4-4-1/Header.html
import ModelTree

extension DocumentWriter {
    func write(_ header: Header) {
        out.element("Header") {
            // Required before 4.1.
            out.attribute("copyright", header.copyright ?? (version < .v4_1 ? "" : nil))
            out.attribute("description", header.description)
            out.attribute("modelVersion", header.modelVersion)
            for note in header.extensions {
                out.element("Extension") {
                    out.attribute("extender", note.extender)
                    out.attribute("name", note.name)
                    out.attribute("value", note.value)
                }
            }
            if let name = header.applicationName {
                out.element("Application") {
                    out.attribute("name", name)
                    out.attribute("version", header.applicationVersion)
                }
            }
            for annotation in header.annotations { out.element("Annotation") { out.text(annotation) } }
            if let timestamp = header.timestamp { out.element("Timestamp") { out.text(timestamp) } }
        }
    }
}

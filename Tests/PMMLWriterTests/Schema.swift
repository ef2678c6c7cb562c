import CLibXML2
import Foundation
import PMMLWriter

/// The folder of the package.
let packageFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

/// A schema of the Data Mining Group, which lies outside the project: `../shared/spec`, or the folder that POMMEL_SCHEMAS names.
final class Schema: @unchecked Sendable {
    private let schema: xmlSchemaPtr
    private static let folder = ProcessInfo.processInfo.environment["POMMEL_SCHEMAS"] ?? packageFolder + "/../shared/spec"

    /// The schemas that are there, by version; 4.4.1 corrects 4.4 and has its schema.
    static let known: [PMMLVersion: Schema] = {
        var found: [PMMLVersion: Schema] = [:]
        for version in PMMLVersion.allCases {
            let numbers = version.rawValue.split(separator: ".").prefix(2).joined(separator: "-")
            if let schema = Schema(path: "\(folder)/pmml-\(numbers).xsd") { found[version] = schema }
        }
        return found
    }()

    private init?(path: String) {
        guard FileManager.default.fileExists(atPath: path), let parser = xmlSchemaNewParserCtxt(path) else { return nil }
        defer { xmlSchemaFreeParserCtxt(parser) }
        guard let schema = xmlSchemaParse(parser) else { return nil }
        self.schema = schema
    }

    /// What is wrong with a document; nil: nothing.
    func complaint(about document: [UInt8]) -> String? {
        let flags = Int32(XML_PARSE_HUGE.rawValue | XML_PARSE_NONET.rawValue)
        let tree = document.withUnsafeBytes {
            xmlReadMemory($0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count), nil, nil, flags)
        }
        guard let tree else { return "is not well-formed" }
        defer { xmlFreeDoc(tree) }
        guard let context = xmlSchemaNewValidCtxt(schema) else { return "cannot be validated" }
        defer { xmlSchemaFreeValidCtxt(context) }
        let messages = Messages()
        xmlSchemaSetValidStructuredErrors(
            context,
            { data, error in
                guard let data, let error else { return }
                let messages = Unmanaged<Messages>.fromOpaque(data).takeUnretainedValue()
                messages.texts.append(error.pointee.message.map { String(cString: $0) } ?? "?")
            }, Unmanaged.passUnretained(messages).toOpaque())
        return xmlSchemaValidateDoc(context, tree) == 0 ? nil : messages.texts.prefix(3).joined(separator: " ")
    }

    private final class Messages {
        var texts: [String] = []
    }
}

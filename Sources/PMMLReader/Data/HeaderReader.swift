// https://dmg.org/pmml/v4-4-1/Header.html
import ModelTree
import XMLStream

/// `Header`: what the document says of itself. Nothing in it can make a document unreadable.
final class HeaderReader: ElementReader {
    private var header = Header()
    private var buffer: [UInt8] = []
    private let receive: (Header) -> Void
    override var isInformational: Bool { true }

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (Header) -> Void) {
        self.receive = receive
        super.init(document)
        header.copyright = attributes.informationalString(.copyright)
        header.description = attributes.informationalString(.description)
        header.modelVersion = attributes.informationalString(.modelVersion)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .application:
            header.applicationName = attributes.informationalString(.name)
            header.applicationVersion = attributes.informationalString(.version)
            return .leaf
        case .timestamp, .annotation:
            buffer = []
            wantsText = true
            return .inPlace
        default: return .skip
        }
    }

    override func text(_ piece: XMLBytes) throws {
        if buffer.count + piece.count <= 1_000_000 { buffer += piece.buffer }
    }

    override func end(of element: Element) throws {
        wantsText = false
        let text = buffer.withUnsafeBufferPointer { String(decoding: NumberText.trimmed($0), as: UTF8.self) }
        if element == .timestamp { header.timestamp = text } else { header.annotations.append(text) }
    }

    override func extend(_ name: String, _ value: String) throws {
        if header.extensions.count < 1_000 { header.extensions.append(Header.Extension(name: name, value: value)) }
    }

    override func end() throws { receive(header) }
}

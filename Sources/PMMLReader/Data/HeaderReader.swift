// https://dmg.org/pmml/v4-4-1/Header.html
import ModelTree
import XMLStream

/// `Header`: what the document says of itself. Nothing in it can make a document unreadable.
final class HeaderReader: ElementReader {
    private var header = Header()
    private var timestamp: [UInt8] = []
    private let receive: (Header) -> Void

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
        case .timestamp:
            wantsText = true
            return .inPlace
        default: return .skip
        }
    }

    override func text(_ piece: XMLBytes) throws {
        if timestamp.count + piece.count <= 1_000 { timestamp += piece.buffer }
    }

    override func end(of element: Element) throws {
        wantsText = false
        header.timestamp = timestamp.withUnsafeBufferPointer { String(decoding: NumberText.trimmed($0), as: UTF8.self) }
    }

    override func end() throws { receive(header) }
}

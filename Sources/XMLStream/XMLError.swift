/// What stopped the reading of an XML document, and where.
public struct XMLError: Error, Sendable {
    /// Stable name of the kind of error, for scripts.
    public enum ID: String, Sendable, CaseIterable {
        /// The document has no content.
        case empty = "xml-empty"
        /// The document ends before its root element does.
        case truncated = "xml-truncated"
        /// The text breaks a rule of XML.
        case notWellFormed = "xml-not-well-formed"
        /// Bytes that are not text in the document's encoding.
        case encoding = "xml-encoding"
        /// An encoding that nobody here can decode.
        case unsupportedEncoding = "xml-unsupported-encoding"
        case fileUnreadable = "xml-file-unreadable"
        case gzipDamaged = "xml-gzip-damaged"
        case gzipTruncated = "xml-gzip-truncated"
        case outOfMemory = "xml-out-of-memory"
        case depthLimit = "xml-depth-limit"
        case elementLimit = "xml-element-limit"
        case attributeLimit = "xml-attribute-limit"
        case attributeSizeLimit = "xml-attribute-size-limit"
        case nameLimit = "xml-name-limit"
        case documentTypeLimit = "xml-dtd-size-limit"
        case textSizeLimit = "xml-text-size-limit"
        case documentSizeLimit = "xml-document-size-limit"
    }

    public var id: ID
    public var message: String
    /// Line and column, counted from 1; 0 when the error has no place in the text.
    public var position: XMLPosition

    public init(_ id: ID, _ message: String, at position: XMLPosition = .none) {
        self.id = id
        self.message = message
        self.position = position
    }
}

/// A place in a text, in lines and characters counted from 1.
@frozen public struct XMLPosition: Sendable, Hashable {
    public var line: Int
    public var column: Int

    @inlinable public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    public static let none = XMLPosition(line: 0, column: 0)
}

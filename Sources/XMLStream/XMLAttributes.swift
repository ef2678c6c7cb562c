/// The attributes of one start tag, where the parser left them: nothing is copied, and nothing outlives the call.
@frozen public struct XMLAttributes {
    /// The code of an attribute from a foreign namespace.
    public static let foreign: Int32 = .min

    public let count: Int
    @usableFromInline let codes: UnsafePointer<Int32>
    /// Per attribute five pointers of libxml2: local name, prefix, namespace, begin and end of the value.
    @usableFromInline let entries: UnsafePointer<UnsafePointer<UInt8>?>
    /// False: no value of this tag holds an entity reference. True: look with ``XMLBytes/containsEntityReference``.
    public let mayHoldEntityReferences: Bool

    @usableFromInline init(
        count: Int, codes: UnsafePointer<Int32>, entries: UnsafePointer<UnsafePointer<UInt8>?>,
        mayHoldEntityReferences: Bool
    ) {
        self.count = count
        self.codes = codes
        self.entries = entries
        self.mayHoldEntityReferences = mayHoldEntityReferences
    }

    /// The handler's number for the name of attribute `index`, which must be in `0..<count`; ``foreign`` when the
    /// attribute belongs to another namespace than its element.
    @inlinable public func code(at index: Int) -> Int32 { codes[index] }

    /// The value of attribute `index`, which must be in `0..<count`.
    @inlinable public func value(at index: Int) -> XMLBytes {
        guard let begin = entries[5 * index + 3], let end = entries[5 * index + 4] else { return .empty }
        return XMLBytes(start: begin, count: end - begin)
    }

    /// The local name of attribute `index`, which must be in `0..<count`.
    public func name(at index: Int) -> String {
        guard let name = entries[5 * index] else { return "" }
        return String(cString: name)
    }
}

/// Bytes of UTF-8 inside the parser's buffer, valid during the call that handed them out.
@frozen public struct XMLBytes {
    public let start: UnsafePointer<UInt8>
    public let count: Int

    @inlinable public init(start: UnsafePointer<UInt8>, count: Int) {
        self.start = start
        self.count = count
    }

    /// Stands for an entity reference in attribute values and text: a character that XML forbids, so that it
    /// cannot have come from the document.
    public static let entityReferenceMark: UInt8 = 0x1A

    /// No bytes.
    public static var empty: XMLBytes { XMLBytes(start: ("" as StaticString).utf8Start, count: 0) }

    @inlinable public var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

    @inlinable public var string: String { String(decoding: buffer, as: UTF8.self) }

    /// Whether the document wrote an entity reference here that was not expanded.
    public var containsEntityReference: Bool { buffer.contains(Self.entityReferenceMark) }

    /// Whether the bytes are those of `text`.
    @inlinable public func equals(_ text: StaticString) -> Bool {
        guard text.hasPointerRepresentation, text.utf8CodeUnitCount == count else { return false }
        let other = text.utf8Start
        for index in 0..<count where start[index] != other[index] { return false }
        return true
    }
}

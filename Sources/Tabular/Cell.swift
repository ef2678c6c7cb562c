/// One cell of a row, where it lies in the chunk.
struct Cell {
    enum Kind: UInt8 {
        /// The row does not have the cell (a key that a JSON object lacks).
        case absent = 0
        /// Delimited text without quotes.
        case plain
        /// Text between quotes, which are not part of the span.
        case quoted
        /// As `quoted`, with doubled quotes or backslash escapes still in it.
        case escaped
        /// A JSON number.
        case number
        case yes
        case no
        case null
        /// A JSON array, brackets included.
        case array

        /// Whether the span is text without quotes around it, which may be a number.
        @inline(__always)
        var isBare: Bool { self == .plain || self == .number }
    }

    var start: UnsafePointer<UInt8>?
    var length: Int32 = 0
    var kind = Kind.absent

    init() {}

    @inline(__always)
    init(_ kind: Kind, _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) {
        self.kind = kind
        self.start = start
        length = Int32(truncatingIfNeeded: end - start)
    }

    /// The bytes as they stand in the data.
    @inline(__always)
    var raw: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: Int(length)) }
}

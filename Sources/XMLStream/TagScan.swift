/// Counts the attributes of start tags that are longer than what is read at once.
///
/// libxml2 compares the names of a tag's attributes with one another before it hands any of them out, which takes minutes for a
/// few million. Here a tag is only followed over the ends of pieces: what fits a piece has few enough for that.
/// https://www.w3.org/TR/xml/#NT-STag
struct TagScan {
    private enum Place {
        case outside
        /// Behind `<`, of which the next byte tells what it begins.
        case opened
        case inside
    }
    private let limit: Int
    private var place = Place.outside
    /// The quote that ends the value that is being read; 0 outside values.
    private var quote: UInt8 = 0
    private var equals = 0

    init(limit: Int) { self.limit = limit }

    /// Takes the next bytes of the document.
    ///
    /// - Returns: whether a tag has more attributes than the limit.
    mutating func exceeds(_ bytes: UnsafeRawBufferPointer) -> Bool {
        // The shortest attribute is ` a=""`: a piece of this size has no more than are allowed, or no more than take a moment.
        let size = max(16_384, limit.multipliedReportingOverflow(by: 5).partialValue)
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + size)
            if take(UnsafeRawBufferPointer(rebasing: bytes[start..<end])) { return true }
            start = end
        }
        return false
    }

    private mutating func take(_ piece: UnsafeRawBufferPointer) -> Bool {
        var position = 0
        if place != .outside {
            position = follow(piece, from: 0)
            if place != .outside { return equals > limit }
        }
        guard let last = piece[position...].lastIndex(of: UInt8(ascii: "<")) else { return false }
        (place, quote, equals) = (.opened, 0, 0)
        _ = follow(piece, from: last + 1)
        return equals > limit
    }

    /// Goes through a tag to its end, or to that of the piece, or until it has too many attributes.
    ///
    /// - Returns: the place behind.
    private mutating func follow(_ piece: UnsafeRawBufferPointer, from start: Int) -> Int {
        for index in start..<piece.count {
            let byte = piece[index]
            if place == .opened {
                place = byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "/") ? .outside : .inside
                if place == .outside { return index }
            }
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: "=") {
                equals += 1
                if equals > limit { return index }
            } else if byte == UInt8(ascii: ">") {
                (place, equals) = (.outside, 0)
                return index
            } else if byte == UInt8(ascii: "<") {
                (place, equals) = (.opened, 0)
            }
        }
        return piece.count
    }
}

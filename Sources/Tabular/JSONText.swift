import Evaluation

/// The words of JSON: strings, numbers, the three names. https://www.rfc-editor.org/rfc/rfc8259
package enum JSONText {
    @inline(__always)
    static func skipBlanks(_ p: inout UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>) {
        while p < limit && (p.pointee == 32 || p.pointee == 9 || p.pointee == 10 || p.pointee == 13) { p += 1 }
    }

    /// Reads a string whose opening quote is at `p`; nil, with `p` at the place, when it is malformed.
    @inline(__always)
    static func string(_ p: inout UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>) -> Cell? {
        var kind = Cell.Kind.quoted
        var q = p + 1
        let start = q
        while q < limit {
            let byte = q.pointee
            if byte == 34 {
                p = q + 1
                return Cell(kind, start, q)
            }
            if byte == UInt8(ascii: "\\") {
                kind = .escaped
                guard let length = escapeLength(q, limit) else { break }
                q += length
                continue
            }
            if byte < 32 { break }
            q += 1
        }
        p = q
        return nil
    }

    /// How many bytes the escape at `p` takes; nil when it is none.
    private static func escapeLength(_ p: UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>) -> Int? {
        guard p + 1 < limit else { return nil }
        switch p[1] {
        case 34, UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            return 2
        case UInt8(ascii: "u"):
            return limit - p >= 6 && hexadecimal(p + 2) != nil ? 6 : nil
        default:
            return nil
        }
    }

    /// The value of four hexadecimal digits.
    static func hexadecimal(_ p: UnsafePointer<UInt8>) -> UInt32? {
        var value: UInt32 = 0
        for index in 0..<4 {
            let byte = p[index]
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte &- 48
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte &- 87
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte &- 55
            default: return nil
            }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    /// Reads a string, number or name at `p`; nil, with `p` at the place, when there is none.
    @inline(__always)
    static func scalar(_ p: inout UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>) -> Cell? {
        guard p < limit else { return nil }
        switch p.pointee {
        case 34: return string(&p, limit)
        case UInt8(ascii: "t"): return word("true", .yes, &p, limit)
        case UInt8(ascii: "f"): return word("false", .no, &p, limit)
        case UInt8(ascii: "n"): return word("null", .null, &p, limit)
        case UInt8(ascii: "N"): return word("NaN", .number, &p, limit)
        case UInt8(ascii: "I"): return word("Infinity", .number, &p, limit)
        default: return number(&p, limit)
        }
    }

    /// Where the string, number or name at `p` ends; nil when there is none.
    package static func end(of p: UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
        var end = p
        return scalar(&end, limit) == nil ? nil : end
    }

    private static func word(
        _ text: StaticString, _ kind: Cell.Kind, _ p: inout UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>
    ) -> Cell? {
        let start = p
        guard limit - p >= text.utf8CodeUnitCount else { return nil }
        for index in 0..<text.utf8CodeUnitCount where p[index] != text.utf8Start[index] { return nil }
        p += text.utf8CodeUnitCount
        return Cell(kind, start, p)
    }

    /// A number by JSON's grammar, or `-Infinity`.
    @inline(__always)
    private static func number(_ p: inout UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>) -> Cell? {
        let start = p
        if p.pointee == UInt8(ascii: "-") {
            p += 1
            if p < limit && p.pointee == UInt8(ascii: "I") {
                guard word("Infinity", .number, &p, limit) != nil else { return nil }
                return Cell(.number, start, p)
            }
        }
        let whole = p
        guard digits(&p, limit) > 0 else { return nil }
        if whole.pointee == 48 && p - whole > 1 {
            p = whole
            return nil
        }
        if p < limit && p.pointee == UInt8(ascii: ".") {
            p += 1
            guard digits(&p, limit) > 0 else { return nil }
        }
        if p < limit && p.pointee | 0x20 == UInt8(ascii: "e") {
            p += 1
            if p < limit && (p.pointee == UInt8(ascii: "-") || p.pointee == UInt8(ascii: "+")) { p += 1 }
            guard digits(&p, limit) > 0 else { return nil }
        }
        return Cell(.number, start, p)
    }

    @inline(__always)
    private static func digits(_ p: inout UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>) -> Int {
        let start = p
        while p < limit && p.pointee &- 48 <= 9 { p += 1 }
        return p - start
    }

    /// Whether the whole text is a number by JSON's grammar, so that it can stand in JSON as it is.
    static func isNumber(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard var p = text.baseAddress, text.count > 0, text[text.count - 1] &- 48 <= 9 else { return false }
        let limit = p + text.count
        guard number(&p, limit) != nil else { return false }
        return p == limit
    }

    /// The elements of an array, one after the other.
    struct Elements {
        enum Step { case element, end, malformed }
        private(set) var cell = Cell()
        private var isFirst = true

        /// Starts at an opening bracket, and steps over it.
        init(_ p: inout UnsafePointer<UInt8>) { p += 1 }

        mutating func next(_ p: inout UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>) -> Step {
            skipBlanks(&p, limit)
            guard p < limit else { return .malformed }
            if p.pointee == UInt8(ascii: "]") {
                p += 1
                return .end
            }
            if !isFirst {
                guard p.pointee == UInt8(ascii: ",") else { return .malformed }
                p += 1
                skipBlanks(&p, limit)
            }
            isFirst = false
            guard let element = scalar(&p, limit) else { return .malformed }
            cell = element
            return .element
        }
    }

    /// Appends a string's text with its escapes resolved. A surrogate without its partner becomes U+FFFD.
    package static func unescape(_ raw: UnsafeBufferPointer<UInt8>, into out: inout ByteWriter) {
        var index = 0
        while index < raw.count {
            let byte = raw[index]
            if byte != UInt8(ascii: "\\") || index &+ 1 >= raw.count {
                out.append(byte)
                index &+= 1
                continue
            }
            let kind = raw[index &+ 1]
            index &+= 2
            switch kind {
            case UInt8(ascii: "b"): out.append(8)
            case UInt8(ascii: "f"): out.append(12)
            case UInt8(ascii: "n"): out.append(10)
            case UInt8(ascii: "r"): out.append(13)
            case UInt8(ascii: "t"): out.append(9)
            case UInt8(ascii: "u"):
                var scalar = unit(raw, index) ?? 0xFFFD
                index &+= 4
                if scalar & 0xFC00 == 0xD800, index &+ 6 <= raw.count, raw[index] == UInt8(ascii: "\\"),
                    raw[index &+ 1] == UInt8(ascii: "u"), let low = unit(raw, index &+ 2), low & 0xFC00 == 0xDC00
                {
                    scalar = 0x10000 &+ ((scalar & 0x3FF) << 10 | low & 0x3FF)
                    index &+= 6
                }
                for byte in UTF8.encode(Unicode.Scalar(scalar) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter {
                    out.append(byte)
                }
            default: out.append(kind)
            }
        }
    }

    private static func unit(_ raw: UnsafeBufferPointer<UInt8>, _ index: Int) -> UInt32? {
        guard let base = raw.baseAddress, index &+ 4 <= raw.count else { return nil }
        return hexadecimal(base + index)
    }

    /// Appends text as a JSON string, quotes included.
    package static func quote(_ text: UnsafeBufferPointer<UInt8>, into out: inout ByteWriter) {
        out.append(34)
        var pending = 0
        for index in 0..<text.count {
            let byte = text[index]
            if byte >= 32 && byte != 34 && byte != UInt8(ascii: "\\") { continue }
            out.append(UnsafeBufferPointer(rebasing: text[pending..<index]))
            pending = index &+ 1
            out.append(UInt8(ascii: "\\"))
            switch byte {
            case 34, UInt8(ascii: "\\"): out.append(byte)
            case 10: out.append(UInt8(ascii: "n"))
            case 13: out.append(UInt8(ascii: "r"))
            case 9: out.append(UInt8(ascii: "t"))
            default:
                out.append("u00")
                out.append(48 &+ byte >> 4)
                let low = byte & 15
                out.append(low < 10 ? 48 &+ low : 87 &+ low)
            }
        }
        out.append(UnsafeBufferPointer(rebasing: text[pending..<text.count]))
        out.append(34)
    }
}

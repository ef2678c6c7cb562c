import Evaluation
import Tabular

// https://www.rfc-editor.org/rfc/rfc8259

extension JSON {
    /// The value of a JSON text; nil when it is not well-formed, is not UTF-8, or nests more than 200 levels deep.
    ///
    /// A number beyond binary64's range is infinite. `NaN`, `Infinity` and `-Infinity` are numbers, as many programs write them.
    package init?(_ bytes: [UInt8]) {
        let parsed: JSON? = bytes.withUnsafeBufferPointer { bytes in
            guard isValidUTF8(bytes) else { return nil }
            // The mark that some editors put before a text.
            let start = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
            var parser = Parser(bytes: bytes, at: start)
            guard let value = parser.value(depth: 0) else { return nil }
            parser.skipBlanks()
            return parser.at == bytes.count ? value : nil
        }
        guard let parsed else { return nil }
        self = parsed
    }

    private struct Parser {
        let bytes: UnsafeBufferPointer<UInt8>
        var at: Int

        mutating func skipBlanks() {
            while at < bytes.count, [32, 9, 10, 13].contains(bytes[at]) { at += 1 }
        }

        mutating func take(_ byte: UInt8) -> Bool {
            skipBlanks()
            guard at < bytes.count, bytes[at] == byte else { return false }
            at += 1
            return true
        }

        mutating func value(depth: Int) -> JSON? {
            skipBlanks()
            guard at < bytes.count else { return nil }
            switch bytes[at] {
            case UInt8(ascii: "{"): return depth < 200 ? object(depth) : nil
            case UInt8(ascii: "["): return depth < 200 ? array(depth) : nil
            case UInt8(ascii: "\""): return string().map(JSON.string)
            default: return word()
            }
        }

        private mutating func object(_ depth: Int) -> JSON? {
            at += 1
            var members: [Member] = []
            if take(UInt8(ascii: "}")) { return .object([]) }
            repeat {
                skipBlanks()
                guard let name = string(), take(UInt8(ascii: ":")), let value = value(depth: depth + 1) else { return nil }
                members.append(Member(name: name, value: value))
            } while take(UInt8(ascii: ","))
            return take(UInt8(ascii: "}")) ? .object(members) : nil
        }

        private mutating func array(_ depth: Int) -> JSON? {
            at += 1
            var items: [JSON] = []
            if take(UInt8(ascii: "]")) { return .array([]) }
            repeat {
                guard let value = value(depth: depth + 1) else { return nil }
                items.append(value)
            } while take(UInt8(ascii: ","))
            return take(UInt8(ascii: "]")) ? .array(items) : nil
        }

        private mutating func string() -> String? {
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\""), let span = scalar() else { return nil }
            var text = ByteWriter()
            JSONText.unescape(UnsafeBufferPointer(rebasing: span.dropFirst().dropLast()), into: &text)
            return text.text()
        }

        /// A number or one of the three names.
        private mutating func word() -> JSON? {
            guard let span = scalar() else { return nil }
            switch span.first {
            case UInt8(ascii: "n"): return .null
            case UInt8(ascii: "t"): return .boolean(true)
            case UInt8(ascii: "f"): return .boolean(false)
            default: return NumberParsing.double(UnsafeBufferPointer(rebasing: span)).map(JSON.number)
            }
        }

        /// The bytes of a string, quotes included, or of a number or name.
        private mutating func scalar() -> Slice<UnsafeBufferPointer<UInt8>>? {
            guard let base = bytes.baseAddress, let end = JSONText.end(of: base + at, base + bytes.count) else { return nil }
            defer { at = end - base }
            return bytes[at..<end - base]
        }
    }
}

import Evaluation
import Tabular

// https://www.rfc-editor.org/rfc/rfc8259

extension JSON {
    /// The value of a JSON text; nil when it is not well-formed, or nests more than 200 levels deep.
    package init?(_ bytes: [UInt8]) {
        let parsed: JSON? = bytes.withUnsafeBufferPointer { bytes in
            var parser = Parser(bytes: bytes)
            guard let value = parser.value(depth: 0) else { return nil }
            parser.skipBlanks()
            return parser.at == bytes.count ? value : nil
        }
        guard let parsed else { return nil }
        self = parsed
    }

    private struct Parser {
        let bytes: UnsafeBufferPointer<UInt8>
        var at = 0

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
            if depth > 200 { return nil }
            skipBlanks()
            guard at < bytes.count else { return nil }
            switch bytes[at] {
            case UInt8(ascii: "{"): return object(depth)
            case UInt8(ascii: "["): return array(depth)
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
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { return nil }
            let start = at + 1
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "\"") { end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1 }
            guard end < bytes.count else { return nil }
            at = end + 1
            var text = ByteWriter()
            JSONText.unescape(UnsafeBufferPointer(rebasing: bytes[start..<end]), into: &text)
            return text.text()
        }

        /// A number or one of the three names.
        private mutating func word() -> JSON? {
            let start = at
            while at < bytes.count, ![32, 9, 10, 13, UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}")].contains(bytes[at]) { at += 1 }
            let span = UnsafeBufferPointer(rebasing: bytes[start..<at])
            switch String(decoding: span, as: UTF8.self) {
            case "null": return .null
            case "true": return .boolean(true)
            case "false": return .boolean(false)
            default: return NumberParsing.double(span).map(JSON.number)
            }
        }
    }
}

import Evaluation
import Tabular

/// A JSON value, for reports and case descriptions. Members keep their order.
package enum JSON: Sendable, Equatable {
    case null
    case boolean(Bool)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([Member])

    package struct Member: Sendable, Equatable {
        package var name: String
        package var value: JSON
        package init(name: String, value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// An object from names and values; nil values are left out.
    package static func members(_ pairs: KeyValuePairs<String, JSON?>) -> JSON {
        .object(pairs.compactMap { pair in pair.value.map { Member(name: pair.key, value: $0) } })
    }

    package static func int(_ value: Int) -> JSON { .number(Double(value)) }
    package static func strings(_ values: [String]) -> JSON { .array(values.map(JSON.string)) }

    /// The member of an object.
    package subscript(_ name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }

    package var text: String? {
        if case .string(let text) = self { return text }
        return nil
    }

    package var double: Double? {
        if case .number(let number) = self { return number }
        return nil
    }

    package var isObject: Bool {
        if case .object = self { return true }
        return false
    }

    package var items: [JSON]? {
        if case .array(let items) = self { return items }
        return nil
    }

    /// The JSON text: on one line, or indented by one blank for each level.
    package func printed(indented: Bool = false) -> String {
        var out = ByteWriter()
        write(to: &out, indent: indented ? 0 : nil)
        return out.text()
    }

    private func write(to out: inout ByteWriter, indent: Int?) {
        switch self {
        case .null: out.append("null")
        case .boolean(let flag): if flag { out.append("true") } else { out.append("false") }
        case .number(let number): if number.isFinite { out.append(number: number) } else { out.append("null") }
        case .string(let text): JSON.quote(text, to: &out)
        case .array(let items):
            JSON.writeItems(items.count, "[", "]", to: &out, indent: indent) { index, out, indent in
                items[index].write(to: &out, indent: indent)
            }
        case .object(let members):
            JSON.writeItems(members.count, "{", "}", to: &out, indent: indent) { index, out, indent in
                JSON.quote(members[index].name, to: &out)
                out.append(UInt8(ascii: ":"))
                if indent != nil { out.append(UInt8(ascii: " ")) }
                members[index].value.write(to: &out, indent: indent)
            }
        }
    }

    private static func writeItems(
        _ count: Int, _ open: StaticString, _ close: StaticString, to out: inout ByteWriter, indent: Int?,
        _ item: (Int, inout ByteWriter, Int?) -> Void
    ) {
        let inner = indent.map { $0 + 1 }
        out.append(open)
        for index in 0..<count {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            newLine(inner, to: &out)
            item(index, &out, inner)
        }
        if count > 0 { newLine(indent, to: &out) }
        out.append(close)
    }

    private static func newLine(_ indent: Int?, to out: inout ByteWriter) {
        guard let indent else { return }
        out.append(10)
        for _ in 0..<indent { out.append(UInt8(ascii: " ")) }
    }

    private static func quote(_ text: String, to out: inout ByteWriter) {
        var text = text
        text.withUTF8 { JSONText.quote($0, into: &out) }
    }
}

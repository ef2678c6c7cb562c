import DecimalText
import ModelTree

/// Writes XML into a buffer and hands it on in pieces: elements, attributes and text, each checked against what the
/// version knows.
///
/// Names are literals, values go from where they lie straight into the buffer. What the version cannot say is kept in
/// ``problems``; writing goes on, so that all of it is found.
final class MarkupWriter {
    /// Receives the document piece by piece.
    typealias Sink = (UnsafeBufferPointer<UInt8>) throws -> Void

    private struct Open {
        var name: StaticString
        /// What the version lacks of the element; nil: nothing.
        var facts: [VersionFact]?
        var hasText = false
        var hasChildren = false
    }

    let version: PMMLVersion
    /// The source of what is being written, for messages.
    var place = SourceLocation.none
    private(set) var problems: [Diagnostic] = []
    /// The first error of the sink; nothing is written after it.
    private(set) var failure: (any Error)?
    private let lookup: VersionLookup
    private let sink: Sink
    // One call comes after another, so these need no check that accesses do not overlap.
    @exclusivity(unchecked) private var out = ByteWriter(capacity: 1 << 18)
    @exclusivity(unchecked) private var open: [Open] = []
    @exclusivity(unchecked) private var isTagOpen = false

    private static let pieceSize = 1 << 17
    private static let deepestIndent = 24
    private static let problemLimit = 10_000

    init(_ version: PMMLVersion, _ sink: @escaping Sink) {
        self.version = version
        self.sink = sink
        lookup = VersionLookup(version)
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
    }

    /// Ends the document.
    func finish() {
        out.append(UInt8(ascii: "\n"))
        flush()
    }

    private func flush() {
        if failure == nil {
            do { try out.withBytes(sink) } catch { failure = error }
        }
        out.removeAll()
    }

    // MARK: Elements

    func begin(_ name: StaticString) {
        closeTag()
        breakLine()
        if !open.isEmpty { open[open.count &- 1].hasChildren = true }
        out.append(UInt8(ascii: "<"))
        out.append(name)
        isTagOpen = true
        checkChild(name)
        open.append(Open(name: name, facts: lookup.facts(of: name)))
    }

    func end() {
        guard let element = open.popLast() else { return }
        if isTagOpen {
            out.append("/>")
            isTagOpen = false
        } else {
            if !element.hasText && element.hasChildren { breakLine() }
            out.append("</")
            out.append(element.name)
            out.append(UInt8(ascii: ">"))
        }
        if out.count >= Self.pieceSize { flush() }
    }

    /// Writes an element at a place in the source.
    func element(_ name: StaticString, at location: SourceLocation? = nil, _ content: () -> Void = {}) {
        let outer = place
        if let location { place = location }
        begin(name)
        content()
        end()
        place = outer
    }

    /// Whether the version has a child in the element that is open; to be asked for children that may be left out.
    func knows(child name: StaticString) -> Bool {
        open.last?.facts?.contains { $0.kind == .child && $0.member == name.description } != true
    }

    /// An element whose name is known only now, with text: a cell of a table.
    func cell(_ name: String, _ value: String) {
        closeTag()
        if !open.isEmpty { open[open.count &- 1].hasText = true }
        out.append(UInt8(ascii: "<"))
        out.append(name)
        out.append(UInt8(ascii: ">"))
        escape(value, inAttribute: false)
        out.append("</")
        out.append(name)
        out.append(UInt8(ascii: ">"))
    }

    private func closeTag() {
        if isTagOpen { out.append(UInt8(ascii: ">")) }
        isTagOpen = false
    }

    private func breakLine() {
        out.append(UInt8(ascii: "\n"))
        for _ in 0..<min(open.count, Self.deepestIndent) { out.append(UInt8(ascii: "\t")) }
    }

    // MARK: Attributes

    func attribute(_ name: StaticString, _ value: String?) {
        guard let value, allows(name, value) else { return }
        start(name)
        escape(value, inAttribute: true)
        out.append(UInt8(ascii: "\""))
    }

    func attribute(_ name: StaticString, number: Double?) {
        guard let number, allows(name) else { return }
        start(name)
        out.append(number: number)
        out.append(UInt8(ascii: "\""))
    }

    func attribute(_ name: StaticString, integer: Int?) {
        guard let integer, allows(name) else { return }
        start(name)
        out.append(integer: integer)
        out.append(UInt8(ascii: "\""))
    }

    func attribute(_ name: StaticString, flag: Bool) { attribute(name, flag ? "true" : "false") }

    /// A PROB-NUMBER, which has no exponent before version 4.3.
    func attribute(_ name: StaticString, share: Double?) {
        guard let share else { return }
        if version >= .v4_3 { return attribute(name, number: share) }
        guard let text = NumberPrinting.decimalText(share) else {
            return block("\(elementName)@\(name) is \(NumberPrinting.text(share)), which is no decimal number")
        }
        attribute(name, text)
    }

    /// Bytes of UTF-8.
    func attribute(_ name: StaticString, bytes: UnsafeBufferPointer<UInt8>) {
        if bytes.contains(where: { $0 >= 0x80 }) || open.last?.facts != nil { return attribute(name, String(decoding: bytes, as: UTF8.self)) }
        start(name)
        escape(bytes, inAttribute: true)
        out.append(UInt8(ascii: "\""))
    }

    private func start(_ name: StaticString) {
        out.append(UInt8(ascii: " "))
        out.append(name)
        out.append("=\"")
    }

    // MARK: What the schema has no word for

    /// Writes an `Extension` that stands for an attribute the schema lacks; the reader takes it as that attribute. It must be
    /// the first of the element's children.
    func extend(_ name: StaticString, _ value: String) {
        begin("Extension")
        attribute("name", name.description)
        attribute("value", value)
        end()
    }

    // MARK: Text

    func text(_ value: String) {
        beginText()
        escape(value, inAttribute: false)
    }

    func text(number: Double) {
        beginText()
        out.append(number: number)
    }

    func space() { out.append(UInt8(ascii: " ")) }

    private func beginText() {
        closeTag()
        if !open.isEmpty { open[open.count &- 1].hasText = true }
        if out.count >= Self.pieceSize { flush() }
    }

    // MARK: Escaping

    private func escape(_ value: String, inAttribute: Bool) {
        var value = value
        value.withUTF8 { escape($0, inAttribute: inAttribute) }
    }

    private func escape(_ bytes: UnsafeBufferPointer<UInt8>, inAttribute: Bool) {
        var start = 0
        var at = 0
        let count = bytes.count
        while at < count {
            let byte = bytes[at]
            // Of bytes from 64 on only the first of U+FFFE and U+FFFF can be out of place.
            if byte < 64 ? Self.special >> UInt64(byte) & 1 == 0 : byte != 0xEF {
                at &+= 1
                continue
            }
            out.append(UnsafeBufferPointer(rebasing: bytes[start..<at]))
            start = at &+ 1
            switch byte {
            case UInt8(ascii: "&"): out.append("&amp;")
            case UInt8(ascii: "<"): out.append("&lt;")
            case UInt8(ascii: ">"): out.append("&gt;")
            case UInt8(ascii: "\""): if inAttribute { out.append("&quot;") } else { start = at }
            case 9, 10: if inAttribute { out.append(byte == 9 ? "&#9;" : "&#10;") } else { start = at }
            case 13: out.append("&#13;")
            case 0xEF:
                start = at
                if at &+ 2 < count, bytes[at &+ 1] == 0xBF, bytes[at &+ 2] >= 0xBE { unwritable(0xFF40 | UInt32(bytes[at &+ 2])) }
            default: unwritable(UInt32(byte))
            }
            at &+= 1
        }
        out.append(UnsafeBufferPointer(rebasing: bytes[start..<count]))
    }

    /// Controls, `"`, `&`, `<` and `>`.
    private static let special: UInt64 = 0xFFFF_FFFF | 1 << 34 | 1 << 38 | 1 << 60 | 1 << 62

    private func unwritable(_ scalar: UInt32) {
        let digits = String(scalar, radix: 16, uppercase: true)
        let code = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        problem(.unwritableText, "the text of \(elementName) holds the character U+\(code), which XML cannot hold")
    }

    // MARK: Problems

    var elementName: String { open.last?.name.description ?? "the document" }

    /// Notes something that the version cannot say.
    func block(_ message: String) { problem(.newerMarkup, message) }

    func problem(_ id: WriteErrorID, _ message: String) {
        guard problems.count < Self.problemLimit else { return }
        let made = Diagnostic(id: id.rawValue, severity: .error, message: message, location: place)
        if let last = problems.last, last.message == message, last.location == place { return }
        problems.append(made)
    }

    /// Whether the version has the attribute, with the value; notes a problem where it has not and that matters.
    private func allows(_ name: StaticString, _ value: String? = nil) -> Bool {
        guard let facts = open.last?.facts else { return true }
        for fact in facts where fact.kind == .attribute && fact.member == name.description {
            guard fact.values.isEmpty || value.map(fact.values.contains) == true else { continue }
            if fact.remedy != .leavesOut { block(fact.complaint(value)) }
            return false
        }
        return true
    }

    private func checkChild(_ name: StaticString) {
        for fact in lookup.facts(of: name) ?? [] where fact.kind == .element { block(fact.complaint(nil)) }
        for fact in open.last?.facts ?? [] where fact.kind == .child && fact.member == name.description { block(fact.complaint(nil)) }
    }

    /// Notes a problem if the version lacks something that is neither an element nor an attribute.
    func requires(_ member: String) {
        for fact in open.last?.facts ?? [] where fact.kind == .rule && fact.member == member { block(fact.complaint(nil)) }
    }
}

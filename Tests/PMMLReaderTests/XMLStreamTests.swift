import Foundation
import Testing
import XMLStream

/// Writes the events down.
private final class Recorder: XMLHandler {
    let stream: XMLStream
    var names: [String] = []
    var events: [String] = []
    init(_ stream: XMLStream) { self.stream = stream }

    override func code(ofName name: XMLBytes) -> Int32 {
        names.append(name.string)
        return Int32(names.count - 1)
    }
    override func code(ofNamespace namespace: XMLBytes) -> Int32 { Int32(namespace.count) }

    override func start(element: Int32, namespace: Int32, attributes: XMLAttributes) throws {
        var event = "\(stream.startTagPosition.line):\(stream.startTagPosition.column) \(names[Int(element)])"
        for index in 0..<attributes.count {
            let value = attributes.value(at: index)
            event += " \(attributes.name(at: index))=\(value.containsEntityReference ? "ENTITY" : value.string)"
        }
        events.append(event)
        stream.wantsText = true
        if names[Int(element)] == "stop" { throw Stop() }
    }
    override func end() throws { stream.wantsText = false }
    override func text(_ piece: XMLBytes) throws { events.append(piece.containsEntityReference ? "ENTITY" : "'\(piece.string)'") }
}

private struct Stop: Error {}

private func events(_ bytes: [UInt8], limits: XMLLimits = XMLLimits()) throws -> [String] {
    let stream = XMLStream(limits: limits)
    let recorder = Recorder(stream)
    try stream.parse(.bytes(bytes), handler: recorder)
    return recorder.events
}

private func events(_ text: String, limits: XMLLimits = XMLLimits()) throws -> [String] {
    try events(Array(text.utf8), limits: limits)
}

@Suite struct XMLStreamTests {
    @Test func valuesComeUnescaped() throws {
        #expect(try events("<a x='&lt;&amp;&#65;'>&gt;</a>") == ["1:1 a x=<&A", "'>'"])
    }

    @Test func positionsAreThoseOfTheStartTag() throws {
        let text = "<?xml version='1.0'?>\n<!-- c\n\n-->\n   <a\n  x='1'\n  ><!-- x\n --><b/><é\n/><c/></a>"
        #expect(try events(text).filter { !$0.hasPrefix("'") } == ["5:4 a x=1", "8:5 b", "8:9 é", "9:3 c"])
    }

    @Test func linesPast65535() throws {
        #expect(try events("<a>" + String(repeating: "\n", count: 70_000) + "<b/></a>").last == "70001:1 b")
    }

    @Test func entitiesAreMarkedNotExpanded() throws {
        var text = "<!DOCTYPE a [<!ENTITY l0 'lol'><!ATTLIST a d CDATA 'default'>"
        for level in 1...20 { text += "<!ENTITY l\(level) '" + String(repeating: "&l\(level - 1);", count: 10) + "'>" }
        text += "<!ENTITY file SYSTEM 'file:///etc/passwd'>]>\n"
        #expect(
            try events(text + "<a x='&l20;' y='1'>&l20;<b z='&file;'/></a>")
                == ["2:1 a x=ENTITY y=1", "ENTITY", "2:25 b z=ENTITY"])
    }

    @Test func undeclaredEntityWithoutDocumentTypeIsAnError() {
        let error = #expect(throws: XMLError.self) { try events("<a x='&e;'/>") }
        #expect(error?.id == .notWellFormed)
    }

    @Test(arguments: [
        String.Encoding.utf16BigEndian, .utf16LittleEndian, .isoLatin1, .utf8,
    ])
    func encodings(_ encoding: String.Encoding) throws {
        let names: [String.Encoding: String] = [.utf16BigEndian: "UTF-16", .utf16LittleEndian: "UTF-16", .isoLatin1: "ISO-8859-1", .utf8: "UTF-8"]
        let body = String(repeating: "<b v='é'>ü</b>", count: 20_000)
        let text = "<?xml version='1.0' encoding='\(names[encoding] ?? "")'?><a>\(body)</a>"
        var bytes = Array(try #require(text.data(using: encoding)))
        if encoding == .utf16BigEndian { bytes = [0xFE, 0xFF] + bytes }
        if encoding == .utf16LittleEndian { bytes = [0xFF, 0xFE] + bytes }
        if encoding == .utf8 { bytes = [0xEF, 0xBB, 0xBF] + bytes }
        let found = try events(bytes)
        #expect(found.count == 40_001)
        #expect(found.suffix(2).last == "'ü'")
    }

    @Test func deepDocuments() throws {
        let deep = String(repeating: "<a>", count: 100_000) + String(repeating: "</a>", count: 100_000)
        #expect(try events(deep).count == 100_000)
    }

    @Test func theHandlersErrorEndsTheParse() {
        #expect(throws: Stop.self) { try events("<a><stop/><b/></a>") }
    }

    @Test func limits() {
        func id(_ text: String, _ set: (inout XMLLimits) -> Void) -> XMLError.ID? {
            var limits = XMLLimits()
            set(&limits)
            do {
                _ = try events(text, limits: limits)
                return nil
            } catch { return (error as? XMLError)?.id }
        }
        #expect(id("<a><a><a/></a></a>") { $0.depth = 2 } == .depthLimit)
        #expect(id("<a><a/><a/></a>") { $0.elements = 2 } == .elementLimit)
        #expect(id("<a b='' c=''/>") { $0.attributes = 1 } == .attributeLimit)
        #expect(id("<a xmlns:b='u'><a xmlns:c='u'><a xmlns:d='u'/></a></a>") { $0.attributes = 1 } == .attributeLimit)
        #expect(id("<a><b><c/></b></a>") { $0.names = 5 } == .nameLimit)
        #expect(id("<!DOCTYPE a [<!-- \(String(repeating: "c", count: 9_000)) -->]><a/>") { $0.dtdBytes = 100 } == .documentTypeLimit)
        #expect(id("<!DOCTYPE a [<!ENTITY b 'c'>]><a><!-- \(String(repeating: "c", count: 9_000)) --></a>") { $0.dtdBytes = 100 } == nil)
        #expect(id("<a b='12345'/>") { $0.attributeBytes = 4 } == .attributeSizeLimit)
        #expect(id("<a>12345</a>") { $0.textBytes = 4 } == .textSizeLimit)
        #expect(id("<a>12345</a>") { $0.documentBytes = 10 } == .documentSizeLimit)
        #expect(id("<a><a b='1234'>12</a></a>") { $0.depth = 2; $0.attributeBytes = 4; $0.textBytes = 2 } == nil)
    }
}

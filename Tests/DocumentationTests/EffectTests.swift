import Foundation
import Pommel
import Testing

/// That an attribute is called supported or ignored is tried: its value is changed, and the compiled model looked at.
@Suite struct EffectTests {
    /// Another value of a supported attribute makes another model, or none.
    @Test func supportedAttributesMatter() throws {
        let support = try Support.found.get()
        var idle: [String] = []
        for (attribute, element) in attributes(.supported, support) {
            let cases = support.sightings.used[.attribute(attribute.name, of: element)] ?? []
            if !cases.prefix(Self.mostCases).contains(where: { matters(attribute, of: element, in: $0) }) { idle.append("\(element)@\(attribute.name)") }
        }
        #expect(idle == [])
    }

    /// Another value of an ignored attribute makes the same program.
    @Test func ignoredAttributesDoNotMatter() throws {
        let support = try Support.found.get()
        for (attribute, element) in attributes(.ignored, support) {
            for name in (support.sightings.ignored[.attribute(attribute.name, of: element)] ?? []).prefix(2) {
                for edit in Self.tags(of: element, attribute.name, in: name).prefix(1) {
                    let isNumber = Double(edit.value(of: attribute.name) ?? "") != nil
                    let programs = (isNumber ? ["1001", "1002"] : ["anything", "otherwise"]).map { value in
                        var edit = edit
                        edit.set(attribute.name, to: value)
                        return Self.model(edit.text).map(Self.program)
                    }
                    #expect(programs[0] != nil && programs[0] == programs[1], "\(element)@\(attribute.name) in \(name)")
                }
            }
        }
    }

    private static let mostCases = 40

    private func attributes(_ status: Support.Status, _ support: Support) -> [(Standard.Attribute, String)] {
        Standard.pages.flatMap(\.elements).flatMap { element in
            element.attributes.filter { support.finding(.attribute($0.name, of: element.name))?.status == status }.map { ($0, element.name) }
        }
    }

    private func matters(_ attribute: Standard.Attribute, of element: String, in name: String) -> Bool {
        for edit in Self.tags(of: element, attribute.name, in: name) {
            guard let original = Self.model(edit.text), let value = edit.value(of: attribute.name) else { continue }
            let others = Self.others(value, attribute).map { other in
                var edit = edit
                edit.set(attribute.name, to: other)
                return edit.text
            }
            if others.contains(where: { Self.model($0).map { Self.bytes($0) != Self.bytes(original) } ?? true }) { return true }
        }
        return false
    }

    /// Values that an attribute might have instead.
    private static func others(_ value: String, _ attribute: Standard.Attribute) -> [String] {
        if !attribute.values.isEmpty { return attribute.values.filter { $0 != value } }
        if value == "true" || value == "false" { return [value == "true" ? "false" : "true"] }
        if let number = Double(value) { return ["\(number + 1)", "\(Int(clamping: Int(number.rounded()) + 1))", "\(number / 2)"] }
        return [value + "x"]
    }

    private static func tags(of element: String, _ attribute: String, in name: String) -> [MarkupEdit] {
        guard let text = try? String(contentsOfFile: "\(Fixtures.folder)/cases/\(name)/model.pmml", encoding: .utf8) else { return [] }
        return MarkupEdit.all(of: element, with: attribute, in: text, most: 3)
    }

    private static func model(_ text: String) -> Model? { try? Model(bytes: Array(text.utf8)) }

    private static func bytes(_ model: Model) -> [UInt8] { model.withNativeBytes { Array($0) } }

    /// The sections that say how to score, without texts for people. (docs/format.md)
    private static func program(_ model: Model) -> [String: [UInt8]] {
        let bytes = bytes(model)
        func word(_ offset: Int) -> Int { (0..<8).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) } }
        let sizes = [1: 1, 2: 4, 3: 4, 4: 8]
        var sections: [String: [UInt8]] = [:]
        for index in 0..<(word(32) & 0xFFFF_FFFF) {
            let entry = word(24) + 64 * index
            let name = String(decoding: bytes[entry..<entry + 16].prefix { $0 != 0 }, as: UTF8.self)
            if ["schema", "strings", "string.offsets", "string.slots"].contains(name) { continue }
            let (start, count) = (word(entry + 24), word(entry + 32) * (sizes[Int(bytes[entry + 16])] ?? 0))
            sections[name] = Array(bytes[start..<start + count])
        }
        return sections
    }
}

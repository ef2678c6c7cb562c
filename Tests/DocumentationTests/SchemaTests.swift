import Foundation
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

/// Our list of names has what the standard's schema has, neither more nor less; where the schema is at hand.
@Suite struct SchemaTests {
    static let path = URL(fileURLWithPath: packageFolder).deletingLastPathComponent().appendingPathComponent("shared/spec/pmml-4-4.xsd").path

    @Test(.enabled(if: FileManager.default.fileExists(atPath: path)))
    func theListIsThatOfTheSchema() throws {
        let schema = try Schema(path: Self.path)
        #expect(Set(Standard.elements.keys) == Set(schema.elements.keys))
        for (name, element) in Standard.elements {
            let found = try #require(schema.elements[name], "\(name)")
            let attributes = schema.attributes(of: found)
            #expect(Set(element.attributes.map(\.name)) == Set(attributes.keys), "\(name)")
            for attribute in element.attributes { #expect(Set(attribute.values) == Set(attributes[attribute.name] ?? []), "\(name)@\(attribute.name)") }
            #expect(Set(element.children) == schema.children(of: found), "\(name)")
            #expect(element.children.count == Set(element.children).count)
        }
    }
}

/// A schema's elements, and what they may hold.
struct Schema {
    private let named: [String: [String: XMLElement]]
    var elements: [String: XMLElement] { named["element"] ?? [:] }

    init(path: String) throws {
        let root = try #require(try XMLDocument(contentsOf: URL(fileURLWithPath: path)).rootElement())
        var named: [String: [String: XMLElement]] = [:]
        for child in Self.children(root) { named[child.localName ?? "", default: [:]][Self.text(child, "name") ?? ""] = child }
        self.named = named
    }

    private static func children(_ node: XMLElement) -> [XMLElement] { (node.children ?? []).compactMap { $0 as? XMLElement } }
    private static func text(_ node: XMLElement, _ name: String) -> String? { (node.attributes ?? []).first { $0.localName == name || $0.name == name }?.stringValue }

    /// A node's parts; a named type's, where it only names one.
    private func parts(_ node: XMLElement) -> [XMLElement] {
        let type = Self.text(node, "type") ?? Self.text(node, "base") ?? ""
        return (named["complexType"]?[type].map(Self.children) ?? []) + Self.children(node)
    }

    /// Attributes by name, each with the values that it chooses from.
    func attributes(of node: XMLElement) -> [String: [String]] {
        var found: [String: [String]] = [:]
        for part in parts(node) {
            if part.localName == "element" { continue }
            if part.localName == "attribute" {
                found[Self.text(part, "name") ?? ""] = values(of: part)
            } else {
                found.merge(attributes(of: part)) { first, _ in first }
            }
        }
        return found
    }

    private func values(of node: XMLElement) -> [String] {
        if let type = Self.text(node, "type") ?? Self.text(node, "base"), let known = named["simpleType"]?[type] { return values(of: known) }
        return Self.children(node).flatMap { $0.localName == "enumeration" ? [Self.text($0, "value") ?? ""] : values(of: $0) }
    }

    func children(of node: XMLElement) -> Set<String> {
        var found: Set<String> = []
        for part in parts(node) {
            switch part.localName {
            case "element": found.insert(Self.text(part, "ref") ?? Self.text(part, "name") ?? "")
            case "group": if let group = named["group"]?[Self.text(part, "ref") ?? ""] { found.formUnion(children(of: group)) }
            case "any": found.insert("*")
            case "attribute": break
            default: found.formUnion(children(of: part))
            }
        }
        return found
    }
}

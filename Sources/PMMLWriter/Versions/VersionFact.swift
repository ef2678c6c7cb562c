/// What one version added to PMML, or took from it, and what becomes of it in the versions that lack it.
public struct VersionFact: Sendable {
    public enum Kind: Sendable {
        case element
        /// An element in this place.
        case child
        /// An attribute, or some of its values.
        case attribute
        /// Something else that the schema allows.
        case rule
    }

    public enum Remedy: Sendable, Equatable {
        /// Nothing older says the same.
        case blocks
        /// It changes no score and is left out.
        case leavesOut
        /// It is said in other words where those mean the same, to the last bit; otherwise it blocks.
        case rewritten(String)
    }

    public var kind: Kind
    public var element: String
    public var member: String
    /// The values of the attribute that are meant; empty: all.
    public var values: [String]
    public var added: PMMLVersion?
    public var removed: PMMLVersion?
    public var remedy: Remedy

    func isLacking(in version: PMMLVersion) -> Bool {
        if let added, version < added { return true }
        if let removed, version >= removed { return true }
        return false
    }

    /// The markup that is meant, `Apply@function="concat"`.
    func markup(_ value: String?) -> String {
        switch kind {
        case .element: "element \(element)"
        case .child: "\(member) inside \(element)"
        case .attribute: "\(element)@\(member)" + (values.isEmpty ? "" : value.map { "=\"\($0)\"" } ?? "")
        case .rule: "\(element) with \(member)"
        }
    }

    func complaint(_ value: String?) -> String {
        if let added { return "\(markup(value)) is new in PMML \(added.rawValue)" }
        return "\(markup(value)) is not in PMML since \(removed?.rawValue ?? "")"
    }
}

extension VersionFact {
    static func element(_ name: String, _ added: PMMLVersion, _ remedy: Remedy = .blocks) -> VersionFact {
        VersionFact(kind: .element, element: name, member: "", values: [], added: added, removed: nil, remedy: remedy)
    }

    static func child(_ name: String, of parent: String, _ added: PMMLVersion, _ remedy: Remedy = .blocks) -> VersionFact {
        VersionFact(kind: .child, element: parent, member: name, values: [], added: added, removed: nil, remedy: remedy)
    }

    static func attribute(_ name: String, of element: String, _ added: PMMLVersion, _ remedy: Remedy = .blocks) -> VersionFact {
        VersionFact(kind: .attribute, element: element, member: name, values: [], added: added, removed: nil, remedy: remedy)
    }

    static func removedAttribute(_ name: String, of element: String, _ removed: PMMLVersion, _ remedy: Remedy) -> VersionFact {
        VersionFact(kind: .attribute, element: element, member: name, values: [], added: nil, removed: removed, remedy: remedy)
    }

    static func values(
        _ values: [String], of attribute: String, in element: String, _ added: PMMLVersion, _ remedy: Remedy = .blocks
    ) -> VersionFact {
        VersionFact(kind: .attribute, element: element, member: attribute, values: values, added: added, removed: nil, remedy: remedy)
    }

    static func rule(_ text: String, of element: String, _ added: PMMLVersion, _ remedy: Remedy = .blocks) -> VersionFact {
        VersionFact(kind: .rule, element: element, member: text, values: [], added: added, removed: nil, remedy: remedy)
    }
}

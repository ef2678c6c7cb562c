// https://dmg.org/pmml/v4-4-1/GeneralStructure.html
import XMLStream

/// Tells PMML's namespaces from others.
///
/// Producers write `http://www.dmg.org/PMML-4_4`, with https, with `v4-2-1` or with no namespace at all; the namespace of
/// the root element counts as PMML's whatever it is.
struct Namespaces {
    static let pmml: Int32 = 0
    static let foreign: Int32 = 1

    /// The root element's namespace; nil before the root.
    private(set) var root: String?
    /// The version that the root's namespace names, `4.4`.
    var rootVersion: String? { root.flatMap(Self.version) }
    /// Whether the root has a namespace that is not one of PMML's: those end in `PMML-4_4` or the like.
    var isRootUnknown: Bool { root.map { !$0.isEmpty && (Self.version(in: $0) == nil || !$0.contains("/PMML-")) } ?? false }
    var isRootMissing: Bool { root?.isEmpty ?? true }

    mutating func code(of namespace: XMLBytes) -> Int32 {
        let text = namespace.string
        if root == nil {
            root = text
            return Self.pmml
        }
        return text.isEmpty || text == root || Self.version(in: text) != nil ? Self.pmml : Self.foreign
    }

    /// The version in one of PMML's namespaces; nil for another namespace.
    static func version(in namespace: String) -> String? {
        var rest = Substring(namespace)
        for scheme in ["http://", "https://"] where rest.hasPrefix(scheme) { rest = rest.dropFirst(scheme.count) }
        if rest.hasPrefix("www.") { rest = rest.dropFirst(4) }
        guard rest.hasPrefix("dmg.org/") else { return nil }
        rest = rest.dropFirst("dmg.org/".count)
        for prefix in ["PMML-", "PMML_", "pmml/v", "pmml-", "v"] where rest.hasPrefix(prefix) {
            let digits = rest.dropFirst(prefix.count).split { $0 == "_" || $0 == "-" || $0 == "." || $0 == "/" }
            let numbers = digits.prefix { Int($0) != nil }
            return numbers.isEmpty ? nil : numbers.joined(separator: ".")
        }
        return nil
    }
}

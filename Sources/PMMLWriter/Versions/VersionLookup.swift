/// The facts that matter for one version, by element.
struct VersionLookup {
    private let byName: [String: [VersionFact]]
    /// Where the names that have been asked for lie: a literal has one address, which is quicker to look up than its text.
    private let known: Known

    private final class Known {
        var found: [UnsafePointer<UInt8>: [VersionFact]?] = [:]
    }

    init(_ version: PMMLVersion) {
        byName = Dictionary(grouping: VersionFacts.all.filter { $0.isLacking(in: version) }, by: \.element)
        known = Known()
    }

    /// What the version lacks of an element; nil: nothing.
    func facts(of element: StaticString) -> [VersionFact]? {
        if let found = known.found[element.utf8Start] { return found }
        let facts = byName[element.description]
        known.found[element.utf8Start] = .some(facts)
        return facts
    }
}

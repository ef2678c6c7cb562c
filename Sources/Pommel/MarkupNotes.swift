import ModelTree
import PMMLReader
import PMMLWriter

/// Hears a document's markup, and remarks on what is newer than the version that it says it is of, and on vendors' markup that is not followed.
final class MarkupNotes: MarkupObserver {
    /// Ids of the remarks, each with its meaning.
    enum Rule: String, CaseIterable {
        case ignored = "ignored-markup"
        case newer = "newer-markup"

        var severity: Finding.Severity { self == .newer ? .warning : .note }

        var meaning: String {
            switch self {
            case .ignored: "vendors' markup that Pommel does not know, and does not follow"
            case .newer: "an element, attribute or value is newer than the version that the document says it is of"
            }
        }
    }

    private struct Newer {
        var added: PMMLVersion
        var markup: String
        var location: SourceLocation
    }
    private var newer: [Newer] = []
    private var vendors: [(markup: String, location: SourceLocation)] = []
    private var seen: Set<String> = []
    private var open: [(name: String, isForeign: Bool)] = []
    private var place: () -> SourceLocation = { .none }

    private static let elements = facts { $0.kind == .element ? $0.element : nil }
    private static let members = facts { $0.kind == .child || $0.kind == .attribute ? "\($0.element)/\($0.member)" : nil }

    private static func facts(_ key: (VersionFact) -> String?) -> [String: [VersionFact]] {
        var found: [String: [VersionFact]] = [:]
        for fact in VersionFacts.all where fact.added != nil { if let key = key(fact) { found[key, default: []].append(fact) } }
        return found
    }

    func readingBegins(_ place: @escaping () -> SourceLocation) { self.place = place }

    func elementBegins(_ name: String, _ fate: MarkupFate) {
        let isInside = open.last?.isForeign == true
        let isForeign = isInside || fate == .unknown || name == "Extension"
        if isForeign {
            if !isInside, name.hasPrefix("X-") || name.hasPrefix("x-") { noteVendors(name) }
        } else {
            for fact in Self.elements[name] ?? [] { note(fact, "element \(name)") }
            if let parent = open.last?.name {
                for fact in Self.members["\(parent)/\(name)"] ?? [] where fact.kind == .child { note(fact, "\(name) inside \(parent)") }
            }
        }
        open.append((name, isForeign))
    }

    func attribute(_ name: String, _ value: String, _ fate: MarkupFate) {
        guard let element = open.last else { return }
        if element.isForeign {
            if element.name == "Extension", name == "name", open.dropLast().last?.isForeign != true { noteVendors("Extension name=\"\(value)\"") }
            return
        }
        if fate == .unknown, name.hasPrefix("x-") || name.hasPrefix("X-") { noteVendors("\(element.name)@\(name)") }
        for fact in Self.members["\(element.name)/\(name)"] ?? [] where fact.kind == .attribute {
            if fact.values.isEmpty { note(fact, "\(element.name)@\(name)") } else if fact.values.contains(value) { note(fact, "\(element.name)@\(name)=\"\(value)\"") }
        }
    }

    func elementEnds() { _ = open.popLast() }

    private func note(_ fact: VersionFact, _ markup: String) {
        guard let added = fact.added, newer.count < 1_000, seen.insert(markup).inserted else { return }
        newer.append(Newer(added: added, markup: markup, location: place()))
    }

    private func noteVendors(_ markup: String) {
        guard markup.utf8.count < 200, vendors.count < 1_000, seen.insert(markup).inserted else { return }
        vendors.append((markup, place()))
    }

    /// - Parameter version: what the document says of itself.
    func findings(version: String?) -> [Diagnostic] {
        var found = vendors.map { vendor in
            Diagnostic(id: Rule.ignored.rawValue, severity: .note, message: "vendor markup \(vendor.markup) is not followed", location: vendor.location)
        }
        guard let version, let declared = Self.version(version) else { return found }
        for one in newer where declared < one.added {
            found.append(Diagnostic(
                id: Rule.newer.rawValue, severity: .warning,
                message: "\(one.markup) is new in PMML \(one.added.rawValue), but the document says version \(version)", location: one.location,
                fix: "write version=\"\(one.added.rawValue)\" or later, or convert the document with --to \(version)"))
        }
        return found
    }

    /// The version that is meant; those before 3.2 count as 3.2, as no table of them is kept.
    private static func version(_ text: String) -> PMMLVersion? {
        if let exact = PMMLVersion(rawValue: text) { return exact }
        guard let major = text.split(separator: ".").first.flatMap({ Int($0) }) else { return nil }
        return major < 4 ? .v3_2 : nil
    }
}

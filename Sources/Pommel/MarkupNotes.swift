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
        var added: DocumentVersion
        var markup: String
        var location: SourceLocation
    }
    private var newer: [Newer] = []
    private var vendors: [(markup: String, location: SourceLocation)] = []
    private var seen: Set<String> = []
    /// The elements that are open; `newest` is the newest version of which they and those around them are.
    private var open: [(name: String, isForeign: Bool, newest: DocumentVersion)] = []
    private var place: () -> SourceLocation = { .none }

    func readingBegins(_ place: @escaping () -> SourceLocation) { self.place = place }

    func elementBegins(_ name: String, _ fate: MarkupFate) {
        let isInside = open.last?.isForeign == true
        let isForeign = isInside || fate == .unknown || name == "Extension"
        if isForeign {
            if !isInside, name.hasPrefix("X-") || name.hasPrefix("x-") { noteVendors(name) }
        } else {
            note(name, "element \(name)")
            if let parent = open.last?.name, Self.parents.contains(parent) { note("\(parent)/\(name)", "\(name) inside \(parent)") }
        }
        let newest = max(open.last?.newest ?? Self.first, MarkupHistory.added[name] ?? Self.first)
        open.append((name, isForeign, newest))
    }

    func attribute(_ name: String, _ value: String, _ fate: MarkupFate) {
        guard let element = open.last else { return }
        if element.isForeign {
            if element.name == "Extension", name == "name", open.dropLast().last?.isForeign != true { noteVendors("Extension name=\"\(value)\"") }
            return
        }
        if fate == .unknown, name.hasPrefix("x-") || name.hasPrefix("X-") { noteVendors("\(element.name)@\(name)") }
        guard Self.owners.contains(element.name), value.utf8.count < 200 else { return }
        note("\(element.name)@\(name)", "\(element.name)@\(name)")
        note("\(element.name)@\(name)=\(value)", "\(element.name)@\(name)=\"\(value)\"")
    }

    /// The elements of which some attribute, or some child's place, is newer than they are: most of a document's are none of these.
    private static let owners = before("@"), parents = before("/")

    private static func before(_ mark: Character) -> Set<String> {
        Set(MarkupHistory.added.keys.compactMap { markup in markup.firstIndex(of: mark).map { String(markup[..<$0]) } })
    }

    func elementEnds() { _ = open.popLast() }

    /// Versions without a table of their own count as this one.
    private static let first = DocumentVersion(3, 0)

    /// What stands inside something that is as new needs no remark of its own.
    private func note(_ markup: String, _ words: String) {
        guard let added = MarkupHistory.added[markup], added > open.last?.newest ?? Self.first, newer.count < 1_000, seen.insert(markup).inserted else { return }
        newer.append(Newer(added: added, markup: words, location: place()))
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
        guard let version, let declared = DocumentVersion(version) else { return found }
        // Older ones cannot be written.
        let conversion = PMMLVersion(rawValue: version) == nil ? "" : ", or convert the document with --to \(version)"
        for one in newer where max(declared, Self.first) < one.added {
            found.append(Diagnostic(
                id: Rule.newer.rawValue, severity: .warning,
                message: "\(one.markup) is new in PMML \(one.added.text), but the document says version \(version)", location: one.location,
                fix: "write version=\"\(one.added.text)\" or later\(conversion)"))
        }
        return found
    }
}

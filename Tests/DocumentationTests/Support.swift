import Pommel

/// What is supported, as the fixtures show it.
struct Support: Sendable {
    /// Found once for all tests.
    static let found = Result { try Support() }

    enum Status: String, CaseIterable { case supported, ignored, refused }
    struct Finding: Sendable {
        let status: Status
        /// The fixtures that show it.
        let fixtures: [String]
    }

    let sightings: Sightings
    private var refusals: [Markup: [String]] = [:]
    private let parents: [String: [String]]

    private init() throws {
        sightings = try Sightings.ofPassingCases()
        var parents: [String: [String]] = [:]
        for element in Standard.elements.values { for child in element.children { parents[child, default: []].append(element.name) } }
        self.parents = parents
        for document in try Fixtures.refusedDocuments() {
            do throws(PommelError) { _ = try Model(path: document.path) } catch {
                for markup in Self.markup(of: error) { refusals[markup, default: []].append(document.name) }
            }
        }
        for refusal in try Refusal.all() { refusals[refusal.markup, default: []].append("refusals.tsv") }
    }

    /// What a row's status is; nil when no fixture shows it.
    func finding(_ markup: Markup) -> Finding? {
        if let cases = sightings.used[markup] { return Finding(status: .supported, fixtures: cases) }
        if let cases = sightings.ignored[markup] { return Finding(status: .ignored, fixtures: cases) }
        if let documents = refusals[markup] { return Finding(status: .refused, fixtures: documents) }
        switch markup {
        case .element(let name):
            var ancestors: Set<String> = []
            guard let documents = refused(name, &ancestors), !documents.isEmpty else { return nil }
            return Finding(status: .refused, fixtures: documents)
        case .attribute(_, of: let element), .value(_, _, in: let element), .child(_, of: let element):
            let whole = finding(.element(element))
            return whole?.status == .refused ? whole : nil
        }
    }

    /// The documents that show that an element is refused wherever it may stand; nil when it is not.
    private func refused(_ element: String, _ below: inout Set<String>) -> [String]? {
        if sightings.used[.element(element)] != nil || sightings.ignored[.element(element)] != nil { return nil }
        guard below.insert(element).inserted else { return [] }
        var documents: [String] = []
        for parent in parents[element] ?? [] {
            guard let found = refusals[.child(element, of: parent)] ?? refused(parent, &below) else { return nil }
            documents += found.filter { !documents.contains($0) }
        }
        return documents
    }

    /// What an error says is refused.
    private static func markup(of error: PommelError) -> [Markup] {
        let path = (error.place.path ?? "").split(separator: "/").map(String.init)
        guard let name = path.last, let element = Standard.elements[name] else { return [] }
        if error.id == "unsupported-element" || error.id == "unsupported-model" {
            return path.count > 1 ? [.child(name, of: path[path.count - 2])] : []
        }
        var found: [Markup] = []
        for attribute in element.attributes where error.names(attribute.name) {
            if error.id == "unsupported-attribute" { found.append(.attribute(attribute.name, of: name)) }
            for value in attribute.values where error.message.contains("'\(value)'") || error.message.contains("\"\(value)\"") {
                found.append(.value(value, of: attribute.name, in: name))
            }
        }
        return found
    }
}

import Foundation
import PMMLReader

/// What the reader did with the markup of documents whose scores are right.
struct Sightings: Sendable {
    /// The cases in which the reader took a meaning from it, and those in which it was passed over.
    private(set) var used: [Markup: [String]] = [:]
    private(set) var ignored: [Markup: [String]] = [:]
    /// Elements and attributes that ``Standard`` does not have, and where: `Element@attribute case`.
    private(set) var unlisted: Set<String> = []

    /// Of all cases that are expected to pass.
    static func ofPassingCases() throws -> Sightings {
        var sightings = Sightings()
        for one in try Fixtures.passingCases() { try sightings.add(one) }
        return sightings
    }

    private mutating func add(_ one: Fixtures.Document) throws {
        let listener = Listener()
        _ = try PMMLReader.read(path: one.path, observer: listener)
        for (markup, fate) in listener.fates { fate == .used ? used[markup, default: []].append(one.name) : ignored[markup, default: []].append(one.name) }
        for name in listener.unlisted { unlisted.insert("\(name) in \(one.name)") }
    }
}

/// Notes the markup of one document.
private final class Listener: MarkupObserver {
    private(set) var fates: [Markup: MarkupFate] = [:]
    private(set) var unlisted: Set<String> = []
    private enum Open {
        case element(Standard.Element)
        /// Vendors' markup, what stands inside it, and the cells of tables.
        case other
    }
    private var open: [Open] = []

    func elementBegins(_ name: String, _ fate: MarkupFate) { open.append(opened(name, fate)) }

    private func opened(_ name: String, _ fate: MarkupFate) -> Open {
        var parent: Standard.Element?
        switch open.last {
        case .element(let element): parent = element
        case .other: return .other
        case nil: break
        }
        if let parent, parent.children == ["*"] || parent.name == "Extension" && fate != .used {
            note(.child("*", of: parent.name), fate == .used ? .used : .ignored)
            return .other
        }
        if fate == .unknown { return .other }
        note(.element(name), fate)
        guard let element = Standard.elements[name] ?? Standard.olderElements[name] else {
            unlisted.insert(name)
            return .other
        }
        if let parent, parent.children.contains(name) { note(.child(name, of: parent.name), fate) }
        return .element(element)
    }

    func attribute(_ name: String, _ value: String, _ fate: MarkupFate) {
        guard case .element(let element) = open.last else { return }
        guard let attribute = element.attributes.first(where: { $0.name == name }) else {
            // An element of an older version stands in the list as a whole.
            let isWhole = Standard.elements[element.name] == nil
            if isWhole || name.lowercased().hasPrefix("x-") { return }
            guard Standard.olderElements[element.name]?.attributes.contains(where: { $0.name == name }) == true else {
                unlisted.insert("\(element.name)@\(name)")
                return
            }
            return note(.attribute(name, of: element.name), fate)
        }
        note(.attribute(name, of: element.name), fate)
        let value = value.trimmingCharacters(in: .whitespaces)
        if attribute.values.contains(value) { note(.value(value, of: name, in: element.name), fate) }
    }

    func elementEnds() { open.removeLast() }

    private func note(_ markup: Markup, _ fate: MarkupFate) {
        if fate != .unknown, fates[markup] != .used { fates[markup] = fate }
    }
}

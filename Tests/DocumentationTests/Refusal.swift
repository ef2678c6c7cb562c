import Foundation
import Pommel
import Testing

/// A line of `fixtures/refusals.tsv`: a case's document, and what makes it one that must be refused by name.
///
/// The columns are the case; the element; a part of it, `attribute`, or `<Child>` for a child; the value that the attribute gets; the
/// error's id. The change is made to the first such element of the document.
struct Refusal: CustomTestStringConvertible {
    var name: String
    var element: String
    var part: String
    var value: String
    var id: String

    var testDescription: String { "\(element) \(part) \(value) in \(name)" }

    static func all() throws -> [Refusal] {
        try Fixtures.rows(of: "refusals.tsv").filter { $0.count == 5 }.map { Refusal(name: $0[0], element: $0[1], part: $0[2], value: $0[3], id: $0[4]) }
    }

    private var child: String? { part.hasPrefix("<") ? String(part.dropFirst().dropLast()) : nil }

    /// What is refused.
    var markup: Markup {
        if let child { return .child(child, of: element) }
        let isListed = Standard.elements[element]?.attributes.contains { $0.name == part && $0.values.contains(value) } ?? false
        return isListed ? .value(value, of: part, in: element) : .attribute(part, of: element)
    }

    /// The error that the changed document raises; nil when it raises none, or when there is nothing to change.
    func error() throws -> PommelError? {
        let text = try String(contentsOfFile: "\(Fixtures.folder)/cases/\(name)/model.pmml", encoding: .utf8)
        guard var edit = MarkupEdit.all(of: element, in: text, most: 1).first else { return nil }
        if let child { edit.insert(child: child) } else { edit.set(part, to: value) }
        do throws(PommelError) {
            _ = try Model(bytes: Array(edit.text.utf8), name: name)
            return nil
        } catch { return error }
    }

    /// Whether an error is about what is refused: it names it, and the element's place.
    func isMet(by error: PommelError) -> Bool {
        let path = error.place.path ?? ""
        if let child { return error.id == id && path.hasSuffix("/\(element)/\(child)") }
        return error.id == id && path.hasSuffix("/\(element)") && error.names(part) && error.names(value)
    }
}

extension PommelError {
    /// Whether the message has the word.
    func names(_ word: String) -> Bool {
        let isPart = { (one: Character?) in one.map { $0.isLetter || $0.isNumber } ?? false }
        return message.ranges(of: word).contains { range in
            !isPart(message[..<range.lowerBound].last) && !isPart(message[range.upperBound...].first)
        }
    }
}

import Foundation

/// A document's text and one start tag in it that is changed.
struct MarkupEdit {
    private(set) var text: String
    /// From `<` to behind `>`.
    private(set) var tag: Range<String.Index>

    /// The first start tags of an element, with or without a prefix before its name.
    /// - Parameter attribute: only those that have it.
    static func all(of element: String, with attribute: String? = nil, in text: String, most: Int) -> [MarkupEdit] {
        var found: [MarkupEdit] = []
        var rest = text[...]
        while found.count < most, let name = rest.range(of: element) {
            rest = text[name.upperBound...]
            var start = name.lowerBound
            while start > text.startIndex, text[text.index(before: start)].isPartOfPrefix { start = text.index(before: start) }
            let prefix = text[start..<name.lowerBound]
            let isTag = prefix.isEmpty || prefix.last == ":"
            guard isTag, text[..<prefix.startIndex].last == "<", let next = rest.first, next.isWhitespace || next == "/" || next == ">",
                let close = rest.firstIndex(of: ">")
            else { continue }
            let tag = text.index(before: prefix.startIndex)..<text.index(after: close)
            if let attribute, range(of: attribute, in: String(text[tag])) == nil { continue }
            found.append(MarkupEdit(text: text, tag: tag))
        }
        return found
    }

    /// The value of an attribute of the tag.
    func value(of attribute: String) -> String? {
        let start = String(text[tag])
        return Self.range(of: attribute, in: start).map { String(start[$0].drop { $0 != "=" }.dropFirst().trimmingPrefix(" ").dropFirst().dropLast()) }
    }

    /// Gives the attribute a value, in the place of the one that it has.
    mutating func set(_ attribute: String, to value: String) {
        let start = String(text[tag])
        var changed = start
        if let range = Self.range(of: attribute, in: start) {
            changed.replaceSubrange(range, with: "\(attribute)=\"\(value)\"")
        } else {
            let end = start.hasSuffix("/>") ? start.index(start.endIndex, offsetBy: -2) : start.index(before: start.endIndex)
            changed.insert(contentsOf: " \(attribute)=\"\(value)\"", at: end)
        }
        replace(with: changed)
    }

    mutating func remove(_ attribute: String) {
        var changed = String(text[tag])
        if let range = Self.range(of: attribute, in: changed) { changed.removeSubrange(range) }
        replace(with: changed)
    }

    /// Puts an empty child before all others.
    mutating func insert(child: String) {
        var changed = String(text[tag])
        let name = changed.dropFirst().prefix { !$0.isWhitespace && $0 != "/" && $0 != ">" }
        if changed.hasSuffix("/>") {
            let open = changed.dropLast(2)
            changed = "\(open)><\(child)/></\(name)>"
        } else {
            changed += "<\(child)/>"
        }
        replace(with: changed)
    }

    private static func range(of attribute: String, in tag: String) -> Range<String.Index>? {
        tag.matches(of: #/\s([\w.:-]+)\s*=\s*("[^"]*"|'[^']*')/#).first { $0.output.1 == attribute }
            .map { tag.index(after: $0.range.lowerBound)..<$0.range.upperBound }
    }

    private mutating func replace(with changed: String) {
        text.replaceSubrange(tag, with: changed)
        tag = tag.lowerBound..<text.index(tag.lowerBound, offsetBy: changed.count)
    }
}

extension Character {
    fileprivate var isPartOfPrefix: Bool { isLetter || isNumber || self == ":" }
}

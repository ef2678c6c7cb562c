/// One thing that the standard names: a row of the table of support.
enum Markup: Hashable, Sendable {
    case element(String)
    case child(String, of: String)
    case attribute(String, of: String)
    case value(String, of: String, in: String)

    /// The row's text in the table of its element.
    var text: String {
        switch self {
        case .element(let name): "`<\(name)>`"
        case .child(let child, _): "… `<\(child)>`"
        case .attribute(let name, _): "`\(name)`"
        case .value(let value, let name, _): "`\(name)=\"\(value)\"`"
        }
    }
}

extension Standard.Element {
    /// The element's rows: itself, its attributes and their values, its children.
    var rows: [Markup] {
        var rows: [Markup] = [.element(name)]
        for attribute in attributes {
            rows.append(.attribute(attribute.name, of: name))
            rows += attribute.values.map { .value($0, of: attribute.name, in: name) }
        }
        return rows + children.map { .child($0, of: name) }
    }

    /// The rows of an element of an older version: itself, or what 4.4.1 no more gives it.
    var olderRows: [Markup] { attributes.isEmpty ? [.element(name)] : attributes.map { .attribute($0.name, of: name) } }
}

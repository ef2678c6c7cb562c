import XMLStream

/// The names of a document as small numbers: those the reader knows, the same in every document, then others as they come.
struct NameTable {
    private(set) var texts: [String]
    private(set) var elements: [Element]
    private(set) var attributes: [Attribute]
    private var codes: [String: Int32]

    /// The names that every document's table begins with.
    static let known = NameTable(known: ())

    init() { self = Self.known }

    private init(known: Void) {
        texts = []
        elements = []
        attributes = []
        codes = [:]
        for element in Element.allCases { elements[enter(element.rawValue)] = element }
        for attribute in Attribute.allCases { attributes[enter(attribute.rawValue)] = attribute }
    }

    private mutating func enter(_ text: String) -> Int {
        if let code = codes[text] { return Int(code) }
        let index = texts.count
        texts.append(text)
        elements.append(.unknown)
        attributes.append(.unknown)
        codes[text] = Int32(truncatingIfNeeded: index)
        return index
    }

    /// The code of a name that the reader knows; -1 for another.
    func code(known name: String) -> Int32 { codes[name] ?? -1 }

    mutating func code(of name: XMLBytes) -> Int32 { Int32(truncatingIfNeeded: enter(name.string)) }

    /// The element of a code that ``code(of:)`` gave out.
    func element(_ code: Int32) -> Element {
        elements.indices.contains(Int(code)) ? elements[Int(code)] : .unknown
    }

    /// The attribute of a code; `.unknown` for one of a foreign namespace.
    func attribute(_ code: Int32) -> Attribute {
        code >= 0 && Int(code) < attributes.count ? attributes[Int(code)] : .unknown
    }

    func text(_ code: Int32) -> String {
        texts.indices.contains(Int(code)) ? texts[Int(code)] : ""
    }
}

import ModelTree
import XMLStream

/// What becomes of a child element.
enum Reading {
    /// It has a reader of its own.
    case reader(ElementReader)
    /// Its attributes said it all; it can only hold extensions.
    case leaf
    /// Its parent's reader reads its content too, and hears of its end through ``ElementReader/end(of:)``.
    case inPlace
    /// Its content does not matter.
    case skip
}

/// Reads one element and hands what it means to whoever asked for it.
///
/// A reader takes its element's attributes when it is made, its children and text as they come, and gives its result
/// from ``end()``. Subclasses exist for elements with content; an element of attributes alone is read by its parent.
class ElementReader {
    let document: DocumentReader
    /// Where the element stands.
    let place: SourceLocation
    /// The element's name, for messages.
    let name: String
    /// Whether text inside the element matters now.
    @exclusivity(unchecked) final var wantsText = false
    /// Whether children from foreign namespaces are the element's own matter, as in table rows.
    var takesForeignElements: Bool { false }
    /// Whether the text inside only describes the document: an entity reference in it is no reason to refuse the document.
    var isInformational: Bool { false }
    /// Whether `Extension` may hold the element's own children: it is then given to ``child(_:_:)`` like them.
    var looksIntoExtensions: Bool { false }

    init(_ document: DocumentReader) {
        self.document = document
        place = document.here()
        name = document.currentElementName
    }

    /// A child element starts. nil: it does not belong here.
    func child(_ element: Element, _ attributes: Attributes) throws -> Reading? { nil }

    /// An `Extension` that says something by its name and value alone, as the writer puts what the schema has no place for.
    func extend(_ name: String, _ value: String) throws {}

    /// A piece of text, when ``wantsText`` is set.
    func text(_ piece: XMLBytes) throws {}

    /// An element that is passed over, an `Extension` above all, stands here: between pieces of text, if there are any.
    func interrupt() {}

    /// A child that is read in place ends.
    func end(of element: Element) throws {}

    /// The element ends.
    func end() throws {}

    // MARK: Complaints about the element itself

    func problem(_ problem: ReadProblem) -> PMMLReadError { document.error(problem, at: place) }

    /// A part that must have come by the end of the element.
    func required<T>(_ part: T?, _ expected: String) throws -> T {
        guard let part else { throw problem(.missingElement(expected, in: name)) }
        return part
    }

    /// Refuses a second child of a kind that may come once; to be asked when the child starts.
    /// - Parameter part: what it is, when its element's name does not say it.
    func once(_ isRepeated: Bool, _ part: String? = nil) throws {
        if isRepeated { throw document.error(.repeatedElement(part ?? document.currentElementName, in: name)) }
    }
}

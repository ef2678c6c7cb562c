/// What receives a document's events. An error thrown from any of them stops the parse, and ``XMLStream/parse(_:handler:)`` throws it.
///
/// Names arrive as numbers of the handler's own choosing: the stream asks for each distinct name once, so that the
/// handler can switch over its own enumeration, and no name becomes a string on the way.
///
/// A class, not a protocol: a large document makes a hundred million calls, and each through a protocol would count references.
open class XMLHandler {
    public init() {}

    /// The handler's number for an element's or attribute's local name. Asked once for each distinct name.
    open func code(ofName name: XMLBytes) -> Int32 { 0 }

    /// The handler's number for a namespace, or for none (no bytes). Asked once for each distinct namespace.
    open func code(ofNamespace namespace: XMLBytes) -> Int32 { 0 }

    /// A start tag. `attributes` is valid during the call only.
    open func start(element: Int32, namespace: Int32, attributes: XMLAttributes) throws {}

    /// The end of the element started last.
    open func end() throws {}

    /// Text inside the current element, called only while ``XMLStream/wantsText`` is set; one run of text may come in
    /// several pieces, and a piece is valid during the call only.
    open func text(_ piece: XMLBytes) throws {}
}

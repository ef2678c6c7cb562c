/// How large a document may be. The defaults let every real model through and bound what a hostile one can cost.
public struct XMLLimits: Sendable {
    /// Elements inside one another. A tree of 10,000 levels needs as many elements, or several times as many.
    public var depth = 200_000
    public var elements = 20_000_000_000
    /// Different names of elements and attributes.
    public var names = 300_000
    /// Attributes of one element, and namespaces around it.
    public var attributes = 1_000
    /// Bytes of one attribute's value, in UTF-8.
    public var attributeBytes = 100_000_000
    /// Bytes of text inside one element, in UTF-8, counted where the handler wants text.
    public var textBytes = 4_000_000_000
    /// Bytes of the whole document, after decompression.
    public var documentBytes = 64_000_000_000

    /// Bytes of the document type declaration, of which nothing is used.
    public var dtdBytes = 100_000

    /// Bytes after decompression for each compressed one, above the first 100 million: a bomb is no document.
    public var expansion = 400

    public init() {}
}

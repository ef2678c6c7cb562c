import PMMLReader
import RReader
import XMLStream

/// How much a model's file may ask for. The defaults let every real model through and bound what a hostile file can cost.
public struct ModelLimits: Sendable, Hashable {
    /// Elements inside one another; of a model that R has saved, objects inside one another, 4,096 at most.
    public var depth = XMLLimits().depth
    /// The most elements of a document.
    public var elements = XMLLimits().elements
    /// Different names of elements and attributes.
    public var names = XMLLimits().names
    /// Attributes of one element, and namespaces around it.
    public var attributes = XMLLimits().attributes
    /// Bytes of one attribute's value, in UTF-8.
    public var attributeBytes = XMLLimits().attributeBytes
    /// Bytes of the document type declaration, of which nothing is used.
    public var dtdBytes = XMLLimits().dtdBytes
    /// Bytes of text inside one element, in UTF-8.
    public var textBytes = XMLLimits().textBytes
    /// Bytes of the whole file, after decompression; of a model that R has saved 16 GB at most.
    public var documentBytes = XMLLimits().documentBytes
    /// Bytes after decompression for each compressed one, above the first 100 million: a bomb is no model.
    public var expansion = XMLLimits().expansion

    public init() {}

    var ofXML: XMLLimits {
        var limits = XMLLimits()
        limits.depth = depth
        limits.elements = elements
        limits.names = names
        limits.attributes = attributes
        limits.attributeBytes = attributeBytes
        limits.dtdBytes = dtdBytes
        limits.textBytes = textBytes
        limits.documentBytes = documentBytes
        limits.expansion = expansion
        return limits
    }

    var ofR: RLimits {
        var limits = RLimits()
        limits.bytes = min(limits.bytes, documentBytes)
        limits.depth = min(limits.depth, depth)
        limits.expansion = min(limits.expansion, expansion)
        return limits
    }
}

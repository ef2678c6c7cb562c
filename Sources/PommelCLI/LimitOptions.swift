import ArgumentParser
import Pommel

/// How much a model's file may ask for; see `ModelLimits`.
struct LimitOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The most elements inside one another.", valueName: "n"))
    var maxDepth = ModelLimits().depth

    @Option(help: ArgumentHelp("The most elements of a document.", valueName: "n"))
    var maxElements = ModelLimits().elements

    @Option(help: ArgumentHelp("The most different names of elements and attributes.", valueName: "n"))
    var maxNames = ModelLimits().names

    @Option(help: ArgumentHelp("The most attributes of an element.", valueName: "n"))
    var maxAttributes = ModelLimits().attributes

    @Option(help: ArgumentHelp("The most bytes of an attribute.", valueName: "n"))
    var maxAttributeBytes = ModelLimits().attributeBytes

    @Option(name: .customLong("max-dtd-bytes"), help: ArgumentHelp("The most bytes of a document type declaration.", valueName: "n"))
    var maxDTDBytes = ModelLimits().dtdBytes

    @Option(help: ArgumentHelp("The most bytes of a text.", valueName: "n"))
    var maxTextBytes = ModelLimits().textBytes

    @Option(help: ArgumentHelp("The most bytes of a document, decompressed.", valueName: "n"))
    var maxDocumentBytes = ModelLimits().documentBytes

    @Option(help: ArgumentHelp("The most bytes for each compressed one, above 100 MB.", valueName: "n"))
    var maxExpansion = ModelLimits().expansion

    func validate() throws {
        try Self.require([
            ("--max-depth", maxDepth), ("--max-elements", maxElements), ("--max-names", maxNames), ("--max-attributes", maxAttributes),
            ("--max-attribute-bytes", maxAttributeBytes), ("--max-dtd-bytes", maxDTDBytes), ("--max-text-bytes", maxTextBytes), ("--max-document-bytes", maxDocumentBytes), ("--max-expansion", maxExpansion),
        ])
    }

    /// Refuses limits that let nothing pass.
    static func require(_ limits: [(option: String, value: Int)]) throws {
        for limit in limits where limit.value < 1 { throw ValidationError("\(limit.option) must be 1 or more") }
    }

    var limits: ModelLimits {
        var limits = ModelLimits()
        limits.depth = maxDepth
        limits.elements = maxElements
        limits.names = maxNames
        limits.attributes = maxAttributes
        limits.attributeBytes = maxAttributeBytes
        limits.dtdBytes = maxDTDBytes
        limits.textBytes = maxTextBytes
        limits.documentBytes = maxDocumentBytes
        limits.expansion = maxExpansion
        return limits
    }
}

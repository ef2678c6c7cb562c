// https://dmg.org/pmml/v4-4-1/GeneralStructure.html
import ModelTree
import XMLStream

/// Reads PMML documents of versions 2.0 to 4.4.1.
public enum PMMLReader {
    public struct Options: Sendable {
        public var limits = XMLLimits()
        public init() {}
    }

    /// Reads a file, which may be compressed with gzip.
    public static func read(path: String, options: Options = Options()) throws(PMMLReadError) -> Document {
        try read(.file(path), name: path, options)
    }

    /// Reads a document held in memory; `name` stands for it in messages.
    public static func read(
        bytes: [UInt8], name: String = "<bytes>", options: Options = Options()
    ) throws(PMMLReadError) -> Document {
        try read(.bytes(bytes), name: name, options)
    }

    public static func readStandardInput(options: Options = Options()) throws(PMMLReadError) -> Document {
        try read(.standardInput, name: "<standard input>", options)
    }

    private static func read(_ source: XMLSource, name: String, _ options: Options) throws(PMMLReadError) -> Document {
        let reader = DocumentReader(file: name, limits: options.limits)
        let root = RootReader(reader)
        do {
            try reader.read(source, into: root)
        } catch let error as PMMLReadError {
            throw error
        } catch {
            throw PMMLReadError(id: "internal", message: "\(error)", file: name, line: 0, column: 0, path: "")
        }
        var document = root.result
        document.name = name
        document.paths = reader.paths
        document.warnings = reader.warnings
        document.vendorMarkup = reader.vendorMarkup
        return document
    }
}

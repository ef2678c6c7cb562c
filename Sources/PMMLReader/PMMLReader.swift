// https://dmg.org/pmml/v4-4-1/GeneralStructure.html
import ModelTree
import XMLStream

/// Reads PMML documents of versions 2.0 to 4.4.1.
public enum PMMLReader {
    public struct Options: Sendable {
        public var limits = XMLLimits()
        /// What becomes of the large trees of a forest while the reading goes on; nil leaves all as they are.
        public var digest: TreeDigesting?
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

    /// Reads a file and tells what becomes of its markup.
    package static func read(path: String, observer: any MarkupObserver) throws(PMMLReadError) -> Document {
        try read(.file(path), name: path, Options(), observer)
    }

    /// Reads a document to its end whatever is wrong with it, and tells what becomes of its markup: every element with an error is passed over.
    ///
    /// - Returns: the document, which lacks every element that holds an error, and all errors, in the order of the document; after
    ///   ``DocumentReader/errorLimit`` of them, or where the text is no XML, reading ends.
    package static func diagnose(
        path: String, options: Options, observer: any MarkupObserver
    ) -> (document: Document, errors: [PMMLReadError]) {
        diagnose(.file(path), name: path, options, observer)
    }

    /// As ``diagnose(path:options:observer:)``, for a document held in memory.
    package static func diagnose(
        bytes: [UInt8], name: String, options: Options, observer: any MarkupObserver
    ) -> (document: Document, errors: [PMMLReadError]) {
        diagnose(.bytes(bytes), name: name, options, observer)
    }

    /// As ``diagnose(path:options:observer:)``, where nobody asks what becomes of the markup.
    public static func diagnose(
        bytes: [UInt8], name: String = "<bytes>", options: Options = Options()
    ) -> (document: Document, errors: [PMMLReadError]) {
        diagnose(.bytes(bytes), name: name, options)
    }

    private static func diagnose(
        _ source: XMLSource, name: String, _ options: Options, _ observer: (any MarkupObserver)? = nil
    ) -> (document: Document, errors: [PMMLReadError]) {
        let reader = DocumentReader(file: name, limits: options.limits, collectsErrors: true, observer: observer)
        observer?.readingBegins { [unowned reader] in reader.here() }
        let root = RootReader(reader)
        var last: [PMMLReadError] = []
        do throws(PMMLReadError) { try run(reader, root, source) } catch { last = [error] }
        return (finished(root, reader), (reader.errors ?? []) + last)
    }

    private static func read(
        _ source: XMLSource, name: String, _ options: Options, _ observer: (any MarkupObserver)? = nil
    ) throws(PMMLReadError) -> Document {
        let reader = DocumentReader(file: name, limits: options.limits, observer: observer)
        reader.treeWorker = options.digest.map { TreeWorker($0) }
        defer { reader.treeWorker?.stop() }
        let root = RootReader(reader)
        try run(reader, root, source)
        return finished(root, reader)
    }

    private static func run(_ reader: DocumentReader, _ root: RootReader, _ source: XMLSource) throws(PMMLReadError) {
        do {
            try reader.read(source, into: root)
        } catch let error as PMMLReadError {
            throw error
        } catch {
            throw PMMLReadError(id: "internal", message: "\(error)", file: reader.file, line: 0, column: 0, path: "")
        }
    }

    private static func finished(_ root: RootReader, _ reader: DocumentReader) -> Document {
        var document = root.result
        document.name = reader.file
        document.paths = reader.paths
        document.warnings = reader.warnings
        document.vendorMarkup = reader.vendorMarkup
        document.hasDigests = reader.treeWorker?.hasDigested ?? false
        return document
    }
}

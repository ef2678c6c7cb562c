#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import Evaluation
import ModelTree
import PMMLWriter

/// A document as its model trees say it: what is converted, while a ``Model`` is what is scored.
public final class ModelDocument: Sendable {
    /// The file as the caller named it.
    public let name: String
    let document: Document
    let isStrict: Bool

    /// Reads a PMML document, a model that R has saved, or the document that a native file holds; the content tells which.
    ///
    /// - Parameters:
    ///   - path: the file, compressed with gzip or not; `-` is standard input.
    ///   - options: with a `modelName`, that model alone is kept of a document that holds several; without, all are.
    /// - Throws: ``PommelError``; with id `no-document` for a native file that was written without its source.
    public convenience init(path: String, _ options: OpenOptions = OpenOptions()) throws(PommelError) {
        try self.init(try ModelSource.open(path: path, most: options.limits.documentBytes), name: path, options)
    }

    /// As above, for a document or native file held in memory.
    ///
    /// - Parameters:
    ///   - bytes: the file's content.
    ///   - name: what stands for the file in messages.
    ///   - options: how strictly it is read, and within what limits.
    public convenience init(
        bytes: [UInt8], name: String = "memory", _ options: OpenOptions = OpenOptions()
    ) throws(PommelError) {
        try self.init(ModelSource.of(bytes), name: name, options)
    }

    init(name: String, document: Document, isStrict: Bool) {
        self.name = name
        self.document = document
        self.isStrict = isStrict
    }

    private init(_ source: ModelSource, name: String, _ options: OpenOptions) throws(PommelError) {
        self.name = name
        isStrict = options.isStrict
        var document = try BigStack.run { () throws(PommelError) in
            try PommelRuntime.Model.read(try Self.documentSource(source, name), name, options)
        }
        if let modelName = options.modelName {
            document.models.removeAll { $0.modelName != modelName }
            if document.models.isEmpty {
                throw PommelError(id: "unknown-model", message: "there is no model named \"\(modelName)\"", place: .init(file: name))
            }
        }
        self.document = document
    }

    /// Remarks from reading.
    public var warnings: [ModelWarning] { document.warnings.map { ModelWarning($0, document) } }

    /// Whether columns of any names are taken in the order of the fields, as of a matrix in R; PMML knows fields by name only.
    package var takesInputsByPosition: Bool { document.readsByPosition }

    /// The document that a native file holds, in place of the file.
    private static func documentSource(_ source: ModelSource, _ name: String) throws(PommelError) -> ModelSource {
        let program: Program
        switch source {
        case .document, .documentBytes, .saved, .savedBytes: return source
        case .native(let descriptor):
            defer { close(descriptor) }
            program = try PommelRuntime.Model.translating(name) { () throws(FormatError) in try Program(mapping: descriptor) }
        case .nativeBytes(let bytes):
            program = try PommelRuntime.Model.translating(name) { () throws(FormatError) in try Program(bytes: bytes) }
        }
        let bytes = try PommelRuntime.Model.translating(name) { () throws(FormatError) -> [UInt8]? in
            defer { withExtendedLifetime(program) {} }
            return try program.source().map { Array($0) }
        }
        guard let bytes else {
            throw PommelError(
                id: "no-document",
                message: "the file holds the model's tables, but not the document that they were made of; convert that document instead",
                place: .init(file: name))
        }
        return .documentBytes(bytes)
    }

    /// Compiles one model.
    ///
    /// - Parameter modelName: which of several; nil takes the first that can be scored.
    public func model(named modelName: String? = nil) throws(PommelError) -> PommelRuntime.Model {
        let compiled = try BigStack.run { () throws(PommelError) in try PommelRuntime.Model.compile(document, name, OpenOptions(modelName: modelName, isStrict: isStrict)) }
        let program = try PommelRuntime.Model.translating(name) { () throws(FormatError) in try Program(image: compiled.image) }
        return PommelRuntime.Model(name: name, program: program, warnings: compiled.warnings, isNative: false)
    }
}

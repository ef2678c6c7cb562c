#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import Evaluation
import ModelTree
import PMMLReader
import TableCompiler

extension PommelRuntime.Model {
    /// Opens a PMML document, a native file, or a model that R has saved; its content tells which.
    ///
    /// - Parameters:
    ///   - path: the file, compressed or not; `-` is standard input.
    ///   - options: which model of several, how strictly, and within what limits.
    /// - Throws: ``PommelError`` with the place at which the file is wrong.
    public convenience init(path: String, _ options: OpenOptions) throws(PommelError) {
        try self.init(try ModelSource.open(path: path, most: options.limits.documentBytes), name: path, options)
    }

    /// As ``init(path:_:)``, with the options by their names.
    ///
    /// - Parameters:
    ///   - path: the file, compressed or not; `-` is standard input.
    ///   - modelName: which of several models in a document; nil takes the first that can be scored.
    ///   - objectName: which of several objects in a file that R's `save` wrote.
    ///   - isStrict: whether every departure from the standard is an error.
    public convenience init(
        path: String, modelName: String? = nil, objectName: String? = nil, isStrict: Bool = false
    ) throws(PommelError) {
        try self.init(path: path, OpenOptions(modelName: modelName, objectName: objectName, isStrict: isStrict))
    }

    /// Opens what ``init(path:_:)`` does, held in memory.
    ///
    /// - Parameters:
    ///   - bytes: the file's content.
    ///   - name: what stands for the file in messages.
    ///   - modelName: which of several models in a document; nil takes the first that can be scored.
    ///   - objectName: which of several objects in a file that R's `save` wrote.
    ///   - isStrict: whether every departure from the standard is an error.
    public convenience init(
        bytes: [UInt8], name: String = "memory", modelName: String? = nil, objectName: String? = nil, isStrict: Bool = false
    ) throws(PommelError) {
        try self.init(bytes: bytes, name: name, OpenOptions(modelName: modelName, objectName: objectName, isStrict: isStrict))
    }

    /// As ``init(path:_:)``, of what is held in memory.
    public convenience init(bytes: [UInt8], name: String = "memory", _ options: OpenOptions) throws(PommelError) {
        try self.init(ModelSource.of(bytes), name: name, options)
    }

    private convenience init(_ source: ModelSource, name: String, _ options: OpenOptions) throws(PommelError) {
        switch source {
        case .native(let descriptor):
            defer { close(descriptor) }
            if options.isMapped {
                try self.init(native: try Self.translating(name) { () throws(FormatError) in try Program(mapping: descriptor) }, name, options.modelName)
            } else {
                let bytes = try ModelSource.readAll(descriptor, name)
                try self.init(native: try Self.translating(name) { () throws(FormatError) in try Program(bytes: bytes) }, name, options.modelName)
            }
        case .nativeBytes(let bytes):
            try self.init(native: try Self.translating(name) { () throws(FormatError) in try Program(bytes: bytes) }, name, options.modelName)
        case .document, .documentBytes, .saved, .savedBytes:
            let compiled = try BigStack.run { () throws(PommelError) in try Self.compile(source, name, options) }
            let program = try Self.translating(name) { () throws(FormatError) in try Program(image: compiled.image) }
            self.init(name: name, program: program, warnings: compiled.warnings, isNative: false, isSavedByR: source.isSaved)
        }
    }

    /// A native file holds one model: another one's name cannot be meant.
    private convenience init(native program: Program, _ name: String, _ modelName: String?) throws(PommelError) {
        if let modelName, program.schema.property("modelName") != modelName {
            throw PommelError(
                id: "unknown-model", message: "the file holds no model named \"\(modelName)\"", place: .init(file: name))
        }
        self.init(name: name, program: program, warnings: [], isNative: true)
    }

    private static func compile(
        _ source: ModelSource, _ name: String, _ options: OpenOptions
    ) throws(PommelError) -> (image: ProgramImage, warnings: [ModelWarning]) {
        var reading = PMMLReader.Options()
        reading.digest = TableCompiler.digest
        let document = try read(source, name, options, reading)
        do {
            return try compile(document, name, options, isLast: !document.hasDigests)
        } catch {
            // A forest that is not what its trees looked like: rare, and what is wrong is found in the nodes.
            guard document.hasDigests else { throw error }
            return try compile(try read(source, name, options), name, options)
        }
    }

    /// Reads a document's model tree.
    static func read(
        _ source: ModelSource, _ name: String, _ options: OpenOptions, _ reading: PMMLReader.Options = PMMLReader.Options()
    ) throws(PommelError) -> Document {
        var reading = reading
        reading.limits = options.limits.ofXML
        let document: Document
        switch source {
        case .document(let path): document = try translating { () throws(PMMLReadError) in try PMMLReader.read(path: path, options: reading) }
        case .documentBytes(let bytes), .nativeBytes(let bytes):
            document = try translating { () throws(PMMLReadError) in try PMMLReader.read(bytes: bytes, name: name, options: reading) }
        case .native: document = try translating { () throws(PMMLReadError) in try PMMLReader.read(path: name, options: reading) }
        case .saved(let path): document = try readR(path: path, options)
        case .savedBytes(let bytes): document = try readR(bytes: bytes, name: name, options)
        }
        if options.isStrict { try refuse(departures: document.warnings, document) }
        return document
    }

    /// Compiles one model of a document.
    static func compile(
        _ document: Document, _ name: String, _ options: OpenOptions, isLast: Bool = false
    ) throws(PommelError) -> (image: ProgramImage, warnings: [ModelWarning]) {
        let compiled: TableCompiler.Output
        do {
            compiled = try TableCompiler.compile(document, modelName: options.modelName, isLast: isLast)
        } catch {
            throw PommelError(
                id: error.id, message: error.message, place: PommelError.Place(error.location, document.paths, file: name))
        }
        if options.isStrict { try refuse(departures: compiled.warnings, document) }
        return (compiled.image, (document.warnings + compiled.warnings).map { ModelWarning($0, document) })
    }

    private static func translating(_ read: () throws(PMMLReadError) -> Document) throws(PommelError) -> Document {
        do { return try read() } catch { throw PommelError(error) }
    }
}

extension PommelError {
    init(_ error: PMMLReadError) {
        self.init(
            id: error.id, message: error.message,
            place: Place(
                file: error.file, line: error.line > 0 ? error.line : nil, column: error.column > 0 ? error.column : nil,
                path: error.path.isEmpty ? nil : error.path))
    }
}

extension PommelError.Place {
    init(_ location: SourceLocation, _ paths: ElementPaths, file: String) {
        let path = paths.text(location.path)
        self.init(
            file: file, line: location.line > 0 ? Int(location.line) : nil, column: location.column > 0 ? Int(location.column) : nil,
            path: path.isEmpty ? nil : path)
    }
}

extension ModelWarning {
    init(_ diagnostic: Diagnostic, _ document: Document) {
        self.init(
            id: diagnostic.id, message: diagnostic.message,
            place: PommelError.Place(diagnostic.location, document.paths, file: document.name))
    }
}

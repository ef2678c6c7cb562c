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

extension Model {
    /// Opens a PMML document, a native file, or a model that R has saved; its content tells which.
    ///
    /// - Parameters:
    ///   - path: the file, compressed or not; `-` is standard input.
    ///   - modelName: the model to take from a document that holds several; nil takes the first that can be scored.
    ///   - objectName: the object to take from a file of R's `save`, or the element of a saved list; nil takes the only model.
    /// - Throws: ``PommelError`` with the place at which the file is wrong.
    public convenience init(path: String, modelName: String? = nil, objectName: String? = nil) throws(PommelError) {
        try self.init(try ModelSource.open(path: path), name: path, modelName, objectName)
    }

    /// Opens a PMML document, a native file, or a model that R has saved, held in memory.
    ///
    /// - Parameter name: what stands for the file in messages.
    public convenience init(bytes: [UInt8], name: String = "memory", modelName: String? = nil, objectName: String? = nil) throws(PommelError) {
        try self.init(ModelSource.of(bytes), name: name, modelName, objectName)
    }

    private convenience init(_ source: ModelSource, name: String, _ modelName: String?, _ objectName: String?) throws(PommelError) {
        switch source {
        case .native(let descriptor):
            defer { close(descriptor) }
            try self.init(native: try Model.translating(name) { () throws(FormatError) in try Program(mapping: descriptor) }, name, modelName)
        case .nativeBytes(let bytes):
            try self.init(native: try Model.translating(name) { () throws(FormatError) in try Program(bytes: bytes) }, name, modelName)
        case .document, .documentBytes, .saved, .savedBytes:
            let compiled = try BigStack.run { () throws(PommelError) in try Model.compile(source, name, modelName, objectName) }
            let program = try Model.translating(name) { () throws(FormatError) in try Program(image: compiled.image) }
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
        _ source: ModelSource, _ name: String, _ modelName: String?, _ objectName: String?
    ) throws(PommelError) -> (image: ProgramImage, warnings: [ModelWarning]) {
        let document = try read(source, name, objectName)
        do {
            let compiled = try TableCompiler.compile(document, modelName: modelName)
            return (compiled.image, (document.warnings + compiled.warnings).map { ModelWarning($0, document) })
        } catch {
            throw PommelError(
                id: error.id, message: error.message, place: PommelError.Place(error.location, document.paths, file: name))
        }
    }

    private static func read(_ source: ModelSource, _ name: String, _ objectName: String?) throws(PommelError) -> Document {
        do throws(PMMLReadError) {
            switch source {
            case .document(let path): return try PMMLReader.read(path: path)
            case .documentBytes(let bytes), .nativeBytes(let bytes): return try PMMLReader.read(bytes: bytes, name: name)
            case .native: return try PMMLReader.read(path: name)
            case .saved, .savedBytes: break
            }
        } catch {
            throw PommelError(error)
        }
        if case .savedBytes(let bytes) = source { return try readR(bytes: bytes, objectName: objectName, name: name) }
        return try readR(path: name, objectName: objectName)
    }

    private static func translating(
        _ name: String, _ open: () throws(FormatError) -> Program
    ) throws(PommelError) -> Program {
        do {
            return try open()
        } catch {
            throw PommelError(
                id: error.id, message: error.message, place: .init(file: name, section: error.section, offset: error.offset))
        }
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

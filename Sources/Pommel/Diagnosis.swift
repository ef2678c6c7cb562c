import Evaluation
import ModelTree
import PMMLReader
import TableCompiler

/// Everything that is wrong with a model, and every remark on it.
public struct Diagnosis: Sendable {
    /// In the order of the document; a model with none can be used.
    public var errors: [PommelError] = []
    public var warnings: [ModelWarning] = []
    public var isUsable: Bool { errors.isEmpty }

    /// Reads a model and compiles it, going on after each error.
    ///
    /// A document that cannot be read is not compiled: what its broken parts would have meant is not known. Of a document with several models all that can
    /// be scored are compiled. A native file, and a model that R has saved, is refused at its first error.
    ///
    /// - Parameters:
    ///   - path: a PMML document, compressed or not, or a native file; `-` is standard input.
    ///   - options: all models of a document are compiled, whatever `modelName` says; if strict, every departure from the standard is an error.
    public static func of(path: String, _ options: OpenOptions = OpenOptions()) -> Diagnosis {
        let found = lenient(path: path, options)
        guard options.isStrict else { return found }
        var strict = found
        strict.warnings.removeAll { Model.isDeparture($0.id) }
        strict.errors += found.warnings.filter { Model.isDeparture($0.id) }.map { PommelError(id: $0.id, message: $0.message, place: $0.place) }
        strict.sort()
        return strict
    }

    private static func lenient(_ options: OpenOptions) -> OpenOptions {
        OpenOptions(objectName: options.objectName, predictArguments: options.predictArguments)
    }

    private static func lenient(path: String, _ options: OpenOptions) -> Diagnosis {
        do throws(PommelError) {
            switch try ModelSource.open(path: path) {
            case .native(let descriptor):
                ModelSource.discard(descriptor)
                return Diagnosis(warnings: try Model(path: path).warnings)
            case .nativeBytes(let bytes): return Diagnosis(warnings: try Model(bytes: bytes, name: path).warnings)
            case .saved: return Diagnosis(warnings: try Model(path: path, lenient(options)).warnings)
            case .savedBytes(let bytes):
                return Diagnosis(warnings: try Model(bytes: bytes, name: path, lenient(options)).warnings)
            case .document: return try BigStack.run { () throws(PommelError) in of(PMMLReader.diagnose(path: path)) }
            case .documentBytes(let bytes):
                return try BigStack.run { () throws(PommelError) in of(PMMLReader.diagnose(bytes: bytes, name: path)) }
            }
        } catch {
            return Diagnosis(errors: [error])
        }
    }

    private static func of(_ read: (document: Document, errors: [PMMLReadError])) -> Diagnosis {
        var diagnosis = Diagnosis()
        diagnosis.errors = read.errors.map(PommelError.init)
        diagnosis.warnings = read.document.warnings.map { ModelWarning($0, read.document) }
        guard read.errors.isEmpty else { return diagnosis }
        for found in TableCompiler.diagnose(read.document) {
            switch found.severity {
            case .warning: diagnosis.warnings.append(ModelWarning(found, read.document))
            case .error:
                diagnosis.errors.append(PommelError(
                    id: found.id, message: found.message,
                    place: PommelError.Place(found.location, read.document.paths, file: read.document.name)))
            }
        }
        diagnosis.sort()
        return diagnosis
    }

    private mutating func sort() {
        errors.sort { ($0.place.line ?? 0, $0.place.column ?? 0) < ($1.place.line ?? 0, $1.place.column ?? 0) }
    }
}

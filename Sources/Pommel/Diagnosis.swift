import Evaluation
import ModelLint
import ModelTree
import PMMLReader
import TableCompiler

/// Everything that is wrong with a model, and every remark on it.
public struct Diagnosis: Sendable {
    /// In the order of the document; a model with none can be used.
    public var errors: [PommelError] = []
    /// Remarks of reading and compiling, which do not stop the model from being used.
    public var warnings: [ModelWarning] = []
    /// What scoring does not remark on: likely mistakes, parts that nothing uses, markup of another version or of vendors. Only of PMML documents.
    public var lint: [Finding] = []
    /// Everything, in the order of the document.
    public var findings: [Finding] {
        let all = errors.map { Finding(severity: .error, id: $0.id, message: $0.message, place: $0.place) }
            + warnings.map { Finding(severity: .warning, id: $0.id, message: $0.message, place: $0.place) } + lint
        return all.enumerated().sorted { a, b in
            (a.element.place.line ?? 0, a.element.place.column ?? 0, a.offset) < (b.element.place.line ?? 0, b.element.place.column ?? 0, b.offset)
        }.map(\.element)
    }
    /// Whether the model can be scored.
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
        OpenOptions(objectName: options.objectName, limits: options.limits, predictArguments: options.predictArguments)
    }

    private static func lenient(path: String, _ options: OpenOptions) -> Diagnosis {
        var reading = PMMLReader.Options()
        reading.limits = options.limits.ofXML
        do throws(PommelError) {
            switch try ModelSource.open(path: path, most: options.limits.documentBytes) {
            case .native(let descriptor):
                ModelSource.discard(descriptor)
                return Diagnosis(warnings: try Model(path: path).warnings)
            case .nativeBytes(let bytes): return Diagnosis(warnings: try Model(bytes: bytes, name: path).warnings)
            case .saved: return Diagnosis(warnings: try Model(path: path, lenient(options)).warnings)
            case .savedBytes(let bytes):
                return Diagnosis(warnings: try Model(bytes: bytes, name: path, lenient(options)).warnings)
            case .document:
                return try BigStack.run { () throws(PommelError) in
                    let markup = MarkupNotes()
                    return of(PMMLReader.diagnose(path: path, options: reading, observer: markup), markup)
                }
            case .documentBytes(let bytes):
                return try BigStack.run { () throws(PommelError) in
                    let markup = MarkupNotes()
                    return of(PMMLReader.diagnose(bytes: bytes, name: path, options: reading, observer: markup), markup)
                }
            }
        } catch {
            return Diagnosis(errors: [error])
        }
    }

    private static func of(_ read: (document: Document, errors: [PMMLReadError]), _ markup: MarkupNotes) -> Diagnosis {
        var diagnosis = Diagnosis()
        diagnosis.errors = read.errors.map(PommelError.init)
        diagnosis.warnings = read.document.warnings.map { ModelWarning($0, read.document) }
        let notes = markup.findings(version: read.document.version)
        guard read.errors.isEmpty else {
            diagnosis.note(notes, read.document)
            return diagnosis
        }
        let compiled = TableCompiler.diagnose(read.document)
        for found in compiled.found {
            switch found.severity {
            case .warning, .note: diagnosis.warnings.append(ModelWarning(found, read.document))
            case .error:
                diagnosis.errors.append(PommelError(
                    id: found.id, message: found.message,
                    place: PommelError.Place(found.location, read.document.paths, file: read.document.name)))
            }
        }
        diagnosis.sort()
        // What has an error uses less than it should.
        let lint = ModelLint.findings(
            in: read.document, usage: diagnosis.errors.isEmpty ? compiled.usage : nil, builtInFunctions: Set(Builtins.all.map(\.name)))
        diagnosis.note(notes + lint, read.document)
        return diagnosis
    }

    private mutating func note(_ found: [Diagnostic], _ document: Document) {
        lint += found.map { one in
            Finding(
                severity: one.severity == .note ? .note : .warning, id: one.id, message: one.message,
                place: PommelError.Place(one.location, document.paths, file: document.name), fix: one.fix)
        }
    }

    private mutating func sort() {
        errors.sort { ($0.place.line ?? 0, $0.place.column ?? 0) < ($1.place.line ?? 0, $1.place.column ?? 0) }
    }
}

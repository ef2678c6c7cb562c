import Evaluation
import ModelTree

/// Going on after an error, so that all of a document's errors are found in one go: `TableCompiler.diagnose` does.
///
/// What has an error is left out, or a value that is always missing stands in for it; the tables are thrown away in the end.
struct Recovery {
    private(set) var errors: [CompileError] = []
    private var places: Set<SourceLocation> = []
    /// The id of an error that only follows from others.
    static let consequence = ""
    /// More errors than this are not kept.
    static let limit = 1_000

    /// Keeps the first error of each element: those after it follow from it.
    mutating func keep(_ error: CompileError) {
        if error.id == Self.consequence { return }
        if errors.count < Self.limit, places.insert(error.location).inserted { errors.append(error) }
    }
}

extension Compiler {
    /// Does `body`, and gives nil if it has an error after which lowering goes on.
    func attempt<Result>(_ body: () throws(CompileError) -> Result) throws(CompileError) -> Result? {
        guard goesOn else { return try body() }
        do throws(CompileError) {
            return try body()
        } catch {
            recovery?.keep(error)
            return nil
        }
    }

    /// A value that stands in for one that has an error.
    func standIn(for error: CompileError, _ type: ValueType) throws(CompileError) -> TypedValue {
        guard goesOn else { throw error }
        recovery?.keep(error)
        return TypedValue(builder.missing(type.kind), type)
    }

    /// A result that stands in for that of a model that has an error.
    func standIn(for target: TargetField) -> ModelResult {
        var result = ModelResult(value: TypedValue(builder.missing(target.type.kind), target.type), target: target.name)
        result.isStandIn = true
        return result
    }

    /// Nothing can be said of segments together if one of them has an error.
    func checkSound(_ lowered: [LoweredSegment], _ context: ModelContext) throws(CompileError) {
        if lowered.contains(where: \.result.isStandIn) { throw CompileError(Recovery.consequence, "", at: context.model.location) }
    }

    /// Derived fields that are only offered may have errors; those are remarks.
    private var goesOn: Bool { recovery != nil && !isOffering }
}

extension TableCompiler {
    /// Compiles every model of a document that can be scored, whatever is wrong with it.
    ///
    /// - Returns: all errors and remarks, each once, errors first; and what is used, which says little where there are errors.
    public static func diagnose(_ document: Document) -> (found: [Diagnostic], usage: FieldUsage) {
        var usage = FieldUsage()
        var found: [Diagnostic] = []
        var seen: Set<SourceLocation> = []
        let scorable = document.models.indices.filter { document.models[$0].isScorable }
        // A document with one model or none is compiled as it is; of several, each in its turn, as one may ask another.
        let turns: [Int?] = scorable.count < 2 ? [nil] : scorable.map(Optional.some)
        var remarks: Set<String> = []
        var warnings: [Diagnostic] = []
        let basis = DocumentBasis(document)
        for turn in turns {
            let compiler = Compiler(document, basis)
            compiler.chosenModel = turn
            compiler.recovery = Recovery()
            do throws(CompileError) { try compiler.compile(nil) } catch { compiler.recovery?.keep(error) }
            if compiler.recovery?.errors.isEmpty ?? true, let refused = compiler.refusal() { found.append(refused) }
            usage.formUnion(compiler.usage)
            usage.dataFields.formUnion(compiler.rawInputs.keys)
            for error in compiler.recovery?.errors ?? [] where seen.insert(error.location).inserted {
                found.append(Diagnostic(id: error.id, severity: .error, message: error.message, location: error.location))
            }
            for warning in compiler.warnings where remarks.insert("\(warning.location) \(warning.message)").inserted { warnings.append(warning) }
        }
        // What only a derived field that nobody uses would suffer from is an error where the field is used.
        return (found + warnings.filter { !seen.contains($0.location) }, usage)
    }
}

extension Compiler {
    /// What the loader says against the tables that were made without an error; nil if they can be used.
    fileprivate func refusal() -> Diagnostic? {
        do throws(FormatError) {
            _ = try Program(image: try builder.finish())
            return nil
        } catch {
            return Diagnostic(id: error.id, severity: .error, message: error.message, location: document.models.first?.location ?? .none)
        }
    }
}

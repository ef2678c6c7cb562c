import Evaluation
import ModelTree

/// Lowers a document to evaluation tables: names become registers, expressions become instructions, models become tables.
///
/// One file for each family of elements extends it; the state is the builder and what has been resolved so far.
final class Compiler {
    let document: Document
    let basis: DocumentBasis
    let builder = ProgramBuilder()
    private(set) var warnings: [Diagnostic] = []
    /// Whether trees may be given up once they are in the image.
    var releasesTrees = false
    private var warned: Set<Remark> = []
    /// The place of the model to compile; nil takes the first that can be scored.
    var chosenModel: Int?
    /// The errors found so far, where lowering goes on after one; nil where the first ends it.
    var recovery: Recovery?
    /// What is used so far, where errors are collected.
    var usage = FieldUsage()
    /// Fields that are only offered are not used.
    var recordsUsage: Bool { recovery != nil && !isOffering }
    var functions: [String: DefineFunction] { basis.functions }
    /// Names of the functions being expanded, to refuse recursion.
    var openFunctions: [String] = []
    /// Expansions inside others so far, and what their tables amount to.
    var nestedCalls = 0
    /// What the tables of a function count, by its name.
    var functionTables: [String: Int] = [:]
    static let mostNestedCalls = 100_000
    /// Expansions of functions over the same arguments, so that nested definitions stay linear.
    var expandedFunctions: [FunctionCall: TypedValue] = [:]
    /// What MapValues elements give for the same arguments, by their places in the document.
    var mappedValues: [FunctionCall: TypedValue] = [:]
    /// Registers whose values are places in an order.
    var ordinals = Ordinals()
    /// Tells the block at hand from all others: what was emitted in it can be used again.
    var currentBlock: Int { builder.blockID &* 65_536 &+ builder.depth }
    /// Registers that the caller fills, by field.
    var rawInputs: [String: TypedValue] = [:]
    /// Fields whose values are collections.
    var collectionFields: Set<String> { basis.collectionFields }
    /// The ranks that outputs ask for.
    var outputRanks: Set<Int> { basis.outputRanks }
    /// Tokenizers of the document's TextIndex elements by their settings.
    var tokenizers: [TextTokenizer.Settings: TextTokenizer] = [:]
    /// Positions in the list of categories at hand.
    var categoryPlaces = CategoryPlaces()
    /// Whether derived fields are lowered only so that they can be asked for.
    var isOffering = false
    /// The scope of the model that is compiled.
    var outermostScope: Scope?
    private var depth = 0
    private var hints = 0
    /// Outputs so far that tell of rules: each has a table of its own.
    var ruleOutputs = 0
    /// Outputs so far that look at all classes.
    var classOutputs = 0
    /// Fields, expressions and functions nested deeper than this are refused; the work runs on a stack made for it.
    private static let deepest = 20_000

    private struct Remark: Hashable {
        var id: String
        var message: String
        var location: SourceLocation
    }

    struct FunctionCall: Hashable {
        var name: String
        var arguments: [Register]
        var block: Int
        var isFloat: Bool
    }

    /// - Parameter basis: what another compiler of the same document has gathered.
    init(_ document: Document, _ basis: DocumentBasis? = nil) {
        self.document = document
        self.basis = basis ?? DocumentBasis(document)
    }

    /// Whether an error may still look for the name that was meant, among all that there are: the first few that are wrong tell enough.
    func takesHint() -> Bool {
        hints += 1
        return hints <= 20
    }

    func warn(_ id: String, _ message: String, at location: SourceLocation) {
        // What is lowered in several places is remarked on once.
        guard warnings.count < 1_000, warned.insert(Remark(id: id, message: message, location: location)).inserted else { return }
        warnings.append(Diagnostic(id: id, severity: .warning, message: message, location: location))
    }

    /// Runs `body` one level deeper, refusing documents that nest without end.
    func nested<Result>(at location: SourceLocation, _ body: () throws(CompileError) -> Result) throws(CompileError) -> Result {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.deepest { throw CompileError.tooDeep("expressions, functions and models", limit: Self.deepest, at: location) }
        return try body()
    }
}

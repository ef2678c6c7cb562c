import Evaluation

/// A model ready to score: opened once, immutable, and shared by any number of threads.
///
/// The `Pommel` library opens PMML and models of R's, too.
///
/// ```swift
/// let model = try Model(nativeFile: "iris.pommel")
/// let result = try model.score(["petal_length": 4.2, "petal_width": 1.3])
/// ```
public final class Model: Sendable {
    /// The file as the caller named it.
    public let name: String
    /// Inputs, results, structure, and what else the model says of itself.
    public var schema: Schema { program.schema }
    /// The evaluation tables.
    public let program: Program
    /// Remarks from reading and compiling; a native file has none.
    public let warnings: [ModelWarning]
    /// Whether it was read from a native file.
    public let isNative: Bool
    /// Whether it was read from an object saved by R.
    public let isSavedByR: Bool
    private let scorers = IdlePool<Scorer>(limit: 64)

    package init(name: String, program: Program, warnings: [ModelWarning], isNative: Bool, isSavedByR: Bool = false) {
        self.name = name
        self.isNative = isNative
        self.isSavedByR = isSavedByR
        self.program = program
        self.warnings = warnings
    }

    /// Gives the bytes of the native file that holds the same tables; they are valid during the call only.
    public func withNativeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // The memory belongs to the program, which must outlive its use.
        defer { withExtendedLifetime(program) {} }
        return try body(program.bytes)
    }

    /// The size of the native file.
    public var nativeByteCount: Int { program.bytes.count }

    /// Scores one record.
    ///
    /// A field that the record does not name is missing; names that the model does not know are ignored.
    /// - Returns: the target's and the outputs' values by name.
    /// - Throws: ``PommelError`` with the field and value when the model has no result for the record.
    public func score(_ record: [String: Value]) throws(PommelError) -> [String: Value] {
        let scorer = scorers.take() ?? Scorer(Plan(program))
        defer { scorers.give(scorer) }
        return try scorer.score(record)
    }
}

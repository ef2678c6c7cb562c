import Evaluation
import ModelTree

extension CompileError {
    /// Refuses a table of a cell for each two of some things, where a short document can have too many of both.
    ///
    /// - Parameters:
    ///   - few: with so many of the first things or fewer, any number of the others passes: the document is about as large itself.
    ///   - most: the most cells.
    static func refuseLarge(
        _ count: Int, times other: Int, few: Int = 0, most: Int, at location: SourceLocation, _ message: @autoclosure () -> String
    ) throws(CompileError) {
        if count > few, other > most / count { throw CompileError("size-limit", message(), at: location) }
    }
}

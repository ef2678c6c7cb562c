import Pommel
import Tabular

/// What the command says to the shell. Usage errors, 64, are thrown as ArgumentParser's `ValidationError`.
enum ExitStatus: Int32 {
    /// Done, but rows, records or cases failed.
    case failures = 1
    /// Options that do not fit the files.
    case usage = 64
    /// The model or the input cannot be read.
    case unreadable = 65
    /// The output cannot be written.
    case unwritable = 74
    /// The reader of the output closed it: enough was written.
    case enough = 0
}

/// The end of a command that did not do all it was asked for.
struct CommandFailure: Error {
    var status: ExitStatus
    /// What is said on standard error; nil when all has been said.
    var message: String?

    /// Rows, records or cases failed, and have been reported.
    static let failures = CommandFailure(status: .failures, message: nil)

    /// A model or table that cannot be read.
    static func unreadable(_ error: PommelError) -> CommandFailure {
        CommandFailure(status: .unreadable, message: told(error))
    }

    /// The error, and what mends it where that is known.
    private static func told(_ error: PommelError) -> String {
        error.description + (DiagnosticCatalogue.fix(of: error.id).map { "\n  fix: \($0)" } ?? "")
    }

    /// An output that cannot be written; a closed pipe ends quietly.
    static func unwritable(_ error: PommelError) -> CommandFailure {
        error.id == "pipe-closed"
            ? CommandFailure(status: .enough, message: nil) : CommandFailure(status: .unwritable, message: told(error))
    }
}

/// Runs work whose errors mean that a model or table cannot be read.
func reading<Result>(_ work: () throws(PommelError) -> Result) throws(CommandFailure) -> Result {
    do { return try work() } catch { throw .unreadable(error) }
}

/// Runs work whose errors mean that a table cannot be read.
func reading<Result>(_ file: String, _ work: () throws(DataError) -> Result) throws(CommandFailure) -> Result {
    do { return try work() } catch { throw .unreadable(PommelError(error, file: file)) }
}

/// Runs work whose errors mean that the output cannot be written.
func writing<Result>(_ work: () throws(PommelError) -> Result) throws(CommandFailure) -> Result {
    do { return try work() } catch { throw .unwritable(error) }
}

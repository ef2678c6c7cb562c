import ArgumentParser
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import Evaluation
import Pommel

/// The command `pommel`.
public struct PommelTool: ParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "pommel",
        abstract: "Scores data with PMML models.",
        discussion: """
            MODEL is a PMML document (2.0 to 4.4.1, plain or gzip), a .pommel file, or a model that R has saved (saveRDS, save); its \
            content tells which. INPUT is CSV, TSV or JSON Lines.

              pommel score model.pmml data.csv -o scores.csv
              pommel convert model.pmml -o model.pommel

            Exit status: 0 done; 1 done, but rows, records or cases failed, or a check found differences; 64 wrong usage; 65 the \
            model or the input cannot be read, or the model not be said in the version asked for; 74 the output cannot be written.
            """,
        version: "0.1.0",
        subcommands: [
            ScoreCommand.self, InspectCommand.self, ValidateCommand.self, VerifyCommand.self, ConvertCommand.self, BenchCommand.self,
            ConformanceCommand.self,
        ])

    public init() {}

    /// Of a name that is no command's, ArgumentParser would only say that it and all behind it is unexpected.
    private static func refuseUnknownCommand(_ name: String?) throws(ValidationError) {
        let known = configuration.subcommands.compactMap { $0.configuration.commandName }
        guard let name, !name.hasPrefix("-"), name != "help", !known.contains(name) else { return }
        let hint = NearestName.hint(name, among: known)
        throw ValidationError("there is no command \"\(name)\"" + (hint.isEmpty ? "; expected one of \(known.joined(separator: ", "))" : hint))
    }

    /// Runs the command line and ends the process with the exit status.
    public static func runToEnd() -> Never {
        // A reader that closes the pipe is noticed by the write, so that files under way are put in order.
        signal(SIGPIPE, SIG_IGN)
        // So is a limit on the size of files.
        signal(SIGXFSZ, SIG_IGN)
        TemporaryFiles.removeAtSignals()
        do {
            try refuseUnknownCommand(CommandLine.arguments.dropFirst().first)
            var command = try parseAsRoot()
            try command.run()
            SystemCall.exit(0)
        } catch let failure as CommandFailure {
            if let message = failure.message { Console.note(message) }
            SystemCall.exit(failure.status.rawValue)
        } catch {
            exit(withError: error)
        }
    }
}

/// The system's `exit`, whose name ArgumentParser's commands hide.
private enum SystemCall {
    static func exit(_ status: Int32) -> Never {
        #if canImport(Glibc)
        Glibc.exit(status)
        #elseif canImport(Musl)
        Musl.exit(status)
        #else
        Darwin.exit(status)
        #endif
    }
}

import ArgumentParser
import Tabular

/// How tables are written, by the words of the command line.
enum FormatName: String, ExpressibleByArgument, CaseIterable {
    case csv, tsv, jsonl

    var format: TableFormat {
        switch self {
        case .csv: .csv
        case .tsv: .tsv
        case .jsonl: .jsonLines
        }
    }
}

/// The input table of a command.
struct InputOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The table; - or nothing is standard input.", valueName: "input"))
    var input: String?

    @Option(help: "The input's format; without it the file's ending tells, else it is CSV.")
    var inputFormat: FormatName?

    @Option(parsing: .unconditionalSingleValue, help: ArgumentHelp(
        "A text that stands for a missing value; may be given several times. Replaces the empty cell and NA.", valueName: "token"))
    var missing: [String] = []

    /// The table as messages name it.
    var name: String { input ?? "-" }
    var format: TableFormat { inputFormat?.format ?? TableFormat(path: name) ?? .csv }
    var tokens: MissingTokens { missing.isEmpty ? .standard : MissingTokens(missing) }

    func open() throws(CommandFailure) -> InputFile { try InputFile(name) }
}

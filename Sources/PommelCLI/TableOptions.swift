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

    @Option(help: ArgumentHelp("What separates the cells of delimited input, if it is neither a comma nor a tab.", valueName: "character"))
    var delimiter: String?

    @Option(parsing: .unconditionalSingleValue, help: ArgumentHelp(
        "A text that stands for a missing value; may be given several times. Replaces the empty cell and NA.", valueName: "token"))
    var missing: [String] = []

    @Option(help: ArgumentHelp("The most bytes of a row.", valueName: "n"))
    var maxRowBytes = TableLimits().recordBytes

    @Option(help: ArgumentHelp("The most columns, or keys of an object.", valueName: "n"))
    var maxColumns = TableLimits().columns

    var limits: TableLimits {
        var limits = TableLimits()
        limits.recordBytes = maxRowBytes
        limits.columns = maxColumns
        return limits
    }

    /// The table as messages name it.
    var name: String { input ?? "-" }
    var format: TableFormat {
        if let byte = delimiter?.utf8.first { return .delimited(by: byte) }
        return inputFormat?.format ?? TableFormat(path: name) ?? .csv
    }
    var tokens: MissingTokens { missing.isEmpty ? .standard : MissingTokens(missing) }

    func validate() throws {
        try LimitOptions.require([("--max-row-bytes", maxRowBytes), ("--max-columns", maxColumns)])
        guard let delimiter else { return }
        let byte = delimiter.utf8.first ?? 0
        guard delimiter.utf8.count == 1, byte >= 32 || byte == 9, byte < 127, delimiter != "\"" else {
            throw ValidationError("--delimiter must be one ASCII character, and no double quote")
        }
        if inputFormat == .jsonl { throw ValidationError("--delimiter is for delimited input") }
    }

    func open() throws(CommandFailure) -> InputFile { try InputFile(name) }
}

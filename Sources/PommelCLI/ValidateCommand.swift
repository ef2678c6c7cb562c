import ArgumentParser
import Pommel

/// What `validate` shows, at least.
enum SeverityName: String, ExpressibleByArgument, CaseIterable {
    case note, warning, error

    var severity: Finding.Severity {
        switch self {
        case .note: .note
        case .warning: .warning
        case .error: .error
        }
    }
}

struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Reads and compiles models, and prints all errors, warnings and notes with place and remedy.",
        discussion: """
            Exit status: 0 all models can be used; 1 they can, but --warnings-as-errors is given and there are warnings; 65 one cannot be \
            used. docs/diagnostics.md lists what is looked for.
            """)

    @Argument(help: ArgumentHelp("PMML documents, .pommel files, or models saved by R.", valueName: "model"))
    var models: [String]

    @Option(name: .customLong("object"), help: ArgumentHelp(
        "The object to take from a file of R's save(), or the element of a list.", valueName: "name"))
    var objectName: String?

    @OptionGroup var prediction: PredictOptions

    @Flag(help: "Print a JSON object.")
    var json = false

    @Flag(help: "End with status 1 if there are warnings.")
    var warningsAsErrors = false

    @Option(help: "Show only what is at least as severe as this.")
    var level: SeverityName = .note

    @Option(parsing: .unconditionalSingleValue, help: ArgumentHelp(
        "Leave out warnings and notes of this id; may be given several times.", valueName: "id"))
    var ignore: [String] = []

    @OptionGroup var strictness: StrictnessOptions
    @OptionGroup(title: "Limits") var limiting: LimitOptions

    func validate() throws {
        let known = Set(DiagnosticCatalogue.entries.map(\.id))
        if let unknown = ignore.first(where: { !known.contains($0) }) {
            throw ValidationError("--ignore: no warning or note has the id \"\(unknown)\"; docs/diagnostics.md lists them")
        }
    }

    func run() throws {
        var reports: [JSON] = []
        var isEveryModelGood = true
        var hasWarnings = false
        for path in models {
            let options = OpenOptions(
                objectName: objectName, isStrict: strictness.strict, limits: limiting.limits, predictArguments: prediction.values)
            let diagnosis = Diagnosis.of(path: path, options)
            let found = diagnosis.findings.filter { $0.severity == .error || !ignore.contains($0.id) }
            if !diagnosis.isUsable { isEveryModelGood = false }
            if found.contains(where: { $0.severity == .warning }) { hasWarnings = true }
            let shown = found.filter { $0.severity >= level.severity }
            if json {
                reports.append(diagnosis.description(of: path, shown))
            } else {
                for one in shown { try Console.say(Self.text(one)) }
                if diagnosis.isUsable { try Console.say("\(path): ok") }
            }
        }
        if json { try Console.say(JSON.members(["models": .array(reports)]).printed(indented: true)) }
        if !isEveryModelGood { throw CommandFailure(status: .unreadable, message: nil) }
        if warningsAsErrors, hasWarnings { throw CommandFailure.failures }
    }

    private static func text(_ finding: Finding) -> String {
        finding.description + (finding.fix.map { "\n  fix: \($0)" } ?? "")
    }
}

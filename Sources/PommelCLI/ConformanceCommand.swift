import ArgumentParser
import Conformance
import Pommel

struct ConformanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance",
        abstract: "Runs folders of cases: a model, an input, and the results that are expected of it.",
        discussion: "A case is a folder with model.pmml, input.csv, expected.csv (or .jsonl) and case.json. The exit status is 1 if any fails.")

    @Argument(help: ArgumentHelp("Cases, or folders of cases.", valueName: "folder"))
    var folders: [String]

    @Flag(help: "Score from the native file, too, whose results must be the same to the byte.")
    var native = false

    @Flag(help: "Print a JSON object.")
    var json = false

    func run() throws {
        let cases = folders.flatMap { ConformanceCase.discover(in: $0) }
        if cases.isEmpty { throw CommandFailure(status: .unreadable, message: "no case in \(folders.joined(separator: ", "))") }
        let report = ConformanceReport(cases.map { $0.run(native ? .native : .document) })
        try Console.say(json ? report.json.printed(indented: true) : report.text)
        if report.passed < report.outcomes.count { throw CommandFailure.failures }
    }
}

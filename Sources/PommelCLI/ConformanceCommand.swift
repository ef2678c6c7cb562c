import ArgumentParser
import Conformance
import Evaluation
import Pommel

struct ConformanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance",
        abstract: "Runs folders of cases: a model, an input, and the results that are expected of it.",
        discussion: """
            A case is a folder with model.pmml, input.csv, expected.csv (or .jsonl) and case.json; suites laid out as pmml/NAME.pmml, \
            csv/DATASET.csv and csv/NAME.csv are found, too. Each is scored from its document and from the native file made of it. \
            The exit status is 1 if any fails unexpectedly, or an expected failure passes.
            """)

    @Argument(help: ArgumentHelp("Cases, or folders of cases.", valueName: "dir"))
    var folders: [String]

    @Option(help: ArgumentHelp("Only the cases whose name matches a shell pattern.", valueName: "glob"))
    var filter: String?

    @Option(help: ArgumentHelp("The cases known to fail, one name to a line; # starts a remark.", valueName: "file"))
    var expectedFailures: String?

    @Option(help: ArgumentHelp("Write a JUnit XML file.", valueName: "file"))
    var junit: String?

    @Option(help: ArgumentHelp("Write the outcomes as a JSON object.", valueName: "file"))
    var json: String?

    @Flag(help: "Print the names of the cases and run none.")
    var list = false

    @OptionGroup var strictness: StrictnessOptions

    func validate() throws {
        if let junit, let json, SameFile.wouldBeSame(junit, json) { throw ValidationError("--junit and --json name one file; each needs its own") }
    }

    func run() throws {
        for folder in folders where !FileSystem.isFolder(folder) {
            throw CommandFailure.unreadable(PommelError(id: "file-open", message: "there is no such folder; expected one with cases in it", place: .init(file: folder)))
        }
        var seen: Set<String> = []
        let known = folders.flatMap { ConformanceCase.discover(in: $0) }.filter { seen.insert($0.identity).inserted }
        var cases = known
        if let filter { cases = cases.filter { $0.matches(filter) } }
        if cases.isEmpty {
            let matching = filter.map { " that matches \($0)" } ?? ""
            throw CommandFailure(status: .unreadable, message: "no case\(matching) in \(folders.joined(separator: ", "))")
        }
        if list { return try Console.say(cases.map(\.name).joined(separator: "\n")) }
        let expected = try listOfFailures()
        let unknown = expected.unknown(among: known.map(\.name))
        let isShown = Console.isTerminal(2)
        let outcomes = ConformanceCase.run(cases, isStrict: strictness.strict) { started in
            if isShown { Console.raw("\r\(started) of \(cases.count) cases\u{1b}[K") }
        }
        if isShown { Console.raw("\r\u{1b}[K") }
        let report = ConformanceReport(outcomes)
        if let junit { try Self.write(report.junit(expected), to: junit) }
        if let json { try Self.write(report.json.printed(indented: true) + "\n", to: json) }
        try Console.say(report.text(expected))
        for name in unknown { Console.note("\(expectedFailures ?? ""): error: there is no case \"\(name)\": take it off the list of expected failures") }
        if !unknown.isEmpty || outcomes.contains(where: { expected.complaint(about: $0) != nil }) { throw CommandFailure.failures }
    }

    private func listOfFailures() throws(CommandFailure) -> ExpectedFailures {
        guard let path = expectedFailures else { return ExpectedFailures() }
        guard let bytes = FileSystem.read(path) else { throw CommandFailure.unreadable(PommelError(id: "file-open", message: "cannot be read", place: .init(file: path))) }
        return ExpectedFailures(text: String(decoding: bytes, as: UTF8.self))
    }

    private static func write(_ text: String, to path: String) throws(CommandFailure) {
        try writing { () throws(PommelError) in
            let file = try OutputFile(path: path)
            var bytes = ByteWriter(capacity: text.utf8.count)
            bytes.append(text)
            try bytes.withBytes { bytes throws(PommelError) in try file.write(UnsafeRawBufferPointer(bytes)) }
            try file.commit()
        }
    }
}

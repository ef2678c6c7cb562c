import ArgumentParser
import Pommel

struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Reads and compiles models, and prints every error and warning with its place.",
        discussion: "The exit status is 65 if any of the models cannot be used.")

    @Argument(help: ArgumentHelp("PMML documents, .pommel files, or models saved by R.", valueName: "model"))
    var models: [String]

    @Option(name: .customLong("object"), help: ArgumentHelp(
        "The object to take from a file of R's save(), or the element of a list.", valueName: "name"))
    var objectName: String?

    @OptionGroup var prediction: PredictOptions

    @Flag(help: "Print a JSON object.")
    var json = false

    @OptionGroup var strictness: StrictnessOptions

    func run() throws {
        var reports: [JSON] = []
        var isEveryModelGood = true
        for path in models {
            let found = Diagnosis.of(path: path, OpenOptions(objectName: objectName, isStrict: strictness.strict, predictArguments: prediction.values))
            if !found.isUsable { isEveryModelGood = false }
            if json {
                let errors = found.errors.map { Self.json("error", $0.id, $0.message, $0.place) }
                reports.append(JSON.members([
                    "file": .string(path), "valid": .boolean(found.isUsable),
                    "diagnostics": .array(errors + found.warnings.map { Self.json("warning", $0.id, $0.message, $0.place) }),
                ]))
            } else {
                for warning in found.warnings { try Console.say(warning.description) }
                for error in found.errors { try Console.say(error.description) }
                if found.isUsable { try Console.say("\(path): ok") }
            }
        }
        if json { try Console.say(JSON.members(["models": .array(reports)]).printed(indented: true)) }
        if !isEveryModelGood { throw CommandFailure(status: .unreadable, message: nil) }
    }

    static func json(_ severity: String, _ id: String, _ message: String, _ place: PommelError.Place) -> JSON {
        JSON.members([
            "severity": .string(severity), "id": .string(id), "message": .string(message), "file": .string(place.file),
            "line": place.line.map(JSON.int), "column": place.column.map(JSON.int), "path": place.path.map(JSON.string),
            "section": place.section.map(JSON.string), "offset": place.offset.map(JSON.int),
        ])
    }
}

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

    @Flag(help: "Print a JSON object.")
    var json = false

    @OptionGroup var strictness: StrictnessOptions

    func run() throws {
        var reports: [JSON] = []
        var isEveryModelGood = true
        for path in models {
            let found = Diagnosis.of(path: path, OpenOptions(objectName: objectName, isStrict: strictness.strict))
            if !found.isUsable { isEveryModelGood = false }
            if json {
                reports.append(found.description(of: path))
            } else {
                for warning in found.warnings { try Console.say(warning.description) }
                for error in found.errors { try Console.say(error.description) }
                if found.isUsable { try Console.say("\(path): ok") }
            }
        }
        if json { try Console.say(JSON.members(["models": .array(reports)]).printed(indented: true)) }
        if !isEveryModelGood { throw CommandFailure(status: .unreadable, message: nil) }
    }
}

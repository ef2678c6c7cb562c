import ArgumentParser
import Pommel

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Prints a model's fields, types, outputs, structure and size, producer, and vendor markup.")

    @OptionGroup var model: ModelOptions

    @Flag(help: "Print a JSON object.")
    var json = false

    func run() throws {
        let opened = try model.open(isQuiet: json)
        if json {
            try Console.say(opened.description().printed(indented: true))
        } else {
            try Console.say(ModelDescription.text(opened))
        }
    }
}

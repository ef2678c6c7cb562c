import ArgumentParser
import Pommel

struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Writes a model as a .pommel file, which opens at once and scores the same.")

    @OptionGroup var model: ModelOptions

    @Option(name: [.short, .customLong("output")], help: ArgumentHelp("The file to write.", valueName: "output"))
    var output: String

    @Flag(name: [.short, .long], help: "No warnings on standard error.")
    var quiet = false

    func run() throws {
        let opened = try model.open(isQuiet: quiet)
        try writing { () throws(PommelError) in try opened.save(to: output == "-" ? "/dev/stdout" : output) }
    }
}

import ArgumentParser
import Pommel

/// The model of a command.
struct ModelOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("A PMML document, .pommel file, or model saved by R; - is standard input.", valueName: "model"))
    var path: String

    @Option(name: .customLong("model"), help: ArgumentHelp(
        "The model to take, by its modelName, when the document holds several.", valueName: "name"))
    var name: String?

    @OptionGroup var strictness: StrictnessOptions

    @Option(name: .customLong("object"), help: ArgumentHelp(
        "The object to take from a file of R's save(), or the element of a list, when there are several models.", valueName: "name"))
    var objectName: String?

    @OptionGroup var prediction: PredictOptions

    @Flag(help: "Read a .pommel file into memory instead of mapping it: for files that may be written over while they are in use.")
    var noMap = false

    @OptionGroup(title: "Limits") var limiting: LimitOptions

    /// What the options say of the file.
    var opening: OpenOptions {
        var options = OpenOptions(
            modelName: name, objectName: objectName, isStrict: strictness.strict, limits: limiting.limits, predictArguments: prediction.values)
        options.isMapped = !noMap
        return options
    }

    /// Opens the model, and prints its warnings unless it is to be quiet.
    func open(isQuiet: Bool = false) throws(CommandFailure) -> Model {
        let model = try reading { () throws(PommelError) in try Model(path: path, opening) }
        if !model.isSavedByR, let option = objectName != nil ? "--object" : prediction.values.isEmpty ? nil : "--predict" {
            throw CommandFailure(status: .usage, message: "Error: \(option) is for models saved by R, and \(path) is a \(model.isNative ? ".pommel file" : "PMML document")")
        }
        if !isQuiet { for warning in model.warnings { Console.note(warning.description) } }
        return model
    }
}

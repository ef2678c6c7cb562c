import ArgumentParser

/// Arguments of R's `predict`, of which some classes need one to say what they answer.
struct PredictOptions: ParsableArguments {
    @Option(name: .customLong("predict"), help: ArgumentHelp(
        "An argument of R's predict() for a model saved by R, as s=0.01 or s=0.5,0.1 for a glmnet.", valueName: "name=value"))
    var arguments: [String] = []

    /// By their names.
    var values: [String: String] {
        var values: [String: String] = [:]
        for argument in arguments {
            guard let mark = argument.firstIndex(of: "=") else { continue }
            values[String(argument[..<mark])] = String(argument[argument.index(after: mark)...])
        }
        return values
    }

    func validate() throws {
        for argument in arguments where (argument.firstIndex(of: "=") ?? argument.startIndex) == argument.startIndex {
            throw ValidationError("--predict \(argument): expected name=value")
        }
    }
}

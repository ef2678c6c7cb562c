import ArgumentParser

/// How documents that depart from the standard are taken.
struct StrictnessOptions: ParsableArguments {
    @Flag(help: "Refuse a document that departs from the standard, instead of taking the one sensible reading with a warning.")
    var strict = false
}

import ArgumentParser
import PMMLWriter
import Pommel
import Tabular

extension PMMLVersion: ExpressibleByArgument {}

struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Writes a model as PMML of any version, or as a .pommel file, which opens at once; both score the same.",
        discussion: """
            OUTPUT's ending tells the format: .pmml and .xml (and the same with .gz) are PMML, anything else is a .pommel file. What an \
            older version of PMML lacks is rewritten into what it has; what cannot be is listed, and nothing is written.
            """)

    @OptionGroup var model: ModelOptions

    @Option(name: [.short, .customLong("output")], help: ArgumentHelp("The file to write.", valueName: "output"))
    var output: String

    @Option(name: .customLong("to"), help: ArgumentHelp("Write PMML of this version.", valueName: "version"))
    var version: PMMLVersion?

    @Option(help: ArgumentHelp("Score a table with both, and report the largest difference of every result.", valueName: "data"))
    var check: String?

    @Option(parsing: .unconditionalSingleValue, help: ArgumentHelp(
        "A text that stands for a missing value in the checked table; may be given several times.", valueName: "token"))
    var missing: [String] = []

    @Flag(help: "Leave the document out of the .pommel file: it is smaller, and PMML cannot be written from it.")
    var noSource = false

    @Flag(name: [.short, .long], help: "No warnings on standard error.")
    var quiet = false

    private var isPMML: Bool {
        if version != nil { return true }
        let name = output.hasSuffix(".gz") ? String(output.dropLast(3)) : output
        return name.hasSuffix(".pmml") || name.hasSuffix(".xml")
    }

    func validate() throws {
        if isPMML, noSource { throw ValidationError("--no-source is for .pommel files") }
        if check != nil, output == "-" || model.path == "-" || check == "-" { throw ValidationError("--check needs MODEL, OUTPUT and the table to be files") }
    }

    func run() throws {
        if SameFile.isSame(output, model.path) { throw ValidationError("OUTPUT is MODEL itself; name another file") }
        if let check {
            if SameFile.isSame(output, check) { throw ValidationError("OUTPUT is the table of --check itself; name another file") }
            // What cannot be checked is not written, either.
            _ = try InputFile(check)
        }
        let path = output == "-" ? "/dev/stdout" : output
        if isPMML {
            try writePMML(path)
        } else {
            try writeNative(path)
        }
        guard let check else { return }
        let tokens = missing.isEmpty ? MissingTokens.standard : MissingTokens(missing)
        let original = try model.open(isQuiet: true)
        let converted = try reading { () throws(PommelError) in try Model(path: path, modelName: model.name) }
        let report = try ConversionCheck.compare(original, converted, table: check, tokens)
        for line in report.lines { try Console.say(line) }
        if report.differs { throw CommandFailure.failures }
    }

    private func writePMML(_ path: String) throws {
        let document = try reading { () throws(PommelError) in try ModelDocument(path: model.path, model.opening) }
        if !quiet { for warning in document.warnings { Console.note(warning.description) } }
        let version = version ?? .v4_4_1
        if !quiet, document.takesInputsByPosition {
            Console.note(ModelWarning(id: "inputs-by-position", message: "the saved model takes columns by their position; the document takes them by the names that it gives them", place: .init(file: model.path)).description)
        }
        let blockers = try writing { () throws(PommelError) in try document.writePMML(to: path, version: version) }
        if blockers.isEmpty { return }
        for blocker in blockers { Console.note(blocker.description) }
        let count = blockers.count == 1 ? "1 thing" : "\(blockers.count) things"
        throw CommandFailure(
            status: .unreadable, message: "\(model.path): error: \(count) cannot be said in PMML \(version.rawValue); nothing was written")
    }

    private func writeNative(_ path: String) throws {
        let document: ModelDocument
        var options = model.opening
        // All models of the document go into the file; which of them is compiled is decided below.
        options.modelName = nil
        do throws(PommelError) {
            document = try ModelDocument(path: model.path, options)
        } catch where error.id == "no-document" {
            // Its tables are all there is; they are copied.
            let opened = try model.open(isQuiet: quiet)
            return try writing { () throws(PommelError) in try opened.save(to: path) }
        } catch {
            throw CommandFailure.unreadable(error)
        }
        let compiled = try reading { () throws(PommelError) in try document.model(named: model.name) }
        if !quiet { for warning in compiled.warnings { Console.note(warning.description) } }
        let remark = try writing { () throws(PommelError) -> ModelWarning? in
            if !noSource { return try document.save(compiled, named: model.name, to: path) }
            try compiled.save(to: path)
            return nil
        }
        if let remark, !quiet { Console.note(remark.description) }
    }
}

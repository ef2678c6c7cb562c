import ArgumentParser
import Evaluation
import Pommel
import Tabular

/// What happens at a row that has no result.
enum ErrorPolicy: String, ExpressibleByArgument, CaseIterable {
    case report, stop
}

struct ScoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract: "Scores a table and writes the results.",
        discussion: """
            Columns are matched to the model's fields by name; others are ignored. The results are the target's predicted value, then \
            every output in the document's order. A row that fails has empty results and a message; the exit status is then 1.
            """)

    @OptionGroup var model: ModelOptions
    @OptionGroup var input: InputOptions

    @Option(name: [.short, .customLong("output")], help: ArgumentHelp("The file to write; standard output without it.", valueName: "output"))
    var output: String?

    @Option(help: "The output's format; without it the file's ending tells, else it is CSV.")
    var outputFormat: FormatName?

    @Flag(help: "Write the results after the input's columns.")
    var append = false

    @Option(help: ArgumentHelp(
        "The results to write: targets, outputs, derived fields, inputs. A name with a comma goes in double quotes.", valueName: "name,…"))
    var fields: String?

    @Option(help: ArgumentHelp("Threads; all processors without it.", valueName: "n"))
    var threads: Int?

    @Option(help: "What happens at a row that fails: report it and go on, or stop.")
    var onError: ErrorPolicy = .report

    @Option(help: ArgumentHelp("Write every row's error to a file, as JSON lines.", valueName: "file"))
    var errors: String?

    @Flag(name: [.short, .long], help: "No warnings, row messages or progress on standard error.")
    var quiet = false

    func validate() throws {
        if let threads, threads < 1 { throw ValidationError("--threads must be 1 or more") }
        let wanted = try fields.map(NameList.split)
        if wanted?.isEmpty == true { throw ValidationError("--fields names no field") }
        var names: Set<String> = []
        if let twice = wanted?.first(where: { !names.insert($0).inserted }) {
            throw ValidationError("--fields names \"\(twice)\" twice")
        }
        if model.path == "-" && input.name == "-" { throw ValidationError("MODEL and INPUT cannot both be standard input") }
        if let output, let ending = ["gz", "bz2", "xz", "zst"].first(where: { output.hasSuffix("." + $0) }) {
            throw ValidationError("results are not compressed, as .\(ending) would say; leave OUTPUT out, and pass them on: | gzip > FILE")
        }
    }

    func run() throws {
        if let output {
            if SameFile.isSame(output, model.path) { throw ValidationError("OUTPUT is MODEL itself; name another file") }
            if SameFile.isSame(output, input.name) { throw ValidationError("OUTPUT is INPUT itself; name another file") }
        }
        if let errors {
            if errors == "-" { throw ValidationError("--errors needs the name of a file; messages stand on standard error in any case") }
            let others = [("MODEL", model.path), ("INPUT", input.name), ("OUTPUT", output ?? "-")]
            for (what, path) in others where SameFile.isSame(errors, path) || (path != "-" && SameFile.wouldBeSame(errors, path)) {
                throw ValidationError("the file of --errors is \(what) itself; name another file")
            }
        }
        let opened = try model.open(isQuiet: quiet)
        let wanted = try fields.map(NameList.split)
        let plan: Plan
        do throws(PommelError) {
            plan = try opened.plan(fields: wanted)
        } catch {
            throw ValidationError(error.message)
        }
        let file = try input.open()
        let name = input.name
        let reader = try reading(name) { () throws(DataError) in
            let reader = try TableReader(file.source, format: input.format, missing: input.tokens, limits: input.limits)
            _ = try reader.matching(plan)
            return reader
        }
        let target = try output.flatMap { $0 == "-" ? nil : $0 }.map { path in
            try writing { () throws(PommelError) in try OutputFile(path: path) }
        }
        let sink = target.map { ByteSink(descriptor: $0.descriptor, name: $0.path) } ?? ByteSink(descriptor: 1)
        let format = outputFormat?.format ?? output.flatMap { TableFormat(path: $0) } ?? .csv
        let writer: TableWriter
        do throws(DataError) {
            writer = try TableWriter(format, results: plan.results, appendingTo: append ? reader : nil)
        } catch {
            throw ValidationError(error.message)
        }
        let pipeline = ScoringPipeline(
            plan, from: reader, to: sink, with: writer,
            options: .init(threads: workers(file), stopsAtFailure: onError == .stop))
        let summary = try score(pipeline, file, sink)
        // A run that stopped leaves no file that looks complete.
        if summary.isStopped { throw CommandFailure.failures }
        try target.map { target in try writing { () throws(PommelError) in try target.commit() } }
        if summary.failedRows > 0 { throw CommandFailure.failures }
    }

    /// Threads for a table: one is enough for what a single worker takes at a time.
    private func workers(_ file: InputFile) -> Int {
        if let size = file.size, size <= TableLimits().chunkBytes { return 1 }
        return threads ?? Clock.processors()
    }

    /// Runs the pipeline and tells what happened.
    private func score(_ pipeline: ScoringPipeline, _ file: InputFile, _ sink: ByteSink) throws -> ScoringPipeline.Summary {
        let name = input.name
        var messages = try RowMessages(input: name, errors: errors, isQuiet: quiet)
        var progress = Progress(file, isWanted: !quiet && (output != nil || !Console.isTerminal(1)))
        let outcome: Result<ScoringPipeline.Summary, DataError>
        do throws(DataError) {
            outcome = .success(
                try pipeline.run(
                    onWarning: { warning in
                        if !quiet { Console.note(ModelWarning(warning, file: name).description) }
                    }, onError: { messages.add($0, &progress) }, onProgress: { progress.show(rows: $0) }))
        } catch {
            outcome = .failure(error)
        }
        progress.clear()
        try messages.finish()
        switch outcome {
        case .failure(let error) where error.id == "file-write" || error.id == "pipe-closed":
            throw CommandFailure.unwritable(PommelError(error, file: sink.name))
        case .failure(let error): throw CommandFailure.unreadable(PommelError(error, file: name))
        case .success(let summary): return summary
        }
    }
}

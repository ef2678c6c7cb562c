import ArgumentParser
import Evaluation
import Pommel
import Tabular

struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measures how fast a model loads and scores.",
        discussion: """
            The table is read into typed columns first; then scoring is timed, without reading or writing text. Times per row are those \
            of the fastest of several passes.
            """)

    @OptionGroup var model: ModelOptions
    @OptionGroup var input: InputOptions

    @Flag(help: "Print a JSON object.")
    var json = false

    func validate() throws {
        if model.path == "-" && input.name == "-" { throw ValidationError("MODEL and INPUT cannot both be standard input") }
    }

    func run() throws {
        let start = Clock.now()
        let opened = try model.open()
        let plan = Plan(opened.program)
        let loading = Clock.seconds(since: start) * 1000
        let file = try input.open()
        let store = try reading(input.name) { () throws(DataError) in
            try ColumnStore(
                try TableReader(file.source, format: input.format, missing: input.tokens, limits: input.limits), plan)
        }
        guard store.rows > 0 else {
            throw CommandFailure.unreadable(PommelError(id: "no-rows", message: "the input has no rows to time", place: .init(file: input.name)))
        }
        if store.skippedRows > 0 { Console.note("\(input.name): \(store.skippedRows) malformed rows are left out") }
        let benchmark = Benchmark(plan: plan, store: store)
        // A worker takes whole batches: more workers than batches would only be started and stopped.
        let threads = opened.schema.isStateful ? 1 : min(Clock.processors(), store.batches.count)
        let single = benchmark.oneRow()
        let one = benchmark.perRow(threads: 1)
        let all = threads == 1 ? one : benchmark.perRow(threads: threads)
        let figures: KeyValuePairs<String, Double> = [
            "load_ms": loading, "one_row_us_p50": single.p50, "one_row_us_p99": single.p99, "us_per_row_1_thread": one,
            "us_per_row_all_threads": all, "threads": Double(threads), "rows": Double(store.rows),
            "peak_rss_bytes": Double(Clock.peakMemory()),
        ]
        if json {
            try Console.say(JSON.object(figures.map { JSON.Member(name: $0.key, value: .number($0.value)) }).printed(indented: true))
        } else {
            try Console.say(TextTable.rows(figures.map { [$0.key, Self.rounded($0.value)] }).joined(separator: "\n"))
        }
    }

    /// At most four decimals.
    private static func rounded(_ value: Double) -> String {
        NumberPrinting.text(value < 1e12 ? (value * 10_000).rounded() / 10_000 : value)
    }
}

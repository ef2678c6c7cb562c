import Evaluation

/// Scores a whole table: reads it, evaluates it on several threads, and writes the results in the order of the rows.
///
/// One thread, the caller's, reads chunks of whole records and writes finished ones; workers take chunks apart, evaluate and
/// format them. Memory is bounded by the number of threads, whatever the length of the table. A row that has no result
/// is written with all its results missing, so that output rows match input rows.
public struct ScoringPipeline {
    public struct Options: Sendable {
        /// Threads that evaluate. A model that looks back at earlier rows takes one whatever is asked for.
        public var threads = 1
        /// Whether the first row without a result ends the run.
        public var stopsAtFailure = false
        public init(threads: Int = 1, stopsAtFailure: Bool = false) {
            self.threads = threads
            self.stopsAtFailure = stopsAtFailure
        }
    }

    /// What a run did.
    public struct Summary: Sendable, Equatable {
        /// Rows written.
        public var rows = 0
        /// Rows without a result.
        public var failedRows = 0
        /// Whether the run ended at a row without a result, which is not written.
        public var isStopped = false
        public init() {}
    }

    private let plan: Plan
    private let reader: TableReader
    private let writer: TableWriter
    private let sink: ByteSink
    private let options: Options

    public init(_ plan: Plan, from reader: TableReader, to sink: ByteSink, with writer: TableWriter, options: Options = Options()) {
        self.plan = plan
        self.reader = reader
        self.writer = writer
        self.sink = sink
        self.options = options
    }

    /// Scores every row.
    ///
    /// - Parameters:
    ///   - onWarning: told once about each column that is missing, written twice or renamed.
    ///   - onError: told about each row without a result, in the order of the rows.
    ///   - onProgress: told the number of rows written so far, now and then.
    ///   All are called on the calling thread.
    /// - Throws: ``DataError`` when the table cannot be read any further or the output cannot be written; rows before that
    ///   have been written.
    public func run(
        onWarning: (DataError) -> Void = { _ in }, onError: (DataError) -> Void = { _ in }, onProgress: (Int) -> Void = { _ in }
    ) throws(DataError) -> Summary {
        let binding = reader.bind(plan)
        binding.warnings.forEach(onWarning)
        writer.warnings.forEach(onWarning)
        var header = ByteWriter()
        writer.writeHeader(to: &header)
        try header.withBytes { bytes throws(DataError) in try sink.write(bytes) }

        var summary = Summary()
        var warned: Set<Int> = []
        /// Writes what came out of a chunk.
        func finish(_ task: ChunkTask) throws(DataError) {
            try task.output.withBytes { bytes throws(DataError) in try sink.write(bytes) }
            summary.rows += task.rows
            summary.failedRows += task.failedRows
            summary.isStopped = task.isStopped
            for index in task.takenNames.sorted() where warned.insert(index).inserted {
                guard let name = writer.namesToFit?[index] else { continue }
                onWarning(TableWriter.renamed(name, as: name + "_result"))
            }
            task.errors.forEach(onError)
            onProgress(summary.rows)
        }

        var threads = plan.program.schema.isStateful ? 1 : max(1, min(options.threads, 1024))
        let first = ChunkTask(Chunk(capacity: reader.limits.chunkBytes))
        guard let chunk = try reader.next(first.chunk) else { return summary }
        first.chunk = chunk
        // What fits one chunk is done sooner than threads are started.
        if reader.isExhausted { threads = 1 }
        if threads == 1 {
            let scorer = makeScorer(binding)
            while true {
                repeat {
                    scorer.score(first)
                    try finish(first)
                } while first.isPartial
                guard !summary.isStopped, let chunk = try reader.next(first.chunk) else { return summary }
                first.chunk = chunk
            }
        }
        let crew = try WorkerCrew((0..<threads).map { _ in makeScorer(binding) }, chunkBytes: reader.limits.chunkBytes)
        defer { crew.stop() }
        if let vacant = crew.vacant {
            vacant.chunk = chunk
            crew.submit()
        }
        var failure: DataError?
        var isAtEnd = false
        while true {
            // Results go out before the reader is made to wait for rows that are not there yet.
            let mustCollect = isAtEnd || crew.vacant == nil || (crew.isBusy && !reader.source.hasMoreAtHand())
            if let task = crew.oldest(waits: mustCollect) {
                try finish(task)
                crew.release()
                if summary.isStopped { return summary }
                continue
            }
            guard !isAtEnd, let vacant = crew.vacant else { break }
            do {
                if let chunk = try reader.next(vacant.chunk) {
                    vacant.chunk = chunk
                    crew.submit()
                } else {
                    isAtEnd = true
                }
            } catch {
                // Rows before the trouble are still written.
                failure = error
                isAtEnd = true
            }
        }
        if let failure { throw failure }
        return summary
    }

    private func makeScorer(_ binding: InputBinding) -> ChunkScorer {
        ChunkScorer(
            binding, plan, writer, format: reader.format, limits: reader.limits, stopsAtFailure: options.stopsAtFailure)
    }
}

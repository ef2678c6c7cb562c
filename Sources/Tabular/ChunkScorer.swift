import Evaluation

/// Scores the rows of one chunk after the other. One for each worker; its frame and buffers are used again for every chunk.
final class ChunkScorer {
    private let filler: RowFiller
    private let writer: TableWriter
    private let stopsAtFailure: Bool
    private let names: ResultNames?

    init(_ binding: InputBinding, _ plan: Plan, _ writer: TableWriter, format: TableFormat, limits: TableLimits, stopsAtFailure: Bool) {
        filler = RowFiller(binding, frame: Frame(plan: plan), format: format, limits: limits)
        self.writer = writer
        self.stopsAtFailure = stopsAtFailure
        names = writer.namesToFit.map { ResultNames($0, maximumKeys: limits.columns) }
    }

    /// The most rows of a batch of this chunk: fewer than the frame can hold where they make long texts.
    private var mostRows = 0
    /// Bytes of output after which a task is handed on, though rows are left.
    private static let mostOutput = 64 << 20

    /// Scores a task's rows into its output, or, of a task that was handed on in part, those that are left.
    func score(_ task: ChunkTask) {
        task.output.removeAll()
        task.errors.removeAll()
        task.rows = 0
        task.failedRows = 0
        task.isStopped = false
        task.takenNames.removeAll(keepingCapacity: true)
        let frame = filler.frame
        if !task.isPartial {
            filler.load(task.chunk)
            mostRows = frame.capacity
        }
        task.isPartial = false
        while true {
            let count = filler.fill(mostRows)
            if count == 0 { break }
            frame.run()
            if frame.isFull {
                mostRows = count / 2
                filler.rewind()
                continue
            }
            var problem = 0
            for row in 0..<count {
                var isWhole = true
                var hasResults = true
                if problem < filler.problems.count && filler.problems[problem].row == row {
                    isWhole = false
                    hasResults = false
                    task.errors.append(filler.problems[problem].error)
                    problem += 1
                } else if frame.failed[row] != 0 {
                    hasResults = false
                    task.errors.append(Self.error(frame.failure(of: row), line: filler.rowLines[row]))
                }
                if !hasResults {
                    task.failedRows += 1
                    if stopsAtFailure {
                        task.isStopped = true
                        return
                    }
                }
                if let names { fit(names, filler.records[row], isWhole, task) }
                writer.write(frame, row, hasResults: hasResults, (filler.records[row], isWhole), names, to: &task.output)
                task.rows += 1
            }
            if task.output.count > Self.mostOutput {
                task.isPartial = true
                return
            }
        }
    }

    /// Finds names for the results that the row does not have; a row of the wrong form is not written, so it has none.
    private func fit(_ names: ResultNames, _ record: UnsafeBufferPointer<UInt8>, _ isWhole: Bool, _ task: ChunkTask) {
        names.fit(isWhole ? record : UnsafeBufferPointer(start: nil, count: 0))
        for index in writer.columns.indices where names.isTaken(index) { task.takenNames.insert(index) }
    }

    private static func error(_ failure: RowFailure?, line: Int) -> DataError {
        guard let failure else { return DataError(id: "row-failed", message: "the row has no result", line: line) }
        return DataError(id: failure.id, message: failure.message + hint(failure), line: line, field: failure.field, value: failure.value)
    }

    /// A word where a number is expected is often some program's sign for a missing value.
    private static func hint(_ failure: RowFailure) -> String {
        guard failure.id == "not-a-number", failure.message == "not a number", let text = failure.value, text.count < 20,
            !text.contains(where: \.isNumber)
        else { return "" }
        return "; if it stands for a missing value, say --missing \"\" --missing \"\(text)\""
    }
}

/// A chunk on its way through the workers, with what comes out of it. Owned by one thread at a time.
final class ChunkTask {
    var chunk: Chunk
    var output = ByteWriter(capacity: 1 << 16)
    var errors: [DataError] = []
    /// Results whose names some row has as its own.
    var takenNames: Set<Int> = []
    var rows = 0
    var failedRows = 0
    /// A row failed and scoring is to stop there.
    var isStopped = false
    /// The output is large and goes on before the chunk's other rows are scored.
    var isPartial = false
    /// Guarded by the crew's mutex.
    var isDone = false

    init(_ chunk: Chunk) { self.chunk = chunk }
}

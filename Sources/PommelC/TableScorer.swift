import Evaluation
import Pommel

/// Scores tables of Arrow columns, with working memory of its own; one thread at a time may use it, and it uses several itself.
final class TableScorer {
    private let plan: Plan
    private let targets: [InputTarget]
    private var frames: [Frame] = []
    /// Rows for which a thread of its own is worth it.
    private static let rowsWorthAThread = 2048

    init(_ plan: Plan) {
        self.plan = plan
        targets = InputTarget.all(of: plan)
    }

    /// What is asked of a table.
    struct Request {
        /// At most; 0 is one for each processor.
        var threads: Int
        var keepsFailedRows: Bool
        /// The name of a column that says why rows failed; nil for none.
        var errorColumn: String?
    }

    /// A table's results.
    struct Outcome {
        var rows: Int
        var columns: [ResultColumn]
        var errorColumn: String?
        /// Why rows failed, by row, if a column of errors was asked for.
        var errors: [Int: String]
    }

    /// Why a table has no results.
    struct Failure: Error {
        var error: PommelError
        /// From 0.
        var row: Int?
    }

    /// - Parameter columns: of the same length each; those that the model does not know are ignored.
    /// - Throws: ``Failure`` with the first row that has no result, unless such rows are kept.
    func score(_ columns: [ArrowColumn], rows: Int, _ request: Request) throws(Failure) -> Outcome {
        let workers = workerCount(rows, request.threads)
        while frames.count < workers { frames.append(Frame(plan: plan)) }
        let bindings = bind(columns)
        let results = plan.results.map { ResultColumn($0, rows: rows, workers: workers) }
        let shares = (0..<workers).map { worker in
            let frame = frames[worker]
            let step = frame.capacity
            let batches = (rows + step - 1) / step
            let first = batches * worker / workers * step
            let last = min(rows, batches * (worker + 1) / workers * step)
            return Share(
                frame: frame, fillers: bindings.filled.map { ColumnFiller($0.column, $0.target, capacity: step) }, absent: bindings.absent,
                results: results, rows: min(first, last)..<last, worker: worker, request: request)
        }
        Threads.run(shares.count) { shares[$0].run() }
        if !request.keepsFailedRows, let first = shares.compactMap(\.firstFailure).min(by: { ($0.row ?? 0) < ($1.row ?? 0) }) { throw first }
        return Outcome(
            rows: rows, columns: results, errorColumn: request.errorColumn,
            errors: shares.reduce(into: [:]) { all, share in all.merge(share.errors) { first, _ in first } })
    }

    private func workerCount(_ rows: Int, _ threads: Int) -> Int {
        // Rows that depend on those before them are scored in order, in the frame that remembers them.
        if plan.program.schema.isStateful { return 1 }
        let most = threads > 0 ? threads : Threads.processors
        return max(1, min(most, rows / Self.rowsWorthAThread, 256))
    }

    /// Which column fills which input: the first one of its name.
    private func bind(_ columns: [ArrowColumn]) -> (filled: [(column: ArrowColumn, target: InputTarget)], absent: [InputTarget]) {
        var byName: [String: ArrowColumn] = [:]
        for column in columns where byName[column.name] == nil { byName[column.name] = column }
        var filled: [(column: ArrowColumn, target: InputTarget)] = []
        var absent: [InputTarget] = []
        for (input, target) in zip(plan.program.schema.inputs, targets) where target.isRead {
            if let column = byName[input.name] { filled.append((column, target)) } else { absent.append(target) }
        }
        return (filled, absent)
    }
}

/// One worker's part of a table.
private final class Share: @unchecked Sendable {
    private let frame: Frame
    private let fillers: [ColumnFiller]
    private let absent: [InputTarget]
    private let results: [ResultColumn]
    private let rows: Range<Int>
    private let worker: Int
    private let request: TableScorer.Request
    private(set) var firstFailure: TableScorer.Failure?
    private(set) var errors: [Int: String] = [:]

    init(
        frame: Frame, fillers: [ColumnFiller], absent: [InputTarget], results: [ResultColumn], rows: Range<Int>, worker: Int,
        request: TableScorer.Request
    ) {
        self.frame = frame
        self.fillers = fillers
        self.absent = absent
        self.results = results
        self.rows = rows
        self.worker = worker
        self.request = request
    }

    func run() {
        var start = rows.lowerBound
        while start < rows.upperBound {
            let count = min(frame.capacity, rows.upperBound - start)
            frame.begin()
            frame.count = count
            for filler in fillers { filler.fill(frame, from: start, count: count) }
            for target in absent { for row in 0..<count { CellValue.setMissing(target, frame, row) } }
            frame.run()
            for filler in fillers { filler.endBatch() }
            noteFailures(start)
            if firstFailure != nil, !request.keepsFailedRows { return }
            for result in results { result.take(frame, at: start, worker: worker) }
            start += count
        }
        // What the caller's memory was bound to is let go before the call ends.
        frame.begin()
    }

    private func noteFailures(_ start: Int) {
        for row in 0..<frame.count where frame.failed[row] != 0 {
            let error = PommelError(frame.failure(of: row), in: "table")
            if firstFailure == nil { firstFailure = TableScorer.Failure(error: error, row: start + row) }
            if !request.keepsFailedRows { return }
            if request.errorColumn != nil { errors[start + row] = error.rowText }
        }
    }
}

extension PommelError {
    /// What a column of errors says of a row: field, value, message and id.
    var rowText: String {
        guard let field = place.field else { return "\(message) [\(id)]" }
        let value = place.value.map { " = \"\($0)\"" } ?? ""
        return "field \"\(field)\"\(value): \(message) [\(id)]"
    }
}

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
    /// - Throws: ``Failure`` for a column of lists whose field takes none, and with the first row that has no result, unless such rows are kept.
    func score(_ columns: [ArrowColumn], rows: Int, _ request: Request) throws(Failure) -> Outcome {
        let workers = workerCount(rows, request.threads)
        while frames.count < workers { frames.append(Frame(plan: plan)) }
        let bindings = try bind(columns)
        let shares = RowShares(rows: rows, batch: frames[0].capacity, threads: workers)
        let results = plan.results.map { ResultColumn($0, rows: rows, shares: shares.count) }
        let crew = frames[..<workers].map { frame in
            TableWorker(
                frame: frame, fillers: bindings.filled.map { ColumnFiller($0.column, $0.target, capacity: frame.capacity) }, absent: bindings.absent,
                results: results, shares: shares, request: request)
        }
        Threads.run(workers) { crew[$0].run() }
        if !request.keepsFailedRows, let first = crew.compactMap(\.firstFailure).min(by: { ($0.row ?? 0) < ($1.row ?? 0) }) { throw first }
        return Outcome(
            rows: rows, columns: results, errorColumn: request.errorColumn,
            errors: crew.reduce(into: [:]) { all, worker in all.merge(worker.errors) { first, _ in first } })
    }

    private func workerCount(_ rows: Int, _ threads: Int) -> Int {
        // Rows that depend on those before them are scored in order, in the frame that remembers them.
        if plan.program.schema.isStateful { return 1 }
        let most = threads > 0 ? threads : Threads.processors
        return max(1, min(most, rows / Self.rowsWorthAThread, 256))
    }

    /// Which column fills which input: the first one of its name.
    private func bind(_ columns: [ArrowColumn]) throws(Failure) -> (filled: [(column: ArrowColumn, target: InputTarget)], absent: [InputTarget]) {
        var byName: [String: ArrowColumn] = [:]
        for column in columns where byName[column.name] == nil { byName[column.name] = column }
        var filled: [(column: ArrowColumn, target: InputTarget)] = []
        var absent: [InputTarget] = []
        for (input, target) in zip(plan.program.schema.inputs, targets) where target.isRead {
            guard let column = byName[input.name] else {
                absent.append(target)
                continue
            }
            if column.layout.isList, target.kind != .list {
                throw Failure(
                    error: PommelError(
                        id: "arrow-type", message: "the column holds lists, and the field takes none", place: .init(file: "table", field: column.name)),
                    row: nil)
            }
            filled.append((column, target))
        }
        return (filled, absent)
    }
}

import Evaluation
import Pommel

/// One thread's part in scoring a table.
final class TableWorker: @unchecked Sendable {
    private let frame: Frame
    private let fillers: [ColumnFiller]
    private let absent: [InputTarget]
    private let results: [ResultColumn]
    private let shares: RowShares
    private let request: TableScorer.Request
    private(set) var firstFailure: TableScorer.Failure?
    private(set) var errors: [Int: String] = [:]

    /// - Parameter absent: inputs without a column.
    init(
        frame: Frame, fillers: [ColumnFiller], absent: [InputTarget], results: [ResultColumn], shares: RowShares, request: TableScorer.Request
    ) {
        self.frame = frame
        self.fillers = fillers
        self.absent = absent
        self.results = results
        self.shares = shares
        self.request = request
    }

    /// Scores pieces of the table as long as there are any.
    func run() {
        while let share = shares.take() {
            score(share.rows, share.index)
            if firstFailure != nil, !request.keepsFailedRows { shares.stop() }
        }
        // What the caller's memory was bound to is let go before the call ends.
        frame.begin()
    }

    private func score(_ rows: Range<Int>, _ share: Int) {
        var start = rows.lowerBound
        var most = frame.capacity
        while start < rows.upperBound {
            let count = min(most, rows.upperBound - start)
            frame.begin()
            frame.count = count
            for filler in fillers { filler.fill(frame, from: start, count: count) }
            for target in absent { for row in 0..<count { CellValue.setMissing(target, frame, row) } }
            frame.run()
            for filler in fillers { filler.endBatch() }
            if frame.isFull {
                most = count / 2
                continue
            }
            noteFailures(start)
            if firstFailure != nil, !request.keepsFailedRows { return }
            for result in results { result.take(frame, at: start, share: share) }
            start += count
        }
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

import Locks

/// The rows of a table in pieces, which threads take one after the other in the table's order: a thread that is held up takes fewer.
final class RowShares: @unchecked Sendable {
    /// How many pieces there are.
    let count: Int
    private let rows: Int
    private let step: Int
    private var taken = 0
    private var isStopped = false
    private let lock = Lock()
    /// For each thread, so that all of them end at about the same time; more would only be more to put together.
    private static let sharesPerThread = 16

    /// - Parameter batch: rows that are scored at once; a piece has a multiple of them.
    init(rows: Int, batch: Int, threads: Int) {
        self.rows = rows
        let batches = (rows + batch - 1) / batch
        let wanted = threads > 1 ? threads * Self.sharesPerThread : 1
        step = max(1, (batches + wanted - 1) / wanted) * batch
        count = (rows + step - 1) / step
    }

    /// The next piece and its number; nil if there is none left.
    func take() -> (index: Int, rows: Range<Int>)? {
        lock.withLock {
            guard !isStopped, taken < count else { return nil }
            defer { taken += 1 }
            return (taken, taken * step..<min(rows, (taken + 1) * step))
        }
    }

    /// Lets nobody take a piece any more. Those before the one at which this is called have all been taken.
    func stop() { lock.withLock { isStopped = true } }
}

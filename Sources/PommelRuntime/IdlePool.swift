import Locks

/// Working memory that is not in use, so that scoring single records does not make it each time.
///
/// Its lock is never waited for: who finds it taken looks a few times more, and then does without the pool. So a process that is forked while another
/// thread holds the lock goes on.
package final class IdlePool<Element: AnyObject>: @unchecked Sendable {
    private let lock = Lock()
    private var idle: [Element] = []
    private let limit: Int
    /// The lock is held for a few nanoseconds, and making what the pool has takes thousands.
    private static var attempts: Int { 100 }

    /// - Parameter limit: what is given beyond it is let go.
    package init(limit: Int) {
        self.limit = limit
    }

    package func take() -> Element? {
        guard tryLock() else { return nil }
        defer { lock.unlock() }
        return idle.popLast()
    }

    package func give(_ element: Element) {
        guard tryLock() else { return }
        defer { lock.unlock() }
        if idle.count < limit { idle.append(element) }
    }

    private func tryLock() -> Bool {
        for _ in 0..<Self.attempts where lock.tryLock() { return true }
        return false
    }
}

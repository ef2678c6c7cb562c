#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Working memory that is not in use.
///
/// It never waits for its lock: who finds it taken does without the pool. So a process that is forked while another thread holds the lock goes on.
final class IdlePool<Element: AnyObject>: @unchecked Sendable {
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private var idle: [Element] = []
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
        lock = .allocate(capacity: 1)
        lock.initialize(to: pthread_mutex_t())
        pthread_mutex_init(lock, nil)
    }

    deinit {
        pthread_mutex_destroy(lock)
        lock.deallocate()
    }

    func take() -> Element? {
        guard pthread_mutex_trylock(lock) == 0 else { return nil }
        defer { pthread_mutex_unlock(lock) }
        return idle.popLast()
    }

    func give(_ element: Element) {
        guard pthread_mutex_trylock(lock) == 0 else { return }
        defer { pthread_mutex_unlock(lock) }
        if idle.count < limit { idle.append(element) }
    }
}

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A mutex: lets one thread at a time change what several share.
///
/// The standard library's `Mutex` needs the module Synchronization, and macOS 15.
package struct Lock: ~Copyable, @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

    package init() {
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    package borrowing func withLock<Result>(_ body: () -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body()
    }

    /// Takes the lock if no other thread holds it; who gets it gives it back with ``unlock()``.
    package borrowing func tryLock() -> Bool { pthread_mutex_trylock(mutex) == 0 }

    package borrowing func unlock() { pthread_mutex_unlock(mutex) }
}

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The time and what the process has used.
enum Clock {
    /// Nanoseconds of a clock that never goes back.
    static func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int(time.tv_sec) &* 1_000_000_000 &+ Int(time.tv_nsec)
    }

    /// Seconds since an earlier ``now()``.
    static func seconds(since start: Int) -> Double { Double(now() &- start) / 1e9 }

    /// The most memory that the process has held, in bytes.
    static func peakMemory() -> Int {
        var usage = rusage()
        // The number of RUSAGE_SELF is 0 everywhere; its type is not the same.
        getrusage(.init(0), &usage)
        #if canImport(Darwin)
        return usage.ru_maxrss
        #else
        return usage.ru_maxrss * 1024
        #endif
    }

    /// Threads that can run at once.
    static func processors() -> Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}

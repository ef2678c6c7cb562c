#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import Locks

/// The names of output files that are not complete, so that a process that is told to end can take them away.
///
/// A signal's handler may come at any time, even while the list is changed, and may do next to nothing: so the names are C strings in
/// fixed places, each exchanged at one stroke, and none is ever freed.
package enum TemporaryFiles {
    private static let count = 64
    private nonisolated(unsafe) static let places: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> = {
        let places = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: count)
        places.initialize(repeating: nil, count: count)
        return places
    }()
    private static let lock = Lock()

    /// Whether anything will look at the names; set before there are other threads.
    private nonisolated(unsafe) static var isWatched = false

    /// Makes a file and adds its name; a signal waits until both is done, so that there is no file which its handler does not know.
    static func uninterrupted<Result>(_ make: () -> Result) -> Result {
        guard isWatched else { return make() }
        var (held, before) = (sigset_t(), sigset_t())
        sigemptyset(&held)
        for number in ending { sigaddset(&held, number) }
        pthread_sigmask(SIG_BLOCK, &held, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        return make()
    }

    /// The signals that ask a process to end.
    private static let ending = [SIGINT, SIGTERM, SIGHUP]

    static func add(_ path: String) {
        guard isWatched, let name = strdup(path) else { return }
        lock.withLock { if let free = (0..<count).first(where: { places[$0] == nil }) { places[free] = name } }
    }

    static func remove(_ path: String) {
        lock.withLock { for place in 0..<count { if let name = places[place], strcmp(name, path) == 0 { places[place] = nil } } }
    }

    /// Makes signals that end a process take unfinished files away first, and a truncated mapped file an error that says so.
    ///
    /// For a command, which owns its process; a library has no business with signals.
    package static func removeAtSignals() {
        _ = places
        isWatched = true
        let end: @convention(c) (Int32) -> Void = { number in
            TemporaryFiles.unlinkAll()
            signal(number, SIG_DFL)
            raise(number)
        }
        for number in ending {
            // What was started to ignore a signal, as nohup does, goes on ignoring it.
            if let before = signal(number, end), unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { signal(number, SIG_IGN) }
        }
        signal(SIGBUS) { _ in
            TemporaryFiles.unlinkAll()
            let message: StaticString = "error: a mapped model file was cut short while it was in use; replace files by renaming, or say --no-map [file-truncated]\n"
            _ = write(2, message.utf8Start, message.utf8CodeUnitCount)
            _exit(65)
        }
    }

    private static func unlinkAll() { for place in 0..<count { if let name = places[place] { unlink(name) } } }
}

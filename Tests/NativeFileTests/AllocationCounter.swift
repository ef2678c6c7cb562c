#if canImport(Glibc)
    import Glibc

    /// Counts the objects that one thread makes through the Swift runtime (arrays, strings, boxes, closures), by the hook that
    /// the runtime has for its own instruments.
    final class AllocationCounter: Sendable {
        fileprivate typealias Hook = @convention(c) (UnsafeRawPointer?, Int, Int) -> UnsafeMutableRawPointer?

        /// Objects made by `work` on this thread; nil where the runtime lacks the hook.
        static func count(_ work: () -> Void) -> Int? {
            guard isHooked else { return nil }
            let before = Counting.objects
            Counting.thread = pthread_self()
            defer { Counting.thread = 0 }
            work()
            return Counting.objects - before
        }

        private static let isHooked: Bool = {
            guard let place = dlsym(nil, "_swift_allocObject")?.assumingMemoryBound(to: Hook.self) else { return false }
            Counting.original = place.pointee
            place.pointee = { metadata, size, alignment in
                if pthread_self() == Counting.thread { Counting.objects += 1 }
                return Counting.original?(metadata, size, alignment)
            }
            return true
        }()
    }

    /// Only the thread that counts changes these.
    private enum Counting {
        nonisolated(unsafe) static var original: AllocationCounter.Hook?
        nonisolated(unsafe) static var thread: pthread_t = 0
        nonisolated(unsafe) static var objects = 0
    }
#endif

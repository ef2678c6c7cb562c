#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Threads that live as long as a call: nothing of them is left for a process that is forked later to miss.
enum Threads {
    static var processors: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    private final class Job {
        let work: @Sendable (Int) -> Void
        let index: Int
        init(_ work: @escaping @Sendable (Int) -> Void, _ index: Int) {
            self.work = work
            self.index = index
        }
    }

    /// Runs `work` with each number below `count`, at the same time as far as there are threads to be had.
    static func run(_ count: Int, _ work: @escaping @Sendable (Int) -> Void) {
        var threads: [pthread_t] = []
        for index in stride(from: 1, to: count, by: 1) {
            if let thread = start(Job(work, index)) { threads.append(thread) } else { work(index) }
        }
        if count > 0 { work(0) }
        for thread in threads { pthread_join(thread, nil) }
    }

    private static func start(_ job: Job) -> pthread_t? {
        var attributes = pthread_attr_t()
        guard pthread_attr_init(&attributes) == 0 else { return nil }
        defer { pthread_attr_destroy(&attributes) }
        // Some C libraries give a thread too little stack by default.
        pthread_attr_setstacksize(&attributes, 8 << 20)
        let context = Unmanaged.passRetained(job)
        #if canImport(Darwin)
        var thread: pthread_t?
        let code = pthread_create(&thread, &attributes, { argument in
            let job = Unmanaged<Job>.fromOpaque(argument).takeRetainedValue()
            job.work(job.index)
            return nil
        }, context.toOpaque())
        #else
        var thread = pthread_t()
        let code = pthread_create(&thread, &attributes, { argument in
            if let argument {
                let job = Unmanaged<Job>.fromOpaque(argument).takeRetainedValue()
                job.work(job.index)
            }
            return nil
        }, context.toOpaque())
        #endif
        guard code == 0 else {
            context.release()
            return nil
        }
        return thread
    }
}

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Runs work on a thread whose stack is large enough for documents that nest deeply.
///
/// Reading and compiling follow the document's own nesting, which may go thousands of levels down; the main thread's 8 MB,
/// and the 512 KB of other threads, would not do. The memory is only reserved, and used as far as the nesting goes.
enum BigStack {
    private static let size = 512 << 20

    private final class Job {
        let work: () -> Void
        init(_ work: @escaping () -> Void) { self.work = work }
    }

    /// Runs `work` to its end and gives its result; runs it in place when the system has no such thread to give.
    static func run<Result>(_ work: () throws(PommelError) -> Result) throws(PommelError) -> Result {
        var outcome: Swift.Result<Result, PommelError>?
        withoutActuallyEscaping(work) { work in
            let body = {
                do throws(PommelError) { outcome = .success(try work()) } catch { outcome = .failure(error) }
            }
            withoutActuallyEscaping(body) { body in
                if !perform(body) { body() }
            }
        }
        guard let outcome else { throw PommelError(id: "thread", message: "the reading thread gave no result", place: .init(file: "-")) }
        return try outcome.get()
    }

    /// Whether a thread could be made; it has ended when this returns.
    private static func perform(_ work: @escaping () -> Void) -> Bool {
        var attributes = pthread_attr_t()
        guard pthread_attr_init(&attributes) == 0 else { return false }
        defer { pthread_attr_destroy(&attributes) }
        guard pthread_attr_setstacksize(&attributes, size) == 0 else { return false }
        let job = Unmanaged.passRetained(Job(work))
        #if canImport(Darwin)
        var thread: pthread_t?
        let status = pthread_create(&thread, &attributes, { argument in
            Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().work()
            return nil
        }, job.toOpaque())
        guard status == 0, let thread else {
            job.release()
            return false
        }
        #else
        var thread = pthread_t()
        let status = pthread_create(&thread, &attributes, { argument in
            if let argument { Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().work() }
            return nil
        }, job.toOpaque())
        guard status == 0 else {
            job.release()
            return false
        }
        #endif
        pthread_join(thread, nil)
        return true
    }
}

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import Locks

extension ConformanceCase {
    /// Runs cases on several threads; the outcomes are in the order of the cases, whatever the number of threads.
    /// - Parameters:
    ///   - isStrict: whether documents that depart from the standard are refused.
    ///   - started: is told, on the calling thread, how many cases have been started.
    public static func run(
        _ cases: [ConformanceCase], _ form: CaseForm = .native, isStrict: Bool = false, threads: Int = processors,
        started: (Int) -> Void = { _ in }
    ) -> [CaseOutcome] {
        let queue = CaseQueue(cases, form, isStrict)
        var workers: [pthread_t] = []
        for _ in 1..<max(1, min(threads, cases.count)) {
            let argument = Unmanaged.passRetained(queue)
            #if canImport(Darwin)
            var worker: pthread_t?
            let status = pthread_create(&worker, nil, { argument in
                Unmanaged<CaseQueue>.fromOpaque(argument).takeRetainedValue().work()
                return nil
            }, argument.toOpaque())
            if status == 0, let worker { workers.append(worker) } else { argument.release() }
            #else
            var worker = pthread_t()
            let status = pthread_create(&worker, nil, { argument in
                if let argument { Unmanaged<CaseQueue>.fromOpaque(argument).takeRetainedValue().work() }
                return nil
            }, argument.toOpaque())
            if status == 0 { workers.append(worker) } else { argument.release() }
            #endif
        }
        queue.work(started)
        for worker in workers { pthread_join(worker, nil) }
        return queue.outcomes.compactMap { $0 }
    }

    public static var processors: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}

/// Cases that several threads take one after another. The lock guards `next` and `outcomes`.
private final class CaseQueue: @unchecked Sendable {
    private let cases: [ConformanceCase]
    private let form: CaseForm
    private let isStrict: Bool
    private var next = 0
    private(set) var outcomes: [CaseOutcome?]
    private let lock = Lock()

    init(_ cases: [ConformanceCase], _ form: CaseForm, _ isStrict: Bool) {
        self.cases = cases
        self.form = form
        self.isStrict = isStrict
        outcomes = Array(repeating: nil, count: cases.count)
    }

    func work(_ started: (Int) -> Void = { _ in }) {
        while let index = take() {
            started(index + 1)
            let outcome = cases[index].run(form, isStrict: isStrict)
            lock.withLock { outcomes[index] = outcome }
        }
    }

    private func take() -> Int? {
        lock.withLock {
            guard next < cases.count else { return nil }
            next += 1
            return next - 1
        }
    }
}

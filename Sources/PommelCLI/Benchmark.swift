#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import Evaluation
import Pommel

/// Times a plan on a table in memory.
struct Benchmark {
    let plan: Plan
    let store: ColumnStore

    /// Percentiles of the time for one row, in microseconds: the library's call, from values to values.
    func oneRow() -> (p50: Double, p99: Double) {
        let scorer = Scorer(plan)
        let rows = store.records(scorer.inputNames, limit: 20_000)
        var results: [Value] = []
        var times: [Int] = []
        let wanted = 20_000
        let deadline = Clock.now() + 2_000_000_000
        // The first rounds warm the caches.
        var isWarm = false
        while times.count < wanted && (Clock.now() < deadline || times.isEmpty) {
            for row in rows {
                let start = Clock.now()
                // A row without results takes its time, too.
                try? scorer.score(row, into: &results)
                times.append(Clock.now() &- start)
                if times.count >= wanted || times[times.count - 1] > 1_000_000 && Clock.now() > deadline { break }
            }
            if !isWarm {
                isWarm = true
                if times.count < wanted && Clock.now() < deadline { times.removeAll() }
            }
        }
        times.sort()
        return (microseconds(times[times.count / 2]), microseconds(times[min(times.count - 1, times.count * 99 / 100)]))
    }

    /// Microseconds per row over the whole table: the fastest of several passes, after one that warms the caches.
    func perRow(threads: Int) -> Double {
        let workers = (0..<threads).map { _ in Worker(plan: plan, store: store) }
        var fastest = Int.max
        // Long enough that starting threads does not count.
        let rounds = max(1, min(1_000, 20_000_000 / max(1, pass(workers, rounds: 1))))
        let start = Clock.now()
        var passes = 0
        while passes < 3 || (Clock.now() &- start < 2_000_000_000 && passes < 1_000) {
            fastest = min(fastest, pass(workers, rounds: rounds))
            passes += 1
        }
        return microseconds(fastest) / Double(max(1, store.rows)) / Double(rounds)
    }

    /// The time of passes over all batches; batches go to the workers in turn.
    private func pass(_ workers: [Worker], rounds: Int) -> Int {
        let start = Clock.now()
        guard workers.count > 1 else {
            workers[0].share = (0, 1, rounds)
            workers[0].runShare()
            return Clock.now() &- start
        }
        var threads: [pthread_t] = []
        for (index, worker) in workers.enumerated() {
            worker.share = (index, workers.count, rounds)
            #if canImport(Darwin)
            var thread: pthread_t?
            if pthread_create(&thread, nil, { argument in
                Unmanaged<Worker>.fromOpaque(argument).takeUnretainedValue().runShare()
                return nil
            }, Unmanaged.passUnretained(worker).toOpaque()) == 0, let thread { threads.append(thread) } else { worker.runShare() }
            #else
            var thread = pthread_t()
            if pthread_create(&thread, nil, { argument in
                if let argument { Unmanaged<Worker>.fromOpaque(argument).takeUnretainedValue().runShare() }
                return nil
            }, Unmanaged.passUnretained(worker).toOpaque()) == 0 { threads.append(thread) } else { worker.runShare() }
            #endif
        }
        for thread in threads { pthread_join(thread, nil) }
        return Clock.now() &- start
    }

    private func microseconds(_ nanoseconds: Int) -> Double { Double(nanoseconds) / 1000 }
}

/// One thread's frame and its share of the batches.
private final class Worker: @unchecked Sendable {
    private let store: ColumnStore
    private let frame: Frame
    var share = (first: 0, step: 1, rounds: 1)

    init(plan: Plan, store: ColumnStore) {
        self.store = store
        frame = Frame(plan: plan)
    }

    func runShare() {
        for _ in 0..<share.rounds {
            var batch = share.first
            while batch < store.batches.count {
                store.fill(frame, batch: batch)
                frame.run()
                batch += share.step
            }
        }
    }
}

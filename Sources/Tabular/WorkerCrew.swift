#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Threads that score chunks, fed and emptied in order by one other thread.
///
/// Tasks lie in a ring: the feeder puts them in at one end and takes them out at the other in the same order, whichever
/// worker finishes first.
final class WorkerCrew: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let work: UnsafeMutablePointer<pthread_cond_t>
    private let done: UnsafeMutablePointer<pthread_cond_t>
    private let tasks: [ChunkTask]
    private var threads: [pthread_t] = []
    // Counts of tasks put in, taken up by a worker, and taken out; a task's place is its number modulo the ring's size.
    // The first and last change on the feeder's thread alone, and all change under the mutex.
    private var submitted = 0
    private var started = 0
    private var collected = 0
    private var isClosed = false

    /// - Parameters:
    ///   - scorers: one for each thread.
    ///   - chunkBytes: the size that chunks start with.
    init(_ scorers: [ChunkScorer], chunkBytes: Int) throws(DataError) {
        mutex = .allocate(capacity: 1)
        work = .allocate(capacity: 1)
        done = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(work, nil)
        pthread_cond_init(done, nil)
        tasks = (0..<(2 * scorers.count + 1)).map { _ in ChunkTask(Chunk(capacity: chunkBytes)) }
        for scorer in scorers {
            guard let thread = Self.start(Job(crew: self, scorer: scorer)) else {
                stop()
                throw DataError(id: "thread-start", message: "cannot start a thread")
            }
            threads.append(thread)
        }
    }

    deinit {
        pthread_mutex_destroy(mutex)
        pthread_cond_destroy(work)
        pthread_cond_destroy(done)
        mutex.deallocate()
        work.deallocate()
        done.deallocate()
    }

    /// Whether tasks are under way or wait to be collected.
    var isBusy: Bool { collected < submitted }

    /// A task to fill and submit, if the ring has room.
    var vacant: ChunkTask? { submitted - collected < tasks.count ? tasks[submitted % tasks.count] : nil }

    /// Hands the vacant task to the workers.
    func submit() {
        pthread_mutex_lock(mutex)
        tasks[submitted % tasks.count].isDone = false
        submitted += 1
        // A worker may wait for the rest of its task instead of for a new one.
        pthread_cond_broadcast(work)
        pthread_mutex_unlock(mutex)
    }

    /// The oldest task, once it is done; nil when it is not and `waits` is false. Call ``release()`` after use.
    func oldest(waits: Bool) -> ChunkTask? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        guard isBusy else { return nil }
        let task = tasks[collected % tasks.count]
        while !task.isDone {
            if !waits { return nil }
            pthread_cond_wait(done, mutex)
        }
        return task
    }

    /// Gives the oldest task's place free, or has its other rows scored.
    func release() {
        pthread_mutex_lock(mutex)
        let task = tasks[collected % tasks.count]
        if task.isPartial {
            task.isDone = false
            pthread_cond_broadcast(work)
        } else {
            collected += 1
        }
        pthread_mutex_unlock(mutex)
    }

    /// Ends the threads; tasks that no worker has taken up are dropped.
    func stop() {
        pthread_mutex_lock(mutex)
        isClosed = true
        pthread_cond_broadcast(work)
        pthread_mutex_unlock(mutex)
        for thread in threads { pthread_join(thread, nil) }
        threads.removeAll()
    }

    fileprivate func serve(_ scorer: ChunkScorer) {
        pthread_mutex_lock(mutex)
        while true {
            while started == submitted && !isClosed { pthread_cond_wait(work, mutex) }
            if isClosed { break }
            let task = tasks[started % tasks.count]
            started += 1
            repeat {
                pthread_mutex_unlock(mutex)
                scorer.score(task)
                pthread_mutex_lock(mutex)
                task.isDone = true
                pthread_cond_signal(done)
                while task.isPartial && task.isDone && !isClosed { pthread_cond_wait(work, mutex) }
            } while task.isPartial && !isClosed
        }
        pthread_mutex_unlock(mutex)
    }

    private final class Job {
        let crew: WorkerCrew
        let scorer: ChunkScorer
        init(crew: WorkerCrew, scorer: ChunkScorer) {
            self.crew = crew
            self.scorer = scorer
        }
    }

    private static func start(_ job: Job) -> pthread_t? {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        // Some C libraries give a thread too little stack by default.
        pthread_attr_setstacksize(&attributes, 8 << 20)
        let context = Unmanaged.passRetained(job)
        #if canImport(Darwin)
        var thread: pthread_t?
        let code = pthread_create(&thread, &attributes, { WorkerCrew.run($0) }, context.toOpaque())
        #else
        var thread = pthread_t()
        let code = pthread_create(&thread, &attributes, { WorkerCrew.run($0) }, context.toOpaque())
        #endif
        if code != 0 {
            context.release()
            return nil
        }
        return thread
    }

    private static func run(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let context else { return nil }
        let job = Unmanaged<Job>.fromOpaque(context).takeRetainedValue()
        job.crew.serve(job.scorer)
        return nil
    }
}

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import ModelTree

/// A thread that digests the trees of a forest while the parser goes on.
///
/// A tree that comes while too many wait is digested on the parser's own thread, so that memory stays bounded.
final class TreeWorker: @unchecked Sendable {
    /// Trees with fewer nodes are compiled faster than they are handed over.
    static let leastNodes = 256
    private static let mostWaiting = 8

    /// A tree that was handed over, and what became of it.
    final class Task {
        fileprivate(set) var tree: TreeModel
        fileprivate var isDone = false
        fileprivate let classifies: Bool
        fileprivate init(_ tree: TreeModel, _ classifies: Bool) {
            self.tree = tree
            self.classifies = classifies
        }
    }

    private let digest: TreeDigesting
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let changed: UnsafeMutablePointer<pthread_cond_t>
    // All of these change under the mutex.
    private var waiting: [Task] = []
    private var spares: [TreeNodes] = []
    private var isClosed = false
    /// Whether some tree has a digest; to be asked when all tasks are finished.
    private(set) var hasDigested = false
    private var thread: pthread_t?

    init(_ digest: @escaping TreeDigesting) {
        self.digest = digest
        mutex = .allocate(capacity: 1)
        changed = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        pthread_cond_destroy(changed)
        mutex.deallocate()
        changed.deallocate()
    }

    /// Hands over a tree, which nobody else shall hold.
    func submit(_ tree: TreeModel, classifies: Bool) -> Task {
        let task = Task(tree, classifies)
        if thread == nil { thread = start() }
        pthread_mutex_lock(mutex)
        let isFull = thread == nil || waiting.count >= Self.mostWaiting
        if !isFull {
            waiting.append(task)
            pthread_cond_broadcast(changed)
        }
        pthread_mutex_unlock(mutex)
        if isFull { work(task) }
        return task
    }

    /// The tree, with its digest if it has one.
    func finished(_ task: Task) -> TreeModel {
        pthread_mutex_lock(mutex)
        while !task.isDone { pthread_cond_wait(changed, mutex) }
        pthread_mutex_unlock(mutex)
        return task.tree
    }

    /// Arrays of a tree that is digested, empty, with the room they had: growing new ones for every tree costs more than filling them.
    func spare() -> TreeNodes? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return spares.popLast()
    }

    /// Ends the thread; trees that still wait stay as they are.
    func stop() {
        pthread_mutex_lock(mutex)
        isClosed = true
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(mutex)
        if let thread { pthread_join(thread, nil) }
        thread = nil
    }

    private func work(_ task: Task) {
        let digested = digest(task.tree, task.classifies)
        var spare: TreeNodes?
        if let digested {
            // Nobody else holds the nodes now.
            spare = task.tree.nodes
            task.tree = digested
            spare?.clear()
        }
        pthread_mutex_lock(mutex)
        if let spare {
            hasDigested = true
            if spares.count < 2 { spares.append(spare) }
        }
        task.isDone = true
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(mutex)
    }

    private func serve() {
        pthread_mutex_lock(mutex)
        while true {
            while waiting.isEmpty && !isClosed { pthread_cond_wait(changed, mutex) }
            if isClosed { break }
            let task = waiting.removeFirst()
            pthread_mutex_unlock(mutex)
            work(task)
            pthread_mutex_lock(mutex)
        }
        for task in waiting { task.isDone = true }
        waiting = []
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(mutex)
    }

    private func start() -> pthread_t? {
        withUnsafeTemporaryAllocation(of: pthread_attr_t.self, capacity: 1) { attributes -> pthread_t? in
            guard let attributes = attributes.baseAddress else { return nil }
            pthread_attr_init(attributes)
            defer { pthread_attr_destroy(attributes) }
            // Some C libraries give a thread too little stack by default.
            pthread_attr_setstacksize(attributes, 8 << 20)
            let context = Unmanaged.passRetained(self)
            #if canImport(Darwin)
            var thread: pthread_t?
            let code = pthread_create(&thread, attributes, { TreeWorker.run($0) }, context.toOpaque())
            #else
            var thread = pthread_t()
            let code = pthread_create(&thread, attributes, { TreeWorker.run($0) }, context.toOpaque())
            #endif
            if code != 0 {
                context.release()
                return nil
            }
            return thread
        }
    }

    private static func run(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let context else { return nil }
        Unmanaged<TreeWorker>.fromOpaque(context).takeRetainedValue().serve()
        return nil
    }
}

extension TreeNodes {
    /// Forgets all nodes and keeps the room.
    fileprivate mutating func clear() {
        nodes.removeAll(keepingCapacity: true)
        distributions.removeAll(keepingCapacity: true)
        text.removeAll(keepingCapacity: true)
        fieldNames = []
        predicates = []
        embedded = []
    }
}

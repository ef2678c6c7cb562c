#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Makes the nodes of a tree that came as a learner's arrays, of which a forest of millions of nodes needs only one tree's at a time.
public protocol TreeSource: Sendable {
    /// The nodes; the same at every call.
    func nodes() -> TreeNodes
}

/// The nodes of a tree: there, or made of their source when they are first asked for.
final class TreeStorage: @unchecked Sendable {
    private let source: any TreeSource
    private var made: TreeNodes?
    private let lock: UnsafeMutablePointer<pthread_mutex_t>

    init(_ source: any TreeSource) {
        self.source = source
        lock = .allocate(capacity: 1)
        lock.initialize(to: pthread_mutex_t())
        pthread_mutex_init(lock, nil)
    }

    deinit {
        pthread_mutex_destroy(lock)
        lock.deallocate()
    }

    /// The nodes, which stay.
    var kept: TreeNodes {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        if let made { return made }
        let nodes = source.nodes()
        made = nodes
        return nodes
    }

    /// The nodes, which go with their user if they have not been made before.
    var passing: TreeNodes {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return made ?? source.nodes()
    }
}

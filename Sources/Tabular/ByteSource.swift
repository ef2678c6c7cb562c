#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Where a table's bytes come from: a file, a descriptor such as standard input, or memory.
public final class ByteSource {
    /// How the source is called in messages.
    public let name: String
    private let descriptor: Int32
    private let ownsDescriptor: Bool
    private let memory: [UInt8]
    private var position = 0

    /// Opens a file.
    public init(path: String) throws(DataError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 {
            throw DataError(id: "file-open", message: "cannot open \(path): \(String(cString: strerror(errno)))")
        }
        name = path
        ownsDescriptor = true
        memory = []
        #if canImport(Glibc)
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
        #endif
    }

    /// Reads from an open descriptor, which stays open; 0 is standard input.
    public init(descriptor: Int32, name: String = "-") {
        self.descriptor = descriptor
        self.name = name
        ownsDescriptor = false
        memory = []
    }

    /// Reads from memory.
    public init(bytes: [UInt8], name: String = "memory") {
        descriptor = -1
        ownsDescriptor = false
        self.name = name
        memory = bytes
    }

    deinit {
        if ownsDescriptor { close(descriptor) }
    }

    /// Reads at most `capacity` bytes; 0 at the end.
    func read(into buffer: UnsafeMutablePointer<UInt8>, capacity: Int) throws(DataError) -> Int {
        if descriptor < 0 {
            let count = min(capacity, memory.count &- position)
            memory.withUnsafeBufferPointer { bytes in
                if let base = bytes.baseAddress { buffer.update(from: base + position, count: count) }
            }
            position &+= count
            return count
        }
        while true {
            #if canImport(Glibc)
            let count = Glibc.read(descriptor, buffer, capacity)
            #elseif canImport(Musl)
            let count = Musl.read(descriptor, buffer, capacity)
            #else
            let count = Darwin.read(descriptor, buffer, capacity)
            #endif
            if count >= 0 { return count }
            if errno == EINTR { continue }
            throw DataError(id: "file-read", message: "cannot read: \(String(cString: strerror(errno)))")
        }
    }

    /// Whether a read would return at once. When not, rows at hand are better scored than kept waiting.
    func hasMoreAtHand() -> Bool {
        if descriptor < 0 { return true }
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&request, 1, 0) != 0
    }
}

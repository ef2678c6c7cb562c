#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Where written bytes go: an open file, a pipe or standard output.
public final class ByteSink {
    public let name: String
    private let descriptor: Int32

    /// Writes to an open descriptor, which stays open; 1 is standard output.
    public init(descriptor: Int32, name: String = "-") {
        self.descriptor = descriptor
        self.name = name
    }

    /// Writes all of the bytes. A closed pipe is an error here, `pipe-closed`, only where the process ignores SIGPIPE.
    func write(_ bytes: UnsafeBufferPointer<UInt8>) throws(DataError) {
        guard let base = bytes.baseAddress else { return }
        var offset = 0
        while offset < bytes.count {
            #if canImport(Glibc)
            let count = Glibc.write(descriptor, base + offset, bytes.count - offset)
            #elseif canImport(Musl)
            let count = Musl.write(descriptor, base + offset, bytes.count - offset)
            #else
            let count = Darwin.write(descriptor, base + offset, bytes.count - offset)
            #endif
            if count > 0 {
                offset += count
            } else if count < 0 && errno != EINTR {
                throw DataError(id: errno == EPIPE ? "pipe-closed" : "file-write", message: "cannot write: \(String(cString: strerror(errno)))")
            }
        }
    }
}

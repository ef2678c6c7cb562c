#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Where a document's bytes come from. Each may be compressed with gzip: its first two bytes tell.
public enum XMLSource: Sendable {
    case file(String)
    case bytes([UInt8])
}

/// The bytes of a source, as they are stored.
final class RawBytes {
    private let descriptor: Int32
    private let bytes: [UInt8]
    private var offset = 0
    private let name: String

    init(_ source: XMLSource) throws {
        switch source {
        case .file(let path):
            name = path
            bytes = []
            descriptor = open(path, O_RDONLY | O_CLOEXEC)
            if descriptor < 0 { throw RawBytes.unreadable(path) }
        case .bytes(let given):
            name = ""
            bytes = given
            descriptor = -1
        }
    }

    deinit {
        if descriptor >= 0 { _ = close(descriptor) }
    }

    private static func unreadable(_ name: String) -> XMLError {
        XMLError(.fileUnreadable, "cannot read \(name): \(String(cString: strerror(errno)))")
    }

    /// Fills the front of `room`; 0 at the end of the source.
    func read(into room: UnsafeMutableRawBufferPointer) throws -> Int {
        guard let base = room.baseAddress else { return 0 }
        if descriptor < 0 {
            let count = min(room.count, bytes.count - offset)
            if count == 0 { return 0 }
            bytes.withUnsafeBytes { base.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + count]).baseAddress ?? UnsafeRawPointer(base), byteCount: count) }
            offset += count
            return count
        }
        while true {
            #if canImport(Glibc)
            let count = Glibc.read(descriptor, base, room.count)
            #elseif canImport(Musl)
            let count = Musl.read(descriptor, base, room.count)
            #else
            let count = Darwin.read(descriptor, base, room.count)
            #endif
            if count >= 0 { return count }
            if errno != EINTR { throw RawBytes.unreadable(name) }
        }
    }
}

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Where bytes come from, piece by piece: a file, memory, or a decompressor on top of another feed.
protocol ByteFeed: AnyObject {
    /// Puts bytes into `room`, which is not empty; 0 is the end.
    func read(into room: UnsafeMutableRawBufferPointer) throws(RReadError) -> Int
}

/// An open file.
final class FileFeed: ByteFeed {
    private let descriptor: Int32
    /// The file's size; nil when it has none (a pipe).
    let size: Int?

    init(path: String) throws(RReadError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw RReadError(.unreadable, "cannot read the file: \(String(cString: strerror(errno)))") }
        var status = stat()
        size = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    }

    deinit { close(descriptor) }

    func read(into room: UnsafeMutableRawBufferPointer) throws(RReadError) -> Int {
        var count = 0
        repeat {
            #if canImport(Glibc)
            count = Glibc.read(descriptor, room.baseAddress, room.count)
            #elseif canImport(Musl)
            count = Musl.read(descriptor, room.baseAddress, room.count)
            #else
            count = Darwin.read(descriptor, room.baseAddress, room.count)
            #endif
        } while count < 0 && errno == EINTR
        if count < 0 { throw RReadError(.unreadable, "cannot read the file: \(String(cString: strerror(errno)))") }
        return count
    }
}

/// Bytes in memory.
final class MemoryFeed: ByteFeed {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func read(into room: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(room.count, bytes.count - position)
        bytes.withUnsafeBytes { room.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count])) }
        position += count
        return count
    }
}

/// A feed whose first bytes have been looked at: gives them again, then the rest.
final class PeekedFeed: ByteFeed {
    let head: [UInt8]
    private var position = 0
    private let rest: any ByteFeed

    /// Reads up to `count` bytes ahead.
    init(_ rest: any ByteFeed, peeking count: Int) throws(RReadError) {
        self.rest = rest
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = try bytes.filling(from: filled) { (room) throws(RReadError) in try rest.read(into: room) }
            if got == 0 { break }
            filled += got
        }
        head = Array(bytes[..<filled])
    }

    func read(into room: UnsafeMutableRawBufferPointer) throws(RReadError) -> Int {
        guard position < head.count else { return try rest.read(into: room) }
        let count = min(room.count, head.count - position)
        head.withUnsafeBytes { room.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count])) }
        position += count
        return count
    }
}

extension Array where Element: BitwiseCopyable {
    /// Lets `fill` put bytes into the array's memory, from byte `start` on.
    mutating func filling<Result>(
        from start: Int, _ fill: (UnsafeMutableRawBufferPointer) throws(RReadError) -> Result
    ) throws(RReadError) -> Result {
        let outcome = withUnsafeMutableBytes { bytes -> Swift.Result<Result, RReadError> in
            do throws(RReadError) { return .success(try fill(UnsafeMutableRawBufferPointer(rebasing: bytes[start...]))) } catch { return .failure(error) }
        }
        return try outcome.get()
    }
}

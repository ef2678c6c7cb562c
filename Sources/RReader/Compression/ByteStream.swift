#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The decompressed bytes of a file, in a window that moves over them.
final class ByteStream {
    private let feed: any ByteFeed
    private let window = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    private var start = 0
    private var end = 0
    /// Bytes that came before the window.
    private var passed = 0
    private let limit: Int
    /// The size of the file as it is stored; nil when it is not known.
    private let storedSize: Int?
    private let isCompressed: Bool

    init(_ feed: any ByteFeed, storedSize: Int?, isCompressed: Bool, limit: Int) {
        self.isCompressed = isCompressed
        self.feed = feed
        self.storedSize = storedSize
        self.limit = limit
    }

    deinit { window.deallocate() }

    /// The byte that comes next, counted from 0.
    var offset: Int { passed + start }

    /// How many bytes may still come, as far as the stored size tells: no compression in use does better than 1 to 1,100 by much
    /// on data that are not all alike, and what exceeds the figure is only allocated in steps.
    var plausibleRest: Int { (storedSize ?? 1 << 16) * 1_100 + (1 << 16) }

    /// Makes at least `count` bytes (no more than the window holds) available, or throws.
    private func fill(_ count: Int) throws(RReadError) {
        if end - start >= count { return }
        if start > 0 {
            if end > start, let base = window.baseAddress { memmove(base, base + start, end - start) }
            passed += start
            end -= start
            start = 0
        }
        while end < count {
            let got: Int
            do throws(RReadError) {
                got = try feed.read(into: UnsafeMutableRawBufferPointer(rebasing: window[end...]))
            } catch {
                throw RReadError(error.kind, error.message, offset: passed + end, path: error.path)
            }
            if got == 0 { throw RReadError(.truncated, "the file ends too early", offset: passed + end) }
            end += got
            if passed + end > limit { throw RReadError(.sizeLimit, "the file has more than \(limit) bytes", offset: passed + end) }
        }
    }

    func byte() throws(RReadError) -> UInt8 {
        if start == end { try fill(1) }
        let value = window[start]
        start += 1
        return value
    }

    /// The next byte, which is not used up; nil at the end.
    func peek() throws(RReadError) -> UInt8? {
        if start == end {
            do throws(RReadError) { try fill(1) } catch {
                if error.kind == .truncated { return nil }
                throw error
            }
        }
        return window[start]
    }

    /// Reads on to the end, where compressed data have their checksums; whatever else is there belongs to nothing.
    func finish() throws(RReadError) {
        guard isCompressed else { return }
        while try peek() != nil { start = end }
    }

    /// Four bytes as they stand.
    func word() throws(RReadError) -> UInt32 {
        try fill(4)
        let value = window.loadUnaligned(fromByteOffset: start, as: UInt32.self)
        start += 4
        return value
    }

    /// Copies the next bytes.
    func copy(into room: UnsafeMutableRawBufferPointer) throws(RReadError) {
        var done = 0
        while done < room.count {
            if start == end { try fill(1) }
            let count = min(room.count - done, end - start)
            UnsafeMutableRawBufferPointer(rebasing: room[done..<done + count])
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: window[start..<start + count]))
            start += count
            done += count
        }
    }

    /// The next `count` bytes, for texts of any length.
    func bytes(_ count: Int) throws(RReadError) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(min(count, plausibleRest))
        while result.count < count {
            if start == end { try fill(1) }
            let part = min(count - result.count, end - start)
            result.append(contentsOf: window[start..<start + part])
            start += part
        }
        return result
    }

    /// A vector of `count` numbers as they stand, which grows with the bytes that are really there.
    func vector<Number>(_ count: Int, of zero: Number) throws(RReadError) -> [Number] where Number: BitwiseCopyable {
        let width = MemoryLayout<Number>.size
        var result: [Number] = []
        result.reserveCapacity(min(count, plausibleRest / width))
        while result.count < count {
            let filled = result.count
            let part = min(count - filled, window.count / width)
            result.append(contentsOf: repeatElement(zero, count: part))
            try result.filling(from: filled * width) { (room) throws(RReadError) in try copy(into: room) }
        }
        return result
    }
}

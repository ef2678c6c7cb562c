/// The compressed bytes that a decompressor has read ahead.
final class CompressedInput {
    private let feed: any ByteFeed
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    private var start = 0
    private var end = 0
    private(set) var isAtEnd = false

    init(_ feed: any ByteFeed) { self.feed = feed }

    deinit { buffer.deallocate() }

    /// What is there to be decompressed, read anew when all has been used; empty at the end.
    func available() throws(RReadError) -> UnsafeMutableRawBufferPointer {
        if start == end, !isAtEnd {
            start = 0
            end = try feed.read(into: buffer)
            isAtEnd = end == 0
        }
        return UnsafeMutableRawBufferPointer(rebasing: buffer[start..<end])
    }

    func use(_ count: Int) { start += count }
}

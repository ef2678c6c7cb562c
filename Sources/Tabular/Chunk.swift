/// A run of whole records, as read. Chunks are used again and again, so that reading does not allocate.
final class Chunk {
    private(set) var base: UnsafeMutablePointer<UInt8>
    private(set) var capacity: Int
    /// Bytes in use.
    var count = 0
    /// Where the rows start; a header lies before.
    var start = 0
    /// The physical line, from 1, of the byte at `start`.
    var line = 1

    init(capacity: Int) {
        self.capacity = max(capacity, 4)
        base = .allocate(capacity: self.capacity)
    }

    deinit { base.deallocate() }

    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base + start, count: count - start) }

    func reserve(_ wanted: Int) {
        if wanted <= capacity { return }
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted)
        moved.update(from: base, count: count)
        base.deallocate()
        base = moved
        capacity = wanted
    }
}

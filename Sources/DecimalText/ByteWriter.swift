/// A growable buffer of bytes to write text into. One owner; storage is kept when it is emptied, so a buffer that is used
/// again and again stops allocating.
public struct ByteWriter: ~Copyable, @unchecked Sendable {
    @usableFromInline var base: UnsafeMutablePointer<UInt8>
    /// The number of bytes written.
    public private(set) var count = 0
    @usableFromInline var capacity: Int

    public init(capacity: Int = 256) {
        self.capacity = max(capacity, 64)
        base = .allocate(capacity: self.capacity)
    }

    deinit { base.deallocate() }

    /// The bytes written so far, valid during the call.
    public borrowing func withBytes<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeBufferPointer(start: base, count: count))
    }

    /// Forgets the bytes but keeps the storage.
    public mutating func removeAll() { count = 0 }

    /// Forgets what was written after the first `length` bytes.
    public mutating func truncate(to length: Int) { count = min(count, max(length, 0)) }

    public mutating func append(_ byte: UInt8) {
        if count == capacity { grow(by: 1) }
        base[count] = byte
        count &+= 1
    }

    public mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        if capacity &- count < bytes.count { grow(by: bytes.count) }
        (base + count).update(from: start, count: bytes.count)
        count &+= bytes.count
    }

    public mutating func append(_ word: StaticString) {
        append(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    public mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    /// Appends the shortest text that reads back as the same binary64 number.
    public mutating func append(number value: Double) {
        reserve(NumberPrinting.maximumLength)
        count &+= NumberPrinting.write(value, to: base + count)
    }

    /// Appends the shortest text that reads back as the same binary32 number.
    public mutating func append(number value: Float) {
        reserve(NumberPrinting.maximumLength)
        count &+= NumberPrinting.write(value, to: base + count)
    }

    /// Appends a whole number.
    public mutating func append(integer value: Int) {
        reserve(NumberPrinting.maximumLength)
        count &+= NumberPrinting.write(Int64(value), to: base + count)
    }

    /// The bytes as a `String`; ill-formed UTF-8 is replaced.
    public borrowing func text() -> String {
        String(decoding: UnsafeBufferPointer(start: base, count: count), as: UTF8.self)
    }

    private mutating func reserve(_ extra: Int) {
        if capacity &- count < extra { grow(by: extra) }
    }

    @inline(never)
    private mutating func grow(by extra: Int) {
        let larger = max(capacity &* 2, count &+ extra)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        moved.update(from: base, count: count)
        base.deallocate()
        base = moved
        capacity = larger
    }
}

/// The strings that a batch brings or makes: codes above those of the program's own table, forgotten when the batch ends.
final class StringPool {
    private let table: StringTable
    /// First code of this pool.
    let firstCode: Int32
    private var bytes: UnsafeMutablePointer<UInt8>
    private var byteCount = 0
    private var byteCapacity: Int
    private var starts: [Int] = [0]
    private var slots: [Int32]
    private var mask: Int

    init(table: StringTable) {
        self.table = table
        firstCode = Int32(truncatingIfNeeded: table.count)
        byteCapacity = 4096
        bytes = .allocate(capacity: byteCapacity)
        slots = [Int32](repeating: -1, count: 256)
        mask = 255
    }

    deinit { bytes.deallocate() }

    /// One more than the largest code in use.
    var endCode: Int32 { firstCode &+ Int32(truncatingIfNeeded: starts.count - 1) }

    /// Forgets the batch's strings; keeps the memory.
    func reset() {
        if starts.count == 1 { return }
        byteCount = 0
        starts.removeLast(starts.count - 1)
        for index in slots.indices { slots[index] = -1 }
    }

    @inline(__always)
    func span(_ code: Int32) -> UnsafeBufferPointer<UInt8> {
        if code < firstCode { return table.span(code) }
        let index = Int(code - firstCode)
        let start = starts[index]
        return UnsafeBufferPointer(start: bytes + start, count: starts[index + 1] - start)
    }

    /// The code of `text`: the table's, if it is there, or one of this batch.
    func intern(_ text: UnsafeBufferPointer<UInt8>) -> Int32 {
        let known = table.code(of: text)
        if known >= 0 { return known }
        var slot = Int(truncatingIfNeeded: StringTable.hash(text)) & mask
        while slots[slot] >= 0 {
            if StringTable.equal(span(slots[slot]), text) { return slots[slot] }
            slot = (slot + 1) & mask
        }
        let code = firstCode &+ Int32(truncatingIfNeeded: starts.count - 1)
        append(text)
        slots[slot] = code
        if starts.count * 2 > slots.count { grow() }
        return code
    }

    private func append(_ text: UnsafeBufferPointer<UInt8>) {
        let needed = byteCount + text.count
        if needed > byteCapacity {
            // `text` may lie in this very pool: copy it out of the old block before that is freed.
            let capacity = max(needed, byteCapacity * 2)
            let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
            moved.update(from: bytes, count: byteCount)
            if let base = text.baseAddress { (moved + byteCount).update(from: base, count: text.count) }
            bytes.deallocate()
            bytes = moved
            byteCapacity = capacity
        } else if let base = text.baseAddress {
            (bytes + byteCount).update(from: base, count: text.count)
        }
        byteCount = needed
        starts.append(byteCount)
    }

    private func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        mask = slots.count - 1
        for index in 0..<(starts.count - 1) {
            let code = firstCode + Int32(truncatingIfNeeded: index)
            var slot = Int(truncatingIfNeeded: StringTable.hash(span(code))) & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = code
        }
    }
}

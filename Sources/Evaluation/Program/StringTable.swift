/// The strings of a program: bytes, offsets and an open-addressing hash table, all read in place.
///
/// A string's code is its index. Codes at or above `count` belong to the strings of a frame (``StringPool``).
struct StringTable: Sendable {
    let bytes: Slab<UInt8>
    /// `count + 1` offsets into `bytes`.
    let offsets: Slab<Int32>
    /// A power of two of slots: a code, or -1.
    let slots: Slab<Int32>

    var count: Int { max(0, offsets.count - 1) }

    @inline(__always)
    func span(_ code: Int32) -> UnsafeBufferPointer<UInt8> {
        let start = Int(offsets[Int(code)])
        return UnsafeBufferPointer(start: bytes.base + start, count: Int(offsets[Int(code) + 1]) - start)
    }

    func string(_ code: Int32) -> String { String(decoding: span(code), as: UTF8.self) }

    /// The code of a string given as UTF-8, or -1.
    @inline(__always)
    func code(of text: UnsafeBufferPointer<UInt8>) -> Int32 {
        let mask = slots.count - 1
        if mask < 0 { return -1 }
        var slot = Int(truncatingIfNeeded: Self.hash(text)) & mask
        // The verifier saw a free slot, so this ends.
        while true {
            let code = slots[slot]
            if code < 0 { return -1 }
            if Self.equal(span(code), text) { return code }
            slot = (slot + 1) & mask
        }
    }

    /// FNV-1a with a final mix, 64 bits: part of the file format.
    @inline(__always)
    static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return hash ^ (hash >> 29)
    }

    @inline(__always)
    static func equal(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
        if a.count != b.count { return false }
        for index in 0..<a.count where a[index] != b[index] { return false }
        return true
    }

    /// Bytes, offsets and slots of the table that holds `strings` in order.
    static func build(_ strings: [String]) -> (bytes: [UInt8], offsets: [Int32], slots: [Int32]) {
        var bytes: [UInt8] = []
        var offsets: [Int32] = [0]
        offsets.reserveCapacity(strings.count + 1)
        var size = 16
        while size < strings.count * 2 { size *= 2 }
        var slots = [Int32](repeating: -1, count: size)
        for (code, text) in strings.enumerated() {
            var copy = text
            copy.withUTF8 { utf8 in
                bytes.append(contentsOf: utf8)
                var slot = Int(truncatingIfNeeded: hash(utf8)) & (size - 1)
                while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
                slots[slot] = Int32(truncatingIfNeeded: code)
            }
            offsets.append(Int32(truncatingIfNeeded: bytes.count))
        }
        return (bytes, offsets, slots)
    }
}

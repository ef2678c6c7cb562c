/// The checksum of the native file, as docs/format.md defines it: four 64-bit lanes, 32 bytes a step.
enum Checksum {
    private static let prime: UInt64 = 0x9e37_79b9_7f4a_7c15

    static func of(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
        var a = seed ^ 1, b = seed ^ 2, c = seed ^ 3, d = seed ^ 4
        let whole = bytes.count & ~31
        var at = 0
        while at < whole {
            a = step(a, bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            b = step(b, bytes.loadUnaligned(fromByteOffset: at &+ 8, as: UInt64.self))
            c = step(c, bytes.loadUnaligned(fromByteOffset: at &+ 16, as: UInt64.self))
            d = step(d, bytes.loadUnaligned(fromByteOffset: at &+ 24, as: UInt64.self))
            at &+= 32
        }
        while at < bytes.count {
            a = step(a, UInt64(bytes[at]))
            at &+= 1
        }
        var sum = UInt64(truncatingIfNeeded: bytes.count)
        for lane in [a, b, c, d] { sum = step(sum, lane) }
        return sum ^ (sum >> 32)
    }

    @inline(__always)
    private static func step(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        let mixed = (lane ^ UInt64(littleEndian: word)) &* prime
        return (mixed << 29) | (mixed >> 35)
    }
}

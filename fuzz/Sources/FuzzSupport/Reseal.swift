/// Makes the checksums of a native file right again after the fuzzer has changed it, so that what lies behind them is reached.
///
/// Written from docs/format.md alone: a second opinion on its text.
public enum Reseal {
    /// The file with its magic, length and checksums put right, as far as the directory lies inside it.
    public static func file(_ source: [UInt8]) -> [UInt8] {
        var bytes = source
        guard bytes.count >= 64 else { return bytes }
        bytes.replaceSubrange(0..<8, with: [0x8f, 0x50, 0x4d, 0x4c, 0x0d, 0x0a, 0x1a, 0x0a])
        store(UInt64(bytes.count), at: 16, &bytes)
        let start = load(24, bytes)
        let count = Int(load(32, bytes) & 0xffff_ffff)
        guard start >= 64, start <= UInt64(bytes.count), count <= (bytes.count - Int(start)) / 64 else { return bytes }
        let directory = Int(start)..<Int(start) + count * 64
        for entry in stride(from: directory.lowerBound, to: directory.upperBound, by: 64) {
            let size: UInt64
            switch load(entry + 16, bytes) & 0xffff_ffff {
            case 1: size = 1
            case 2, 3: size = 4
            case 4: size = 8
            default: continue
            }
            let offset = load(entry + 24, bytes)
            let elements = load(entry + 32, bytes)
            guard offset <= UInt64(bytes.count), elements <= (UInt64(bytes.count) - offset) / size else { continue }
            store(checksum(bytes[Int(offset)..<Int(offset + elements * size)], seed: 0), at: entry + 40, &bytes)
        }
        store(checksum(bytes[directory], seed: checksum(bytes[0..<40], seed: 0)), at: 40, &bytes)
        return bytes
    }

    static func checksum(_ bytes: ArraySlice<UInt8>, seed: UInt64) -> UInt64 {
        func step(_ lane: UInt64, _ word: UInt64) -> UInt64 {
            let product = (lane ^ word) &* 0x9e37_79b9_7f4a_7c15
            return product << 29 | product >> 35
        }
        var lanes = [seed ^ 1, seed ^ 2, seed ^ 3, seed ^ 4]
        var at = bytes.startIndex
        while bytes.endIndex - at >= 32 {
            for lane in 0..<4 { lanes[lane] = step(lanes[lane], load(at + lane * 8, bytes)) }
            at += 32
        }
        while at < bytes.endIndex {
            lanes[0] = step(lanes[0], UInt64(bytes[at]))
            at += 1
        }
        let sum = lanes.reduce(UInt64(bytes.count), step)
        return sum ^ sum >> 32
    }

    private static func load(_ at: Int, _ bytes: [UInt8]) -> UInt64 { load(at, bytes[...]) }

    private static func load(_ at: Int, _ bytes: ArraySlice<UInt8>) -> UInt64 {
        (0..<8).reduce(0) { $0 | UInt64(bytes[at + $1]) << UInt64($1 * 8) }
    }

    private static func store(_ value: UInt64, at: Int, _ bytes: inout [UInt8]) {
        for index in 0..<8 { bytes[at + index] = UInt8(truncatingIfNeeded: value >> UInt64(index * 8)) }
    }
}

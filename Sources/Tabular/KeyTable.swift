import Evaluation

/// Which bound column a key of a JSON object stands for.
///
/// Objects of one file nearly always list their keys in one order, so the key at each place is remembered as it was
/// written the time before, and only another one is looked up. One table serves one worker.
final class KeyTable {
    private struct Remembered {
        var start: Int
        var length: Int
        var slot: Int
    }
    private let slots: [String: Int]
    private var remembered: [Remembered] = []
    private var bytes: [UInt8] = []
    private static let mostRemembered = 65_536

    /// Maps each name to its place in the list.
    init(_ names: [String]) {
        slots = Dictionary(names.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    /// The slot of a key, or -1 when no field is bound to it.
    func slot(of key: Cell, ordinal: Int) -> Int {
        let raw = key.raw
        if ordinal < remembered.count {
            let known = remembered[ordinal]
            if known.length == raw.count {
                let isSame = bytes.withUnsafeBufferPointer { bytes in
                    for index in 0..<raw.count where bytes[known.start &+ index] != raw[index] { return false }
                    return true
                }
                if isSame { return known.slot }
            }
        }
        let slot = lookUp(key)
        if ordinal == remembered.count && ordinal < Self.mostRemembered && raw.count < 4096 {
            remembered.append(Remembered(start: bytes.count, length: raw.count, slot: slot))
            bytes.append(contentsOf: raw)
        }
        return slot
    }

    private func lookUp(_ key: Cell) -> Int {
        if key.kind != .escaped { return slots[String(decoding: key.raw, as: UTF8.self)] ?? -1 }
        var text = ByteWriter()
        JSONText.unescape(key.raw, into: &text)
        return slots[text.text()] ?? -1
    }
}

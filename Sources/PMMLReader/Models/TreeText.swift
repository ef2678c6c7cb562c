import ModelTree
import XMLStream

/// The text of a tree's nodes, end to end. A value that was written a moment ago is not stored again: both sides of a
/// split name the same threshold, and all leaves the same classes.
struct TreeText {
    private(set) var bytes: [UInt8] = []
    private var recent = [TreeNodes.Slice](repeating: .absent, count: 512)

    init() {}

    /// Takes over an empty array, for its room.
    init(reusing empty: inout [UInt8]) { swap(&bytes, &empty) }

    /// The slice that holds `value`; nil when the text is full.
    mutating func slice(of value: XMLBytes) -> TreeNodes.Slice? {
        let slot = Int(truncatingIfNeeded: hash(value) & 511)
        let known = recent[slot]
        if !known.isAbsent, Int(known.length) == value.count, isEqual(value, at: Int(known.offset)) { return known }
        guard let offset = UInt32(exactly: bytes.count), let length = UInt32(exactly: value.count),
            offset < .max - length
        else { return nil }
        bytes.append(contentsOf: value.buffer)
        let slice = TreeNodes.Slice(offset: offset, length: length)
        recent[slot] = slice
        return slice
    }

    private func isEqual(_ value: XMLBytes, at offset: Int) -> Bool {
        bytes.withUnsafeBufferPointer { stored in
            for index in 0..<value.count where stored[offset &+ index] != value.start[index] { return false }
            return true
        }
    }
}

/// The names of the fields that a tree's simple predicates test, each once: a hash table over their bytes.
struct TreeFieldNames {
    private(set) var names: [String] = []
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// Index of a name, or -1; never over half full.
    private var slots = [Int32](repeating: -1, count: 64)

    mutating func index(of name: XMLBytes) -> Int32 {
        var slot = Int(truncatingIfNeeded: hash(name)) & (slots.count - 1)
        while slots[slot] >= 0 {
            if isEqual(name, Int(slots[slot])) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        let index = Int32(truncatingIfNeeded: names.count)
        slots[slot] = index
        names.append(name.string)
        bytes.append(contentsOf: name.buffer)
        ends.append(bytes.count)
        if names.count * 2 > slots.count { grow() }
        return index
    }

    private func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }

    private func isEqual(_ name: XMLBytes, _ index: Int) -> Bool {
        let range = range(index)
        if range.count != name.count { return false }
        return bytes.withUnsafeBufferPointer { stored in
            for offset in 0..<name.count where stored[range.lowerBound + offset] != name.start[offset] { return false }
            return true
        }
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        for index in names.indices {
            let code = bytes.withUnsafeBufferPointer { stored -> UInt64 in
                guard let base = stored.baseAddress else { return hash(.empty) }
                let range = range(index)
                return hash(XMLBytes(start: base + range.lowerBound, count: range.count))
            }
            var slot = Int(truncatingIfNeeded: code) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(truncatingIfNeeded: index)
        }
    }
}

/// Eight bytes at a time; good enough for short texts.
private func hash(_ value: XMLBytes) -> UInt64 {
    let raw = UnsafeRawPointer(value.start)
    var code = UInt64(truncatingIfNeeded: value.count)
    var at = 0
    while at &+ 8 <= value.count {
        code = (code ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
        code ^= code >> 29
        at &+= 8
    }
    var rest: UInt64 = 0
    while at < value.count {
        rest = rest << 8 | UInt64(value.start[at])
        at &+= 1
    }
    code = (code ^ rest) &* 0x9E37_79B9_7F4A_7C15
    return code ^ (code >> 32)
}

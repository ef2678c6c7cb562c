@testable import Evaluation

/// The directory of a native file, for tests that change a file and make its checksums right again.
struct Tampered {
    var bytes: [UInt8]

    struct Entry {
        var name: String
        /// Where the entry lies in the file.
        var at: Int
        var type: FileLayout.ElementType
        var offset: Int
        var byteCount: Int
    }

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var directoryStart: Int { Int(clamping: load(24)) }
    var sectionCount: Int { Int(clamping: load(32) & 0xffff_ffff) }

    var entries: [Entry] {
        (0..<sectionCount).compactMap { index in
            let at = directoryStart + index * FileLayout.entrySize
            let name = String(decoding: bytes[at..<at + 16].prefix { $0 != 0 }, as: UTF8.self)
            guard let type = FileLayout.ElementType(rawValue: UInt32(truncatingIfNeeded: load(at + 16))) else { return nil }
            return Entry(name: name, at: at, type: type, offset: Int(clamping: load(at + 24)), byteCount: Int(clamping: load(at + 32)) * type.size)
        }
    }

    func load(_ at: Int) -> UInt64 {
        (0..<8).reduce(0) { $0 | UInt64(bytes[at + $1]) << UInt64($1 * 8) }
    }

    mutating func store(_ value: UInt64, at: Int, size: Int = 8) {
        for index in 0..<size { bytes[at + index] = UInt8(truncatingIfNeeded: value >> UInt64(index * 8)) }
    }

    /// Computes the checksums of the sections, as far as they lie in the file.
    mutating func resealSections() {
        for entry in entries where entry.offset + entry.byteCount <= bytes.count {
            store(bytes[entry.offset..<entry.offset + entry.byteCount].withUnsafeBytes { Checksum.of($0) }, at: entry.at + 40)
        }
    }

    /// Computes the checksum of header and directory.
    mutating func resealHeader() {
        let end = directoryStart + sectionCount * FileLayout.entrySize
        guard end <= bytes.count else { return }
        let seed = bytes[0..<40].withUnsafeBytes { Checksum.of($0) }
        store(bytes[directoryStart..<end].withUnsafeBytes { Checksum.of($0, seed: seed) }, at: 40)
    }
}

/// Deterministic random numbers: a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

extension Program {
    /// Runs rows made up from the schema and gives everything that comes out, as bits.
    func scores(rows: Int = 12) -> [UInt64] {
        let frame = Frame(plan: Plan(self, results: Array(schema.results.indices)), capacity: 16)
        var out: [UInt64] = []
        for batch in 0..<2 {
            frame.begin()
            frame.count = rows
            for (position, input) in schema.inputs.enumerated() {
                for row in 0..<rows { fill(frame, input, position, row, batch) }
            }
            frame.run()
            for row in 0..<rows where frame.failed[row] == 0 {
                for result in schema.results {
                    let register = result.register.index
                    let status = frame.status(register)[row]
                    out.append(UInt64(status))
                    if status & CellStatus.missing != 0 { continue }
                    switch result.register.kind {
                    case .number: out.append(frame.numbers(register)[row].bitPattern)
                    case .text: out.append(StringTable.hash(frame.text(frame.codes(register)[row])))
                    case .list: out += frame.list(frame.codes(register)[row]).map(\.bitPattern)
                    }
                }
            }
        }
        return out
    }

    private func fill(_ frame: Frame, _ input: InputField, _ position: Int, _ row: Int, _ batch: Int) {
        let register = input.register.index
        let turn = row + batch * 5 + position
        frame.status(register)[row] = turn % 7 == 6 ? CellStatus.missing : 0
        let texts = input.values.isEmpty ? ["a", "2020-02-29", "3", "some words of text"] : input.values
        let text = texts[turn % texts.count]
        switch input.register.kind {
        case .number: frame.numbers(register)[row] = Double((turn * 7 + position * 3) % 11) / 2 - 1
        case .text: frame.codes(register)[row] = frame.intern(text)
        case .list: frame.codes(register)[row] = frame.makeList(input.elementType == .string ? [Double(frame.intern(text))] : [1, 2.5, Double(turn)])
        }
    }
}

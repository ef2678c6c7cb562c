import Testing

@testable import Evaluation

/// A named way to spoil a native file, and what must come of it.
struct Corruption: Sendable, CustomTestStringConvertible {
    enum Result: Sendable {
        /// Refused with this id.
        case refused(String)
        /// The bytes mean nothing: the scores are those of the whole file.
        case unchanged
    }
    /// Whose checksums are made right afterwards, so that the damage itself must be seen.
    enum Seal: Sendable { case none, header, all }

    let name: String
    let result: Result
    let seal: Seal
    let spoil: @Sendable (inout Tampered) -> Void

    var testDescription: String { name }

    init(_ name: String, _ result: Result, seal: Seal = .all, _ spoil: @escaping @Sendable (inout Tampered) -> Void) {
        self.name = name
        self.result = result
        self.seal = seal
        self.spoil = spoil
    }

    func applied(to bytes: [UInt8]) -> [UInt8] {
        var file = Tampered(bytes)
        spoil(&file)
        if seal == .all { file.resealSections() }
        if seal != .none { file.resealHeader() }
        return file.bytes
    }
}

extension Tampered {
    subscript(_ section: String) -> Entry {
        entries.first { $0.name == section } ?? Entry(name: section, at: 0, type: .uint8, offset: 0, byteCount: 0)
    }

    func word(_ section: String, _ index: Int) -> Int32 { Int32(truncatingIfNeeded: load(self[section].offset + index * 4)) }

    mutating func setWord(_ section: String, _ index: Int, _ value: Int32) {
        store(UInt64(UInt32(bitPattern: value)), at: self[section].offset + index * 4, size: 4)
    }

    func wordCount(_ section: String) -> Int { self[section].byteCount / 4 }
}

extension Corruption {
    /// What may happen to a file on its way, or be done to it on purpose; fields by the tables of docs/format.md.
    static let all: [Corruption] = header + directory + strings + words

    private static let header = [
        Corruption("magic: text mode turned CR LF into LF", .refused("header-magic")) { $0.bytes[4] = 10 },
        Corruption("magic: the high bit is lost", .refused("header-magic")) { $0.bytes[0] = 0x0f },
        Corruption("major version 0", .refused("header-version"), seal: .header) { $0.store(0, at: 8, size: 2) },
        Corruption("major version 2", .refused("header-version"), seal: .header) { $0.store(2, at: 8, size: 2) },
        Corruption("minor version 65535", .unchanged, seal: .header) { $0.store(0xffff, at: 10, size: 2) },
        Corruption("foreign byte order", .refused("header-byte-order"), seal: .header) { $0.store(0x0403_0201, at: 12, size: 4) },
        Corruption("size 0", .refused("header-length"), seal: .header) { $0.store(0, at: 16) },
        Corruption("size one more", .refused("header-length"), seal: .header) { $0.store(UInt64($0.bytes.count) + 1, at: 16) },
        Corruption("a byte is appended", .refused("header-length")) { $0.bytes.append(0) },
        Corruption("directory in the header", .refused("directory-range"), seal: .none) { $0.store(0, at: 24) },
        Corruption("directory not aligned", .refused("directory-range"), seal: .none) { $0.store(UInt64($0.directoryStart) - 1, at: 24) },
        Corruption("directory behind the end", .refused("directory-range"), seal: .none) { $0.store(1 << 40, at: 24) },
        Corruption("directory at the largest offset", .refused("directory-range"), seal: .none) { $0.store(.max - 63, at: 24) },
        Corruption("2³²-1 sections", .refused("directory-range"), seal: .none) { $0.store(0xffff_ffff, at: 32, size: 4) },
        Corruption("one section more", .refused("directory-range"), seal: .none) { $0.store(UInt64($0.sectionCount) + 1, at: 32, size: 4) },
        Corruption("one section fewer", .refused("header-checksum"), seal: .none) { $0.store(UInt64($0.sectionCount) - 1, at: 32, size: 4) },
        Corruption("reserved word at 36", .refused("header-reserved"), seal: .header) { $0.store(1, at: 36, size: 4) },
        Corruption("reserved words at 48", .refused("header-reserved"), seal: .header) { $0.store(1, at: 55, size: 1) },
        Corruption("header checksum", .refused("header-checksum"), seal: .none) { $0.bytes[47] ^= 0x80 },
        Corruption("a header of another file", .refused("header-checksum"), seal: .none) { $0.store(0, at: 10, size: 2) },
    ]

    private static let directory = [
        Corruption("name of a required section", .refused("section-unknown"), seal: .header) { $0.bytes[$0["program"].at] = 0x58 },
        Corruption("element type 0", .refused("section-type"), seal: .header) { $0.store(0, at: $0["program"].at + 16, size: 4) },
        Corruption("element type of another size", .refused("section-type")) {
            $0.store(1, at: $0["program"].at + 16, size: 4)
            $0.store(UInt64($0["program"].byteCount), at: $0["program"].at + 32)
        },
        Corruption("flags of a known section", .unchanged, seal: .header) { $0.store(0, at: $0["program"].at + 20, size: 4) },
        Corruption("offset not aligned", .refused("section-range"), seal: .header) { $0.store(UInt64($0["program"].offset) + 4, at: $0["program"].at + 24) },
        Corruption("offset behind the end", .refused("section-range"), seal: .header) { $0.store(UInt64($0.bytes.count + 64), at: $0["program"].at + 24) },
        Corruption("offset overflows", .refused("section-range"), seal: .header) { $0.store(.max - 63, at: $0["program"].at + 24) },
        Corruption("count beyond the end", .refused("section-range"), seal: .header) { $0.store(1 << 32, at: $0["program"].at + 32) },
        Corruption("count whose size overflows", .refused("section-range"), seal: .header) { $0.store(1 << 62, at: $0["program"].at + 32) },
        Corruption("largest count", .refused("section-range"), seal: .header) { $0.store(.max, at: $0["program"].at + 32) },
        Corruption("section checksum", .refused("section-checksum"), seal: .header) { $0.bytes[$0["program"].at + 40] ^= 1 },
        Corruption("reserved bytes of an entry", .refused("directory-reserved"), seal: .header) { $0.store(1, at: $0["program"].at + 56) },
        Corruption("a section stands twice", .refused("section-twice"), seal: .header) {
            let (from, to) = ($0["schema"].at, $0["program"].at)
            $0.bytes.replaceSubrange(to..<to + 64, with: $0.bytes[from..<from + 64])
        },
        Corruption("entries change places", .unchanged, seal: .header) {
            let (from, to) = ($0["schema"].at, $0["program"].at)
            let (one, other) = (Array($0.bytes[from..<from + 64]), Array($0.bytes[to..<to + 64]))
            $0.bytes.replaceSubrange(to..<to + 64, with: one)
            $0.bytes.replaceSubrange(from..<from + 64, with: other)
        },
        Corruption("two sections swap their contents, checksums as they were", .refused("section-checksum"), seal: .header) { swap(&$0, from: 24, count: 16) },
        Corruption("two sections swap their contents", .refused("pool-range")) { swap(&$0, from: 24, count: 24) },
        Corruption("program and strings overlap", .refused("section-checksum"), seal: .header) {
            $0.store(UInt64($0["strings"].offset), at: $0["program"].at + 24)
        },
        Corruption("program is empty", .refused("register-order")) { $0.store(0, at: $0["program"].at + 32) },
        Corruption("schema is empty", .refused("operands-short")) { $0.store(0, at: $0["schema"].at + 32) },
        Corruption("no registers", .refused("register-range")) { $0.store(0, at: $0["registers"].at + 32) },
    ]

    /// The places of `schema` and `program` in the directory are exchanged, under their names.
    private static func swap(_ file: inout Tampered, from field: Int, count: Int) {
        let (one, other) = (file["schema"].at + field, file["program"].at + field)
        for index in 0..<count { file.bytes.swapAt(one + index, other + index) }
    }

    private static let strings = [
        Corruption("a byte that UTF-8 never has", .refused("string-utf8")) { $0.bytes[$0["strings"].offset] = 0xff },
        Corruption("an overlong character", .refused("string-utf8")) { $0.bytes.replaceSubrange($0["strings"].offset..<$0["strings"].offset + 2, with: [0xc0, 0x80]) },
        Corruption("a surrogate", .refused("string-utf8")) { $0.bytes.replaceSubrange($0["strings"].offset..<$0["strings"].offset + 3, with: [0xed, 0xa0, 0x80]) },
        Corruption("a character that ends with its string", .refused("string-utf8")) {
            $0.bytes[$0["strings"].offset + Int($0.word("string.offsets", 1)) - 1] = 0xc3
        },
        Corruption("first string offset", .refused("string-offsets")) { $0.setWord("string.offsets", 0, 1) },
        Corruption("string offsets go backwards", .refused("string-offsets")) { $0.setWord("string.offsets", 1, .max) },
        Corruption("negative string offset", .refused("string-offsets")) { $0.setWord("string.offsets", 2, -1) },
        Corruption("last string offset", .refused("string-offsets")) { $0.setWord("string.offsets", $0.wordCount("string.offsets") - 1, .max) },
        Corruption("slot of no string", .refused("string-slots")) { $0.setWord("string.slots", 0, .max) },
        Corruption("slot -2", .refused("string-slots")) { $0.setWord("string.slots", 0, -2) },
        Corruption("no free slot", .refused("string-slots")) { file in
            for index in 0..<file.wordCount("string.slots") { file.setWord("string.slots", index, 0) }
        },
        Corruption("slots are no power of two", .refused("string-slots")) {
            $0.store(UInt64($0.wordCount("string.slots")) - 1, at: $0["string.slots"].at + 32)
        },
    ]

    private static let words = [
        Corruption("register of unknown kind", .refused("register-kind")) { $0.setWord("registers", 0, 3) },
        Corruption("register of kind 256", .refused("register-kind")) { $0.setWord("registers", 0, 256) },
        Corruption("operation is no string", .refused("pool-range")) { $0.setWord("program", 0, .max) },
        Corruption("operation is string -1", .refused("pool-range")) { $0.setWord("program", 0, -1) },
        Corruption("operation is another string", .refused("operation-unknown")) { $0.setWord("program", 0, 0) },
        Corruption("instruction longer than the program", .refused("program-short")) { $0.setWord("program", 1, .max) },
        Corruption("instruction of negative length", .refused("program-short")) { $0.setWord("program", 1, -1) },
        Corruption("instruction without operands", .refused("operands-short")) { $0.setWord("program", 1, 0) },
        Corruption("schema: 2³¹-1 properties", .refused("operand-range")) { $0.setWord("schema", 0, .max) },
        Corruption("schema: -1 properties", .refused("operand-range")) { $0.setWord("schema", 0, -1) },
        Corruption("schema: property of no string", .refused("pool-range")) { $0.setWord("schema", 1, .max) },
        Corruption("constant in no register", .refused("operand-range")) { $0.setWord("constants", 0, .max) },
        Corruption("constant missing: 2", .refused("operand-range")) { $0.setWord("constants", 1, 2) },
        Corruption("constant of no number", .refused("pool-range")) { $0.setWord("constants", 2, .max) },
        Corruption("words are in the other byte order", .refused("operand-range")) { file in
            for index in 0..<file.wordCount("schema") { file.setWord("schema", index, file.word("schema", index).byteSwapped) }
        },
    ]
}

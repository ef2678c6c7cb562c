#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The bytes of a native file, in memory or mapped, with its directory read and every section checked.
public final class ProgramImage: @unchecked Sendable {
    public let bytes: UnsafeRawBufferPointer
    private let isMapped: Bool
    private var sections: [String: Section] = [:]

    private struct Section {
        var type: FileLayout.ElementType
        var offset: Int
        var count: Int
        var checksum: UInt64
    }

    /// Takes a copy of `bytes`, aligned as sections need it.
    public init(bytes source: [UInt8]) throws(FormatError) {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, source.count), alignment: FileLayout.alignment)
        source.withUnsafeBytes { memory.copyMemory(from: $0) }
        bytes = UnsafeRawBufferPointer(start: memory.baseAddress, count: source.count)
        isMapped = false
        try readDirectory()
    }

    /// Takes over memory from `allocate`, which the image will free.
    init(owning memory: UnsafeMutableRawBufferPointer) throws(FormatError) {
        bytes = UnsafeRawBufferPointer(memory)
        isMapped = false
        try readDirectory()
    }

    /// Maps a file of `size` bytes; the mapping is private and stays valid when the file is renamed or removed.
    public init(mapping descriptor: Int32, size: Int) throws(FormatError) {
        guard size > 0, let base = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), base != MAP_FAILED else {
            throw FormatError(id: "file-map", message: "the file cannot be mapped into memory", section: "header", offset: 0)
        }
        bytes = UnsafeRawBufferPointer(start: base, count: size)
        isMapped = true
        try readDirectory()
    }

    deinit {
        guard let base = bytes.baseAddress else { return }
        if isMapped {
            munmap(UnsafeMutableRawPointer(mutating: base), bytes.count)
        } else {
            UnsafeMutableRawPointer(mutating: base).deallocate()
        }
    }

    /// Whether bytes begin as a native file does.
    public static func isNative(_ head: UnsafeRawBufferPointer) -> Bool {
        head.count >= 8 && FileLayout.magic.indices.allSatisfy { head[$0] == FileLayout.magic[$0] }
    }

    /// The elements of a section; an absent section is empty.
    func slab<Element: BitwiseCopyable>(_ name: String, as type: Element.Type) throws(FormatError) -> Slab<Element> {
        guard let base = bytes.baseAddress else { throw error("header-short", "the file is empty", "header", 0) }
        guard let section = sections[name] else {
            return Slab(base: base.assumingMemoryBound(to: Element.self), count: 0)
        }
        guard FileLayout.ElementType.of(type) == section.type else {
            throw error("section-type", "section \"\(name)\" has elements of another type", name, section.offset)
        }
        return Slab(base: (base + section.offset).assumingMemoryBound(to: Element.self), count: section.count)
    }

    /// The constant pools, with the string table verified.
    func pools() throws(FormatError) -> Pools {
        let text = try slab("strings", as: UInt8.self)
        let offsets = try slab("string.offsets", as: Int32.self)
        let slots = try slab("string.slots", as: Int32.self)
        try verifyStrings(text, offsets, slots)
        return Pools(
            numbers: try slab("numbers", as: Double.self),
            integers: try slab("integers", as: Int32.self), bytes: try slab("bytes", as: UInt8.self),
            strings: StringTable(bytes: text, offsets: offsets, slots: slots))
    }

    private func verifyStrings(_ text: Slab<UInt8>, _ offsets: Slab<Int32>, _ slots: Slab<Int32>) throws(FormatError) {
        guard offsets.count > 0, offsets[0] == 0, Int(offsets[offsets.count - 1]) == text.count else {
            throw error("string-offsets", "the string offsets do not cover the strings", "string.offsets", 0)
        }
        for index in 1..<max(1, offsets.count) where offsets[index] < offsets[index - 1] {
            throw error("string-offsets", "string offsets go backwards", "string.offsets", index)
        }
        let strings = offsets.count - 1
        for index in 0..<strings {
            let span = UnsafeBufferPointer(start: text.base + Int(offsets[index]), count: Int(offsets[index + 1] - offsets[index]))
            if !isValidUTF8(span) { throw error("string-utf8", "string \(index) is not UTF-8", "strings", Int(offsets[index])) }
        }
        guard slots.count > 0, slots.count & (slots.count - 1) == 0 else {
            throw error("string-slots", "the string table's size is no power of two", "string.slots", 0)
        }
        var free = 0
        for index in 0..<slots.count {
            if slots[index] == -1 { free += 1 } else if slots[index] < 0 || Int(slots[index]) >= strings {
                throw error("string-slots", "slot \(index) names no string", "string.slots", index)
            }
        }
        if free == 0 { throw error("string-slots", "the string table has no free slot", "string.slots", 0) }
    }

    private func error(_ id: String, _ message: String, _ section: String, _ offset: Int) -> FormatError {
        FormatError(id: id, message: message, section: section, offset: offset)
    }

    private func readDirectory() throws(FormatError) {
        guard bytes.count >= FileLayout.headerSize else { throw error("header-short", "the file is shorter than its header", "header", bytes.count) }
        guard Self.isNative(bytes) else { throw error("header-magic", "this is no .pommel file, or one damaged by a text-mode copy", "header", 0) }
        let order = load(UInt32.self, 12)
        guard order == FileLayout.byteOrderMark else { throw error("header-byte-order", "the file was written for another byte order", "header", 12) }
        let major = load(UInt16.self, 8)
        guard major == FileLayout.major else {
            throw error("header-version", "format version \(major) is not version \(FileLayout.major), which this program reads", "header", 8)
        }
        guard load(UInt64.self, 16) == UInt64(bytes.count) else {
            throw error("header-length", "the file has \(bytes.count) bytes, its header says \(load(UInt64.self, 16)): it was cut off or extended", "header", 16)
        }
        let start = load(UInt64.self, 24)
        let count = Int(load(UInt32.self, 32))
        guard load(UInt32.self, 36) == 0, load(UInt64.self, 48) == 0, load(UInt64.self, 56) == 0 else {
            throw error("header-reserved", "reserved bytes of the header are not zero", "header", 36)
        }
        guard count <= FileLayout.mostSections, start >= 64, start % 64 == 0,
            start <= UInt64(bytes.count), UInt64(count * FileLayout.entrySize) <= UInt64(bytes.count) - start
        else { throw error("directory-range", "the directory lies outside the file", "header", 24) }
        let directory = UnsafeRawBufferPointer(rebasing: bytes[Int(start)..<Int(start) + count * FileLayout.entrySize])
        guard Checksum.of(directory, seed: Checksum.of(UnsafeRawBufferPointer(rebasing: bytes[0..<40]))) == load(UInt64.self, 40) else {
            throw error("header-checksum", "the checksum of header and directory does not match", "header", 40)
        }
        for index in 0..<count { try readEntry(Int(start) + index * FileLayout.entrySize) }
    }

    private func readEntry(_ at: Int) throws(FormatError) {
        let nameBytes = bytes[at..<at + 16].prefix { $0 != 0 }
        let name = String(decoding: nameBytes, as: UTF8.self)
        let flags = load(UInt32.self, at + 20)
        if !FileLayout.known.contains(name), name != FileLayout.source {
            if flags & FileLayout.requiredFlag != 0 {
                throw error("section-unknown", "section \"\(name)\" is required and not known to this version", "directory", at)
            }
            return
        }
        guard let type = FileLayout.ElementType(rawValue: load(UInt32.self, at + 16)) else {
            throw error("section-type", "section \"\(name)\" has an unknown element type", "directory", at + 16)
        }
        guard load(UInt64.self, at + 48) == 0, load(UInt64.self, at + 56) == 0 else {
            throw error("directory-reserved", "reserved bytes of the directory are not zero", "directory", at + 48)
        }
        let offset = load(UInt64.self, at + 24)
        let count = load(UInt64.self, at + 32)
        guard offset % UInt64(FileLayout.alignment) == 0, offset <= UInt64(bytes.count),
            count <= (UInt64(bytes.count) - offset) / UInt64(type.size)
        else { throw error("section-range", "section \"\(name)\" lies outside the file", "directory", at + 24) }
        guard sections[name] == nil else { throw error("section-twice", "section \"\(name)\" stands twice", "directory", at) }
        let content = UnsafeRawBufferPointer(rebasing: bytes[Int(offset)..<Int(offset) + Int(count) * type.size])
        let checksum = load(UInt64.self, at + 40)
        if name != FileLayout.source, Checksum.of(content) != checksum { throw damaged(name, at: Int(offset)) }
        sections[name] = Section(type: type, offset: Int(offset), count: Int(count), checksum: checksum)
    }

    private func damaged(_ name: String, at offset: Int) -> FormatError {
        error("section-checksum", "the checksum of section \"\(name)\" does not match", name, offset)
    }

    /// Where the directory begins, which ends the file.
    var directoryStart: Int { Int(load(UInt64.self, 24)) }

    /// The document that the model was compiled from, as a gzip file; nil when the image has none.
    public func source() throws(FormatError) -> UnsafeRawBufferPointer? {
        guard let section = sections[FileLayout.source] else { return nil }
        guard section.type == .uint8 else {
            throw error("section-type", "section \"source\" has elements of another type", FileLayout.source, section.offset)
        }
        let content = UnsafeRawBufferPointer(rebasing: bytes[section.offset..<section.offset + section.count])
        if Checksum.of(content) != section.checksum { throw damaged(FileLayout.source, at: section.offset) }
        return content
    }

    private func load<T: FixedWidthInteger & BitwiseCopyable>(_: T.Type, _ offset: Int) -> T {
        T(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: T.self))
    }
}

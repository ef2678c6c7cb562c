/// Lays sections out as a native file; docs/format.md is the normative text.
struct ImageWriter {
    private struct Section {
        var name: String
        var type: FileLayout.ElementType
        var count: Int
        /// Copies the elements to where they belong; they are held once, however large.
        var copy: (UnsafeMutableRawPointer) -> Void
        var size: Int { count * type.size }
    }
    private var sections: [Section] = []

    mutating func add<Element: BitwiseCopyable>(_ name: String, _ elements: [Element]) {
        guard let type = FileLayout.ElementType.of(Element.self) else { return }
        sections.append(Section(name: name, type: type, count: elements.count) { target in
            elements.withUnsafeBytes { if let base = $0.baseAddress { target.copyMemory(from: base, byteCount: $0.count) } }
        })
    }

    /// The file, in memory aligned as its sections need it.
    func finish() throws(FormatError) -> ProgramImage {
        var offsets: [Int] = []
        var end = FileLayout.headerSize
        for section in sections {
            offsets.append(end)
            end = aligned(end + section.size)
        }
        let directoryStart = end
        let size = directoryStart + sections.count * FileLayout.entrySize
        let file = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: FileLayout.alignment)
        file.initializeMemory(as: UInt8.self, repeating: 0)
        guard let base = file.baseAddress else { throw FormatError(id: "file-size", message: "no memory", section: "header", offset: 0) }
        var directory: [UInt8] = []
        for (section, offset) in zip(sections, offsets) {
            section.copy(base + offset)
            let content = UnsafeRawBufferPointer(start: base + offset, count: section.size)
            let name = Array(section.name.utf8.prefix(16))
            directory.append(contentsOf: name + repeatElement(0, count: 16 - name.count))
            append(section.type.rawValue, to: &directory)
            append(FileLayout.requiredFlag, to: &directory)
            append(UInt64(offset), to: &directory)
            append(UInt64(section.count), to: &directory)
            append(Checksum.of(content), to: &directory)
            append(UInt64(0), to: &directory)
            append(UInt64(0), to: &directory)
        }
        var header = FileLayout.magic
        append(FileLayout.major, to: &header)
        append(FileLayout.minor, to: &header)
        append(FileLayout.byteOrderMark, to: &header)
        append(UInt64(size), to: &header)
        append(UInt64(directoryStart), to: &header)
        append(UInt32(truncatingIfNeeded: sections.count), to: &header)
        append(UInt32(0), to: &header)
        let seed = header.withUnsafeBytes { Checksum.of($0) }
        append(directory.withUnsafeBytes { Checksum.of($0, seed: seed) }, to: &header)
        header.withUnsafeBytes { file.copyBytes(from: $0) }
        directory.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: file[directoryStart...]).copyBytes(from: $0) }
        return try ProgramImage(owning: file)
    }

    private func aligned(_ offset: Int) -> Int {
        (offset + FileLayout.alignment - 1) / FileLayout.alignment * FileLayout.alignment
    }

    private func append<T: FixedWidthInteger>(_ value: T, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }
}

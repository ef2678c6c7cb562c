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
            end = FileLayout.aligned(end + section.size)
        }
        let directoryStart = end
        let size = directoryStart + sections.count * FileLayout.entrySize
        let file = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: FileLayout.alignment)
        file.initializeMemory(as: UInt8.self, repeating: 0)
        guard let base = file.baseAddress else { throw FormatError(id: "file-size", message: "no memory", section: "header", offset: 0) }
        var directory = DirectoryWriter()
        for (section, offset) in zip(sections, offsets) {
            section.copy(base + offset)
            let content = UnsafeRawBufferPointer(start: base + offset, count: section.size)
            directory.add(section.name, section.type, flags: FileLayout.requiredFlag, offset: offset, count: section.count, Checksum.of(content))
        }
        let header = directory.header(fileSize: size, directoryStart: directoryStart)
        header.withUnsafeBytes { file.copyBytes(from: $0) }
        directory.bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: file[directoryStart...]).copyBytes(from: $0) }
        return try ProgramImage(owning: file)
    }
}

/// Lays sections out as a native file; docs/format.md is the normative text.
struct ImageWriter {
    private var sections: [(name: String, type: FileLayout.ElementType, content: [UInt8], count: Int)] = []

    mutating func add<Element: BitwiseCopyable>(_ name: String, _ elements: [Element]) {
        guard let type = FileLayout.ElementType.of(Element.self) else { return }
        let content = elements.withUnsafeBytes { Array($0) }
        sections.append((name, type, content, elements.count))
    }

    func finish() -> [UInt8] {
        var file: [UInt8] = []
        file.reserveCapacity(sections.reduce(4096) { $0 + $1.content.count + 192 })
        file.append(contentsOf: repeatElement(0, count: FileLayout.headerSize))
        var directory: [UInt8] = []
        for section in sections {
            pad(&file)
            let name = Array(section.name.utf8.prefix(16))
            directory.append(contentsOf: name + repeatElement(0, count: 16 - name.count))
            append(section.type.rawValue, to: &directory)
            append(FileLayout.requiredFlag, to: &directory)
            append(UInt64(file.count), to: &directory)
            append(UInt64(section.count), to: &directory)
            append(section.content.withUnsafeBytes { Checksum.of($0) }, to: &directory)
            append(UInt64(0), to: &directory)
            append(UInt64(0), to: &directory)
            file.append(contentsOf: section.content)
        }
        pad(&file)
        let start = file.count
        file.append(contentsOf: directory)
        var header = FileLayout.magic
        append(FileLayout.major, to: &header)
        append(FileLayout.minor, to: &header)
        append(FileLayout.byteOrderMark, to: &header)
        append(UInt64(file.count), to: &header)
        append(UInt64(start), to: &header)
        append(UInt32(truncatingIfNeeded: sections.count), to: &header)
        append(UInt32(0), to: &header)
        let seed = header.withUnsafeBytes { Checksum.of($0) }
        append(directory.withUnsafeBytes { Checksum.of($0, seed: seed) }, to: &header)
        header.append(contentsOf: repeatElement(0, count: FileLayout.headerSize - header.count))
        file.replaceSubrange(0..<FileLayout.headerSize, with: header)
        return file
    }

    private func pad(_ bytes: inout [UInt8]) {
        let rest = bytes.count % FileLayout.alignment
        if rest > 0 { bytes.append(contentsOf: repeatElement(0, count: FileLayout.alignment - rest)) }
    }

    private func append<T: FixedWidthInteger>(_ value: T, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }
}

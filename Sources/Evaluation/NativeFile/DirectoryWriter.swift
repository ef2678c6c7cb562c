/// The directory of a native file and its header; docs/format.md is the normative text.
struct DirectoryWriter {
    private(set) var bytes: [UInt8]
    private var count: Int

    /// - Parameter bytes: entries that are there already.
    init(_ bytes: [UInt8] = []) {
        self.bytes = bytes
        count = bytes.count / FileLayout.entrySize
    }

    mutating func add(_ name: String, _ type: FileLayout.ElementType, flags: UInt32, offset: Int, count elements: Int, _ checksum: UInt64) {
        let name = Array(name.utf8.prefix(16))
        bytes.append(contentsOf: name + repeatElement(0, count: 16 - name.count))
        append(type.rawValue, to: &bytes)
        append(flags, to: &bytes)
        append(UInt64(offset), to: &bytes)
        append(UInt64(elements), to: &bytes)
        append(checksum, to: &bytes)
        append(UInt64(0), to: &bytes)
        append(UInt64(0), to: &bytes)
        count += 1
    }

    /// The header of the file that ends with this directory.
    func header(fileSize: Int, directoryStart: Int) -> [UInt8] {
        var header = FileLayout.magic
        append(FileLayout.major, to: &header)
        append(FileLayout.minor, to: &header)
        append(FileLayout.byteOrderMark, to: &header)
        append(UInt64(fileSize), to: &header)
        append(UInt64(directoryStart), to: &header)
        append(UInt32(truncatingIfNeeded: count), to: &header)
        append(UInt32(0), to: &header)
        let seed = header.withUnsafeBytes { Checksum.of($0) }
        append(bytes.withUnsafeBytes { Checksum.of($0, seed: seed) }, to: &header)
        header += [UInt8](repeating: 0, count: FileLayout.headerSize - header.count)
        return header
    }

    private func append<T: FixedWidthInteger>(_ value: T, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }
}

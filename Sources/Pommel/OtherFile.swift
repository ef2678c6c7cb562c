import Evaluation

/// Files that people give for a model and that are none, by their first bytes: what an XML parser says of them helps nobody.
enum OtherFile {
    private static let kinds: [(start: [UInt8], what: String)] = [
        (Array("PK\u{3}\u{4}".utf8), "a zip archive; unpack it, or export the model as PMML"),
        (Array("PAR1".utf8), "a Parquet file; the order is pommel score MODEL INPUT"),
        (Array("%PDF".utf8), "a PDF document"),
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed with zstd; decompress it first"),
        ([0x89, 0x48, 0x44, 0x46], "an HDF5 file, such as Keras writes; export the model as PMML"),
    ]

    /// - Parameter head: the first bytes of a file that is neither native nor R's.
    /// - Returns: what the file is; nil for what may be XML, and for no bytes at all.
    static func description(_ head: some Collection<UInt8>) -> String? {
        for kind in kinds where head.starts(with: kind.start) { return kind.what }
        // Of the encodings of `<` none begins with four zeros.
        if head.count >= 4, head.prefix(4).allSatisfy({ $0 == 0 }) { return "a binary file of another kind; export the model as PMML" }
        var rest = head[...]
        // Byte-order marks, gzip and other encodings of `<` are the reader's to judge.
        if [[0x1F, 0x8B], [0xFE, 0xFF], [0xFF, 0xFE], [0x00], [0x4C, 0x6F, 0xA7]].contains(where: { rest.starts(with: $0 as [UInt8]) }) { return nil }
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        guard let first = rest.first(where: { !isBlank($0) }), first != UInt8(ascii: "<") else { return nil }
        if first == 0x80, let second = rest.dropFirst().first, (2...5).contains(second) {
            return "a Python pickle; export the model as PMML, for example with sklearn2pmml or nyoka"
        }
        if rest.contains(where: { $0 < 32 && !isBlank($0) }) { return "a binary file of another kind; export the model as PMML" }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return "JSON; expected a PMML document" }
        let line = rest.prefix { $0 != 10 }
        if [",", ";", "\t"].contains(where: { line.contains(Character($0).asciiValue ?? 0) }) {
            return "a table, by its look; the order is pommel score MODEL INPUT"
        }
        return "text without markup; expected a PMML document"
    }

    /// - Parameter content: the first bytes of what was compressed with gzip.
    /// - Returns: what the file is; nil for what may be XML that is compressed.
    static func descriptionOfCompressed(_ content: [UInt8]) -> String? {
        if content.withUnsafeBytes({ ProgramImage.isNative($0) }) { return "a native model compressed with gzip; decompress it first" }
        if content.dropFirst(257).starts(with: "ustar".utf8) { return "a tar archive; unpack it first" }
        if content.starts(with: [0x1F, 0x8B]) { return "compressed with gzip twice; decompress it once" }
        return description(content).map { "compressed with gzip, and in it \($0)" }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
}

/// Files that people give for a table and that are none, by their first bytes: read as text they would be a table without the columns wanted.
enum OtherKind {
    private static let kinds: [(start: [UInt8], what: String)] = [
        ([0x1F, 0x8B], "compressed with gzip; decompress it first: gzip -dc FILE | pommel score MODEL -"),
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed with zstd; decompress it first: zstd -dc FILE | pommel score MODEL -"),
        ([0x42, 0x5A, 0x68], "compressed with bzip2; decompress it first: bzip2 -dc FILE | pommel score MODEL -"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "compressed with xz; decompress it first: xz -dc FILE | pommel score MODEL -"),
        (Array("PK\u{3}\u{4}".utf8), "a zip archive or an Excel workbook; save it as CSV in UTF-8"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel workbook; save it as CSV in UTF-8"),
        (Array("PAR1".utf8), "a Parquet file; save it as CSV or JSON Lines"),
        (Array("ARROW1".utf8), "an Arrow file; save it as CSV or JSON Lines"),
        (Array("<?xml".utf8), "an XML document; the order is pommel score MODEL INPUT"),
        (Array("<PMML".utf8), "a PMML document; the order is pommel score MODEL INPUT"),
    ]

    /// So many bytes tell all kinds apart; none has a line break among them.
    static let headBytes = 8

    static func hasLineBreak(_ head: UnsafeBufferPointer<UInt8>) -> Bool { head.prefix(headBytes).contains { $0 == 10 || $0 == 13 } }

    /// - Parameter head: the first bytes of a table: ``headBytes`` of them, all, or some with a line break.
    static func problem(_ head: UnsafeBufferPointer<UInt8>) -> DataError? {
        for kind in kinds where head.starts(with: kind.start) {
            return DataError(id: "not-a-table", message: "the input is \(kind.what)")
        }
        // No text of a table begins so; UTF-16 without a byte-order mark does. What follows a line break may not be there yet.
        if head.prefix(headBytes).prefix(while: { $0 != 10 && $0 != 13 }).contains(0) {
            return DataError(id: "encoding", message: "the table begins with bytes that are no text, perhaps UTF-16; save it as UTF-8", line: 1)
        }
        return nil
    }
}

import Evaluation
import Testing

@testable import Tabular

/// Reads delimited text in chunks of a given size; a row with a problem is given as its id.
private func rows(_ text: String, columns: Int, delimiter: Character = ",", chunk: Int = 64) throws -> [String] {
    let delimiter = delimiter.asciiValue ?? 44
    var limits = TableLimits()
    limits.chunkBytes = chunk
    let source = RecordSource(
        ByteSource(bytes: Array(text.utf8)), format: .delimited(by: delimiter), limits: limits)
    let buffer = Chunk(capacity: chunk)
    var found: [String] = []
    let cells = UnsafeMutablePointer<Cell>.allocate(capacity: 16)
    defer { cells.deallocate() }
    while try source.next(buffer) {
        var cursor = DelimitedCursor(buffer.bytes, line: buffer.line, delimiter: delimiter)
        while let count = cursor.read(cells, capacity: 16, columns: columns) {
            if cursor.problem != .none {
                found.append("\(cursor.line): \(cursor.problem.id)")
                continue
            }
            let texts = (0..<min(count, 16)).map { index -> String in
                var text = ByteWriter()
                CellText.append(cells[index], isJSON: false, to: &text)
                return text.text()
            }
            found.append("\(cursor.line): " + texts.joined(separator: "|"))
        }
    }
    return found
}

@Suite struct DelimitedTextTests {
    /// A pipe may deliver the empty lines before the header alone. Found by fuzzing.
    @Test(arguments: [1, 4, 4096])
    func emptyLinesBeforeTheHeader(_ chunkBytes: Int) throws {
        var limits = TableLimits()
        limits.chunkBytes = chunkBytes
        for (text, line) in [("\n-1.0\n1.0\n", 3), ("\r\n\r\n\n\n\n\n\nabcdefgh\n5", 9), ("\r\r\r\ra,b\r1,2", 6)] {
            let reader = try TableReader(ByteSource(bytes: Array(text.utf8)), format: .csv, limits: limits)
            #expect(reader.columns.joined(separator: ",") == text.split(whereSeparator: \.isNewline)[0])
            #expect(try reader.next(Chunk(capacity: 4))?.line == line)
        }
        #expect { try TableReader(ByteSource(bytes: Array("\n\r\n\n\n\n\n".utf8)), format: .csv, limits: limits) } throws: {
            ($0 as? DataError)?.id == "header-missing"
        }
    }

    /// What kind of file it is must not depend on how much of it a pipe delivers at first. Found by fuzzing.
    @Test(arguments: [1, 4, 4096])
    func filesOfOtherKinds(_ chunkBytes: Int) throws {
        var limits = TableLimits()
        limits.chunkBytes = chunkBytes
        let others: [([UInt8], String)] = [
            (Array("abcd\0e\n1\n".utf8), "encoding"), ([0x61, 0, 0x2C, 0, 0x62, 0, 0x0A, 0], "encoding"), ([0, 0x61, 0, 0x0A], "encoding"),
            (Array("ARROW1\0\0\u{1}".utf8), "not-a-table"), (Array("<?xml version=\"1.0\"?>\n".utf8), "not-a-table"), (Array("\n{1\\,\"\\\\0.85\n".utf8), "not-a-table"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "not-a-table"),
        ]
        for (bytes, id) in others {
            #expect { try TableReader(ByteSource(bytes: bytes), format: .csv, limits: limits) } throws: { ($0 as? DataError)?.id == id }
        }
        // A NUL after the first line is a cell's.
        #expect(try TableReader(ByteSource(bytes: Array("a\n\0\n".utf8)), format: .csv, limits: limits).columns == ["a"])
    }

    /// Every way of cutting the data must give the same rows.
    @Test(arguments: [1, 2, 3, 5, 7, 16, 64, 4096])
    func cornerCases(_ chunk: Int) throws {
        #expect(try rows("a,b\n1,2\n", columns: 2, chunk: chunk) == ["1: a|b", "2: 1|2"])
        #expect(try rows("a,b\r\n1,2\r\n\r\n3,", columns: 2, chunk: chunk) == ["1: a|b", "2: 1|2", "4: 3|"])
        #expect(try rows("a,b\r1,2\r3,4", columns: 2, chunk: chunk) == ["1: a|b", "2: 1|2", "3: 3|4"])
        #expect(try rows("\u{FEFF}a,b\n1,2", columns: 2, chunk: chunk) == ["1: a|b", "2: 1|2"])
        #expect(try rows("\u{FEFF}\"a\",b\n1,2", columns: 2, chunk: chunk) == ["1: a|b", "2: 1|2"])
        #expect(
            try rows("\"a\"\"b\",\"c,d\"\n\"e\nf\r\ng\",h\ni,j\n", columns: 2, chunk: chunk)
                == ["1: a\"b|c,d", "2: e\nf\r\ng|h", "5: i|j"])
        #expect(try rows("5\" pipe,x\ny,\"\"\n", columns: 2, chunk: chunk) == ["1: 5\" pipe|x", "2: y|"])
        #expect(try rows("a\n\nb\n", columns: 1, chunk: chunk) == ["1: a", "2: ", "3: b"])
        #expect(try rows("Größe,名前\n1,😀", columns: 2, chunk: chunk) == ["1: Größe|名前", "2: 1|😀"])
        #expect(try rows("\"a\"x,b\n1,2", columns: 2, chunk: chunk) == ["1: row-text-after-quote", "2: 1|2"])
        #expect(try rows("1,2\n3,\"open\n4,5\n", columns: 2, chunk: chunk) == ["1: 1|2", "2: row-unterminated-quote"])
        #expect(try rows("a\t\"b\tc\"\n", columns: 2, delimiter: "\t", chunk: chunk) == ["1: a|b\tc"])
        #expect(try rows("", columns: 2, chunk: chunk) == [])
        #expect(try rows("\n\n", columns: 2, chunk: chunk) == [])
    }

    /// Whatever the data, rows do not depend on how it is cut.
    @Test func cutsDoNotMatter() throws {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("a,\"\n\r\"\n")
        for _ in 0..<3000 {
            let length = Int.random(in: 0...40, using: &generator)
            let text = String((0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] })
            let whole = try rows(text, columns: 2, chunk: 4096)
            for chunk in [4, 5, 9, 17] {
                let cut = try rows(text, columns: 2, chunk: chunk)
                #expect(cut == whole, "\(text.debugDescription) in chunks of \(chunk)")
            }
        }
    }

    @Test func tooLong() {
        var limits = TableLimits()
        limits.chunkBytes = 16
        limits.recordBytes = 1024
        let text = "a,b\n1,\"" + String(repeating: "x", count: 2000)
        let source = RecordSource(ByteSource(bytes: Array(text.utf8)), format: .csv, limits: limits)
        #expect(throws: DataError.self) {
            let chunk = Chunk(capacity: 16)
            while try source.next(chunk) {}
        }
    }
}

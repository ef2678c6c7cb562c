import Evaluation
import Testing

@testable import Tabular

/// Reads JSON Lines with the keys a and b bound.
private func rows(_ text: String, chunk: Int = 64) throws -> [String] {
    var limits = TableLimits()
    limits.chunkBytes = chunk
    let source = RecordSource(ByteSource(bytes: Array(text.utf8)), format: .jsonLines, limits: limits)
    let buffer = Chunk(capacity: chunk)
    let keys = KeyTable(["a", "b"])
    var found: [String] = []
    let cells = UnsafeMutablePointer<Cell>.allocate(capacity: 2)
    defer { cells.deallocate() }
    while try source.next(buffer) {
        var cursor = JSONLinesCursor(buffer.bytes, line: buffer.line, keys: keys, maximumKeys: 5)
        while cursor.read(cells, columns: 2) != nil {
            if cursor.problem != .none {
                found.append("\(cursor.line):\(cursor.problemOffset) \(cursor.problem.id)")
                continue
            }
            let texts = (0..<2).map { index -> String in
                if cells[index].kind == .absent { return "-" }
                var text = ByteWriter()
                CellText.append(cells[index], isJSON: true, to: &text)
                return text.text()
            }
            found.append("\(cursor.line): " + texts.joined(separator: "|"))
        }
    }
    return found
}

@Suite struct JSONLinesTests {
    @Test(arguments: [1, 3, 64, 4096])
    func values(_ chunk: Int) throws {
        #expect(try rows(#"{"a":1,"b":"x"}"# + "\n\n" + #" { "b" : true , "a" : -1.5e3 } "#, chunk: chunk) == ["1: 1|x", "3: -1.5e3|true"])
        #expect(try rows(#"{"a":null,"c":3}"#, chunk: chunk) == ["1: null|-"])
        #expect(try rows(#"{"a":"\u00e9\ud83d\ude00\n\"","b":["x", 1]}"#, chunk: chunk) == ["1: é😀\n\"|[\"x\", 1]"])
        #expect(try rows(#"{"a":"\ud83d!"}"#, chunk: chunk) == ["1: \u{FFFD}!|-"])
        #expect(try rows(#"{"\u0061":7,"a":8}"#, chunk: chunk) == ["1: 8|-"])
        #expect(try rows("{}\r\n{\"b\":NaN}\r\n", chunk: chunk) == ["1: -|-", "2: -|NaN"])
        #expect(try rows(#"{"a":-Infinity,"b":[]}"#, chunk: chunk) == ["1: -Infinity|[]"])
    }

    @Test func mistakes() throws {
        #expect(try rows(#"{"a":{}}"#) == ["1:6 row-nested-object"])
        #expect(try rows(#"{"a":[{}]}"#) == ["1:7 row-nested-object"])
        #expect(try rows(#"{"a":[[1]]}"#) == ["1:7 row-nested-array"])
        #expect(try rows("[1]\n{\"a\":1}") == ["1:1 row-not-an-object", "2: 1|-"])
        #expect(try rows(#"{"1":1,"2":1,"3":1,"4":1,"5":1,"6":1}"#).first?.hasSuffix("row-too-many-keys") == true)
        for text in [
            "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,}", "{\"a\":01}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":+1}", "{\"a\":tru}",
            "{\"a\":\"x}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12g4\"}", "{\"a\":\"\t\"}", "{\"a\":[1,]}", "{\"a\":[,1]}", "{\"a\":[1 2]}",
            "{\"a\":[1}", "{\"z\":", "{\"z\":[", "{\"z\":[1,", "{\"z\":[1", "{\"z\":[1,{\"y\":2}", "{\"z\":[1,{\"y\":\"", "{\"a\":1}x", "{a:1}", "{\"a\" 1}", "{\"a\":1e}", "{\"a\":-}",
        ] {
            #expect(try rows(text).first?.hasSuffix("row-bad-json") == true, "\(text)")
        }
    }

    /// Damaged lines are refused or read, the same however the data is cut.
    @Test func damage() throws {
        var generator = SystemRandomNumberGenerator()
        let line = Array(#"{"a":[1,"x\u00e9",null],"b":"\ud83d\ude00 \n","c":-1.5e+3,"d":true}"#.utf8)
        let bytes = Array("{}[]\",:\\u0123e-.tfn \n\r".utf8)
        for _ in 0..<2000 {
            var damaged = line + [10] + line
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<damaged.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: damaged.remove(at: place)
                case 1: damaged.insert(bytes[Int.random(in: 0..<bytes.count, using: &generator)], at: place)
                default: damaged[place] = bytes[Int.random(in: 0..<bytes.count, using: &generator)]
                }
            }
            let text = String(decoding: damaged, as: UTF8.self)
            #expect(try rows(text, chunk: 7) == rows(text, chunk: 4096), "\(text)")
        }
    }

    @Test func quoting() {
        var out = ByteWriter()
        var text = "a\"b\\\n\u{1}é"
        text.withUTF8 { JSONText.quote($0, into: &out) }
        #expect(out.text() == #""a\"b\\\n\u0001é""#)
    }
}

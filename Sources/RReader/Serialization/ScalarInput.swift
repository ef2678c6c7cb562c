/// Numbers and texts in the three ways R writes them.
final class ScalarInput {
    enum Form { case bigEndian, littleEndian, text }
    let stream: ByteStream
    var form: Form

    init(_ stream: ByteStream, _ form: Form) {
        self.stream = stream
        self.form = form
    }

    func damaged(_ message: String) -> RReadError { RReadError(.damaged, message, offset: stream.offset) }

    func integer() throws(RReadError) -> Int32 {
        switch form {
        case .bigEndian: return Int32(bitPattern: UInt32(bigEndian: try stream.word()))
        case .littleEndian: return Int32(bitPattern: UInt32(littleEndian: try stream.word()))
        case .text:
            let word = try textWord()
            if word == "NA" { return RObject.missingInteger }
            guard let value = Int32(word) else { throw damaged("\"\(word)\" is not an integer") }
            return value
        }
    }

    /// A number of the text form; those of the others are copied as they lie.
    private func textDouble() throws(RReadError) -> Double {
        let word = try textWord()
        switch word {
        case "NA": return Double(bitPattern: 0x7FF0_0000_0000_07A2)
        case "NaN": return .nan
        case "Inf": return .infinity
        case "-Inf": return -.infinity
        default:
            // Decimal, or hexadecimal as C's %a writes it.
            guard let value = Double(word) else { throw damaged("\"\(word)\" is not a number") }
            return value
        }
    }

    /// A length that may be more than 2³¹.
    func length() throws(RReadError) -> Int {
        let short = try integer()
        if short >= 0 { return Int(short) }
        guard short == -1 else { throw damaged("\(short) is not a length") }
        let high = try integer()
        let low = try integer()
        guard high >= 0, high < 1 << 16 else { throw damaged("a length is too large") }
        return Int(high) << 32 | Int(UInt32(bitPattern: low))
    }

    func integers(_ count: Int) throws(RReadError) -> [Int32] {
        guard form != .text else {
            var values: [Int32] = []
            for _ in 0..<count { values.append(try integer()) }
            return values
        }
        var values = try stream.vector(count, of: Int32(0))
        if form == .bigEndian { for index in values.indices { values[index] = Int32(bigEndian: values[index]) } }
        return values
    }

    func doubles(_ count: Int) throws(RReadError) -> [Double] {
        guard form != .text else {
            var values: [Double] = []
            for _ in 0..<count { values.append(try textDouble()) }
            return values
        }
        var values = try stream.vector(count, of: 0.0)
        if form == .bigEndian {
            values.withUnsafeMutableBytes { bytes in
                let words = bytes.bindMemory(to: UInt64.self)
                for index in words.indices { words[index] = UInt64(bigEndian: words[index]) }
            }
        }
        return values
    }

    /// The bytes of a text.
    func text(_ count: Int) throws(RReadError) -> [UInt8] {
        guard form == .text else { return try stream.bytes(count) }
        try skipSpace()
        var bytes: [UInt8] = []
        for _ in 0..<count { bytes.append(try escapedByte()) }
        return bytes
    }

    func raw(_ count: Int) throws(RReadError) -> [UInt8] {
        guard form == .text else { return try stream.bytes(count) }
        var bytes: [UInt8] = []
        for _ in 0..<count {
            let word = try textWord()
            guard let value = UInt8(word, radix: 16) else { throw damaged("\"\(word)\" is not a byte") }
            bytes.append(value)
        }
        return bytes
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (9...13).contains(byte) }

    private func skipSpace() throws(RReadError) {
        while let next = try stream.peek(), ScalarInput.isSpace(next) { _ = try stream.byte() }
    }

    private func textWord() throws(RReadError) -> String {
        try skipSpace()
        var word: [UInt8] = []
        while let next = try stream.peek(), !ScalarInput.isSpace(next) {
            word.append(try stream.byte())
            if word.count > 64 { throw damaged("a word is too long to be a number") }
        }
        if word.isEmpty { throw RReadError(.truncated, "the file ends too early", offset: stream.offset) }
        return String(decoding: word, as: UTF8.self)
    }

    /// A byte as it stands, or `\n`, `\\`, `\303` and the like.
    private func escapedByte() throws(RReadError) -> UInt8 {
        let first = try stream.byte()
        guard first == UInt8(ascii: "\\") else { return first }
        let mark = try stream.byte()
        switch mark {
        case UInt8(ascii: "n"): return 10
        case UInt8(ascii: "t"): return 9
        case UInt8(ascii: "v"): return 11
        case UInt8(ascii: "b"): return 8
        case UInt8(ascii: "r"): return 13
        case UInt8(ascii: "f"): return 12
        case UInt8(ascii: "a"): return 7
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            var value = UInt32(mark & 7)
            for _ in 0..<2 {
                guard let digit = try stream.peek(), (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(digit) else { break }
                value = value << 3 | UInt32(try stream.byte() & 7)
            }
            return UInt8(truncatingIfNeeded: value)
        default: return mark
        }
    }
}

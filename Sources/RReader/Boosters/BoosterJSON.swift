/// JSON as XGBoost writes it, [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259).
struct BoosterJSON {
    private var input: BoosterBytes
    private var depth = 0

    static func parse(_ bytes: [UInt8], at place: RValue) throws(RReadError) -> BoosterValue {
        var reader = BoosterJSON(input: BoosterBytes(bytes, at: place))
        return try reader.value()
    }

    private mutating func skipSpace() throws(RReadError) {
        while let byte = input.peek, byte == 32 || byte == 10 || byte == 13 || byte == 9 { try input.skip(1) }
    }

    private mutating func expect(_ text: StaticString) throws(RReadError) {
        let count = text.utf8CodeUnitCount
        guard Array(try input.block(count)) == Array(text.description.utf8) else { throw input.damaged("\(text) is missing") }
    }

    private mutating func value() throws(RReadError) -> BoosterValue {
        try skipSpace()
        switch input.peek {
        case UInt8(ascii: "n"):
            try expect("null")
            return .null
        case UInt8(ascii: "t"):
            try expect("true")
            return .truth(true)
        case UInt8(ascii: "f"):
            try expect("false")
            return .truth(false)
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            depth += 1
            defer { depth -= 1 }
            if depth > 64 { throw input.damaged("more than 64 values inside one another") }
            return input.peek == UInt8(ascii: "[") ? try array() : try object()
        default: return .number(try number())
        }
    }

    private mutating func number() throws(RReadError) -> Double {
        var digits: [UInt8] = []
        while let byte = input.peek, (48...57).contains(byte) || [43, 45, 46].contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) {
            digits.append(byte)
            try input.skip(1)
        }
        guard let value = Double(String(decoding: digits, as: UTF8.self)) else { throw input.damaged("a number that is none") }
        return value
    }

    private mutating func array() throws(RReadError) -> BoosterValue {
        try input.skip(1)
        var values: [BoosterValue] = []
        var numbers: [Double] = []
        var areNumbers = true
        try skipSpace()
        if input.peek == UInt8(ascii: "]") {
            try input.skip(1)
            return .array([])
        }
        while true {
            let value = try value()
            if areNumbers, case .number(let number) = value { numbers.append(number) } else {
                if areNumbers { values = numbers.map { .number($0) } }
                areNumbers = false
                values.append(value)
            }
            try skipSpace()
            if input.peek == UInt8(ascii: ",") {
                try input.skip(1)
                continue
            }
            try expect("]")
            return areNumbers ? .numbers(numbers) : .array(values)
        }
    }

    private mutating func object() throws(RReadError) -> BoosterValue {
        try input.skip(1)
        var members: [String: BoosterValue] = [:]
        try skipSpace()
        if input.peek == UInt8(ascii: "}") {
            try input.skip(1)
            return .object([:])
        }
        while true {
            try skipSpace()
            let name = try text()
            try skipSpace()
            try expect(":")
            members[name] = try value()
            try skipSpace()
            if input.peek == UInt8(ascii: ",") {
                try input.skip(1)
                continue
            }
            try expect("}")
            return .object(members)
        }
    }

    private mutating func text() throws(RReadError) -> String {
        try expect("\"")
        var bytes: [UInt8] = []
        while true {
            let byte = try input.byte()
            if byte == UInt8(ascii: "\"") { return String(decoding: bytes, as: UTF8.self) }
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            switch try input.byte() {
            case UInt8(ascii: "n"): bytes.append(10)
            case UInt8(ascii: "r"): bytes.append(13)
            case UInt8(ascii: "t"): bytes.append(9)
            case UInt8(ascii: "b"): bytes.append(8)
            case UInt8(ascii: "f"): bytes.append(12)
            case UInt8(ascii: "u"): bytes += Array(String(try escapedScalar()).utf8)
            case let other: bytes.append(other)
            }
        }
    }

    /// The character of `\u` and four digits; those beyond 16 bits are two such in a row.
    private mutating func escapedScalar() throws(RReadError) -> Unicode.Scalar {
        let first = try escapedCode()
        guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
        try expect("\\u")
        let second = try escapedCode()
        guard (0xDC00..<0xE000).contains(second) else { throw input.damaged("half of an escape") }
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
    }

    private mutating func escapedCode() throws(RReadError) -> UInt32 {
        guard let code = UInt32(try input.text(4), radix: 16) else { throw input.damaged("an escape that is none") }
        return code
    }
}

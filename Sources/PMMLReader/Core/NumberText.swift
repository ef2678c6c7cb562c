// https://dmg.org/pmml/v4-4-1/GeneralStructure.html#xsdType_NUMBER

/// Numbers as PMML writes them: XML Schema's decimal and double notation, whatever the locale.
enum NumberText {
    /// The number that the bytes spell, correctly rounded; nil when they spell none. White space around it is allowed.
    static func double(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        let text = trimmed(bytes)
        guard let start = text.baseAddress, !text.isEmpty else { return nil }
        let count = text.count
        var at = 0
        var isNegative = false
        if start[0] == UInt8(ascii: "-") || start[0] == UInt8(ascii: "+") {
            isNegative = start[0] == UInt8(ascii: "-")
            at = 1
        }
        var digits: UInt64 = 0
        var significant = 0
        var seen = 0
        var scale = 0
        while at < count, let digit = digitValue(start[at]) {
            digits = digits &* 10 &+ digit
            if significant > 0 || digit > 0 { significant &+= 1 }
            seen &+= 1
            at &+= 1
        }
        if at < count, start[at] == UInt8(ascii: ".") {
            at &+= 1
            while at < count, let digit = digitValue(start[at]) {
                digits = digits &* 10 &+ digit
                if significant > 0 || digit > 0 { significant &+= 1 }
                seen &+= 1
                scale &-= 1
                at &+= 1
            }
        }
        if seen == 0 { return special(text) }
        if at < count, start[at] | 0x20 == UInt8(ascii: "e") {
            at &+= 1
            var isExponentNegative = false
            if at < count, start[at] == UInt8(ascii: "-") || start[at] == UInt8(ascii: "+") {
                isExponentNegative = start[at] == UInt8(ascii: "-")
                at &+= 1
            }
            var exponent = 0
            var exponentDigits = 0
            while at < count, let digit = digitValue(start[at]) {
                // Beyond this every number is 0 or infinite, whatever its digits within reason.
                if exponent < 1_000_000 { exponent = exponent &* 10 &+ Int(digit) }
                exponentDigits &+= 1
                at &+= 1
            }
            if exponentDigits == 0 { return nil }
            scale = scale &+ (isExponentNegative ? -exponent : exponent)
        }
        if at != count { return nil }
        // Digits and power are exact in binary64, so that one operation rounds once.
        if significant <= 15, scale >= -22, scale <= 22 {
            let whole = Double(digits)
            let magnitude = scale < 0 ? whole / powersOfTen[-scale] : whole * powersOfTen[scale]
            return isNegative ? -magnitude : magnitude
        }
        // The grammar is checked; the standard library rounds correctly and knows no locale.
        return Double(String(decoding: text, as: UTF8.self))
    }

    /// The integer that the bytes spell; nil when they spell none or one that does not fit. `3.0` counts as 3.
    static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let number = double(bytes) else { return nil }
        return Int(exactly: number)
    }

    /// Whether a number that is not finite is spelled as XML Schema spells it.
    static func isWellSpelled(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        ["INF", "-INF", "NaN"].contains(String(decoding: trimmed(bytes), as: UTF8.self)) || trimmed(bytes).contains { digitValue($0) != nil }
    }

    /// Whether an integer is spelled with a sign and digits alone.
    static func isDigits(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let text = trimmed(bytes)
        let hasSign = text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+")
        return text.dropFirst(hasSign ? 1 : 0).allSatisfy { digitValue($0) != nil }
    }

    @inline(__always)
    private static func digitValue(_ byte: UInt8) -> UInt64? {
        let value = byte &- UInt8(ascii: "0")
        return value < 10 ? UInt64(value) : nil
    }

    /// XML Schema writes INF and NaN, other producers Infinity.
    private static func special(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        switch String(decoding: text, as: UTF8.self) {
        case "INF", "+INF", "Infinity", "+Infinity", "inf": .infinity
        case "-INF", "-Infinity", "-inf": -.infinity
        case "NaN", "nan": .nan
        default: nil
        }
    }

    static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var low = 0
        var high = bytes.count
        while low < high, isSpace(bytes[low]) { low &+= 1 }
        while high > low, isSpace(bytes[high &- 1]) { high &-= 1 }
        return UnsafeBufferPointer(rebasing: bytes[low..<high])
    }

    @inline(__always)
    static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 || byte == 13 }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
}

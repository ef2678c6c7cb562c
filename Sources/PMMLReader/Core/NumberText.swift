// https://dmg.org/pmml/v4-4-1/GeneralStructure.html#xsdType_NUMBER
import DecimalText

/// Numbers as PMML writes them: XML Schema's decimal and double notation, whatever the locale.
enum NumberText {
    /// The number that the bytes spell, correctly rounded; nil when they spell none. White space around it is allowed.
    @inline(__always)
    static func double(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? { NumberParsing.double(bytes) }

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

    static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var low = 0
        var high = bytes.count
        while low < high, isSpace(bytes[low]) { low &+= 1 }
        while high > low, isSpace(bytes[high &- 1]) { high &-= 1 }
        return UnsafeBufferPointer(rebasing: bytes[low..<high])
    }

    @inline(__always)
    static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 || byte == 13 }
}

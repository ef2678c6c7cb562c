/// Numbers and truth values from text, straight from bytes: no `String`, no locale, no allocation on the usual road.
///
/// The grammar is that of XML Schema's `double` with a few freedoms that data files take: blanks around the number, a leading
/// `+`, `Infinity` for `INF`, any letter case. Hexadecimal, digit grouping and type suffixes are refused. A magnitude beyond
/// binary64 becomes infinite and one below it becomes zero, as IEEE 754 conversion says.
public enum NumberParsing {
    /// The binary64 number nearest to the decimal text, ties to even; nil when the text is not a number.
    public static func double(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        if let plain = PlainDecimal.value(text) { return plain }
        guard let decimal = DecimalParts(text) else { return special(text) }
        return decimal.double(text)
    }

    /// The binary32 number nearest to the decimal text (not the nearest to its binary64 value); nil when not a number.
    public static func float(_ text: UnsafeBufferPointer<UInt8>) -> Float? {
        guard let decimal = DecimalParts(text) else { return special(text).map { Float($0) } }
        let wide = decimal.double(text)
        // Rounding twice goes wrong only where the first rounding landed half way between two binary32 numbers, or
        // among the subnormal ones.
        let magnitude = wide.magnitude
        if wide.bitPattern & 0x1FFF_FFFF == 0x1000_0000 || (magnitude < 0x1p-125 && magnitude > 0) {
            return Float(String(decoding: text[decimal.start..<decimal.end], as: UTF8.self)) ?? Float(wide)
        }
        return Float(wide)
    }

    /// A whole number written without fraction or exponent, within 64 bits; nil otherwise.
    public static func integer(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        let (start, end) = trimmed(text)
        var index = start
        var negative = false
        if index < end, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
            negative = text[index] == UInt8(ascii: "-")
            index &+= 1
        }
        if index == end { return nil }
        var value: Int64 = 0
        while index < end {
            let digit = text[index] &- 48
            if digit > 9 { return nil }
            let scaled = value.multipliedReportingOverflow(by: 10)
            let sum = negative
                ? scaled.partialValue.subtractingReportingOverflow(Int64(digit))
                : scaled.partialValue.addingReportingOverflow(Int64(digit))
            if scaled.overflow || sum.overflow { return nil }
            value = sum.partialValue
            index &+= 1
        }
        return value
    }

    /// `true`, `false` in any letter case, or a number that is 1 or 0; nil otherwise.
    public static func boolean(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
        let (start, end) = trimmed(text)
        if matches(text, start, end, "true") { return true }
        if matches(text, start, end, "false") { return false }
        guard start < end, let number = double(text) else { return nil }
        return number == 1 ? true : number == 0 ? false : nil
    }

    /// The binary64 number nearest to the decimal text; nil when the text is not a number.
    public static func double(_ text: String) -> Double? {
        var text = text
        return text.withUTF8 { double($0) }
    }

    /// The text without blanks at either end.
    public static func blankless(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        let (start, end) = trimmed(text)
        return UnsafeBufferPointer(rebasing: text[start..<end])
    }

    /// The bounds of the text without blanks at either end.
    @inline(__always)
    public static func trimmed(_ text: UnsafeBufferPointer<UInt8>) -> (Int, Int) {
        var start = 0
        var end = text.count
        while start < end && isBlank(text[start]) { start &+= 1 }
        while end > start && isBlank(text[end &- 1]) { end &-= 1 }
        return (start, end)
    }

    @inlinable @inline(__always)
    public static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte &- 9 <= 4 }

    /// Whether the bytes spell the lower-case ASCII word, in any letter case.
    private static func matches(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ word: StaticString) -> Bool {
        guard end &- start == word.utf8CodeUnitCount else { return false }
        for offset in 0..<(end &- start) where text[start &+ offset] | 0x20 != word.utf8Start[offset] { return false }
        return true
    }

    /// The numbers that have names.
    @inline(never)
    private static func special(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        var (start, end) = trimmed(text)
        var negative = false
        if start < end, text[start] == UInt8(ascii: "-") || text[start] == UInt8(ascii: "+") {
            negative = text[start] == UInt8(ascii: "-")
            start &+= 1
        }
        if matches(text, start, end, "inf") || matches(text, start, end, "infinity") {
            return negative ? -.infinity : .infinity
        }
        return matches(text, start, end, "nan") ? .nan : nil
    }
}

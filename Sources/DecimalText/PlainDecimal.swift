/// The numbers that tables are full of: a sign at most, digits, and a fraction at most; no blanks, no exponent, few enough digits to be exact.
enum PlainDecimal {
    /// nil for every other text, number or not.
    @inline(__always)
    static func value(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        // At most 19 digits, which 64 bits hold.
        guard var p = text.baseAddress, text.count > 0, text.count <= 19 else { return nil }
        let limit = p + text.count
        let isNegative = p.pointee == UInt8(ascii: "-")
        if isNegative { p += 1 }
        let whole = p
        var value: UInt64 = 0
        while p < limit {
            let digit = p.pointee &- 48
            if digit > 9 { break }
            value = value &* 10 &+ UInt64(digit)
            p += 1
        }
        if p == whole { return nil }
        if p == limit { return isNegative ? -Double(value) : Double(value) }
        guard p.pointee == UInt8(ascii: ".") else { return nil }
        p += 1
        let places = limit - p
        if places >= 8 {
            guard let eight = EightDigits.value(p) else { return nil }
            value = value &* 100_000_000 &+ eight
            p += 8
        }
        while p < limit {
            let digit = p.pointee &- 48
            if digit > 9 { return nil }
            value = value &* 10 &+ UInt64(digit)
            p += 1
        }
        // Two exact operands and one rounding (Clinger).
        guard value <= 1 << 53 else { return nil }
        let result = Double(value) / DecimalParts.exactPowers[places]
        return isNegative ? -result : result
    }
}

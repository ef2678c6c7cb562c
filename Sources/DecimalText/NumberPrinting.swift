/// Numbers as text, straight into a byte buffer: the shortest decimal that reads back as the same binary number.
///
/// Whole numbers carry no `.0`; very large and very small ones are written with an exponent where Swift does so (`1e-05`,
/// `1e+17`); the numbers with names are `NaN`, `INF` and `-INF`, the spelling of XML Schema.
public enum NumberPrinting {
    /// No number takes more bytes than this.
    public static let maximumLength = 32

    /// Writes a binary64 number and returns the number of bytes written, at most `maximumLength`.
    public static func write(_ value: Double, to out: UnsafeMutablePointer<UInt8>) -> Int {
        guard value.isFinite, value != 0 else { return special(value, to: out) }
        return write(ShortestDecimal(value), value.sign, value.magnitude > 0x1p53, to: out)
    }

    /// Writes a binary32 number and returns the number of bytes written, at most `maximumLength`.
    public static func write(_ value: Float, to out: UnsafeMutablePointer<UInt8>) -> Int {
        guard value.isFinite, value != 0 else { return special(Double(value), to: out) }
        return write(ShortestDecimal(value), value.sign, value.magnitude > 0x1p24, to: out)
    }

    /// Writes a whole number and returns the number of bytes written, at most `maximumLength`.
    public static func write(_ value: Int64, to out: UnsafeMutablePointer<UInt8>) -> Int {
        guard value < 0 else { return digits(UInt64(value), to: out) }
        out[0] = UInt8(ascii: "-")
        return digits(value.magnitude, to: out + 1) &+ 1
    }

    /// The text of a number as a `String`.
    public static func text(_ value: Double) -> String {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: maximumLength) { buffer in
            guard let base = buffer.baseAddress else { return "" }
            return String(decoding: UnsafeBufferPointer(start: base, count: write(value, to: base)), as: UTF8.self)
        }
    }

    /// The text of a binary32 number as a `String`.
    public static func text(_ value: Float) -> String {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: maximumLength) { buffer in
            guard let base = buffer.baseAddress else { return "" }
            return String(decoding: UnsafeBufferPointer(start: base, count: write(value, to: base)), as: UTF8.self)
        }
    }

    private static func special(_ value: Double, to out: UnsafeMutablePointer<UInt8>) -> Int {
        let word: StaticString =
            value.isNaN ? "NaN"
            : value == 0 ? (value.sign == .minus ? "-0" : "0")
            : value < 0 ? "-INF" : "INF"
        out.update(from: word.utf8Start, count: word.utf8CodeUnitCount)
        return word.utf8CodeUnitCount
    }

    @inline(__always)
    private static func write(
        _ decimal: ShortestDecimal, _ sign: FloatingPointSign, _ isHuge: Bool, to out: UnsafeMutablePointer<UInt8>
    ) -> Int {
        var p = out
        if sign == .minus {
            p[0] = UInt8(ascii: "-")
            p += 1
        }
        let count = digits(decimal.digits, to: p)
        /// The decimal point stands after this many digits.
        let point = count &+ decimal.exponent
        if point < -3 || isHuge {
            if count > 1 {
                (p + 2).update(from: p + 1, count: count &- 1)
                p[1] = UInt8(ascii: ".")
                p += 1
            }
            p += count
            p += exponent(point &- 1, to: p)
        } else if point <= 0 {
            (p + (2 &- point)).update(from: p, count: count)
            for index in 0..<(2 &- point) { p[index] = UInt8(ascii: "0") }
            p[1] = UInt8(ascii: ".")
            p += count &+ 2 &- point
        } else if point < count {
            (p + point + 1).update(from: p + point, count: count &- point)
            p[point] = UInt8(ascii: ".")
            p += count &+ 1
        } else {
            for index in count..<point { p[index] = UInt8(ascii: "0") }
            p += point
        }
        return p - out
    }

    private static func exponent(_ value: Int, to out: UnsafeMutablePointer<UInt8>) -> Int {
        out[0] = UInt8(ascii: "e")
        out[1] = value < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+")
        let magnitude = UInt64(value.magnitude)
        if magnitude < 10 {
            out[2] = UInt8(ascii: "0")
            return 3 &+ digits(magnitude, to: out + 3)
        }
        return 2 &+ digits(magnitude, to: out + 2)
    }

    /// Writes the decimal digits of a number and returns how many there are.
    @inline(__always)
    private static func digits(_ value: UInt64, to out: UnsafeMutablePointer<UInt8>) -> Int {
        var count = 1
        var bound = value
        while bound >= 10 {
            bound /= 10
            count &+= 1
        }
        var rest = value
        var index = count
        while index > 0 {
            index &-= 1
            let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 10)
            out[index] = 48 &+ UInt8(truncatingIfNeeded: remainder)
            rest = quotient
        }
        return count
    }
}

extension NumberPrinting {
    /// The shortest text without an exponent that reads back as the same binary64 number; nil for numbers that are not finite.
    public static func decimalText(_ value: Double) -> String? {
        guard value.isFinite else { return nil }
        let plain = text(value)
        guard let mark = plain.firstIndex(of: "e"), let exponent = Int(plain[plain.index(after: mark)...]) else { return plain }
        let sign = value < 0 ? "-" : ""
        let digits = plain[..<mark].filter { $0 != "." && $0 != "-" }
        /// The decimal point stands after this many digits.
        let point = exponent + 1
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        // An exponent above 0 is printed only where all digits stand before the point.
        return sign + digits + String(repeating: "0", count: max(0, point - digits.count))
    }
}

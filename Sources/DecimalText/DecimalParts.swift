/// A decimal number taken apart: sign, up to 19 significant digits and a power of ten.
struct DecimalParts {
    /// Where the number starts and ends in the text, blanks left out.
    var start = 0
    var end = 0
    var negative = false
    /// The first 19 significant digits.
    var significand: UInt64 = 0
    /// The power of ten that the significand is to be multiplied with.
    var exponent = 0
    /// Whether digits other than zero were left off the significand.
    var isTruncated = false

    /// nil when the text does not follow the grammar of decimal numbers.
    @inline(__always)
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        guard let base = text.baseAddress else { return nil }
        var p = base
        var limit = base + text.count
        while p < limit && NumberParsing.isBlank(p.pointee) { p += 1 }
        while limit > p && NumberParsing.isBlank((limit - 1).pointee) { limit -= 1 }
        if p == limit { return nil }
        start = p - base
        end = limit - base
        if p.pointee == UInt8(ascii: "-") {
            negative = true
            p += 1
        } else if p.pointee == UInt8(ascii: "+") {
            p += 1
        }

        let digitsStart = p
        var value: UInt64 = 0
        while p < limit {
            let digit = p.pointee &- 48
            if digit > 9 { break }
            value = value &* 10 &+ UInt64(digit)
            p += 1
        }
        var digits = p - digitsStart
        var power = 0
        if p < limit && p.pointee == UInt8(ascii: ".") {
            p += 1
            let fraction = p
            while limit - p >= 8, let eight = EightDigits.value(p) {
                value = value &* 100_000_000 &+ eight
                p += 8
            }
            while p < limit {
                let digit = p.pointee &- 48
                if digit > 9 { break }
                value = value &* 10 &+ UInt64(digit)
                p += 1
            }
            power = fraction - p
            digits &+= p - fraction
        }
        if digits == 0 { return nil }
        let digitsEnd = p
        var written = 0
        if p < limit && p.pointee | 0x20 == UInt8(ascii: "e") {
            p += 1
            var minus = false
            if p < limit && (p.pointee == UInt8(ascii: "-") || p.pointee == UInt8(ascii: "+")) {
                minus = p.pointee == UInt8(ascii: "-")
                p += 1
            }
            let exponentStart = p
            while p < limit {
                let digit = p.pointee &- 48
                if digit > 9 { break }
                // Beyond this every number is zero or infinite, unless a gigabyte of digits makes up for it.
                if written < 100_000_000_000 { written = written &* 10 &+ Int(digit) }
                p += 1
            }
            if p == exponentStart { return nil }
            if minus { written = 0 &- written }
        }
        if p != limit { return nil }
        significand = value
        exponent = power &+ written
        if digits > 19 { readLong(digitsStart, digitsEnd, written) }
    }

    /// Reads the digits again, keeping the first 19 significant ones.
    @inline(never)
    private mutating func readLong(_ from: UnsafePointer<UInt8>, _ to: UnsafePointer<UInt8>, _ written: Int) {
        var value: UInt64 = 0
        var kept = 0
        var power = 0
        var afterPoint = false
        var p = from
        while p < to {
            let digit = p.pointee &- 48
            p += 1
            if digit > 9 {
                afterPoint = true
                continue
            }
            if kept < 19 {
                value = value &* 10 &+ UInt64(digit)
                if value != 0 { kept &+= 1 }
                if afterPoint { power &-= 1 }
            } else {
                if digit != 0 { isTruncated = true }
                if !afterPoint { power &+= 1 }
            }
        }
        significand = value
        exponent = power &+ written
    }

    /// 10^0 to 10^22, the powers of ten that binary64 holds exactly.
    static let exactPowers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]

    @inline(__always)
    func double(_ text: UnsafeBufferPointer<UInt8>) -> Double {
        // Two exact operands and one rounding (Clinger).
        if significand <= 1 << 53 && exponent >= -22 && exponent <= 22 && !isTruncated {
            let value = Double(significand)
            let result = exponent < 0
                ? value / Self.exactPowers[0 &- exponent] : value * Self.exactPowers[exponent]
            return negative ? -result : result
        }
        return slow(text)
    }

    @inline(never)
    private func slow(_ text: UnsafeBufferPointer<UInt8>) -> Double {
        if significand == 0 { return negative ? -0.0 : 0.0 }
        if let result = EiselLemire.double(significand, exponent),
            // Digits left off: the truth lies between this significand and the next.
            !isTruncated || EiselLemire.double(significand &+ 1, exponent) == result
        {
            return negative ? -result : result
        }
        // Too small for any binary64, however the digits go on.
        if exponent < -400 { return negative ? -0.0 : 0.0 }
        // The grammar has been checked, and the standard library rounds correctly in every case.
        return Double(String(decoding: text[start..<end], as: UTF8.self)) ?? 0
    }
}

/// Eight digits at once, in the eight bytes of a word.
enum EightDigits {
    /// The number that eight ASCII digits spell; nil when one of the bytes is something else.
    @inline(__always)
    static func value(_ p: UnsafePointer<UInt8>) -> UInt64? {
        var word = UInt64(littleEndian: UnsafeRawPointer(p).loadUnaligned(as: UInt64.self))
        let high: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
        if word & high | ((word &+ 0x0606_0606_0606_0606) & high) >> 4 != 0x3333_3333_3333_3333 { return nil }
        // Pairs of digits, then pairs of pairs, then both halves.
        word = word &- 0x3030_3030_3030_3030
        word = word &* 10 &+ word >> 8
        let mask: UInt64 = 0x0000_00FF_0000_00FF
        let even = (word & mask) &* 0x000F_4240_0000_0064
        let odd = (word >> 16 & mask) &* 0x0000_2710_0000_0001
        return (even &+ odd) >> 32
    }
}

/// The Eisel-Lemire algorithm: a decimal significand of at most 64 bits times a power of ten, correctly rounded to binary64.
///
/// D. Lemire, "Number parsing at a gigabyte per second", Software: Practice and Experience 51 (2021).
enum EiselLemire {
    /// The nearest binary64 number to `significand` * 10^`exponent`, ties to even, or nil when 128 bits of the power of ten
    /// do not decide, or the result is subnormal: then the caller takes the slow road.
    static func double(_ significand: UInt64, _ exponent: Int) -> Double? {
        if significand == 0 { return 0 }
        if exponent > 308 { return .infinity }
        if exponent < PowersOfTen.lowest { return nil }

        // Entries are truncated, but the short reciprocals are rounded up, which makes them exact enough for halfway cases.
        var power = PowersOfTen.floor(exponent)
        if exponent < 0 && exponent >= -27 {
            power.low &+= 1
            if power.low == 0 { power.high &+= 1 }
        }
        let shift = significand.leadingZeroBitCount
        let normal = significand << UInt64(shift)
        var (upper, lower) = normal.multipliedFullWidth(by: power.high)
        if upper & 0x1FF == 0x1FF {
            let second = normal.multipliedFullWidth(by: power.low).high
            let sum = lower.addingReportingOverflow(second)
            lower = sum.partialValue
            if sum.overflow { upper &+= 1 }
            if lower == .max && (exponent < -27 || exponent > 55) { return nil }
        }

        let top = Int(upper >> 63)
        let drop = UInt64(top &+ 9)
        var mantissa = upper >> drop
        var biased = PowersOfTen.floorLog2(exponent) &+ 63 &+ top &- shift &+ 1023
        if biased <= 0 { return nil }
        // Exactly half way, which only these exponents allow: round to even.
        if lower <= 1 && exponent >= -4 && exponent <= 23 && mantissa & 3 == 1 && mantissa << drop == upper {
            mantissa &= ~1
        }
        mantissa = (mantissa &+ (mantissa & 1)) >> 1
        if mantissa >= 1 << 53 {
            mantissa = 1 << 52
            biased &+= 1
        }
        if biased >= 0x7FF { return .infinity }
        return Double(bitPattern: UInt64(biased) << 52 | mantissa & ~(1 << 52))
    }
}

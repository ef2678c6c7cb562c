/// The shortest decimal that reads back as the same binary number, and of those the nearest (the Schubfach algorithm).
///
/// R. Giulietti, "The Schubfach way to render doubles" (2020); the integer formulation follows A. Neubauer's description.
struct ShortestDecimal {
    /// The digits, without trailing zeros.
    var digits: UInt64
    /// The power of ten to multiply the digits with.
    var exponent: Int

    /// For a finite binary64 number other than zero; the sign is ignored.
    init(_ value: Double) {
        let fraction = value.significandBitPattern
        let biased = Int(value.exponentBitPattern)
        self.init(fraction, biased, fractionBits: 52, bias: 1075)
    }

    /// For a finite binary32 number other than zero; the sign is ignored.
    init(_ value: Float) {
        let fraction = UInt64(value.significandBitPattern)
        let biased = Int(value.exponentBitPattern)
        self.init(fraction, biased, fractionBits: 23, bias: 150)
    }

    /// The value is c * 2^q, with c and q from the fields of the binary format.
    @inline(__always)
    private init(_ fraction: UInt64, _ biased: Int, fractionBits: Int, bias: Int) {
        let c = biased == 0 ? fraction : fraction | 1 << UInt64(fractionBits)
        let q = (biased == 0 ? 1 : biased) &- bias
        // Whole numbers are their own digits.
        if q <= 0 && q > -1 &- fractionBits && c & ((1 << UInt64(0 &- q)) &- 1) == 0 {
            self.init(stripping: c >> UInt64(0 &- q), 0)
            return
        }
        // The interval of reals that round to this number, in quarters of its unit, scaled by a power of ten.
        let open: UInt64 = c & 1
        let lowerIsCloser = fraction == 0 && biased > 1
        let k = (q &* 1_262_611 &- (lowerIsCloser ? 524_031 : 0)) >> 22
        let h = UInt64(q &+ PowersOfTen.floorLog2(0 &- k) &+ 1)
        var power = PowersOfTen.floor(0 &- k)
        if k > 0 || k < -55 {
            power.low &+= 1
            if power.low == 0 { power.high &+= 1 }
        }
        let lower = Self.roundToOdd(power, (4 &* c &- 2 &+ (lowerIsCloser ? 1 : 0)) << h) &+ open
        let middle = Self.roundToOdd(power, (4 &* c) << h)
        let upper = Self.roundToOdd(power, (4 &* c &+ 2) << h) &- open

        let s = middle / 4
        if s >= 10 {
            let tens = s / 10
            let under = lower <= 40 &* tens
            let over = 40 &* tens &+ 40 <= upper
            if under != over {
                self.init(stripping: tens &+ (over ? 1 : 0), k &+ 1)
                return
            }
        }
        let under = lower <= 4 &* s
        let over = 4 &* s &+ 4 <= upper
        if under != over {
            self.init(stripping: s &+ (over ? 1 : 0), k)
            return
        }
        let half = 4 &* s &+ 2
        let up = middle > half || (middle == half && s & 1 != 0)
        self.init(stripping: s &+ (up ? 1 : 0), k)
    }

    @inline(__always)
    private init(stripping digits: UInt64, _ exponent: Int) {
        var digits = digits
        var exponent = exponent
        while digits != 0 {
            let (quotient, remainder) = digits.quotientAndRemainder(dividingBy: 10)
            if remainder != 0 { break }
            digits = quotient
            exponent &+= 1
        }
        self.digits = digits
        self.exponent = exponent
    }

    /// floor(power * factor / 2^128), with the lowest bit set when something was cut off.
    @inline(__always)
    private static func roundToOdd(_ power: (high: UInt64, low: UInt64), _ factor: UInt64) -> UInt64 {
        let low = power.low.multipliedFullWidth(by: factor).high
        let high = power.high.multipliedFullWidth(by: factor)
        let sum = high.low.addingReportingOverflow(low)
        return (high.high &+ (sum.overflow ? 1 : 0)) | (sum.partialValue > 1 ? 1 : 0)
    }
}

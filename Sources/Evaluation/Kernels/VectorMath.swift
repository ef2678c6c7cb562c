/// Functions over runs of numbers, written so that the compiler turns their loops into vector instructions.
///
/// Results differ from the C library's by at most a few units in the last place.
enum VectorMath {
    /// eˣ in place.
    static func exponential(_ x: UnsafeMutablePointer<Double>, _ count: Int) {
        var outside = 0
        for index in 0..<count { outside |= x[index].magnitude <= 708 ? 0 : 1 }
        if outside != 0 {
            // Overflow, underflow and NaN, as the C library has them.
            for index in 0..<count { x[index] = CMath.exponential(x[index]) }
            return
        }
        for index in 0..<count { x[index] = moderateExponential(x[index]) }
    }

    /// 1 / (1 + e⁻ˣ) in place.
    static func logistic(_ x: UnsafeMutablePointer<Double>, _ count: Int) {
        for index in 0..<count { x[index] = -x[index] }
        exponential(x, count)
        for index in 0..<count { x[index] = 1 / (1 + x[index]) }
    }

    /// The hyperbolic tangent in place.
    static func tanh(_ x: UnsafeMutablePointer<Double>, _ count: Int) {
        for index in 0..<count {
            let value = x[index]
            // From 20 on the result is 1 in binary64.
            let limited = value < -20 ? -20 : value > 20 ? 20 : value
            let power = moderateExponential(limited + limited)
            let square = limited * limited
            // Near 0 the quotient would lose digits; there the series has them all.
            let series = limited * (1 + square * (-1 / 3.0 + square * (2 / 15.0 + square * (-17 / 315.0 + square * (62 / 2835.0)))))
            let quotient = (power - 1) / (power + 1)
            x[index] = square < 0.0025 ? series : quotient
        }
    }

    /// eˣ for |x| ≤ 708, without branches: 2ⁿ · e^r with |r| ≤ ln 2 / 2.
    @inline(__always)
    static func moderateExponential(_ x: Double) -> Double {
        // Adding 1.5 · 2⁵² leaves the rounded quotient in the low bits.
        let shifted = x * 1.4426950408889634 + 6755399441055744
        let n = shifted - 6755399441055744
        let r = (x - n * 0.693147180369123816490) - n * 1.90821492927058770002e-10
        let r2 = r * r
        let r4 = r2 * r2
        let low = (1 + r) + r2 * (1 / 2.0 + r * (1 / 6.0))
        let middle = (1 / 24.0 + r * (1 / 120.0)) + r2 * (1 / 720.0 + r * (1 / 5040.0))
        let high = (1 / 40320.0 + r * (1 / 362880.0)) + r2 * (1 / 3628800.0 + r * (1 / 39916800.0))
        let top = 1 / 479001600.0 + r * (1 / 6227020800.0)
        let sum = low + r4 * (middle + r4 * (high + r4 * top))
        // The low bits of `shifted` hold n; 2ⁿ has the exponent field n + 1023.
        let power = Double(bitPattern: (shifted.bitPattern &+ 1023) << 52)
        return sum * power
    }
}

/// The leading 128 bits of the powers of ten, which both exact parsing (Eisel and Lemire) and shortest printing
/// (Schubfach) of binary64 numbers need.
///
/// Entry `q` is floor(10^q * 2^(127 - floor(log2 10^q))): a 128-bit integer whose top bit is set. The two algorithms want
/// inexact entries rounded in different directions, so the table keeps the floor and each reader says what it adds.
/// The table is computed on first use (some 20,000 word operations) rather than carried as 10 kB of literals.
enum PowersOfTen {
    /// The smallest and largest exponent in the table.
    static let lowest = -342
    static let highest = 324

    /// High word, low word, for each exponent from `lowest` to `highest`.
    private static let table: [UInt64] = makeTable()

    /// The entry for `q`; the caller has made sure that `q` is in `lowest ... highest`.
    @inline(__always)
    static func floor(_ q: Int) -> (high: UInt64, low: UInt64) {
        let index = 2 * (q &- lowest)
        return (table[index], table[index &+ 1])
    }

    /// floor(log2 10^q) for any `q` in the table.
    @inline(__always)
    static func floorLog2(_ q: Int) -> Int { (q &* 1_741_647) >> 19 }

    private static func makeTable() -> [UInt64] {
        var result = [UInt64](repeating: 0, count: 2 * (highest - lowest + 1))
        func store(_ q: Int, _ words: [UInt64]) {
            let top = leading128(words)
            result[2 * (q - lowest)] = top.high
            result[2 * (q - lowest) + 1] = top.low
        }
        // 10^q and 5^q have the same leading bits. Words are little-endian.
        var power: [UInt64] = [1]
        store(0, power)
        for q in 1...highest {
            multiply(&power, by: 5)
            store(q, power)
        }
        // floor(2^1024 / 5^n), by repeated division: the floor of a floor is the floor of the whole quotient.
        var reciprocal = [UInt64](repeating: 0, count: 16) + [1]
        for n in 1...(-lowest) {
            divide(&reciprocal, by: 5)
            store(-n, reciprocal)
        }
        return result
    }

    private static func multiply(_ words: inout [UInt64], by factor: UInt64) {
        var carry: UInt64 = 0
        for index in words.indices {
            let product = words[index].multipliedFullWidth(by: factor)
            let sum = product.low.addingReportingOverflow(carry)
            words[index] = sum.partialValue
            carry = product.high &+ (sum.overflow ? 1 : 0)
        }
        if carry != 0 { words.append(carry) }
    }

    private static func divide(_ words: inout [UInt64], by divisor: UInt64) {
        var remainder: UInt64 = 0
        for index in words.indices.reversed() {
            let step = divisor.dividingFullWidth((remainder, words[index]))
            words[index] = step.quotient
            remainder = step.remainder
        }
    }

    /// The top 128 bits of a number, shifted so that the first bit is set.
    private static func leading128(_ words: [UInt64]) -> (high: UInt64, low: UInt64) {
        guard let top = words.lastIndex(where: { $0 != 0 }) else { return (0, 0) }
        let word = { (index: Int) in index >= 0 ? words[index] : 0 }
        let shift = UInt64(words[top].leadingZeroBitCount)
        if shift == 0 { return (word(top), word(top - 1)) }
        let high = word(top) << shift | word(top - 1) >> (64 - shift)
        let low = word(top - 1) << shift | word(top - 2) >> (64 - shift)
        return (high, low)
    }
}

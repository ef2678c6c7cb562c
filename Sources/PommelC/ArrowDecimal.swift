import Evaluation

/// A cell of Arrow's decimal types: a whole number and where its point is.
struct ArrowDecimal {
    private let isNegative: Bool
    /// The digits as a whole number.
    private let magnitude: (high: UInt64, low: UInt64)
    /// How many of the digits come after the point; fewer than none are zeros.
    private let scale: Int

    /// Powers of ten that binary64 holds exactly.
    private static let powers: [Double] = (0..<22).reduce(into: [1]) { powers, _ in powers.append(powers[powers.count - 1] * 10) }

    /// - Parameter width: bytes of the cell, 4, 8 or 16.
    init(_ cell: UnsafeRawPointer, width: Int, scale: Int) {
        let high: UInt64
        let low: UInt64
        if width == 16 {
            low = UInt64(littleEndian: cell.loadUnaligned(as: UInt64.self))
            high = UInt64(littleEndian: cell.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        } else {
            let value = width == 8 ? Int64(littleEndian: cell.loadUnaligned(as: Int64.self)) : Int64(Int32(littleEndian: cell.loadUnaligned(as: Int32.self)))
            low = UInt64(bitPattern: value)
            high = value < 0 ? .max : 0
        }
        isNegative = high >> 63 != 0
        magnitude = isNegative ? (~high &+ (low == 0 ? 1 : 0), ~low &+ 1) : (high, low)
        self.scale = scale
    }

    /// The nearest number.
    var number: Double? {
        // A quotient of two numbers that are exact is rounded once.
        if magnitude.high == 0, magnitude.low < 1 << 53, Self.powers.indices.contains(scale) {
            let quotient = Double(magnitude.low) / Self.powers[scale]
            return isNegative ? -quotient : quotient
        }
        return NumberParsing.double(text)
    }

    /// All digits, as they are written.
    var text: String {
        var digits: [UInt8] = []
        var rest = magnitude
        repeat {
            let upper = rest.high.quotientAndRemainder(dividingBy: 10)
            let lower = UInt64(10).dividingFullWidth((upper.remainder, rest.low))
            digits.append(48 + UInt8(truncatingIfNeeded: lower.remainder))
            rest = (upper.quotient, lower.quotient)
        } while rest.high != 0 || rest.low != 0
        if scale < 0 { return sign + String(decoding: digits.reversed(), as: UTF8.self) + "e\(-scale)" }
        while digits.count <= scale { digits.append(48) }
        let whole = String(decoding: digits[scale...].reversed(), as: UTF8.self)
        return sign + (scale == 0 ? whole : whole + "." + String(decoding: digits[..<scale].reversed(), as: UTF8.self))
    }

    private var sign: String { isNegative ? "-" : "" }
}

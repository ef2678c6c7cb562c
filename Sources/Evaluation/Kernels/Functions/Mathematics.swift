// https://dmg.org/pmml/v4-4-1/BuiltinFunctions.html#math
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension Builtins {
    private static func unary<Operation: UnaryOperation>(
        _ operation: Operation.Type, _ result: Builtin.Result, _ meaning: String
    ) -> Builtin {
        Builtin(Operation.name, [.number], result, canBeInvalid: Operation.hasDomain, roundsToFloat: true, operation: UnaryKernel<Operation>.name, meaning)
    }

    static let mathematics: [Builtin] = [
        unary(Log10.self, .always(.double), "the logarithm to base 10; invalid for numbers that are not positive"),
        unary(NaturalLog.self, .always(.double), "the natural logarithm; invalid for numbers that are not positive"),
        unary(SquareRoot.self, .always(.double), "the square root; invalid for negative numbers"),
        unary(Absolute.self, .promoted, "the absolute value"),
        unary(Exponential.self, .always(.double), "e to the power of the argument"),
        Builtin("pow", [.number, .number], .fractional, canBeInvalid: true, roundsToFloat: true, operation: BinaryKernel<Power>.name,
            "the first argument to the power of the second; invalid for a fractional power of a negative number and a negative power of 0"),
        Builtin("threshold", [.number, .number], .promoted, roundsToFloat: true, operation: BinaryKernel<Threshold>.name,
            "1 if the first argument is greater than the second, otherwise 0"),
        unary(Floor.self, .promoted, "the largest integer that is not greater"),
        unary(Ceiling.self, .promoted, "the smallest integer that is not less"),
        unary(Round.self, .promoted, "the nearest integer; a half goes up, as in XPath: 2.5 to 3, -2.5 to -2"),
        Builtin("modulo", [.number, .number], .promoted, canBeInvalid: true, roundsToFloat: true, operation: BinaryKernel<Modulo>.name,
            "the remainder, with the sign of the divisor; invalid for the divisor 0"),
        unary(ExponentialMinus1.self, .always(.double), "exp(x) - 1, precise near 0"),
        Builtin("hypot", [.number, .number], .always(.double), roundsToFloat: true, operation: BinaryKernel<Hypotenuse>.name,
            "the square root of the sum of the squares"),
        unary(Log1Plus.self, .always(.double), "ln(1 + x), precise near 0; invalid for x up to -1"),
        unary(RoundToEven.self, .promoted, "the nearest integer; a half goes to the even one"),
        unary(LogisticFunction.self, .always(.double), "1 / (1 + exp(-x)), as scikit-learn's exporter writes it"),
    ]

    static let trigonometry: [Builtin] = [
        unary(Sine.self, .always(.double), "the sine of an angle in radians"),
        unary(ArcSine.self, .always(.double), "the arc sine, in radians; invalid outside -1…1"),
        unary(HyperbolicSine.self, .always(.double), "the hyperbolic sine"),
        unary(Cosine.self, .always(.double), "the cosine of an angle in radians"),
        unary(ArcCosine.self, .always(.double), "the arc cosine, in radians; invalid outside -1…1"),
        unary(HyperbolicCosine.self, .always(.double), "the hyperbolic cosine"),
        unary(Tangent.self, .always(.double), "the tangent of an angle in radians"),
        unary(ArcTangent.self, .always(.double), "the arc tangent, in radians"),
        unary(HyperbolicTangent.self, .always(.double), "the hyperbolic tangent"),
        Builtin("x-atan2", [.number, .number], .always(.double), roundsToFloat: true, operation: BinaryKernel<ArcTangent2>.name,
            "the angle of the point (second, first), in radians"),
    ]
}

/// A function of one number.
protocol UnaryOperation: Sendable {
    static var name: String { get }
    static var hasDomain: Bool { get }
    static func apply(_ x: Double) -> Double
    static func isOutside(_ x: Double) -> Bool
    static func firstOutside(_ x: UnsafePointer<Double>, from start: Int, to end: Int) -> Int?
    /// Applies it to a column. A requirement, so that every operation has a loop of its own that the call is part of.
    static func fill(_ out: UnsafeMutablePointer<Double>, _ x: UnsafePointer<Double>, _ count: Int)
}

extension UnaryOperation {
    static var hasDomain: Bool { false }
    @inline(__always) static func isOutside(_ x: Double) -> Bool { false }
    static func fill(_ out: UnsafeMutablePointer<Double>, _ x: UnsafePointer<Double>, _ count: Int) {
        for row in 0..<count { out[row] = apply(x[row]) }
    }
    /// The first row at or after `start` whose argument is outside the domain.
    static func firstOutside(_ x: UnsafePointer<Double>, from start: Int, to end: Int) -> Int? {
        (start..<end).first { isOutside(x[$0]) }
    }
}

/// Applies a function of one number to a column.
struct UnaryKernel<Operation: UnaryOperation>: Kernel {
    static var name: String { "number." + Operation.name }
    let out: Int32, a: Int32
    let treatment: InvalidTreatment
    let rounds: Bool

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        a = try reader.input(.number)
        treatment = Operation.hasDomain ? try reader.treatment() : .asIs
        rounds = try reader.flag()
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let (x, xs) = (frame.numbers(a), frame.status(a))
        let count = frame.count
        Operation.fill(out, x, count)
        for row in 0..<count { status[row] = xs[row] & CellStatus.failed }
        if rounds { roundToFloat(out, count) }
        if Operation.hasDomain, treatment != .asIs {
            var next = 0
            while let row = Operation.firstOutside(x, from: next, to: count) {
                next = row + 1
                if status[row] != 0 { continue }
                frame.reject(row, status, treatment, Operation.name, NumberPrinting.text(x[row]))
            }
        }
    }
}

enum Log10: UnaryOperation {
    static let name = "log10", hasDomain = true
    static func apply(_ x: Double) -> Double { log10(x) }
    static func isOutside(_ x: Double) -> Bool { x <= 0 }
}
enum NaturalLog: UnaryOperation {
    static let name = "ln", hasDomain = true
    static func apply(_ x: Double) -> Double { log(x) }
    static func isOutside(_ x: Double) -> Bool { x <= 0 }
}
enum Log1Plus: UnaryOperation {
    static let name = "ln1p", hasDomain = true
    static func apply(_ x: Double) -> Double { log1p(x) }
    static func isOutside(_ x: Double) -> Bool { x <= -1 }
}
enum SquareRoot: UnaryOperation {
    static let name = "sqrt", hasDomain = true
    @inline(__always) static func apply(_ x: Double) -> Double { x.squareRoot() }
    static func isOutside(_ x: Double) -> Bool { x < 0 }
}
enum Absolute: UnaryOperation {
    static let name = "abs"
    @inline(__always) static func apply(_ x: Double) -> Double { x.magnitude }
}
enum Exponential: UnaryOperation {
    static let name = "exp"
    static func apply(_ x: Double) -> Double { exp(x) }
}
enum ExponentialMinus1: UnaryOperation {
    static let name = "expm1"
    static func apply(_ x: Double) -> Double { expm1(x) }
}
enum Floor: UnaryOperation {
    static let name = "floor"
    @inline(__always) static func apply(_ x: Double) -> Double { x.rounded(.down) }
}
enum Ceiling: UnaryOperation {
    static let name = "ceil"
    @inline(__always) static func apply(_ x: Double) -> Double { x.rounded(.up) }
}
/// The page refers to XQuery, whose round takes a half towards positive infinity.
enum Round: UnaryOperation {
    static let name = "round"
    @inline(__always) static func apply(_ x: Double) -> Double {
        let below = x.rounded(.down)
        return x - below >= 0.5 ? below + 1 : below
    }
}
enum RoundToEven: UnaryOperation {
    static let name = "rint"
    @inline(__always) static func apply(_ x: Double) -> Double { x.rounded(.toNearestOrEven) }
}
enum LogisticFunction: UnaryOperation {
    static let name = "expit"
    static func apply(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
}
enum Sine: UnaryOperation {
    static let name = "sin"
    static func apply(_ x: Double) -> Double { sin(x) }
}
enum ArcSine: UnaryOperation {
    static let name = "asin", hasDomain = true
    static func apply(_ x: Double) -> Double { asin(x) }
    static func isOutside(_ x: Double) -> Bool { x.magnitude > 1 }
}
enum HyperbolicSine: UnaryOperation {
    static let name = "sinh"
    static func apply(_ x: Double) -> Double { sinh(x) }
}
enum Cosine: UnaryOperation {
    static let name = "cos"
    static func apply(_ x: Double) -> Double { cos(x) }
}
enum ArcCosine: UnaryOperation {
    static let name = "acos", hasDomain = true
    static func apply(_ x: Double) -> Double { acos(x) }
    static func isOutside(_ x: Double) -> Bool { x.magnitude > 1 }
}
enum HyperbolicCosine: UnaryOperation {
    static let name = "cosh"
    static func apply(_ x: Double) -> Double { cosh(x) }
}
enum Tangent: UnaryOperation {
    static let name = "tan"
    static func apply(_ x: Double) -> Double { tan(x) }
}
enum ArcTangent: UnaryOperation {
    static let name = "atan"
    static func apply(_ x: Double) -> Double { atan(x) }
}
enum HyperbolicTangent: UnaryOperation {
    static let name = "tanh"
    static func apply(_ x: Double) -> Double { tanh(x) }
}

// https://dmg.org/pmml/v4-4-1/BuiltinFunctions.html#arith
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension Builtins {
    static let arithmetic: [Builtin] = [
        Builtin("+", [.number, .number], .promoted, roundsToFloat: true, operation: BinaryKernel<Add>.name, "the sum"),
        Builtin("-", [.number, .number], .promoted, roundsToFloat: true, operation: BinaryKernel<Subtract>.name, "the difference"),
        Builtin("*", [.number, .number], .promoted, roundsToFloat: true, operation: BinaryKernel<Multiply>.name, "the product"),
        Builtin("/", [.number, .number], .fractional, canBeInvalid: true, roundsToFloat: true, operation: BinaryKernel<Divide>.name,
            "the true quotient, of integers too; division by zero is invalid"),
    ]
}

/// A function of two numbers.
protocol BinaryOperation: Sendable {
    static var name: String { get }
    /// Whether there are arguments without a value.
    static var hasDomain: Bool { get }
    static func apply(_ a: Double, _ b: Double) -> Double
    static func isOutside(_ a: Double, _ b: Double) -> Bool
    static func firstOutside(_ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, from start: Int, to end: Int) -> Int?
    /// Applies it to two columns. A requirement, so that every operation has a loop of its own that the call is part of.
    static func fill(
        _ out: UnsafeMutablePointer<Double>, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ count: Int)
}

extension BinaryOperation {
    static var hasDomain: Bool { false }
    @inline(__always) static func isOutside(_ a: Double, _ b: Double) -> Bool { false }
    static func fill(
        _ out: UnsafeMutablePointer<Double>, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ count: Int
    ) {
        for row in 0..<count { out[row] = apply(x[row], y[row]) }
    }
    /// The first row at or after `start` whose arguments are outside the domain.
    static func firstOutside(_ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, from start: Int, to end: Int) -> Int? {
        (start..<end).first { isOutside(x[$0], y[$0]) }
    }
}

/// Applies a function of two numbers to two columns.
struct BinaryKernel<Operation: BinaryOperation>: Kernel {
    static var name: String { "number." + Operation.name }
    let out: Int32, a: Int32, b: Int32
    let treatment: InvalidTreatment
    let rounds: Bool

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        a = try reader.input(.number)
        b = try reader.input(.number)
        treatment = Operation.hasDomain ? try reader.treatment() : .asIs
        rounds = try reader.flag()
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let (x, y) = (frame.numbers(a), frame.numbers(b))
        let (xs, ys) = (frame.status(a), frame.status(b))
        let count = frame.count
        Operation.fill(out, x, y, count)
        for row in 0..<count { status[row] = (xs[row] | ys[row]) & CellStatus.failed }
        if rounds { roundToFloat(out, count) }
        if Operation.hasDomain, treatment != .asIs {
            var next = 0
            while let row = Operation.firstOutside(x, y, from: next, to: count) {
                next = row + 1
                if status[row] != 0 { continue }
                frame.reject(row, status, treatment, Operation.name, "\(NumberPrinting.text(x[row])) and \(NumberPrinting.text(y[row]))")
            }
        }
    }
}

/// Rounds a column to binary32 in place.
@inline(__always)
func roundToFloat(_ values: UnsafeMutablePointer<Double>, _ count: Int) {
    for row in 0..<count { values[row] = Double(Float(values[row])) }
}

enum Add: BinaryOperation {
    static let name = "+"
    @inline(__always) static func apply(_ a: Double, _ b: Double) -> Double { a + b }
}
enum Subtract: BinaryOperation {
    static let name = "-"
    @inline(__always) static func apply(_ a: Double, _ b: Double) -> Double { a - b }
}
enum Multiply: BinaryOperation {
    static let name = "*"
    @inline(__always) static func apply(_ a: Double, _ b: Double) -> Double { a * b }
}
enum Divide: BinaryOperation {
    static let name = "/"
    static let hasDomain = true
    @inline(__always) static func apply(_ a: Double, _ b: Double) -> Double { a / b }
    @inline(__always) static func isOutside(_ a: Double, _ b: Double) -> Bool { b == 0 }
}
enum Power: BinaryOperation {
    static let name = "pow"
    static let hasDomain = true
    static func apply(_ a: Double, _ b: Double) -> Double { pow(a, b) }
    static func isOutside(_ a: Double, _ b: Double) -> Bool {
        (a < 0 && a.isFinite && b.isFinite && b != b.rounded(.towardZero)) || (a == 0 && b < 0)
    }
}
/// The sign of the result is that of the divisor.
enum Modulo: BinaryOperation {
    static let name = "modulo"
    static let hasDomain = true
    static func apply(_ a: Double, _ b: Double) -> Double {
        let rest = fmod(a, b)
        // Nothing left is 0 without a sign, as a - b · floor(a / b) is.
        if rest == 0 { return 0 }
        return (rest < 0) != (b < 0) ? rest + b : rest
    }
    static func isOutside(_ a: Double, _ b: Double) -> Bool { b == 0 }
}
/// 1 if the first argument is greater than the second, otherwise 0.
enum Threshold: BinaryOperation {
    static let name = "threshold"
    @inline(__always) static func apply(_ a: Double, _ b: Double) -> Double { a > b ? 1 : 0 }
}
enum Hypotenuse: BinaryOperation {
    static let name = "hypot"
    static func apply(_ a: Double, _ b: Double) -> Double { hypot(a, b) }
}
enum ArcTangent2: BinaryOperation {
    static let name = "x-atan2"
    static func apply(_ a: Double, _ b: Double) -> Double { atan2(a, b) }
}

// https://dmg.org/pmml/v4-4-1/BuiltinFunctions.html#equal

extension Builtins {
    static let comparisons: [Builtin] = [
        comparison("equal", "whether the arguments are the same value; numbers are compared as numbers, texts byte for byte"),
        comparison("notEqual", "whether the arguments are different values"),
        comparison("lessThan", "whether the first argument is less; ordinal values go by their order, texts by their bytes"),
        comparison("lessOrEqual", "whether the first argument is less or the same"),
        comparison("greaterThan", "whether the first argument is greater"),
        comparison("greaterOrEqual", "whether the first argument is greater or the same"),
    ]

    private static func comparison(_ name: String, _ meaning: String) -> Builtin {
        Builtin(name, [.any, .any], .always(.boolean), operation: nil, meaning)
    }
}

/// A relation of two values. https://dmg.org/pmml/v4-4-1/TreeModel.html#xsdElement_SimplePredicate
public enum Comparison: String, Sendable {
    case equal, notEqual, lessThan, lessOrEqual, greaterThan, greaterOrEqual

    /// The operation that compares numbers.
    public var numbers: String {
        switch self {
        case .equal: BinaryKernel<IsEqual>.name
        case .notEqual: BinaryKernel<IsNotEqual>.name
        case .lessThan: BinaryKernel<IsLess>.name
        case .lessOrEqual: BinaryKernel<IsLessOrEqual>.name
        case .greaterThan: BinaryKernel<IsGreater>.name
        case .greaterOrEqual: BinaryKernel<IsGreaterOrEqual>.name
        }
    }

    /// Results for less, equal and greater, as bits 0, 1 and 2.
    public var bits: Int {
        switch self {
        case .equal: 0b010
        case .notEqual: 0b101
        case .lessThan: 0b001
        case .lessOrEqual: 0b011
        case .greaterThan: 0b100
        case .greaterOrEqual: 0b110
        }
    }
}

enum IsEqual: BinaryOperation {
    static let name = "equal"
    @inline(__always) static func apply(_ a: Double, _ b: Double) -> Double { a == b ? 1 : 0 }
}
enum IsNotEqual: BinaryOperation {
    static let name = "notEqual"
    @inline(__always) static func apply(_ a: Double, _ b: Double) -> Double { a != b ? 1 : 0 }
}
enum IsLess: BinaryOperation {
    static let name = "lessThan"
    @inline(__always) static func apply(_ a: Double, _ b: Double) -> Double { a < b ? 1 : 0 }
}
enum IsLessOrEqual: BinaryOperation {
    static let name = "lessOrEqual"
    @inline(__always) static func apply(_ a: Double, _ b: Double) -> Double { a <= b ? 1 : 0 }
}
enum IsGreater: BinaryOperation {
    static let name = "greaterThan"
    @inline(__always) static func apply(_ a: Double, _ b: Double) -> Double { a > b ? 1 : 0 }
}
enum IsGreaterOrEqual: BinaryOperation {
    static let name = "greaterOrEqual"
    @inline(__always) static func apply(_ a: Double, _ b: Double) -> Double { a >= b ? 1 : 0 }
}

/// Compares two columns of texts: equality by code, order by bytes.
///
/// Operands: out, a, b, bits of ``Comparison/bits``.
struct CompareTexts: Kernel {
    static let name = "text.compare"
    let out: Int32, a: Int32, b: Int32
    let bits: Int

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        a = try reader.input(.text)
        b = try reader.input(.text)
        bits = try reader.int(in: 0...7)
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let (x, y) = (frame.codes(a), frame.codes(b))
        let (xs, ys) = (frame.status(a), frame.status(b))
        let count = frame.count
        for row in 0..<count { status[row] = (xs[row] | ys[row]) & CellStatus.failed }
        let same: Double = bits & 2 == 0 ? 0 : 1
        if bits == 0b010 || bits == 0b101 {
            for row in 0..<count { out[row] = x[row] == y[row] ? same : 1 - same }
            return
        }
        for row in 0..<count where status[row] == 0 {
            if x[row] == y[row] {
                out[row] = same
            } else {
                let isLess = frame.text(x[row]).lexicographicallyPrecedes(frame.text(y[row]))
                out[row] = bits & (isLess ? 1 : 4) == 0 ? 0 : 1
            }
        }
    }
}

/// The place of a text in a list, counted from 0; not a number for other texts. It compares ordinal values.
///
/// Operands: out, text, the list's string codes.
struct TextRank: Kernel {
    static let name = "text.rank"
    let out: Int32, a: Int32
    private let ranks: [Int32: Double]

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        a = try reader.input(.text)
        let codes = try reader.codes()
        var ranks: [Int32: Double] = [:]
        for index in 0..<codes.count where ranks[codes[index]] == nil { ranks[codes[index]] = Double(index) }
        self.ranks = ranks
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let (x, xs) = (frame.codes(a), frame.status(a))
        for row in 0..<frame.count {
            status[row] = xs[row] & CellStatus.failed
            if status[row] == 0 { out[row] = ranks[x[row]] ?? .nan }
        }
    }
}

/// The place of a number in a list, counted from 0; not a number for other numbers. It compares ordinal values.
///
/// Operands: out, number, the list.
struct NumberRank: Kernel {
    static let name = "number.rank"
    let out: Int32, a: Int32
    private let ranks: [Double: Double]

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        a = try reader.input(.number)
        let values = try reader.numbers()
        var ranks: [Double: Double] = [:]
        for index in 0..<values.count where ranks[values[index]] == nil { ranks[values[index]] = Double(index) }
        self.ranks = ranks
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let (x, xs) = (frame.numbers(a), frame.status(a))
        for row in 0..<frame.count {
            status[row] = xs[row] & CellStatus.failed
            if status[row] == 0 { out[row] = ranks[x[row]] ?? .nan }
        }
    }
}

// https://dmg.org/pmml/v4-4-1/BuiltinFunctions.html#and and https://dmg.org/pmml/v4-4-1/TreeModel.html#xsdElement_CompoundPredicate

extension Builtins {
    static let tests: [Builtin] = [
        Builtin("isMissing", [.any], .always(.boolean), missing: .handled, operation: StateKernel.name, "whether the argument is missing"),
        Builtin("isNotMissing", [.any], .always(.boolean), missing: .handled, operation: StateKernel.name, "whether the argument has a value"),
        Builtin("isValid", [.any], .always(.boolean), missing: .handled, operation: StateKernel.name,
            "whether the argument has a value, and a valid one; a value kept by invalidValueTreatment=\"asIs\" is not"),
        Builtin("isNotValid", [.any], .always(.boolean), missing: .handled, operation: StateKernel.name, "the negation of isValid"),
    ]
    static let logic: [Builtin] = [
        Builtin("and", [.boolean], variadic: 1...1_000_000, .always(.boolean), missing: .handled, operation: Connective.and.operation,
            "false if an argument is false, otherwise missing if one is missing, otherwise true"),
        Builtin("or", [.boolean], variadic: 1...1_000_000, .always(.boolean), missing: .handled, operation: Connective.or.operation,
            "true if an argument is true, otherwise missing if one is missing, otherwise false"),
        Builtin("not", [.boolean], .always(.boolean), roundsToFloat: true, operation: UnaryKernel<Not>.name, "the opposite"),
    ]
}

enum Not: UnaryOperation {
    static let name = "not"
    @inline(__always) static func apply(_ x: Double) -> Double { x == 0 ? 1 : 0 }
}

/// How conditions are joined.
public enum Connective: String, Sendable {
    case and, or, xor, surrogate

    /// Operands: out, conditions.
    public var operation: String { "boolean." + rawValue }
}

/// Conjunction or disjunction with three values: the deciding value wins over unknown, unknown over the other.
struct JunctionKernel<Decider: DecidingValue>: Kernel {
    static var name: String { Decider.connective.operation }
    let out: Int32
    let arguments: [Int32]

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        arguments = try reader.inputs(.number)
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let count = frame.count
        let decider = Decider.value
        for row in 0..<count { status[row] = 0 }
        var seen: UInt8 = 0
        for argument in arguments {
            let xs = frame.status(argument)
            for row in 0..<count { status[row] |= xs[row] & CellStatus.failed }
        }
        for row in 0..<count { seen |= status[row] }
        if seen == 0 { return joinKnown(frame, out, count) }
        for row in 0..<count { out[row] = 1 - decider }
        for argument in arguments {
            let (x, xs) = (frame.numbers(argument), frame.status(argument))
            for row in 0..<count {
                let isKnown = xs[row] & CellStatus.missing == 0
                let decides = isKnown && (x[row] != 0) == (decider != 0)
                out[row] = decides ? decider : out[row]
            }
        }
        // A decided row needs none of the unknown conditions.
        for row in 0..<count { status[row] = out[row] == decider ? 0 : status[row] }
    }
}

extension JunctionKernel {
    /// Where no condition is unknown; two conditions, which is what most have, take one pass.
    private func joinKnown(_ frame: Frame, _ out: UnsafeMutablePointer<Double>, _ count: Int) {
        let isAnd = Decider.value == 0
        guard arguments.count >= 2 else {
            for row in 0..<count { out[row] = isAnd ? 1 : 0 }
            if let only = arguments.first {
                let x = frame.numbers(only)
                for row in 0..<count { out[row] = x[row] == 0 ? 0 : 1 }
            }
            return
        }
        let (x, y) = (frame.numbers(arguments[0]), frame.numbers(arguments[1]))
        if isAnd {
            for row in 0..<count { out[row] = (x[row] == 0) || (y[row] == 0) ? 0 : 1 }
        } else {
            for row in 0..<count { out[row] = (x[row] == 0) && (y[row] == 0) ? 0 : 1 }
        }
        for argument in arguments.dropFirst(2) {
            let x = frame.numbers(argument)
            if isAnd {
                for row in 0..<count { out[row] = x[row] == 0 ? 0 : out[row] }
            } else {
                for row in 0..<count { out[row] = x[row] == 0 ? out[row] : 1 }
            }
        }
    }
}

protocol DecidingValue: Sendable {
    static var connective: Connective { get }
    static var value: Double { get }
}
enum FalseDecides: DecidingValue {
    static let connective = Connective.and, value = 0.0
}
enum TrueDecides: DecidingValue {
    static let connective = Connective.or, value = 1.0
}

/// True for an odd number of true conditions; unknown if one is.
struct ParityKernel: Kernel {
    static var name: String { Connective.xor.operation }
    let out: Int32
    let arguments: [Int32]

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        arguments = try reader.inputs(.number)
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let count = frame.count
        for row in 0..<count {
            out[row] = 0
            status[row] = 0
        }
        for argument in arguments {
            let (x, xs) = (frame.numbers(argument), frame.status(argument))
            for row in 0..<count {
                out[row] = (out[row] != 0) != (x[row] != 0) ? 1 : 0
                status[row] |= xs[row] & CellStatus.failed
            }
        }
    }
}

/// The first condition that is not unknown.
struct SurrogateKernel: Kernel {
    static var name: String { Connective.surrogate.operation }
    let out: Int32
    let arguments: [Int32]

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        arguments = try reader.inputs(.number)
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let count = frame.count
        for row in 0..<count {
            out[row] = 0
            status[row] = CellStatus.missing
        }
        for argument in arguments {
            let (x, xs) = (frame.numbers(argument), frame.status(argument))
            for row in 0..<count where status[row] == CellStatus.missing {
                out[row] = x[row]
                status[row] = xs[row] & CellStatus.failed
            }
        }
    }
}

/// Whether a cell has a value, and which kind: the four tests for missing and invalid values.
///
/// Operands: out, register, whether validity is asked for (0, 1), whether the answer is negated (0, 1). A failing cell fails.
struct StateKernel: Kernel {
    static let name = "cell.has"
    let out: Int32
    let register: Register
    let mask: UInt8
    let negates: Bool

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        register = try reader.inputOfAnyKind()
        mask = try reader.flag() ? CellStatus.missing | CellStatus.invalid : CellStatus.missing
        negates = try reader.flag()
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let state = frame.status(register.index)
        let yes: Double = negates ? 0 : 1
        for row in 0..<frame.count {
            out[row] = state[row] & mask == 0 ? yes : 1 - yes
            status[row] = (state[row] & CellStatus.failure) | (state[row] & CellStatus.failure) >> 2
        }
    }
}

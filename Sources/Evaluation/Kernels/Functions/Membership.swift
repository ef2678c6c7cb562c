// https://dmg.org/pmml/v4-4-1/BuiltinFunctions.html#isIn

extension Builtins {
    static let membership: [Builtin] = [
        Builtin("isIn", [.any], variadic: 2...1_000_000, .always(.boolean), operation: nil, "whether the first argument equals one of the others"),
        Builtin("isNotIn", [.any], variadic: 2...1_000_000, .always(.boolean), operation: nil, "whether the first argument equals none of the others"),
    ]
}

/// Whether a text is one of a set. Operands: out, text, string codes, negated.
struct TextInSet: Kernel {
    static let name = "text.in"
    let out: Int32, a: Int32
    private let members: Set<Int32>
    let negates: Bool

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        a = try reader.input(.text)
        members = Set(try reader.codes().array)
        negates = try reader.flag()
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let (x, xs) = (frame.codes(a), frame.status(a))
        for row in 0..<frame.count {
            status[row] = xs[row] & CellStatus.failed
            if status[row] == 0 { out[row] = members.contains(x[row]) != negates ? 1 : 0 }
        }
    }
}

/// Whether a number is one of a set. Operands: out, number, numbers, negated.
struct NumberInSet: Kernel {
    static let name = "number.in"
    let out: Int32, a: Int32
    private let members: Set<Double>
    let negates: Bool

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        a = try reader.input(.number)
        members = Set(try reader.numbers().array)
        negates = try reader.flag()
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let (x, xs) = (frame.numbers(a), frame.status(a))
        for row in 0..<frame.count {
            status[row] = xs[row] & CellStatus.failed
            if status[row] == 0 { out[row] = members.contains(x[row]) != negates ? 1 : 0 }
        }
    }
}

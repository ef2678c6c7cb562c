// https://dmg.org/pmml/v4-4-1/BuiltinFunctions.html#if

extension Builtins {
    static let conditional: [Builtin] = [
        Builtin("if", [.boolean, .any, .any], variadic: 2...3, .common, missing: .handled, operation: nil,
            "the second argument where the first is true, the third (or missing) where it is false, missing where it is missing"),
    ]
}

/// Takes each row from one of two columns; what the other holds there does not matter, even a failure.
///
/// Operands: out, condition, then, else. A row without a condition has no value.
struct ChooseNumber: Kernel {
    static let name = "number.if"
    let out: Int32, condition: Int32, yes: Int32, no: Int32

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        condition = try reader.input(.number)
        yes = try reader.input(.number)
        no = try reader.input(.number)
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let (c, cs) = (frame.numbers(condition), frame.status(condition))
        let (x, xs, y, ys) = (frame.numbers(yes), frame.status(yes), frame.numbers(no), frame.status(no))
        for row in 0..<frame.count {
            out[row] = c[row] != 0 ? x[row] : y[row]
            let state = (c[row] != 0 ? xs[row] : ys[row]) & CellStatus.failed
            let unknown = cs[row] & CellStatus.failed
            status[row] = unknown != 0 ? unknown : state
        }
    }
}

/// As ``ChooseNumber``, for texts.
struct ChooseText: Kernel {
    static let name = "text.if"
    let out: Int32, condition: Int32, yes: Int32, no: Int32

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.text)
        condition = try reader.input(.number)
        yes = try reader.input(.text)
        no = try reader.input(.text)
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.codes(out), frame.status(out))
        let (c, cs) = (frame.numbers(condition), frame.status(condition))
        let (x, xs, y, ys) = (frame.codes(yes), frame.status(yes), frame.codes(no), frame.status(no))
        for row in 0..<frame.count {
            out[row] = c[row] != 0 ? x[row] : y[row]
            let state = (c[row] != 0 ? xs[row] : ys[row]) & CellStatus.failed
            let unknown = cs[row] & CellStatus.failed
            status[row] = unknown != 0 ? unknown : state
        }
    }
}

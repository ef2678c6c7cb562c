// mapMissingTo and defaultValue: https://dmg.org/pmml/v4-4-1/Transformations.html#xsdElement_FieldRef

/// A value, or another where it is missing (not where it fails). Operands: out, value, replacement.
struct NumberOrElse: Kernel {
    static let name = "number.orElse"
    let out: Int32, value: Int32, other: Int32

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        value = try reader.input(.number)
        other = try reader.input(.number)
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let (x, xs, y, ys) = (frame.numbers(value), frame.status(value), frame.numbers(other), frame.status(other))
        for row in 0..<frame.count {
            let isMissing = xs[row] & CellStatus.failed == CellStatus.missing
            out[row] = isMissing ? y[row] : x[row]
            status[row] = isMissing ? ys[row] : xs[row]
        }
    }
}

/// As ``NumberOrElse``, for texts.
struct TextOrElse: Kernel {
    static let name = "text.orElse"
    let out: Int32, value: Int32, other: Int32

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.text)
        value = try reader.input(.text)
        other = try reader.input(.text)
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.codes(out), frame.status(out))
        let (x, xs, y, ys) = (frame.codes(value), frame.status(value), frame.codes(other), frame.status(other))
        for row in 0..<frame.count {
            let isMissing = xs[row] & CellStatus.failed == CellStatus.missing
            out[row] = isMissing ? y[row] : x[row]
            status[row] = isMissing ? ys[row] : xs[row]
        }
    }
}

/// Whether any of some cells is missing but none fails. Operands: out, their number, registers of any kind.
struct AnyMissing: Kernel {
    static let name = "cell.anyMissing"
    let out: Int32
    let arguments: [Int32]

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        let count = try reader.int(in: 0...1_000_000)
        var arguments: [Int32] = []
        for _ in 0..<count { arguments.append(try reader.inputOfAnyKind().index) }
        self.arguments = arguments
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let count = frame.count
        for row in 0..<count { status[row] = 0 }
        for argument in arguments {
            let state = frame.status(argument)
            for row in 0..<count { status[row] |= state[row] & CellStatus.failed }
        }
        for row in 0..<count {
            out[row] = status[row] == CellStatus.missing ? 1 : 0
            status[row] = 0
        }
    }
}

/// A column whose failing cells are missing instead: an outer `invalidValueTreatment="asMissing"`. Operands: out, value.
struct ForgiveNumber: Kernel {
    static let name = "number.failureAsMissing"
    let out: Int32, value: Int32

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        value = try reader.input(.number)
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let (x, xs) = (frame.numbers(value), frame.status(value))
        for row in 0..<frame.count {
            out[row] = x[row]
            status[row] = xs[row] & ~CellStatus.failure
        }
    }
}

/// As ``ForgiveNumber``, for texts.
struct ForgiveText: Kernel {
    static let name = "text.failureAsMissing"
    let out: Int32, value: Int32

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.text)
        value = try reader.input(.text)
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.codes(out), frame.status(out))
        let (x, xs) = (frame.codes(value), frame.status(value))
        for row in 0..<frame.count {
            out[row] = x[row]
            status[row] = xs[row] & ~CellStatus.failure
        }
    }
}

/// `condition.both`: 1 where both conditions are true, else 0.
struct BothKernel: Kernel {
    static let name = "condition.both"
    private let out: Int32
    private let a: Int32
    private let b: Int32

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        a = try reader.input(.number)
        b = try reader.input(.number)
    }

    func run(_ frame: Frame) {
        let (out, outStatus) = (frame.numbers(out), frame.status(out))
        let (a, aStatus, b, bStatus) = (frame.numbers(a), frame.status(a), frame.numbers(b), frame.status(b))
        for row in 0..<frame.count {
            let holds = aStatus[row] & CellStatus.missing == 0 && a[row] != 0
            out[row] = holds && bStatus[row] & CellStatus.missing == 0 && b[row] != 0 ? 1 : 0
            // A failure of the second condition matters only where the first holds.
            let failure = (aStatus[row] | (holds ? bStatus[row] : 0)) & CellStatus.failure
            outStatus[row] = failure != 0 ? CellStatus.failed : 0
        }
    }
}

/// `condition.not`: 1 where a condition is not true, else 0.
struct NotTrueKernel: Kernel {
    static let name = "condition.not"
    private let out: Int32
    private let input: Int32

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        input = try reader.input(.number)
    }

    func run(_ frame: Frame) {
        let (out, outStatus) = (frame.numbers(out), frame.status(out))
        let (values, status) = (frame.numbers(input), frame.status(input))
        for row in 0..<frame.count {
            out[row] = status[row] & CellStatus.missing == 0 && values[row] != 0 ? 0 : 1
            outStatus[row] = status[row] & CellStatus.failure != 0 ? CellStatus.failed : 0
        }
    }
}

/// `condition.same`: 1 where two numbers are equal, 0 where they differ or one is missing.
struct SameKernel: Kernel {
    static let name = "condition.same"
    private let out: Int32
    private let a: Int32
    private let b: Int32

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        a = try reader.input(.number)
        b = try reader.input(.number)
    }

    func run(_ frame: Frame) {
        let (out, outStatus) = (frame.numbers(out), frame.status(out))
        let (a, aStatus, b, bStatus) = (frame.numbers(a), frame.status(a), frame.numbers(b), frame.status(b))
        for row in 0..<frame.count {
            let isThere = (aStatus[row] | bStatus[row]) & CellStatus.missing == 0
            out[row] = isThere && a[row] == b[row] ? 1 : 0
            outStatus[row] = (aStatus[row] | bStatus[row]) & CellStatus.failure != 0 ? CellStatus.failed : 0
        }
    }
}

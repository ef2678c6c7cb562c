/// `value.masked`: the value where a condition is true; elsewhere missing.
struct MaskKernel: Kernel {
    static let name = "value.masked"
    private let out: Int32
    private let active: Int32
    private let value: Register

    init(from reader: inout OperandReader) throws(FormatError) {
        let kind = try reader.kindOfNext()
        out = try reader.output(kind)
        active = try reader.input(.number)
        value = Register(index: try reader.input(kind), kind: kind)
    }

    func run(_ frame: Frame) {
        let (condition, conditionStatus) = (frame.numbers(active), frame.status(active))
        let (outStatus, status) = (frame.status(out), frame.status(value.index))
        for row in 0..<frame.count {
            let isActive = conditionStatus[row] & CellStatus.missing == 0 && condition[row] != 0
            outStatus[row] = isActive ? status[row] : CellStatus.missing | conditionStatus[row] & CellStatus.failure
        }
        if value.kind == .number {
            frame.numbers(out).update(from: frame.numbers(value.index), count: frame.count)
        } else {
            frame.codes(out).update(from: frame.codes(value.index), count: frame.count)
        }
        // What lies under a missing cell may be left from another batch: make it harmless.
        if value.kind != .number { for row in 0..<frame.count where outStatus[row] & CellStatus.missing != 0 { frame.codes(out)[row] = 0 } }
    }
}

/// `value.coalesce`: the first value that is not missing.
struct CoalesceKernel: Kernel {
    static let name = "value.coalesce"
    private let out: Int32
    private let kind: RegisterKind
    private let inputs: [Int32]

    init(from reader: inout OperandReader) throws(FormatError) {
        kind = try reader.kindOfNext()
        out = try reader.output(kind)
        inputs = try reader.inputs(kind)
    }

    func run(_ frame: Frame) {
        let outStatus = frame.status(out)
        for row in 0..<frame.count {
            var chosen = inputs.last ?? out
            for register in inputs where frame.status(register)[row] & CellStatus.missing == 0 || frame.status(register)[row] & CellStatus.failure != 0 {
                chosen = register
                break
            }
            outStatus[row] = frame.status(chosen)[row]
            if kind == .number { frame.numbers(out)[row] = frame.numbers(chosen)[row] } else { frame.codes(out)[row] = frame.codes(chosen)[row] }
        }
    }
}

/// `value.present`: 1 where there is a value, 0 where it is missing.
struct PresentKernel: Kernel {
    static let name = "value.present"
    private let out: Int32
    private let input: Int32

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        input = try reader.inputOfAnyKind().index
    }

    func run(_ frame: Frame) {
        let (out, outStatus, status) = (frame.numbers(out), frame.status(out), frame.status(input))
        for row in 0..<frame.count {
            out[row] = status[row] & CellStatus.missing == 0 ? 1 : 0
            outStatus[row] = 0
        }
    }
}

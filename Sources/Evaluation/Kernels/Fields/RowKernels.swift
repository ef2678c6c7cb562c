/// `rows.require`: fails the rows in which a field is unreadable or a failure, whether or not a result depends on it.
struct RequireKernel: EffectKernel {
    static let name = "rows.require"
    private let active: Int32
    private let fields: [(name: String, register: Register)]

    init(from reader: inout OperandReader) throws(FormatError) {
        active = try reader.optionalInput(.number) ?? -1
        var fields: [(name: String, register: Register)] = []
        for _ in 0..<(try reader.int(in: 0...100_000_000)) { fields.append((try reader.string(), try reader.inputOfAnyKind())) }
        self.fields = fields
    }

    func run(_ frame: Frame) {
        for field in fields {
            let status = frame.status(field.register.index)
            var seen: UInt8 = 0
            for row in 0..<frame.count { seen |= status[row] }
            if seen & (CellStatus.failure | CellStatus.invalid) == 0 { continue }
            for row in 0..<frame.count where status[row] & CellStatus.failure != 0 || status[row] == CellStatus.unreadable {
                if active >= 0, frame.status(active)[row] & CellStatus.missing != 0 || frame.numbers(active)[row] == 0 { continue }
                if status[row] == CellStatus.unreadable, field.register.kind == .number {
                    frame.note(row: row, .unreadable(field.name, code: frame.numbers(field.register.index)[row], frame))
                }
                frame.failed[row] = CellStatus.failure
            }
        }
    }
}

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

/// `text.position`: the position of a text in a list, -1 for one that is not in it.
struct TextPositionKernel: Kernel {
    static let name = "text.position"
    private let out: Int32
    private let input: Int32
    private let codes: Slab<Int32>
    private let positions: Slab<Int32>

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        input = try reader.input(.text)
        codes = try reader.codes()
        positions = try reader.integers()
        guard positions.count == codes.count else { throw reader.error("operand-range", "values and positions differ in number") }
    }

    func run(_ frame: Frame) {
        let (values, status) = (frame.codes(input), frame.status(input))
        let (out, outStatus) = (frame.numbers(out), frame.status(out))
        for row in 0..<frame.count {
            outStatus[row] = status[row] & CellStatus.failed
            var (low, high) = (0, codes.count)
            while low < high {
                let middle = (low + high) >> 1
                if codes[middle] < values[row] { low = middle + 1 } else { high = middle }
            }
            out[row] = low < codes.count && codes[low] == values[row] ? Double(positions[low]) : -1
        }
    }
}

/// `number.position`: the position of a number in a list, -1 for one that is not in it.
struct NumberPositionKernel: Kernel {
    static let name = "number.position"
    private let out: Int32
    private let input: Int32
    private let listed: Slab<Double>
    private let positions: Slab<Int32>

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        input = try reader.input(.number)
        listed = try reader.numbers()
        positions = try reader.integers()
        guard positions.count == listed.count else { throw reader.error("operand-range", "values and positions differ in number") }
    }

    func run(_ frame: Frame) {
        let (values, status) = (frame.numbers(input), frame.status(input))
        let (out, outStatus) = (frame.numbers(out), frame.status(out))
        for row in 0..<frame.count {
            outStatus[row] = status[row] & CellStatus.failed
            var (low, high) = (0, listed.count)
            while low < high {
                let middle = (low + high) >> 1
                if listed[middle] < values[row] { low = middle + 1 } else { high = middle }
            }
            out[row] = low < listed.count && listed[low] == values[row] ? Double(positions[low]) : -1
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

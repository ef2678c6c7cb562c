/// `class.highest`: the index of the class whose number has a rank, 1 being the highest; of equal ones the first comes first.
/// Missing if any is missing.
struct HighestKernel: Kernel {
    static let name = "class.highest"
    private let out: Int32
    private let rank: Int
    private let inputs: [Int32]

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        rank = try reader.int(in: 1...1_000_000)
        inputs = try reader.inputs(.number)
        guard !inputs.isEmpty, rank <= inputs.count else { throw reader.error("operand-range", "there are no classes") }
    }

    func run(_ frame: Frame) {
        if rank > 1 { return runRanked(frame) }
        let (out, outStatus) = (frame.numbers(out), frame.status(out))
        if inputs.count == 2 { return runPair(frame, out, outStatus) }
        let best = frame.scratch.numbers(0, frame.count)
        for row in 0..<frame.count {
            out[row] = -1
            best[row] = -.infinity
            outStatus[row] = 0
        }
        for (index, register) in inputs.enumerated() {
            let (values, status) = (frame.numbers(register), frame.status(register))
            for row in 0..<frame.count {
                outStatus[row] |= status[row] & CellStatus.failed
                let isBetter = values[row] > best[row] || out[row] < 0
                best[row] = isBetter ? values[row] : best[row]
                out[row] = isBetter ? Double(index) : out[row]
            }
        }
    }
}

extension HighestKernel {
    private func runPair(_ frame: Frame, _ out: UnsafeMutablePointer<Double>, _ outStatus: UnsafeMutablePointer<UInt8>) {
        let (a, b) = (frame.numbers(inputs[0]), frame.numbers(inputs[1]))
        let (aStatus, bStatus) = (frame.status(inputs[0]), frame.status(inputs[1]))
        for row in 0..<frame.count { out[row] = b[row] > a[row] ? 1 : 0 }
        for row in 0..<frame.count { outStatus[row] = (aStatus[row] | bStatus[row]) & CellStatus.failed }
    }

    /// A class has rank r when r - 1 classes are higher, or equal and earlier.
    private func runRanked(_ frame: Frame) {
        let (out, outStatus) = (frame.numbers(out), frame.status(out))
        let status = commonStatus(inputs, frame)
        var order = [Int](inputs.indices)
        var values = [Double](repeating: 0, count: inputs.count)
        for row in 0..<frame.count {
            outStatus[row] = UInt8(status[row])
            for index in inputs.indices {
                let value = frame.numbers(inputs[index])[row]
                values[index] = value.isNaN ? -.infinity : value
                order[index] = index
            }
            order.sort { values[$0] > values[$1] || (values[$0] == values[$1] && $0 < $1) }
            out[row] = Double(order[rank - 1])
        }
    }
}

/// `class.pick`: the number of the class whose index the row names.
struct PickKernel: Kernel {
    static let name = "class.pick"
    private let out: Int32
    private let index: Int32
    private let inputs: [Int32]

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        index = try reader.input(.number)
        inputs = try reader.inputs(.number)
    }

    func run(_ frame: Frame) {
        let (out, outStatus) = (frame.numbers(out), frame.status(out))
        let (index, status) = (frame.numbers(index), frame.status(index))
        for row in 0..<frame.count {
            let at = index[row]
            if status[row] & CellStatus.missing == 0, at >= 0, at < Double(inputs.count) {
                let register = inputs[Int(at)]
                out[row] = frame.numbers(register)[row]
                outStatus[row] = frame.status(register)[row]
            } else {
                out[row] = 0
                outStatus[row] = CellStatus.missing | status[row] & CellStatus.failure
            }
        }
    }
}

/// `class.share`: each number divided by their sum. Missing if any is missing.
struct ShareKernel: Kernel {
    static let name = "class.share"
    private let outputs: [Int32]
    private let inputs: [Int32]
    private let isFloat: Bool

    init(from reader: inout OperandReader) throws(FormatError) {
        (outputs, inputs, isFloat) = try classes(&reader)
    }

    func run(_ frame: Frame) {
        let sum = frame.scratch.numbers(0, frame.count)
        for row in 0..<frame.count { sum[row] = 0 }
        let status = commonStatus(inputs, frame)
        for register in inputs {
            let values = frame.numbers(register)
            for row in 0..<frame.count { sum[row] = isFloat ? Double(Float(sum[row]) + Float(values[row])) : sum[row] + values[row] }
        }
        for (index, register) in outputs.enumerated() {
            let (out, outStatus, values) = (frame.numbers(register), frame.status(register), frame.numbers(inputs[index]))
            for row in 0..<frame.count {
                out[row] = isFloat ? Double(Float(values[row]) / Float(sum[row])) : values[row] / sum[row]
                // Numbers that add up to nothing have no shares.
                outStatus[row] = UInt8(status[row]) | (sum[row] == 0 || sum[row].isNaN ? CellStatus.missing : 0)
            }
        }
    }
}

/// `class.softmax`: exp(number) divided by the sum of all, computed from differences to the largest so that nothing overflows.
struct SoftmaxKernel: Kernel {
    static let name = "class.softmax"
    private let outputs: [Int32]
    private let inputs: [Int32]
    private let isFloat: Bool

    init(from reader: inout OperandReader) throws(FormatError) {
        (outputs, inputs, isFloat) = try classes(&reader)
    }

    func run(_ frame: Frame) {
        let rows = frame.count
        let largest = frame.scratch.numbers(0, rows * 2)
        let sum = largest + rows
        for row in 0..<rows {
            largest[row] = -.infinity
            sum[row] = 0
        }
        let status = commonStatus(inputs, frame)
        for register in inputs {
            let values = frame.numbers(register)
            for row in 0..<rows { largest[row] = values[row] > largest[row] ? values[row] : largest[row] }
        }
        for (index, register) in outputs.enumerated() {
            let (out, values) = (frame.numbers(register), frame.numbers(inputs[index]))
            for row in 0..<rows { out[row] = values[row] - largest[row] }
            VectorMath.exponential(out, rows)
            if isFloat {
                for row in 0..<rows {
                    let power = Float(out[row])
                    out[row] = Double(power)
                    sum[row] = Double(Float(sum[row]) + power)
                }
            } else {
                for row in 0..<rows { sum[row] += out[row] }
            }
        }
        for register in outputs {
            let (out, outStatus) = (frame.numbers(register), frame.status(register))
            for row in 0..<rows {
                out[row] = isFloat ? Double(Float(out[row]) / Float(sum[row])) : out[row] / sum[row]
                outStatus[row] = UInt8(status[row])
            }
        }
    }
}

/// Operands of the kernels that turn one number per class into another: outputs, then inputs, then whether to compute in binary32.
private func classes(_ reader: inout OperandReader) throws(FormatError) -> ([Int32], [Int32], Bool) {
    let count = try reader.int(in: 1...1_000_000)
    var outputs: [Int32] = []
    for _ in 0..<count { outputs.append(try reader.output(.number)) }
    let inputs = try reader.inputs(.number)
    guard inputs.count == count else { throw reader.error("operand-range", "classes differ in number") }
    return (outputs, inputs, try reader.flag())
}

/// What the inputs' status says together, per row, in scratch memory.
private func commonStatus(_ inputs: [Int32], _ frame: Frame) -> UnsafeMutablePointer<Double> {
    let common = frame.scratch.numbers(1, frame.count)
    for row in 0..<frame.count { common[row] = 0 }
    for register in inputs {
        let status = frame.status(register)
        for row in 0..<frame.count { common[row] = Double(UInt8(common[row]) | status[row] & CellStatus.failed) }
    }
    return common
}

/// `class.highest`: the index of the class with the highest number; the first of equal ones. Missing if any is missing.
struct HighestKernel: Kernel {
    static let name = "class.highest"
    private let out: Int32
    private let inputs: [Int32]

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        inputs = try reader.inputs(.number)
        guard !inputs.isEmpty else { throw reader.error("operand-range", "there are no classes") }
    }

    func run(_ frame: Frame) {
        let (out, outStatus) = (frame.numbers(out), frame.status(out))
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
                outStatus[row] = UInt8(status[row])
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
            for row in 0..<rows {
                let power = CMath.exponential(values[row] - largest[row])
                out[row] = isFloat ? Double(Float(power)) : power
                sum[row] = isFloat ? Double(Float(sum[row]) + Float(power)) : sum[row] + power
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

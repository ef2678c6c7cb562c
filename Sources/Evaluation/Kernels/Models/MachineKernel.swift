// https://dmg.org/pmml/v4-4-1/SupportVectorMachine.html

/// Kernel functions of support vector machines, numbered as the native file stores them.
public enum MachineFunction: Int, Sendable, CaseIterable {
    case linear = 0, polynomial = 1, radialBasis = 2, sigmoid = 3
}

/// A support vector machine: Σ coefficient · K(x, vector) + constant.
public struct Machine: Sendable {
    public var vectors: [Int32]
    public var coefficients: [Double]
    public var constant: Double
    public init(vectors: [Int32], coefficients: [Double], constant: Double) {
        self.vectors = vectors
        self.coefficients = coefficients
        self.constant = constant
    }
}

/// `machine.values`: the values of support vector machines that share their vectors. Missing if any component is missing.
///
/// The kernel function is computed once for every row and vector, eight rows at a time.
struct MachineKernel: Kernel {
    static let name = "machine.values"
    private let outputs: [Int32]
    private let inputs: [Int32]
    private let isFloat: Bool
    private let function: MachineFunction
    private let gamma: Double, coef0: Double, degree: Double
    private let vectors: Slab<Double>
    private let vectorCount: Int
    private let machines: [(vectors: Slab<Int32>, coefficients: Slab<Double>, constant: Double)]

    init(from reader: inout OperandReader) throws(FormatError) {
        let count = try reader.int(in: 1...1_000_000)
        var outputs: [Int32] = []
        for _ in 0..<count { outputs.append(try reader.output(.number)) }
        self.outputs = outputs
        inputs = try reader.inputs(.number)
        isFloat = try reader.flag()
        guard let function = MachineFunction(rawValue: try reader.int(in: 0...100)) else {
            throw reader.error("operand-range", "unknown kernel function")
        }
        self.function = function
        gamma = try reader.number()
        coef0 = try reader.number()
        degree = try reader.number()
        vectors = try reader.numbers()
        vectorCount = try reader.int(in: 0...100_000_000)
        guard vectors.count == vectorCount * inputs.count else { throw reader.error("operand-range", "the vectors do not fit the fields") }
        var machines: [(Slab<Int32>, Slab<Double>, Double)] = []
        for _ in 0..<count {
            let used = try reader.integers()
            let coefficients = try reader.numbers()
            guard used.count == coefficients.count else { throw reader.error("operand-range", "vectors and coefficients differ in number") }
            for index in 0..<used.count where used[index] < 0 || Int(used[index]) >= vectorCount {
                throw reader.error("operand-range", "there is no vector \(used[index])")
            }
            machines.append((used, coefficients, try reader.number()))
        }
        self.machines = machines
    }

    func run(_ frame: Frame) {
        let rows = frame.count
        let lanes = VectorBlock.lanes
        let cells = frame.scratch.numbers(0, max(1, inputs.count) * lanes)
        let values = frame.scratch.numbers(1, max(1, vectorCount) * lanes)
        let status = frame.status(outputs[0])
        for row in 0..<rows { status[row] = 0 }
        for register in inputs {
            let state = frame.status(register)
            for row in 0..<rows { status[row] |= state[row] & CellStatus.failed }
        }
        for register in outputs.dropFirst() {
            let other = frame.status(register)
            for row in 0..<rows { other[row] = status[row] }
        }
        let kernelValues = UnsafeMutableRawPointer(values).assumingMemoryBound(to: VectorBlock.Lanes.self)
        var start = 0
        while start < rows {
            let width = min(lanes, rows - start)
            VectorBlock.load(inputs, frame, start: start, width: width, isFloat: isFloat, into: cells)
            compute(cells, values)
            for (index, machine) in machines.enumerated() {
                var sum = VectorBlock.Lanes(repeating: machine.constant)
                for at in 0..<machine.vectors.count {
                    sum += kernelValues[Int(machine.vectors[at])] * VectorBlock.Lanes(repeating: machine.coefficients[at])
                }
                let column = frame.numbers(outputs[index]) + start
                for lane in 0..<width { column[lane] = isFloat ? Double(Float(sum[lane])) : sum[lane] }
            }
            start &+= lanes
        }
    }

    private func compute(_ cells: UnsafeMutablePointer<Double>, _ values: UnsafeMutablePointer<Double>) {
        let count = vectorCount &* VectorBlock.lanes
        let (gamma, coef0, degree) = (gamma, coef0, degree)
        if function == .radialBasis {
            VectorMath.squaredDistances(cells, vectors.base, nil, vectorCount, inputs.count, values)
            for index in 0..<count { values[index] *= -gamma }
            VectorMath.exponential(values, count)
        } else {
            VectorMath.products(cells, vectors.base, vectorCount, inputs.count, values)
            switch function {
            case .polynomial:
                for index in 0..<count { values[index] = gamma * values[index] + coef0 }
                switch degree {
                case 1: break
                case 2: for index in 0..<count { values[index] *= values[index] }
                case 3: for index in 0..<count { values[index] *= values[index] * values[index] }
                default: for index in 0..<count { values[index] = CMath.power(values[index], degree) }
                }
            case .sigmoid:
                for index in 0..<count { values[index] = gamma * values[index] + coef0 }
                VectorMath.tanh(values, count)
            case .linear, .radialBasis: break
            }
        }
        if isFloat { VectorBlock.narrow(values, count) }
    }
}

/// `machine.votes`: each machine votes for one of two classes; the share of the votes of each class. Missing if any value is.
struct MachineVoteKernel: Kernel {
    static let name = "machine.votes"
    private let outputs: [Int32]
    private let inputs: [Int32]
    private let thresholds: Slab<Double>
    /// The class of a machine's values below its threshold, and of the others.
    private let lower: Slab<Int32>
    private let upper: Slab<Int32>
    /// Whether a value at the threshold counts as below it.
    private let isLowerClosed: Bool

    init(from reader: inout OperandReader) throws(FormatError) {
        let count = try reader.int(in: 1...1_000_000)
        var outputs: [Int32] = []
        for _ in 0..<count { outputs.append(try reader.output(.number)) }
        self.outputs = outputs
        inputs = try reader.inputs(.number)
        thresholds = try reader.numbers()
        lower = try reader.integers()
        upper = try reader.integers()
        isLowerClosed = try reader.flag()
        guard !inputs.isEmpty, thresholds.count == inputs.count, lower.count == inputs.count, upper.count == inputs.count else {
            throw reader.error("operand-range", "machines and votes differ in number")
        }
        for index in 0..<inputs.count
        where lower[index] < 0 || upper[index] < 0 || Int(lower[index]) >= count || Int(upper[index]) >= count {
            throw reader.error("operand-range", "a vote for a class that does not exist")
        }
    }

    func run(_ frame: Frame) {
        let rows = frame.count
        for register in outputs {
            let (votes, status) = (frame.numbers(register), frame.status(register))
            for row in 0..<rows {
                votes[row] = 0
                status[row] = 0
            }
        }
        for (index, register) in inputs.enumerated() {
            let (values, state) = (frame.numbers(register), frame.status(register))
            let (below, above) = (frame.numbers(outputs[Int(lower[index])]), frame.numbers(outputs[Int(upper[index])]))
            let threshold = thresholds[index]
            for row in 0..<rows {
                let isLower = values[row] < threshold || (isLowerClosed && values[row] == threshold)
                below[row] += isLower ? 1 : 0
                above[row] += isLower ? 0 : 1
            }
            for register in outputs {
                let status = frame.status(register)
                for row in 0..<rows { status[row] |= state[row] & CellStatus.failed }
            }
        }
        let count = Double(inputs.count)
        for register in outputs {
            let votes = frame.numbers(register)
            for row in 0..<rows { votes[row] /= count }
        }
    }
}

extension ProgramBuilder {
    /// - Parameter vectors: row by row, as many columns as `inputs`.
    public func machines(
        _ inputs: [Register], _ function: MachineFunction, gamma: Double, coef0: Double, degree: Double, vectors: [Double],
        vectorCount: Int, _ machines: [Machine], isFloat: Bool
    ) -> [Register] {
        emit(MachineKernel.name, machines.map { _ in .number }, countFirst: true) { writer in
            writer.registers(inputs)
            writer.flag(isFloat)
            writer.int(function.rawValue)
            writer.number(gamma)
            writer.number(coef0)
            writer.number(degree)
            writer.numbers(vectors)
            writer.int(vectorCount)
            for machine in machines {
                writer.integers(machine.vectors)
                writer.numbers(machine.coefficients)
                writer.number(machine.constant)
            }
        }
    }

    /// - Parameter isLowerClosed: whether a value that equals the threshold votes for `lower`.
    public func machineVotes(
        _ values: [Register], thresholds: [Double], lower: [Int], upper: [Int], classes: Int, isLowerClosed: Bool
    ) -> [Register] {
        emit(MachineVoteKernel.name, [RegisterKind](repeating: .number, count: classes), countFirst: true) { writer in
            writer.registers(values)
            writer.numbers(thresholds)
            writer.integers(lower.map { Int32(truncatingIfNeeded: $0) })
            writer.integers(upper.map { Int32(truncatingIfNeeded: $0) })
            writer.flag(isLowerClosed)
        }
    }
}

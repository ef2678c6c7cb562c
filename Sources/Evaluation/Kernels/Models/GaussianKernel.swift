// https://dmg.org/pmml/v4-4-1/GaussianProcess.html

/// A Gaussian process: γ · exp(−Σ scaleᵢ · |xᵢ − zᵢ|^exponent) between a row x and each training instance z.
public struct GaussianProcess: Sendable {
    public var gamma: Double
    public var exponent: Double
    /// One per feature.
    public var scales: [Double]
    /// Training instances, row by row.
    public var instances: [Double]
    public init(gamma: Double, exponent: Double, scales: [Double], instances: [Double]) {
        self.gamma = gamma
        self.exponent = exponent
        self.scales = scales
        self.instances = instances
    }

    public func covariance(_ a: ArraySlice<Double>, _ b: ArraySlice<Double>) -> Double {
        var sum = 0.0
        for (scale, (x, z)) in zip(scales, zip(a, b)) {
            let distance = (x - z).magnitude
            sum += scale * (exponent == 1 ? distance : exponent == 2 ? distance * distance : CMath.power(distance, exponent))
        }
        return gamma * CMath.exponential(-sum)
    }
}

/// `gaussian.mean` and `gaussian.deviation`: mean and standard deviation of a Gaussian process. Missing if any feature is missing.
struct GaussianKernel<Task: GaussianTask>: Kernel {
    static var name: String { Task.name }
    private let out: Int32
    private let inputs: [Int32]
    private let isFloat: Bool
    private let gamma: Double, exponent: Double
    private let scales: Slab<Double>
    private let instances: Slab<Double>
    private let count: Int
    /// Weights of the instances; or the Cholesky factor of their covariances, row by row, with reciprocal diagonal.
    private let factors: Slab<Double>

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        inputs = try reader.inputs(.number)
        isFloat = try reader.flag()
        gamma = try reader.number()
        exponent = try reader.number()
        scales = try reader.numbers()
        instances = try reader.numbers()
        count = try reader.int(in: 1...1_000_000)
        factors = try reader.numbers()
        guard !inputs.isEmpty, scales.count == inputs.count, instances.count == inputs.count * count, factors.count == Task.factorCount(count) else {
            throw reader.error("operand-range", "the training instances do not fit the features")
        }
    }

    func run(_ frame: Frame) {
        let rows = frame.count
        let lanes = VectorBlock.lanes
        let cells = frame.scratch.numbers(0, inputs.count * lanes)
        let covariances = frame.scratch.numbers(1, count * lanes)
        let (values, status) = (frame.numbers(out), frame.status(out))
        for row in 0..<rows { status[row] = 0 }
        for register in inputs {
            let state = frame.status(register)
            for row in 0..<rows { status[row] |= state[row] & CellStatus.failed }
        }
        var start = 0
        while start < rows {
            let width = min(lanes, rows - start)
            VectorBlock.load(inputs, frame, start: start, width: width, isFloat: isFloat, into: cells)
            compare(cells, covariances)
            let result = Task.result(
                UnsafeMutableRawPointer(covariances).assumingMemoryBound(to: VectorBlock.Lanes.self), factors.base, count: count, gamma: gamma)
            for lane in 0..<width { values[start &+ lane] = isFloat ? Double(Float(result[lane])) : result[lane] }
            start &+= lanes
        }
    }

    /// Covariances of eight rows with every instance.
    private func compare(_ cells: UnsafeMutablePointer<Double>, _ covariances: UnsafeMutablePointer<Double>) {
        let cellCount = count &* VectorBlock.lanes
        if exponent == 2 {
            VectorMath.squaredDistances(cells, instances.base, scales.base, count, inputs.count, covariances)
            for index in 0..<cellCount { covariances[index] = -covariances[index] }
        } else {
            comparePowers(cells, covariances)
        }
        VectorMath.exponential(covariances, cellCount)
        for index in 0..<cellCount { covariances[index] *= gamma }
    }

    private func comparePowers(_ cells: UnsafeMutablePointer<Double>, _ covariances: UnsafeMutablePointer<Double>) {
        let rows = UnsafeMutableRawPointer(cells).assumingMemoryBound(to: VectorBlock.Lanes.self)
        let target = UnsafeMutableRawPointer(covariances).assumingMemoryBound(to: VectorBlock.Lanes.self)
        let length = inputs.count
        for at in 0..<count {
            let instance = instances.base + at &* length
            var sum = VectorBlock.Lanes.zero
            for index in 0..<length {
                let difference = rows[index] - VectorBlock.Lanes(repeating: instance[index])
                sum -= power(difference) * VectorBlock.Lanes(repeating: scales[index])
            }
            target[at] = sum
        }
    }

    @inline(__always)
    private func power(_ difference: VectorBlock.Lanes) -> VectorBlock.Lanes {
        var result = VectorBlock.Lanes()
        for lane in 0..<VectorBlock.lanes {
            let distance = difference[lane].magnitude
            result[lane] = exponent == 1 ? distance : CMath.power(distance, exponent)
        }
        return result
    }
}

/// What is made of a row's covariances with the training instances.
protocol GaussianTask: Sendable {
    static var name: String { get }
    static func factorCount(_ instances: Int) -> Int
    static func result(
        _ covariances: UnsafeMutablePointer<SIMD8<Double>>, _ factors: UnsafePointer<Double>, count: Int, gamma: Double
    ) -> SIMD8<Double>
}

enum GaussianMean: GaussianTask {
    static let name = "gaussian.mean"
    static func factorCount(_ instances: Int) -> Int { instances }
    static func result(
        _ covariances: UnsafeMutablePointer<SIMD8<Double>>, _ factors: UnsafePointer<Double>, count: Int, gamma: Double
    ) -> SIMD8<Double> {
        var sum = SIMD8<Double>.zero
        for index in 0..<count { sum += covariances[index] * SIMD8(repeating: factors[index]) }
        return sum
    }
}

enum GaussianDeviation: GaussianTask {
    static let name = "gaussian.deviation"
    static func factorCount(_ instances: Int) -> Int { instances * (instances + 1) / 2 }

    /// √(k(x, x) − ‖L⁻¹k‖²): the covariances become L⁻¹k row by row.
    static func result(
        _ covariances: UnsafeMutablePointer<SIMD8<Double>>, _ factors: UnsafePointer<Double>, count: Int, gamma: Double
    ) -> SIMD8<Double> {
        var rest = SIMD8<Double>(repeating: gamma)
        var row = factors
        for index in 0..<count {
            var value = covariances[index]
            for earlier in 0..<index { value -= covariances[earlier] * SIMD8(repeating: row[earlier]) }
            value *= SIMD8(repeating: row[index])
            covariances[index] = value
            rest -= value * value
            row += index &+ 1
        }
        // Rounding can leave a little less than nothing where a row is a training instance.
        rest.replace(with: 0, where: rest .< 0)
        return rest.squareRoot()
    }
}

extension ProgramBuilder {
    public func gaussianMean(_ inputs: [Register], _ process: GaussianProcess, weights: [Double], isFloat: Bool) -> Register {
        gaussian(GaussianMean.name, inputs, process, factors: weights, count: weights.count, isFloat: isFloat)
    }

    /// - Parameter factor: the Cholesky factor's rows (1, 2, 3 … numbers) with the reciprocal diagonal.
    public func gaussianDeviation(_ inputs: [Register], _ process: GaussianProcess, factor: [Double], count: Int, isFloat: Bool) -> Register {
        gaussian(GaussianDeviation.name, inputs, process, factors: factor, count: count, isFloat: isFloat)
    }

    private func gaussian(
        _ name: String, _ inputs: [Register], _ process: GaussianProcess, factors: [Double], count: Int, isFloat: Bool
    ) -> Register {
        emit(name, .number) { writer in
            writer.registers(inputs)
            writer.flag(isFloat)
            writer.number(process.gamma)
            writer.number(process.exponent)
            writer.numbers(process.scales)
            writer.numbers(process.instances)
            writer.int(count)
            writer.numbers(factors)
        }
    }
}

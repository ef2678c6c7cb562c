// https://dmg.org/pmml/v4-4-1/BayesianNetwork.html
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// `network.logDensity`: the logarithm of a density at each row's value. Missing where a parameter is, or is none for such a density.
struct LogDensityKernel: Kernel {
    static let name = "network.logDensity"
    private let out: Int32
    private let value: Int32
    private let distribution: NetworkDistribution
    private let parameters: [Int32]

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        value = try reader.input(.number)
        guard let distribution = NetworkDistribution(rawValue: try reader.int(in: 0...3)) else { throw reader.error("operand-range", "unknown distribution") }
        self.distribution = distribution
        parameters = try reader.inputs(.number)
        guard parameters.count == (distribution == .triangular ? 3 : 2) else { throw reader.error("operand-range", "a distribution lacks parameters") }
    }

    func run(_ frame: Frame) {
        let (out, outStatus) = (frame.numbers(out), frame.status(out))
        let (x, status) = (frame.numbers(value), frame.status(value))
        let (a, b, c) = (frame.numbers(parameters[0]), frame.numbers(parameters[1]), frame.numbers(parameters[parameters.count - 1]))
        for row in 0..<frame.count { outStatus[row] = status[row] & CellStatus.failed }
        for register in parameters {
            let status = frame.status(register)
            for row in 0..<frame.count { outStatus[row] |= status[row] & CellStatus.failed }
        }
        for row in 0..<frame.count where outStatus[row] == 0 {
            let density = switch distribution {
            case .normal: Self.normal(x[row], a[row], b[row])
            case .lognormal: x[row] > 0 ? Self.normal(log(x[row]), a[row], b[row]) - log(x[row]) : b[row] > 0 ? -.infinity : .nan
            case .triangular: Self.triangular(x[row], a[row], b[row], c[row])
            case .uniform: b[row] > a[row] ? (x[row] >= a[row] && x[row] <= b[row] ? -log(b[row] - a[row]) : -.infinity) : .nan
            }
            out[row] = density
            if density.isNaN { outStatus[row] = CellStatus.missing }
        }
    }

    private static func normal(_ x: Double, _ mean: Double, _ variance: Double) -> Double {
        variance > 0 ? -0.5 * log(2 * .pi * variance) - (x - mean) * (x - mean) / (2 * variance) : .nan
    }

    /// The mode follows from the mean, which is the mean of the three corners.
    private static func triangular(_ x: Double, _ mean: Double, _ lower: Double, _ upper: Double) -> Double {
        let mode = 3 * mean - lower - upper
        let slack = 1e-9 * (upper - lower)
        guard upper > lower, mode >= lower - slack, mode <= upper + slack else { return .nan }
        if x < lower || x > upper { return -.infinity }
        if x < mode { return log(2 * (x - lower) / ((upper - lower) * (mode - lower))) }
        if x > mode { return log(2 * (upper - x) / ((upper - lower) * (upper - mode))) }
        return log(2 / (upper - lower))
    }
}

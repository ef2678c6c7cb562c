// https://dmg.org/pmml/v4-4-1/GeneralRegression.html

/// The inverses of link functions, numbered as the native file stores them.
public enum InverseLink: Int, Sendable, CaseIterable {
    case identity = 0, log = 1, logc = 2, logit = 3, probit = 4, cloglog = 5, loglog = 6, cauchit = 7
    /// The parameter is the ancillary parameter of the negative binomial distribution.
    case negbin = 8
    /// The parameter is the exponent.
    case oddspower = 9, power = 10

    @inline(__always)
    func value(_ x: Double, _ parameter: Double) -> Double {
        switch self {
        case .identity: return x
        case .log: return CMath.exponential(x)
        case .logc: return 1 - CMath.exponential(x)
        case .logit: return 1 / (1 + CMath.exponential(-x))
        case .probit: return CMath.normalCDF(x)
        case .cloglog: return 1 - CMath.exponential(-CMath.exponential(x))
        case .loglog: return CMath.exponential(-CMath.exponential(-x))
        case .cauchit: return 0.5 + CMath.arcTangent(x) / .pi
        case .negbin: return 1 / (parameter * (CMath.exponential(-x) - 1))
        case .oddspower:
            if parameter == 0 { return 1 / (1 + CMath.exponential(-x)) }
            return 1 / (1 + CMath.power(1 + parameter * x, -1 / parameter))
        case .power:
            if parameter == 0 { return CMath.exponential(x) }
            return parameter == 1 ? x : CMath.power(x, 1 / parameter)
        }
    }

    /// The derivative of the inverse link.
    @inline(__always)
    func slope(_ x: Double, _ parameter: Double) -> Double {
        switch self {
        case .identity: return 1
        case .log: return CMath.exponential(x)
        case .logc: return -CMath.exponential(x)
        case .logit:
            let share = value(x, 0)
            return share * (1 - share)
        case .probit: return CMath.exponential(-x * x / 2) / (2 * Double.pi).squareRoot()
        case .cloglog: return CMath.exponential(x - CMath.exponential(x))
        case .loglog: return CMath.exponential(-x - CMath.exponential(-x))
        case .cauchit: return 1 / (.pi * (1 + x * x))
        case .negbin:
            let power = CMath.exponential(-x)
            return power / (parameter * (power - 1) * (power - 1))
        case .oddspower:
            if parameter == 0 { return InverseLink.logit.slope(x, 0) }
            let odds = CMath.power(1 + parameter * x, -1 / parameter)
            return CMath.power(1 + parameter * x, -1 / parameter - 1) / ((1 + odds) * (1 + odds))
        case .power:
            if parameter == 0 { return CMath.exponential(x) }
            return parameter == 1 ? 1 : CMath.power(x, 1 / parameter - 1) / parameter
        }
    }
}

/// `link.inverse`: the mean of a linear predictor, or how fast it changes with it.
struct LinkKernel: Kernel {
    static let name = "link.inverse"
    private let out: Int32
    private let input: Int32
    private let link: InverseLink
    private let parameter: Double
    private let isSlope: Bool
    private let isFloat: Bool

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        input = try reader.input(.number)
        guard let link = InverseLink(rawValue: try reader.int(in: 0...100)) else { throw reader.error("operand-range", "unknown link function") }
        self.link = link
        parameter = try reader.number()
        isSlope = try reader.flag()
        isFloat = try reader.flag()
    }

    func run(_ frame: Frame) {
        let (out, outStatus) = (frame.numbers(out), frame.status(out))
        let (values, status) = (frame.numbers(input), frame.status(input))
        if isSlope {
            for row in 0..<frame.count { out[row] = link.slope(values[row], parameter) }
        } else if link == .logit {
            out.update(from: values, count: frame.count)
            VectorMath.logistic(out, frame.count)
        } else if link == .log {
            out.update(from: values, count: frame.count)
            VectorMath.exponential(out, frame.count)
        } else {
            for row in 0..<frame.count { out[row] = link.value(values[row], parameter) }
        }
        for row in 0..<frame.count { outStatus[row] = status[row] & CellStatus.failed }
        if isFloat { for row in 0..<frame.count { out[row] = Double(Float(out[row])) } }
    }
}

/// `quadratic.root`: the square root of Σ mᵢⱼ xᵢ xⱼ, the standard error of a linear predictor.
struct QuadraticKernel: Kernel {
    static let name = "quadratic.root"
    private let out: Int32
    private let inputs: [Int32]
    private let matrix: Slab<Double>

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        inputs = try reader.inputs(.number)
        matrix = try reader.numbers()
        let (size, overflow) = inputs.count.multipliedReportingOverflow(by: inputs.count)
        guard !overflow, matrix.count == size else { throw reader.error("operand-range", "the matrix has another size") }
    }

    func run(_ frame: Frame) {
        let rows = frame.count
        let (out, status) = (frame.numbers(out), frame.status(out))
        for row in 0..<rows {
            out[row] = 0
            status[row] = 0
        }
        for (i, first) in inputs.enumerated() {
            let (x, state) = (frame.numbers(first), frame.status(first))
            for row in 0..<rows { status[row] |= state[row] & CellStatus.failed }
            for (j, second) in inputs.enumerated() {
                let factor = matrix[i * inputs.count + j]
                if factor == 0 { continue }
                let y = frame.numbers(second)
                for row in 0..<rows { out[row] += factor * x[row] * y[row] }
            }
        }
        for row in 0..<rows { out[row] = out[row].squareRoot() }
    }
}

extension ProgramBuilder {
    /// The mean that belongs to a linear predictor.
    public func mean(_ value: Register, _ link: InverseLink, parameter: Double, isFloat: Bool) -> Register {
        emit(LinkKernel.name, .number) {
            $0.register(value)
            $0.int(link.rawValue)
            $0.number(parameter)
            $0.flag(false)
            $0.flag(isFloat)
        }
    }

    /// The derivative of the mean.
    public func slope(_ value: Register, _ link: InverseLink, parameter: Double) -> Register {
        emit(LinkKernel.name, .number) {
            $0.register(value)
            $0.int(link.rawValue)
            $0.number(parameter)
            $0.flag(true)
            $0.flag(false)
        }
    }

    /// - Parameter matrix: as many rows and columns as `values`, row after row.
    public func quadraticRoot(_ values: [Register], matrix: [Double]) -> Register {
        emit(QuadraticKernel.name, .number) {
            $0.registers(values)
            $0.numbers(matrix)
        }
    }
}

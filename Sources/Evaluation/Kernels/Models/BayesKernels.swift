// https://dmg.org/pmml/v4-4-1/NaiveBayes.html
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What an input of a naive Bayes model says about each class.
public enum BayesEvidence: Sendable {
    /// The index of the row's value, and for each value and class the logarithm of the conditional probability, value after value.
    case discrete(Register, logarithms: [Double])
    /// The row's number, for each class its distribution, and the logarithm of the density under which the threshold takes over.
    case continuous(Register, [BayesDensity], least: Double)
}

/// The logarithm of a density, as three numbers.
public enum BayesDensity: Sendable {
    case gaussian(mean: Double, variance: Double)
    case poisson(mean: Double)
    case uniform(lower: Double, upper: Double)
    /// No value is likelier than the threshold.
    case none

    fileprivate var kind: Int32 {
        switch self {
        case .gaussian: 0
        case .poisson: 1
        case .uniform: 2
        case .none: 3
        }
    }

    fileprivate var parameters: [Double] {
        switch self {
        case .gaussian(let mean, let variance): [mean, 1 / (2 * variance), -0.5 * log(2 * .pi * variance)]
        case .poisson(let mean): [mean, log(mean), 0]
        case .uniform(let lower, let upper): [lower, upper, -log(upper - lower)]
        case .none: [0, 0, 0]
        }
    }
}

/// `bayes.likelihood`: the logarithm of each class's likelihood, the sum of what the prior and the inputs that have a value say.
///
/// Logarithms, so that many small probabilities do not vanish. Missing where no class is possible.
struct BayesLikelihoodKernel: Kernel {
    static let name = "bayes.likelihood"
    private let outputs: [Int32]
    private let priors: Slab<Double>
    private let threshold: Double
    private let inputs: [Input]

    private enum Input {
        case discrete(Int32, Slab<Double>)
        case continuous(Int32, Slab<Int32>, Slab<Double>, Double)
    }

    init(from reader: inout OperandReader) throws(FormatError) {
        let classes = try reader.int(in: 1...1_000_000)
        var outputs: [Int32] = []
        for _ in 0..<classes { outputs.append(try reader.output(.number)) }
        self.outputs = outputs
        priors = try reader.numbers()
        threshold = try reader.number()
        var inputs: [Input] = []
        for _ in 0..<(try reader.int(in: 0...10_000_000)) {
            if try reader.flag() {
                let (register, kinds, parameters) = (try reader.input(.number), try reader.integers(), try reader.numbers())
                guard kinds.count == classes, parameters.count == classes * 3 else { throw reader.error("operand-range", "a class has no density") }
                inputs.append(.continuous(register, kinds, parameters, try reader.number()))
            } else {
                let (register, table) = (try reader.input(.number), try reader.numbers())
                guard table.count % classes == 0 else { throw reader.error("operand-range", "a class has no probability") }
                inputs.append(.discrete(register, table))
            }
        }
        guard priors.count == classes else { throw reader.error("operand-range", "a class has no prior") }
        self.inputs = inputs
    }

    func run(_ frame: Frame) {
        let rows = frame.count
        let state = frame.status(outputs[0])
        let best = frame.scratch.numbers(0, rows)
        for row in 0..<rows {
            state[row] = 0
            best[row] = -.infinity
        }
        for input in inputs {
            switch input {
            case .discrete(let register, _), .continuous(let register, _, _, _):
                let status = frame.status(register)
                for row in 0..<rows where status[row] & CellStatus.failure != 0 { state[row] = CellStatus.failed }
            }
        }
        for (index, register) in outputs.enumerated() {
            let sum = frame.numbers(register)
            let prior = priors[index]
            for row in 0..<rows { sum[row] = prior }
            for input in inputs {
                switch input {
                case .discrete(let register, let table): add(table, index, frame.numbers(register), frame.status(register), sum, rows)
                case .continuous(let register, let kinds, let parameters, let least):
                    add(kinds[index], parameters.base + index * 3, least, frame.numbers(register), frame.status(register), sum, rows)
                }
            }
            for row in 0..<rows where sum[row] > best[row] { best[row] = sum[row] }
        }
        for row in 0..<rows where best[row] == -.infinity { state[row] |= CellStatus.missing }
        for register in outputs.dropFirst() {
            let status = frame.status(register)
            for row in 0..<rows { status[row] = state[row] }
        }
    }

    /// A value that the model does not know says the same of every class: nothing.
    private func add(
        _ table: Slab<Double>, _ column: Int, _ values: UnsafeMutablePointer<Double>, _ status: UnsafeMutablePointer<UInt8>,
        _ sum: UnsafeMutablePointer<Double>, _ rows: Int
    ) {
        let classes = outputs.count
        let limit = Double(table.count / classes)
        for row in 0..<rows where status[row] & CellStatus.missing == 0 && values[row] >= 0 && values[row] < limit {
            sum[row] += table[Int(values[row]) * classes + column]
        }
    }

    private func add(
        _ kind: Int32, _ parameters: UnsafePointer<Double>, _ least: Double, _ values: UnsafeMutablePointer<Double>,
        _ status: UnsafeMutablePointer<UInt8>, _ sum: UnsafeMutablePointer<Double>, _ rows: Int
    ) {
        let (a, b, c) = (parameters[0], parameters[1], parameters[2])
        let instead = threshold
        switch kind {
        case 0:
            for row in 0..<rows {
                let distance = values[row] - a
                let density = c - distance * distance * b
                let added = density > least ? density : instead
                sum[row] += status[row] & CellStatus.missing == 0 ? added : 0
            }
        case 1:
            for row in 0..<rows where status[row] & CellStatus.missing == 0 {
                let x = values[row]
                var density = -Double.infinity
                if x >= 0 {
                    var sign: Int32 = 0
                    density = a > 0 ? x * b - a - lgamma_r(x + 1, &sign) : x == 0 ? 0 : density
                }
                sum[row] += density > least ? density : instead
            }
        case 2:
            for row in 0..<rows where status[row] & CellStatus.missing == 0 {
                let density = values[row] >= a && values[row] <= b ? c : -.infinity
                sum[row] += density > least ? density : instead
            }
        default:
            for row in 0..<rows where status[row] & CellStatus.missing == 0 { sum[row] += instead }
        }
    }
}

extension ProgramBuilder {
    /// The logarithm of each class's likelihood.
    ///
    /// - Parameters:
    ///   - priors: logarithms.
    ///   - threshold: the logarithm of what stands in for a density that is too small.
    public func bayesLikelihoods(priors: [Double], threshold: Double, _ inputs: [BayesEvidence]) -> [Register] {
        emit(BayesLikelihoodKernel.name, priors.map { _ in .number }, countFirst: true) { writer in
            writer.numbers(priors)
            writer.number(threshold)
            writer.int(inputs.count)
            for input in inputs {
                switch input {
                case .discrete(let register, let table):
                    writer.flag(false)
                    writer.register(register)
                    writer.numbers(table)
                case .continuous(let register, let densities, let least):
                    writer.flag(true)
                    writer.register(register)
                    writer.integers(densities.map(\.kind))
                    writer.numbers(densities.flatMap(\.parameters))
                    writer.number(least)
                }
            }
        }
    }
}

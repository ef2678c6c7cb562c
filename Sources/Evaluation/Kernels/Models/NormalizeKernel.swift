// https://dmg.org/pmml/v4-4-1/Regression.html

/// The normalisations of one number, numbered as the native file stores them.
public enum Normalization: Int, Sendable, CaseIterable {
    case logit = 0, exp = 1, probit = 2, cloglog = 3, loglog = 4, cauchit = 5

    @inline(__always)
    func apply(_ y: Double) -> Double {
        switch self {
        case .logit: 1 / (1 + CMath.exponential(-y))
        case .exp: CMath.exponential(y)
        case .probit: CMath.normalCDF(y)
        case .cloglog: 1 - CMath.exponential(-CMath.exponential(y))
        case .loglog: CMath.exponential(-CMath.exponential(-y))
        case .cauchit: 0.5 + CMath.arcTangent(y) / .pi
        }
    }
}

/// `number.normalize`: one of the normalisations.
struct NormalizeKernel: Kernel {
    static let name = "number.normalize"
    private let out: Int32
    private let input: Int32
    private let method: Normalization
    private let isFloat: Bool

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        input = try reader.input(.number)
        guard let method = Normalization(rawValue: try reader.int(in: 0...100)) else { throw reader.error("operand-range", "unknown normalisation") }
        self.method = method
        isFloat = try reader.flag()
    }

    func run(_ frame: Frame) {
        let (out, outStatus) = (frame.numbers(out), frame.status(out))
        let (values, status) = (frame.numbers(input), frame.status(input))
        if method == .logit, isFloat {
            // Each step in binary32, as the learners of such models compute it.
            for row in 0..<frame.count { out[row] = Double(1 / (1 + Float(CMath.exponential(-values[row])))) }
        } else if method == .logit {
            out.update(from: values, count: frame.count)
            VectorMath.logistic(out, frame.count)
        } else {
            for row in 0..<frame.count { out[row] = method.apply(values[row]) }
        }
        for row in 0..<frame.count { outStatus[row] = status[row] & CellStatus.failed }
        if isFloat { for row in 0..<frame.count { out[row] = Double(Float(out[row])) } }
    }
}

extension ProgramBuilder {
    public func normalize(_ value: Register, _ method: Normalization, isFloat: Bool) -> Register {
        emit(NormalizeKernel.name, .number) {
            $0.register(value)
            $0.int(method.rawValue)
            $0.flag(isFloat)
        }
    }

    public func softmax(_ values: [Register], isFloat: Bool) -> [Register] { perClass(SoftmaxKernel.name, values, isFloat) }

    public func shares(_ values: [Register], isFloat: Bool) -> [Register] { perClass(ShareKernel.name, values, isFloat) }

    private func perClass(_ name: String, _ values: [Register], _ isFloat: Bool) -> [Register] {
        emit(name, values.map { _ in .number }, countFirst: true) {
            $0.registers(values)
            $0.flag(isFloat)
        }
    }

    /// The index of the value with the given rank, 1 being the highest.
    public func highest(_ values: [Register], rank: Int = 1) -> Register {
        emit(HighestKernel.name, .number) {
            $0.int(rank)
            $0.registers(values)
        }
    }

    /// The value whose index each row names.
    public func pick(_ index: Register, of values: [Register]) -> Register {
        emit(PickKernel.name, .number) {
            $0.register(index)
            $0.registers(values)
        }
    }
}

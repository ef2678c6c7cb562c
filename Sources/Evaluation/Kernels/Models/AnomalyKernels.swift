// https://dmg.org/pmml/v4-4-1/AnomalyDetectionModel.html

/// `anomaly.isolation`: 2^(−path / average path).
struct IsolationKernel: Kernel {
    static let name = "anomaly.isolation"
    private let out: Int32
    private let path: Int32
    private let average: Double

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        path = try reader.input(.number)
        average = try reader.number()
    }

    func run(_ frame: Frame) {
        let (out, outStatus) = (frame.numbers(out), frame.status(out))
        let (path, status) = (frame.numbers(path), frame.status(path))
        for row in 0..<frame.count {
            out[row] = CMath.power(2, -path[row] / average)
            outStatus[row] = status[row] & CellStatus.failed
        }
    }
}

/// `number.ratio`: a number divided by another; missing if either is.
struct RatioKernel: Kernel {
    static let name = "number.ratio"
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
            out[row] = a[row] / b[row]
            outStatus[row] = (aStatus[row] | bStatus[row]) & CellStatus.failed
        }
    }
}

extension ProgramBuilder {
    /// The anomaly score of a mean path length.
    public func isolationScore(_ path: Register, averagePath: Double) -> Register {
        emit(IsolationKernel.name, .number) {
            $0.register(path)
            $0.number(averagePath)
        }
    }

    public func ratio(_ a: Register, _ b: Register) -> Register {
        emit(RatioKernel.name, .number) {
            $0.register(a)
            $0.register(b)
        }
    }
}

/// Logarithms for what is worked out while compiling.
public enum Logarithm {
    public static func natural(_ value: Double) -> Double { CMath.logarithm(value) }
}

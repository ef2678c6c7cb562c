// https://dmg.org/pmml/v4-4-1/Targets.html

/// `target.scale`: min and max, then rescaleFactor, then rescaleConstant, then castInteger.
struct TargetScaleKernel: Kernel {
    static let name = "target.scale"
    private let out: Int32
    private let input: Int32
    private let low: Double
    private let high: Double
    private let factor: Double
    private let constant: Double
    /// 0: none, 1: round, 2: ceiling, 3: floor.
    private let cast: Int
    private let isFloat: Bool

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        input = try reader.input(.number)
        low = try reader.number()
        high = try reader.number()
        factor = try reader.number()
        constant = try reader.number()
        cast = try reader.int(in: 0...3)
        isFloat = try reader.flag()
    }

    func run(_ frame: Frame) {
        let (values, status) = (frame.numbers(input), frame.status(input))
        let (out, outStatus) = (frame.numbers(out), frame.status(out))
        for row in 0..<frame.count {
            outStatus[row] = status[row] & CellStatus.failed
            var value = values[row]
            value = value < low ? low : value > high ? high : value
            if isFloat {
                value = Double(Float(Float(value) * Float(factor)) + Float(constant))
            } else {
                value = value * factor + constant
            }
            switch cast {
            // "round" rounds a half up, as the standard's functions do.
            case 1: value = (value + 0.5).rounded(.down)
            case 2: value = value.rounded(.up)
            case 3: value = value.rounded(.down)
            default: break
            }
            out[row] = value
        }
    }
}

extension ProgramBuilder {
    /// - Parameter cast: 0 for none, 1 to round, 2 for the ceiling, 3 for the floor.
    public func scale(
        _ value: Register, low: Double, high: Double, factor: Double, constant: Double, cast: Int, isFloat: Bool
    ) -> Register {
        emit(TargetScaleKernel.name, .number) {
            $0.register(value)
            $0.number(low)
            $0.number(high)
            $0.number(factor)
            $0.number(constant)
            $0.int(cast)
            $0.flag(isFloat)
        }
    }
}

// https://dmg.org/pmml/v4-4-1/TimeSeriesModel.html

/// The forecasts of a series for the steps 1, 2, 3 … after its last value.
public enum ForecastMethod: Sendable {
    case smoothing(SmoothingForecast)
    case recurrence(RecurrenceForecast)
    case states(StateForecast)

    /// Models whose forecasts go into one another, at most.
    private static let deepest = 8

    /// About how many operations a step takes.
    var cost: Int {
        switch self {
        case .smoothing: 16
        case .recurrence(let recurrence): recurrence.cost
        case .states(let states): states.cost
        }
    }

    init(from reader: inout OperandReader, depth: Int = 0) throws(FormatError) {
        if depth > Self.deepest { throw reader.error("operand-range", "forecasts depend on one another too deeply") }
        switch try reader.int(in: 0...2) {
        case 0: self = .smoothing(try SmoothingForecast(from: &reader))
        case 1: self = .recurrence(try RecurrenceForecast(from: &reader, depth: depth))
        default: self = .states(try StateForecast(from: &reader))
        }
    }

    func write(to writer: inout OperandWriter) {
        switch self {
        case .smoothing(let smoothing):
            writer.int(0)
            smoothing.write(to: &writer)
        case .recurrence(let recurrence):
            writer.int(1)
            recurrence.write(to: &writer)
        case .states(let states):
            writer.int(2)
            states.write(to: &writer)
        }
    }

    func table(_ count: Int) -> ForecastTable {
        switch self {
        case .smoothing(let smoothing): smoothing.table(count)
        case .recurrence(let recurrence): recurrence.table(count)
        case .states(let states): states.table(count)
        }
    }
}

/// What the methods fill: for every step the expected value and the standard deviation of its error.
struct ForecastTable {
    var means: [Double] = []
    var deviations: [Double] = []
}

/// `series.forecast`: for each row, the forecast as many steps ahead as a field says.
///
/// The table of forecasts grows to the farthest step that was asked for and is kept from batch to batch.
struct ForecastKernel: Kernel {
    static let name = "series.forecast"
    /// The farthest step that any model forecasts.
    static let farthest = 1_000_000
    /// About how many operations one table may take.
    private static let effort = 2_000_000_000

    private let mean: Int32
    private let deviation: Int32
    private let horizon: Int32
    private let field: String?
    private let method: ForecastMethod
    private let limit: Int

    init(from reader: inout OperandReader) throws(FormatError) {
        mean = try reader.output(.number)
        deviation = try reader.output(.number)
        horizon = try reader.input(.number)
        field = try reader.optionalString()
        method = try ForecastMethod(from: &reader)
        var limit = max(1, min(Self.farthest, Self.effort / max(1, method.cost)))
        // Variances that change are weighed anew at every step.
        if case .recurrence(let recurrence) = method, recurrence.variancesChange { limit = min(limit, 40_000) }
        self.limit = limit
    }

    private final class Kept {
        var table = ForecastTable()
    }

    func run(_ frame: Frame) {
        let (steps, state) = (frame.numbers(horizon), frame.status(horizon))
        let (means, deviations) = (frame.numbers(mean), frame.numbers(deviation))
        let (meanStatus, deviationStatus) = (frame.status(mean), frame.status(deviation))
        var last = 0
        for row in 0..<frame.count where state[row] & CellStatus.missing == 0 {
            let step = steps[row]
            if step >= 1, step <= Double(limit) { last = max(last, Int(step)) }
        }
        let kept: Kept
        if let known = frame.stateSlots[Int(mean)] as? Kept {
            kept = known
        } else {
            kept = Kept()
            frame.stateSlots[Int(mean)] = kept
        }
        if kept.table.means.count < last {
            // Growing in doubles keeps the work within twice that of the farthest step.
            let count = min(limit, max(last, 2 * kept.table.means.count))
            kept.table = method.table(count)
        }
        kept.table.means.withUnsafeBufferPointer { knownMeans in
            kept.table.deviations.withUnsafeBufferPointer { knownDeviations in
                for row in 0..<frame.count {
                    means[row] = 0
                    deviations[row] = 0
                    var status = state[row] & CellStatus.failed
                    if status & CellStatus.missing == 0 {
                        let step = steps[row]
                        if step >= 1, step <= Double(limit), step == step.rounded(), Int(step) <= knownMeans.count {
                            means[row] = knownMeans[Int(step) - 1]
                            deviations[row] = knownDeviations[Int(step) - 1]
                        } else {
                            status = CellStatus.failed
                            frame.note(row: row, outside(step))
                        }
                    }
                    meanStatus[row] = status | (means[row].isNaN ? CellStatus.missing : 0)
                    deviationStatus[row] = status | (deviations[row].isNaN ? CellStatus.missing : 0)
                }
            }
        }
    }

    private func outside(_ step: Double) -> RowFailure {
        RowFailure(
            id: "invalid-value", field: field, value: NumberPrinting.text(step),
            message: "the number of steps ahead is \(NumberPrinting.text(step)), but must be a whole number from 1 to \(limit)")
    }
}

/// `series.band`: the value that lies so many standard deviations from the expected one, brought back from the model's scale.
struct ForecastBandKernel: Kernel {
    static let name = "series.band"
    private let out: Int32
    private let mean: Int32
    private let deviation: Int32?
    private let factor: Double
    private let transformation: Int

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        mean = try reader.input(.number)
        deviation = try reader.optionalInput(.number)
        factor = try reader.number()
        transformation = try reader.int(in: 0...2)
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let (means, meanStatus) = (frame.numbers(mean), frame.status(mean))
        for row in 0..<frame.count {
            out[row] = means[row]
            status[row] = meanStatus[row] & CellStatus.failed
        }
        if let deviation {
            let (deviations, state) = (frame.numbers(deviation), frame.status(deviation))
            for row in 0..<frame.count {
                out[row] += factor * deviations[row]
                status[row] |= state[row] & CellStatus.failed
            }
        }
        switch transformation {
        case 1: for row in 0..<frame.count { out[row] = CMath.exponential(out[row]) }
        // No square root is negative, so the lower end of a band stops at 0.
        case 2: for row in 0..<frame.count { out[row] = max(0, out[row]) * max(0, out[row]) }
        default: break
        }
    }
}

extension ProgramBuilder {
    /// The expected values and standard deviations of the forecasts; a deviation that the model cannot tell is missing.
    ///
    /// - Parameter field: the name of the field that tells the steps, for messages.
    public func forecast(_ horizon: Register, field: String?, _ method: ForecastMethod) -> (mean: Register, deviation: Register) {
        let found = emit(ForecastKernel.name, [.number, .number]) { writer in
            writer.register(horizon)
            writer.optional(field)
            method.write(to: &writer)
        }
        return (found[0], found[1])
    }

    /// mean + factor · deviation, brought back.
    ///
    /// - Parameter transformation: 0 none, 1 logarithmic, 2 square root.
    public func forecastBand(_ mean: Register, _ deviation: Register?, factor: Double, transformation: Int) -> Register {
        emit(ForecastBandKernel.name, .number) {
            $0.register(mean)
            $0.optional(deviation)
            $0.number(factor)
            $0.int(transformation)
        }
    }
}

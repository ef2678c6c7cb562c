// https://dmg.org/pmml/v4-4-1/BaselineModel.html

/// A density as the file stores it.
public struct Density: Sendable {
    public enum Kind: Int, Sendable { case gaussian = 0, poisson, uniform }
    public var kind: Kind
    /// Mean; lower bound.
    public var a: Double
    /// Variance; upper bound.
    public var b: Double
    public init(kind: Kind, a: Double, b: Double) {
        self.kind = kind
        self.a = a
        self.b = b
    }

    init(from reader: inout OperandReader) throws(FormatError) {
        kind = Kind(rawValue: try reader.int(in: 0...2)) ?? .gaussian
        a = try reader.number()
        b = try reader.number()
    }

    /// The logarithm of the density; −∞ where it is 0.
    @inline(__always)
    func logarithm(_ x: Double) -> Double {
        switch kind {
        case .gaussian: -0.5 * CMath.logarithm(2 * .pi * b) - (x - a) * (x - a) / (2 * b)
        case .poisson: x >= 0 && x == x.rounded() ? x * CMath.logarithm(a) - a - CMath.logGamma(x + 1) : -.infinity
        case .uniform: x >= a && x <= b ? -CMath.logarithm(b - a) : -.infinity
        }
    }
}

/// Whether a row takes part in what a stateful model sees.
@inline(__always)
func isActive(_ active: Int32?, _ row: Int, _ frame: Frame) -> Bool {
    guard let active else { return true }
    return frame.status(active)[row] & CellStatus.missing == 0 && frame.numbers(active)[row] != 0
}

/// `baseline.z`: (x − mean) / deviation; of a window of n events, (mean of x − mean) / (deviation / √n).
///
/// Missing events have no statistic and are not part of any window.
struct ZValueKernel: EffectKernel {
    static let name = "baseline.z"
    private let out: Int32
    private let input: Int32
    private let active: Int32?
    private let mean: Double
    private let deviation: Double
    private let window: Int
    private let isFloat: Bool

    private final class Events {
        var sums = RingSum()
        var count = 0
        var start = 0
    }

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        input = try reader.input(.number)
        active = try reader.optionalInput(.number)
        mean = try reader.number()
        deviation = try reader.number()
        window = try reader.int(in: 1...10_000_000)
        isFloat = try reader.flag()
    }

    func run(_ frame: Frame) {
        let (out, outStatus) = (frame.numbers(out), frame.status(out))
        let (x, status) = (frame.numbers(input), frame.status(input))
        for row in 0..<frame.count {
            outStatus[row] = status[row] & CellStatus.failed
            out[row] = (x[row] - mean) / deviation
        }
        if window > 1 { runWindow(frame, out, outStatus, x) }
        if isFloat { for row in 0..<frame.count { out[row] = Double(Float(out[row])) } }
    }

    private func runWindow(_ frame: Frame, _ out: UnsafeMutablePointer<Double>, _ outStatus: UnsafeMutablePointer<UInt8>, _ x: UnsafeMutablePointer<Double>) {
        let events = state(frame, Int(self.out)) { Events() }
        for row in 0..<frame.count where outStatus[row] == 0 {
            guard isActive(active, row, frame) else { continue }
            events.sums.set(events.start, x[row])
            events.start = (events.start + 1) % window
            if events.count < window { events.count += 1 }
            let n = Double(events.count)
            out[row] = (events.sums.total / n - mean) / (deviation / n.squareRoot())
        }
    }
}

/// What a stateful kernel has kept, or a fresh one.
func state<State: AnyObject>(_ frame: Frame, _ slot: Int, _ make: () -> State) -> State {
    if let kept = frame.stateSlots[slot] as? State { return kept }
    let fresh = make()
    frame.stateSlots[slot] = fresh
    return fresh
}

/// `baseline.cusum`: Z = max(reset, Z + ln f₁(x)/f₀(x)), beginning with Z = 0. Missing events change nothing and have no statistic.
struct CUSUMKernel: EffectKernel {
    static let name = "baseline.cusum"
    private let out: Int32
    private let input: Int32
    private let active: Int32?
    private let before: Density
    private let after: Density
    private let reset: Double
    private let isFloat: Bool

    private final class Sum { var value = 0.0 }

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        input = try reader.input(.number)
        active = try reader.optionalInput(.number)
        before = try Density(from: &reader)
        after = try Density(from: &reader)
        reset = try reader.number()
        isFloat = try reader.flag()
    }

    func run(_ frame: Frame) {
        let sum = state(frame, Int(out)) { Sum() }
        let (out, outStatus) = (frame.numbers(out), frame.status(out))
        let (x, status) = (frame.numbers(input), frame.status(input))
        for row in 0..<frame.count {
            out[row] = 0
            outStatus[row] = status[row] & CellStatus.failed
            if outStatus[row] != 0 || !isActive(active, row, frame) { continue }
            let odds = after.logarithm(x[row]) - before.logarithm(x[row])
            if odds.isNaN {
                // Neither distribution has such events.
                outStatus[row] = CellStatus.missing
                continue
            }
            let next = max(reset, sum.value + odds)
            sum.value = isFloat ? Double(Float(next)) : next
            out[row] = sum.value
        }
    }
}

extension ProgramBuilder {
    public func zValue(_ x: Register, active: Register?, mean: Double, deviation: Double, window: Int, isFloat: Bool) -> Register {
        emit(ZValueKernel.name, .number) {
            $0.register(x)
            $0.optional(active)
            $0.number(mean)
            $0.number(deviation)
            $0.int(window)
            $0.flag(isFloat)
        }
    }

    public func cusum(_ x: Register, active: Register?, before: Density, after: Density, reset: Double, isFloat: Bool) -> Register {
        emit(CUSUMKernel.name, .number) {
            $0.register(x)
            $0.optional(active)
            for density in [before, after] {
                $0.int(density.kind.rawValue)
                $0.number(density.a)
                $0.number(density.b)
            }
            $0.number(reset)
            $0.flag(isFloat)
        }
    }
}

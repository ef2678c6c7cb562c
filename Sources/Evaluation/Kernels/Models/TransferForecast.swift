// https://dmg.org/pmml/v4-4-1/TimeSeriesModel.html#xsdElement_DynamicRegressor

/// What a regressor adds to a series: vₜ = Σ nᵢ xₜ₋ᵢ + Σ dₖ vₜ₋ₖ.
public struct TransferForecast: Sendable {
    /// Where the regressor's values to come are from.
    public indirect enum Future: Sendable {
        /// The last known one goes on.
        case constant
        /// These, and none that is known after them.
        case stored([Double])
        /// Forecasts, brought back from the scale of their own model: 0 none, 1 logarithmic, 2 square root.
        case forecast(ForecastMethod, transformation: Int)
        /// Nothing: what they add is added elsewhere.
        case none
    }
    /// Coefficients of the values 0, 1, 2 … steps before; delay and differences are in them.
    public var numerator: [Double]
    /// Coefficients of v 1, 2, … steps before.
    public var denominator: [Double]
    /// The last values on the regressor's scale, the latest last.
    public var history: [Double]
    /// The last v, the latest last.
    public var past: [Double]
    public var future: Future
    /// What is done to values to come: 0 nothing, 1 the logarithm, 2 the square root.
    public var transformation: Int

    public init(numerator: [Double], denominator: [Double], history: [Double], past: [Double], future: Future, transformation: Int) {
        self.numerator = numerator
        self.denominator = denominator
        self.history = history
        self.past = past
        self.future = future
        self.transformation = transformation
    }

    var cost: Int {
        let own = 4 * (numerator.count + denominator.count + 4)
        if case .forecast(let method, _) = future { return own + method.cost }
        return own
    }

    init(from reader: inout OperandReader, depth: Int) throws(FormatError) {
        numerator = try reader.numbers().array
        denominator = try reader.numbers().array
        history = try reader.numbers().array
        past = try reader.numbers().array
        transformation = try reader.int(in: 0...2)
        switch try reader.int(in: 0...3) {
        case 0: future = .constant
        case 1: future = .stored(try reader.numbers().array)
        case 2:
            let scale = try reader.int(in: 0...2)
            future = .forecast(try ForecastMethod(from: &reader, depth: depth + 1), transformation: scale)
        default: future = .none
        }
        guard !numerator.isEmpty, history.count + 1 >= numerator.count, past.count >= denominator.count else {
            throw reader.error("operand-range", "a regressor has fewer values than coefficients")
        }
    }

    func write(to writer: inout OperandWriter) {
        writer.numbers(numerator)
        writer.numbers(denominator)
        writer.numbers(history)
        writer.numbers(past)
        writer.int(transformation)
        switch future {
        case .constant: writer.int(0)
        case .stored(let values):
            writer.int(1)
            writer.numbers(values)
        case .forecast(let method, let scale):
            writer.int(2)
            writer.int(scale)
            method.write(to: &writer)
        case .none: writer.int(3)
        }
    }

    /// v at the steps 1 … `count`; NaN from where the regressor is not known.
    func values(_ count: Int) -> [Double] {
        var x = history
        switch future {
        case .constant: x += [Double](repeating: history.last ?? .nan, count: count)
        case .none: x += [Double](repeating: 0, count: count)
        case .stored(let values):
            x += values.prefix(count).map(transformed)
            x += [Double](repeating: .nan, count: max(0, count - values.count))
        case .forecast(let method, let scale):
            x += method.table(count).means.map { transformed(scale == 1 ? CMath.exponential($0) : scale == 2 ? max(0, $0) * max(0, $0) : $0) }
        }
        var v = past
        for step in 0..<count {
            var value = 0.0
            let at = history.count + step
            for (lag, coefficient) in numerator.enumerated() where coefficient != 0 { value += coefficient * x[at - lag] }
            for (lag, coefficient) in denominator.enumerated() where coefficient != 0 { value += coefficient * v[v.count - 1 - lag] }
            v.append(value)
        }
        return Array(v[past.count...])
    }

    private func transformed(_ value: Double) -> Double {
        switch transformation {
        case 1: value > 0 ? CMath.logarithm(value) : .nan
        case 2: value >= 0 ? value.squareRoot() : .nan
        default: value
        }
    }
}

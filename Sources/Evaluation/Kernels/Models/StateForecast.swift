// https://dmg.org/pmml/v4-4-1/TimeSeriesModel.html#xsdElement_StateSpaceModel

/// Forecasts z·xₕ + d from a state that moves as xₕ₊₁ = T·xₕ + c.
public struct StateForecast: Sendable {
    /// A square matrix by its rows' entries that are not 0.
    public struct Sparse: Sendable {
        /// Where each row's entries begin, and the end.
        var starts: [Int32]
        var columns: [Int32]
        var values: [Double]

        public init(size: Int, values dense: [Double]) {
            starts = [0]
            columns = []
            values = []
            for row in 0..<size {
                for column in 0..<size where row * size + column < dense.count && dense[row * size + column] != 0 {
                    columns.append(Int32(truncatingIfNeeded: column))
                    values.append(dense[row * size + column])
                }
                starts.append(Int32(truncatingIfNeeded: columns.count))
            }
        }

        init(from reader: inout OperandReader, size: Int) throws(FormatError) {
            starts = try reader.integers().array
            columns = try reader.integers().array
            values = try reader.numbers().array
            guard starts.count == size + 1, starts.first == 0, Int(starts[size]) == columns.count, columns.count == values.count,
                zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 }), columns.allSatisfy({ $0 >= 0 && $0 < size })
            else { throw reader.error("operand-range", "a matrix's rows are out of order") }
        }

        func write(to writer: inout OperandWriter) {
            writer.integers(starts)
            writer.integers(columns)
            writer.numbers(values)
        }

        /// The matrix times a column.
        func times(_ vector: [Double], plus start: [Double]) -> [Double] {
            var result = start
            for row in result.indices {
                var sum = 0.0
                for at in Int(starts[row])..<Int(starts[row + 1]) { sum += values[at] * vector[Int(columns[at])] }
                result[row] += sum
            }
            return result
        }

        /// A row times the matrix.
        func applied(to vector: [Double]) -> [Double] {
            var result = [Double](repeating: 0, count: vector.count)
            for row in vector.indices where vector[row] != 0 {
                for at in Int(starts[row])..<Int(starts[row + 1]) { result[Int(columns[at])] += vector[row] * values[at] }
            }
            return result
        }

        /// vector · matrix · vectorᵀ
        func form(_ vector: [Double]) -> Double {
            var sum = 0.0
            for row in vector.indices where vector[row] != 0 {
                var part = 0.0
                for at in Int(starts[row])..<Int(starts[row + 1]) { part += values[at] * vector[Int(columns[at])] }
                sum += vector[row] * part
            }
            return sum
        }
    }

    /// The state of step 1.
    public var state: [Double]
    public var transition: Sparse
    public var stateIntercept: [Double]
    public var measurement: [Double]
    public var intercept: Double
    /// Covariance of the state of step 1, of the noise of each further step, and variance of the measurement; nil where unknown.
    public var errors: (state: Sparse, noise: Sparse, observation: Double)?
    /// Standard deviations of the steps 1, 2, …, where they are told and not to be worked out.
    public var knownDeviations: [Double] = []

    public init(
        state: [Double], transition: Sparse, stateIntercept: [Double], measurement: [Double], intercept: Double,
        errors: (state: Sparse, noise: Sparse, observation: Double)?
    ) {
        self.state = state
        self.transition = transition
        self.stateIntercept = stateIntercept
        self.measurement = measurement
        self.intercept = intercept
        self.errors = errors
    }

    /// About how many operations a step takes.
    var cost: Int {
        4 * (4 * state.count + 2 * transition.values.count + (errors.map { $0.state.values.count + $0.noise.values.count } ?? 0))
    }

    init(from reader: inout OperandReader) throws(FormatError) {
        state = try reader.numbers().array
        transition = try Sparse(from: &reader, size: state.count)
        stateIntercept = try reader.numbers().array
        measurement = try reader.numbers().array
        intercept = try reader.number()
        if try reader.flag() {
            let first = try Sparse(from: &reader, size: state.count)
            let noise = try Sparse(from: &reader, size: state.count)
            errors = (first, noise, try reader.number())
        }
        knownDeviations = try reader.numbers().array
        guard stateIntercept.count == state.count, measurement.count == state.count else {
            throw reader.error("operand-range", "a vector's length is not the state's")
        }
    }

    func write(to writer: inout OperandWriter) {
        writer.numbers(state)
        transition.write(to: &writer)
        writer.numbers(stateIntercept)
        writer.numbers(measurement)
        writer.number(intercept)
        writer.flag(errors != nil)
        if let errors {
            errors.state.write(to: &writer)
            errors.noise.write(to: &writer)
            writer.number(errors.observation)
        }
        writer.numbers(knownDeviations)
    }

    func table(_ count: Int) -> ForecastTable {
        var table = ForecastTable()
        table.means.reserveCapacity(count)
        table.deviations.reserveCapacity(count)
        var current = state
        // z·Tʰ⁻¹: what step h measures of the state of step 1.
        var seen = measurement
        var noise = 0.0
        for step in 0..<count {
            var mean = intercept
            for place in current.indices { mean += measurement[place] * current[place] }
            table.means.append(mean)
            current = transition.times(current, plus: stateIntercept)
            guard let errors else {
                table.deviations.append(step < knownDeviations.count ? knownDeviations[step] : .nan)
                continue
            }
            // Rounding may leave a variance of nothing just under 0.
            table.deviations.append(max(0, errors.state.form(seen) + noise + errors.observation).squareRoot())
            noise += errors.noise.form(seen)
            seen = transition.applied(to: seen)
        }
        return table
    }
}

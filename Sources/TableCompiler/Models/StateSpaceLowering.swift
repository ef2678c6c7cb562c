// https://dmg.org/pmml/v4-4-1/TimeSeriesModel.html#xsdElement_StateSpaceModel

import Evaluation
import ModelTree

extension StateSpaceModel {
    private static let mostStates = 2_000

    /// The forecasts of one row of the measurement matrix.
    /// - Parameter target: whose row it is.
    func forecast(_ row: Int, of target: String?) throws(CompileError) -> StateForecast {
        let size = state.count
        guard let transition, let measurement, row < measurement.rows, measurement.columns == size else {
            throw CompileError("time-series", "StateSpaceModel has no matrix that fits its state", at: location)
        }
        if size > Self.mostStates { throw CompileError("time-series", "StateSpaceModel has more than \(Self.mostStates) states", at: location) }
        let sparse = StateForecast.Sparse(size: size, values: transition.values)
        var result = StateForecast(
            state: state, transition: sparse,
            stateIntercept: interceptIsObserved || interceptVector.isEmpty ? [Double](repeating: 0, count: size) : interceptVector,
            measurement: Array(measurement.values[row * size..<(row + 1) * size]),
            intercept: intercept + (interceptIsObserved && row < interceptVector.count ? interceptVector[row] : 0), errors: nil)
        if stateCovariance != nil || noiseCovariance != nil || observationVariance != nil {
            let zeros = Matrix(rows: size, columns: size, values: [Double](repeating: 0, count: size * size))
            let noise = noiseCovariance ?? zeros
            let factor = variance ?? 1
            let first = firstCovariance(stateCovariance ?? zeros, noise, transition)
            result.errors = (
                StateForecast.Sparse(size: size, values: first.map { $0 * factor }),
                StateForecast.Sparse(size: size, values: noise.values.map { $0 * factor }),
                factor * (observationVariance?[row, row] ?? 0)
            )
        } else if let psi = psi.first(where: { $0.targetField == nil || $0.targetField == target }), let first = psi.weights.first {
            // An error counts wholly at its own step, whether or not the list says so.
            let weights = first == 1 ? psi.weights : [1] + psi.weights
            var sum = 0.0
            result.knownDeviations = weights.map { weight in
                sum += weight * weight
                return (sum * (psi.variance ?? variance ?? .nan)).squareRoot()
            }
        }
        return result
    }

    /// The covariance of the state of the first step.
    ///
    /// A predicted covariance includes the noise of its step. One that is smaller than the noise cannot be a prediction: it is
    /// that of the last known step, as R's exporter writes it, and is taken a step ahead.
    private func firstCovariance(_ given: Matrix, _ noise: Matrix, _ transition: Matrix) -> [Double] {
        let size = state.count
        let isPredicted = (0..<size).allSatisfy { place in
            (given[place, place] ?? 0) >= (noise[place, place] ?? 0) * (1 - 1e-9)
        }
        if isPredicted { return given.values }
        // T·P, then (T·P)·Tᵀ, over the entries of T that are not 0.
        var half = [Double](repeating: 0, count: size * size)
        var result = noise.values
        for row in 0..<size {
            for inner in 0..<size {
                let factor = transition.values[row * size + inner]
                if factor == 0 { continue }
                for column in 0..<size { half[row * size + column] += factor * given.values[inner * size + column] }
            }
        }
        for column in 0..<size {
            for inner in 0..<size {
                let factor = transition.values[column * size + inner]
                if factor == 0 { continue }
                for row in 0..<size { result[row * size + column] += factor * half[row * size + inner] }
            }
        }
        return result
    }
}

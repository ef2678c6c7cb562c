// https://dmg.org/pmml/v4-4-1/TimeSeriesModel.html#xsdElement_MaximumLikelihoodStat

/// The exact forecast of a stationary process from a finite series, by the Kalman filter that starts from the process's own variance.
///
/// State i is what the past adds to the value i steps ahead that no forecast in between tells.
struct ExactFilter {
    /// So that a document cannot ask for hours of work.
    static let mostStates = 200

    private let size: Int
    /// φ₁, φ₂, …
    private let phi: [Double]
    /// 1, θ₁, θ₂, …
    private let theta: [Double]

    /// - Parameters:
    ///   - ar: 1 − φ₁B − …
    ///   - ma: 1 + θ₁B + …
    init(ar: [Double], ma: [Double]) {
        size = max(ar.count - 1, ma.count)
        phi = ar.dropFirst().map { -$0 } + [Double](repeating: 0, count: size - (ar.count - 1))
        theta = ma + [Double](repeating: 0, count: size - ma.count)
    }

    /// What past errors add at the steps to come; nil when the process has no variance of its own, or too many states.
    ///
    /// - Parameter values: the series, differenced and without its mean.
    func additions(_ values: [Double]) -> [Double]? {
        guard size <= Self.mostStates, values.count * size * size <= 4_000_000_000, let start = stationaryCovariance() else { return nil }
        var covariance = start
        var state = [Double](repeating: 0, count: size)
        for value in values {
            let variance = covariance[0]
            if variance > 0 {
                let error = value - state[0]
                let gain = (0..<size).map { covariance[$0 * size] / variance }
                let first = Array(covariance[0..<size])
                for row in 0..<size {
                    state[row] += gain[row] * error
                    for column in 0..<size { covariance[row * size + column] -= gain[row] * first[column] }
                }
            }
            state = moved(state)
            covariance = movedCovariance(covariance)
        }
        return (0..<size).map { step in
            var sum = state[step]
            for lag in step..<size where phi[lag] != 0 && lag - step < values.count { sum -= phi[lag] * values[values.count - 1 - (lag - step)] }
            return sum
        }
    }

    private func moved(_ state: [Double]) -> [Double] {
        (0..<size).map { row in phi[row] * state[0] + (row + 1 < size ? state[row + 1] : 0) }
    }

    /// T·P·Tᵀ + θθᵀ, T having φ in its first column and ones above its diagonal.
    private func movedCovariance(_ covariance: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: size * size)
        for row in 0..<size {
            for column in 0..<size {
                var sum = phi[row] * phi[column] * covariance[0] + theta[row] * theta[column]
                if row + 1 < size { sum += phi[column] * covariance[(row + 1) * size] }
                if column + 1 < size { sum += phi[row] * covariance[column + 1] }
                if row + 1 < size, column + 1 < size { sum += covariance[(row + 1) * size + column + 1] }
                result[row * size + column] = sum
            }
        }
        return result
    }

    /// P = T·P·Tᵀ + θθᵀ, by doubling: each round takes as many steps again as all before it.
    private func stationaryCovariance() -> [Double]? {
        var power = [Double](repeating: 0, count: size * size)
        for row in 0..<size {
            power[row * size] = phi[row]
            if row + 1 < size { power[row * size + row + 1] += 1 }
        }
        var sum = (0..<size * size).map { theta[$0 / size] * theta[$0 % size] }
        for _ in 0..<64 {
            let added = product(product(power, sum), transposed(power))
            var largest = 0.0
            var change = 0.0
            for index in sum.indices {
                sum[index] += added[index]
                largest = max(largest, abs(sum[index]))
                change = max(change, abs(added[index]))
            }
            guard largest.isFinite, largest < 1e150 else { return nil }
            if change <= 1e-17 * largest { return sum }
            power = product(power, power)
        }
        return nil
    }

    private func product(_ a: [Double], _ b: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: size * size)
        for row in 0..<size {
            for inner in 0..<size where a[row * size + inner] != 0 {
                let factor = a[row * size + inner]
                for column in 0..<size { result[row * size + column] += factor * b[inner * size + column] }
            }
        }
        return result
    }

    private func transposed(_ a: [Double]) -> [Double] { (0..<size * size).map { a[$0 % size * size + $0 / size] } }
}

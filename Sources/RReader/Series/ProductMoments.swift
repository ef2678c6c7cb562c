import ModelTree

/// Means and variances of forecasts that are a product: a level, perhaps with a slope, times a season, both moved by the same error.
///
/// Level and slope move as x′ = (F₁ + G₁ε)·x, the seasons as z′ = (F₂ + G₂ε)·z, and what is seen is (h₁·x)(h₂·z)(1 + ε). So x ⊗ z moves as
/// (A + Bε + Cε²)·w, and its first two moments follow from those of a normal ε.
struct ProductMoments {
    private struct Entry {
        var row: Int
        var column: Int
        var value: Double
    }
    private let size: Int
    private let plain: [Entry]
    private let once: [Entry]
    private let twice: [Entry]
    private let seen: [Double]
    private let start: [Double]
    private let variance: Double

    /// - Parameters:
    ///   - level: the level, or level and slope.
    ///   - seasons: of the steps 1, 2, …
    /// - Returns: nil for a season of more than 60 steps.
    init?(level: [Double], phi: Double, seasons: [Double], alpha: Double, beta: Double, gamma: Double, variance: Double) {
        let period = seasons.count
        guard (1...60).contains(period), (1...2).contains(level.count) else { return nil }
        // What the next step sees of level and slope, how they go on, and how an error moves them.
        // The next step sees the whole slope: forecast damps it from the second on.
        let h1 = level.count == 1 ? [1.0] : [1, 1]
        let f1 = level.count == 1 ? [[1.0]] : [[1, 1], [0, phi]]
        let g1 = level.count == 1 ? [[alpha]] : [[alpha, alpha], [beta, beta]]
        size = level.count * period
        // Of the seasons, the next one is the first; used, it goes to the end.
        func product(_ first: [[Double]], _ second: [Entry]) -> [Entry] {
            var entries: [Entry] = []
            for (row, values) in first.enumerated() {
                for (column, value) in values.enumerated() where value != 0 {
                    entries += second.map { Entry(row: row * period + $0.row, column: column * period + $0.column, value: value * $0.value) }
                }
            }
            return entries
        }
        let f2 = (0..<period).map { Entry(row: $0, column: ($0 + 1) % period, value: 1) }
        let g2 = [Entry(row: period - 1, column: 0, value: gamma)]
        plain = product(f1, f2)
        once = product(f1, g2) + product(g1, f2)
        twice = product(g1, g2)
        start = level.flatMap { value in seasons.map { value * $0 } }
        seen = h1.flatMap { value in (0..<period).map { $0 == 0 ? value : 0 } }
        self.variance = variance
    }

    /// The means, as A + variance · C moves them.
    var means: StateSpaceModel {
        var transition = [Double](repeating: 0, count: size * size)
        for entry in plain { transition[entry.row * size + entry.column] += entry.value }
        for entry in twice { transition[entry.row * size + entry.column] += variance * entry.value }
        return StateSpaceModel(
            variance: variance, state: start, transition: Matrix(rows: size, columns: size, values: transition),
            measurement: Matrix(rows: 1, columns: size, values: seen))
    }

    /// Standard deviations of the forecasts of so many steps.
    func deviations(_ count: Int) -> [Double] {
        var mean = start
        var square = start.map { value in start.map { value * $0 } }
        var deviations: [Double] = []
        for _ in 0..<count {
            let expected = zip(seen, mean).reduce(0) { $0 + $1.0 * $1.1 }
            var second = 0.0
            for row in 0..<size where seen[row] != 0 {
                for column in 0..<size where seen[column] != 0 { second += seen[row] * square[row][column] * seen[column] }
            }
            deviations.append(max(0, (1 + variance) * second - expected * expected).squareRoot())
            var next = [Double](repeating: 0, count: size)
            for entry in plain { next[entry.row] += entry.value * mean[entry.column] }
            for entry in twice { next[entry.row] += variance * entry.value * mean[entry.column] }
            mean = next
            var moved = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
            func add(_ left: [Entry], _ right: [Entry], _ factor: Double) {
                for a in left { for b in right { moved[a.row][b.row] += factor * a.value * b.value * square[a.column][b.column] } }
            }
            add(plain, plain, 1)
            add(once, once, variance)
            add(plain, twice, variance)
            add(twice, plain, variance)
            add(twice, twice, 3 * variance * variance)
            square = moved
        }
        return deviations
    }
}

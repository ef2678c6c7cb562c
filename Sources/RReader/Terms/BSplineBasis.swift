/// The B-splines over a sequence of knots, as R's `splines` package has them.
struct BSplineBasis {
    private let boundary: (Double, Double)
    private let degree: Int
    /// One function per spline; beyond the boundary the outermost polynomials go on.
    let columns: [PiecewisePolynomial]

    init(knots: [Double], boundary: (Double, Double), degree: Int) {
        self.boundary = boundary
        self.degree = degree
        let order = degree + 1
        let all = [Double](repeating: boundary.0, count: order) + knots + [Double](repeating: boundary.1, count: order)
        let count = all.count - order
        // Intervals that are not empty.
        let spans = (degree..<count).filter { all[$0] < all[$0 + 1] }
        var pieces = [[PiecewisePolynomial.Piece]](repeating: [], count: count)
        for span in spans {
            let origin = all[span]
            var level: [Int: [Double]] = [span: [1]]
            for k in 2..<max(2, order + 1) where order > 1 {
                var next: [Int: [Double]] = [:]
                for i in max(0, span - k + 1)...span {
                    var sum = [Double](repeating: 0, count: k)
                    if let lower = level[i], all[i + k - 1] > all[i] {
                        BSplineBasis.add(lower, timesSlope: 1 / (all[i + k - 1] - all[i]), constant: (origin - all[i]) / (all[i + k - 1] - all[i]), to: &sum)
                    }
                    if let upper = level[i + 1], all[i + k] > all[i + 1] {
                        BSplineBasis.add(upper, timesSlope: -1 / (all[i + k] - all[i + 1]), constant: (all[i + k] - origin) / (all[i + k] - all[i + 1]), to: &sum)
                    }
                    next[i] = sum
                }
                level = next
            }
            for i in 0..<count {
                pieces[i].append(.init(origin: origin, coefficients: level[i] ?? [Double](repeating: 0, count: order)))
            }
        }
        let breaks = spans.dropFirst().map { all[$0] }
        columns = pieces.map { PiecewisePolynomial(breaks: breaks, pieces: $0) }
    }

    /// Adds polynomial · (slope · t + constant).
    private static func add(_ polynomial: [Double], timesSlope slope: Double, constant: Double, to sum: inout [Double]) {
        for (power, coefficient) in polynomial.enumerated() {
            sum[power] += coefficient * constant
            sum[power + 1] += coefficient * slope
        }
    }

    /// Natural splines: combinations whose second derivative is 0 at the boundary, and which are straight beyond it.
    func natural(hasIntercept: Bool) -> [PiecewisePolynomial] {
        let (low, high) = boundary
        var functions = columns.map { function -> PiecewisePolynomial in
            guard let first = function.pieces.first, let last = function.pieces.last else { return function }
            func line(_ piece: PiecewisePolynomial.Piece, _ at: Double) -> PiecewisePolynomial.Piece {
                .init(origin: at, coefficients: [piece.derivative(0, at: at), piece.derivative(1, at: at), 0, 0])
            }
            return PiecewisePolynomial(breaks: [low] + function.breaks + [high], pieces: [line(first, low)] + function.pieces + [line(last, high)])
        }
        // Only three splines bend at either end. What rounding leaves of the others would turn signs around.
        var bends = columns.enumerated().map { index, function in
            [
                index < 3 ? function.pieces[0].derivative(2, at: low) : 0,
                index >= columns.count - 3 ? function.pieces[function.pieces.count - 1].derivative(2, at: high) : 0,
            ]
        }
        if !hasIntercept {
            functions.removeFirst()
            bends.removeFirst()
        }
        let reflection = HouseholderQR(bends, columns: 2)
        // Column i of Qᵀ holds what spline i gives to each combination.
        let weights = functions.indices.map { index -> [Double] in
            var unit = [Double](repeating: 0, count: functions.count)
            unit[index] = 1
            return reflection.transposedProduct(unit)
        }
        return (2..<functions.count).map { row in PiecewisePolynomial.combination(functions, weights.map { $0[row] }) }
    }
}

/// The orthogonal part of a QR decomposition, with LINPACK's choice of signs, which is R's.
struct HouseholderQR {
    private var reflections: [[Double]] = []

    /// - Parameter rows: the matrix, of full rank.
    init(_ rows: [[Double]], columns: Int) {
        var a = rows
        for column in 0..<min(columns, max(0, rows.count - 1)) {
            var norm = (column..<rows.count).reduce(0) { $0 + a[$1][column] * a[$1][column] }.squareRoot()
            if norm == 0 {
                reflections.append([])
                continue
            }
            if a[column][column] < 0 { norm = -norm }
            var vector = [Double](repeating: 0, count: rows.count)
            for row in column..<rows.count { vector[row] = a[row][column] / norm }
            vector[column] += 1
            for other in column..<columns {
                let t = -(column..<rows.count).reduce(0) { $0 + vector[$1] * a[$1][other] } / vector[column]
                for row in column..<rows.count { a[row][other] += t * vector[row] }
            }
            reflections.append(vector)
        }
    }

    /// Qᵀ · y
    func transposedProduct(_ y: [Double]) -> [Double] {
        var y = y
        for (column, vector) in reflections.enumerated() where !vector.isEmpty {
            let t = -(column..<y.count).reduce(0) { $0 + vector[$1] * y[$1] } / vector[column]
            for row in column..<y.count { y[row] += t * vector[row] }
        }
        return y
    }
}

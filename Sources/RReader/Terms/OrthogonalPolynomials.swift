/// The polynomials of R's `contr.poly`, to the last bit: trees split on them, and R puts a threshold on the very number of a level.
///
/// R decomposes the powers of the centered scores by [LINPACK's Householder reflections](https://www.netlib.org/linpack/dqrdc.f), and applies
/// these to the diagonal of the triangle; sums here go in the order that the reference BLAS has.
enum OrthogonalPolynomials {
    /// Columns of degrees 0, 1, … n − 1 over the scores 1, 2, … n.
    static func columns(_ count: Int) -> [[Double]] {
        let middle = Double(count + 1) / 2
        var columns = (0..<count).map { power in
            (1...count).map { level in (0..<power).reduce(1.0) { product, _ in product * (Double(level) - middle) } }
        }
        var heads = [Double](repeating: 0, count: count)
        for pivot in 0..<count - 1 {
            var reflector = columns[pivot]
            var length = reflector[pivot...].reduce(0) { $0 + $1 * $1 }.squareRoot()
            if length == 0 { continue }
            if reflector[pivot] < 0 { length = -length }
            let inverse = 1 / length
            for row in pivot..<count { reflector[row] *= inverse }
            reflector[pivot] += 1
            for column in pivot + 1..<count { reflect(&columns[column], reflector, pivot) }
            heads[pivot] = reflector[pivot]
            reflector[pivot] = -length
            columns[pivot] = reflector
        }
        return (0..<count).map { degree in
            var made = [Double](repeating: 0, count: count)
            made[degree] = columns[degree][degree]
            for pivot in (0..<count - 1).reversed() where heads[pivot] != 0 {
                var reflector = columns[pivot]
                reflector[pivot] = heads[pivot]
                reflect(&made, reflector, pivot)
            }
            let length = sum(made.map { $0 * $0 }).squareRoot()
            return made.map { $0 / length }
        }
    }

    private static func reflect(_ column: inout [Double], _ reflector: [Double], _ pivot: Int) {
        var product = 0.0
        for row in pivot..<column.count { product += reflector[row] * column[row] }
        let share = -product / reflector[pivot]
        for row in pivot..<column.count { column[row] += share * reflector[row] }
    }

    /// A sum with what rounding loses of it, as R's `sum` adds in more digits.
    private static func sum(_ numbers: [Double]) -> Double {
        var (total, lost) = (0.0, 0.0)
        for number in numbers {
            let next = total + number
            let back = next - total
            lost += (total - (next - back)) + (number - back)
            total = next
        }
        return total + lost
    }
}

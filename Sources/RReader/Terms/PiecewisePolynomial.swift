import ModelTree

/// A function made of polynomials, each good from one break to the next; the first and last go on for ever.
struct PiecewisePolynomial {
    struct Piece {
        /// The polynomial is one of x − origin.
        var origin: Double
        /// The constant first.
        var coefficients: [Double]

        /// The derivative of some order at a place.
        func derivative(_ order: Int, at x: Double) -> Double {
            var result = 0.0
            for power in stride(from: coefficients.count - 1, through: order, by: -1) {
                let factor = (0..<order).reduce(1.0) { $0 * Double(power - $1) }
                result = result * (x - origin) + coefficients[power] * factor
            }
            return result
        }
    }
    /// One less than pieces.
    var breaks: [Double]
    var pieces: [Piece]

    /// Σ weight · function, of functions with the same breaks and origins.
    static func combination(_ functions: [PiecewisePolynomial], _ weights: [Double]) -> PiecewisePolynomial {
        var sum = functions[0]
        for piece in sum.pieces.indices {
            sum.pieces[piece].coefficients = sum.pieces[piece].coefficients.indices.map { power in
                zip(functions, weights).reduce(0) { $0 + $1.0.pieces[piece].coefficients[power] * $1.1 }
            }
        }
        return sum
    }

    func expression(of x: Expression) -> Expression {
        func polynomial(_ piece: Piece) -> Expression {
            let t = piece.origin == 0 ? x : x - .number(piece.origin)
            var terms = piece.coefficients
            while terms.count > 1, terms.last == 0 { terms.removeLast() }
            guard let highest = terms.last else { return .number(0) }
            return terms.dropLast().reversed().reduce(.number(highest)) { .number($1) + t * $0 }
        }
        var result = polynomial(pieces[pieces.count - 1])
        for index in breaks.indices.reversed() { result = .call("if", .call("lessThan", x, .number(breaks[index])), polynomial(pieces[index]), result) }
        // A polynomial that is a constant would not be missing with x.
        return .call("if", .call("isNotMissing", x), result)
    }
}

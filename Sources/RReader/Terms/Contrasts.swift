/// How a factor with n levels becomes n − 1 columns: a row for each level.
struct Contrasts {
    let rows: [[Double]]
    /// What R adds to the variable's name for each column.
    let names: [String]

    /// One column for each level.
    static func indicators(_ levels: [String]) -> Contrasts {
        Contrasts(rows: levels.indices.map { row in levels.indices.map { $0 == row ? 1 : 0 } }, names: levels)
    }

    static func treatment(_ levels: [String], base: Int = 0) -> Contrasts {
        let kept = levels.indices.filter { $0 != base }
        return Contrasts(rows: levels.indices.map { row in kept.map { $0 == row ? 1 : 0 } }, names: kept.map { levels[$0] })
    }

    /// - Parameter value: what the model keeps for the factor in `contrasts`: the name of one of R's functions, or a matrix; nil is R's choice.
    static func read(_ value: RValue?, _ levels: [String], isOrdered: Bool) throws(RReadError) -> Contrasts {
        guard let value, !value.isNull else { return isOrdered ? polynomial(levels.count) : treatment(levels) }
        if value.dimensions != nil {
            let matrix = try value.matrix()
            guard matrix.rows == levels.count else { throw value.inconsistent("\(value.path) has \(matrix.rows) rows for \(levels.count) levels") }
            return Contrasts(
                rows: (0..<matrix.rows).map(matrix.row), names: matrix.columnNames ?? (0..<matrix.columns).map { String($0 + 1) })
        }
        let count = levels.count
        let name = try value.string()
        switch name {
        case "contr.treatment": return treatment(levels)
        case "contr.SAS": return treatment(levels, base: count - 1)
        case "contr.sum":
            return numbered(count) { row, column in row == count - 1 ? -1 : row == column ? 1 : 0 }
        case "contr.helmert":
            return numbered(count) { row, column in row <= column ? -1 : row == column + 1 ? Double(row) : 0 }
        case "contr.poly": return polynomial(count)
        default: throw value.unsupportedTerm("the contrasts \(name) are not supported")
        }
    }

    /// A table whose columns R numbers.
    private static func numbered(_ count: Int, _ number: (_ row: Int, _ column: Int) -> Double) -> Contrasts {
        let columns = max(0, count - 1)
        let rows = (0..<count).map { row -> [Double] in (0..<columns).map { number(row, $0) } }
        return Contrasts(rows: rows, names: (0..<columns).map { String($0 + 1) })
    }

    /// [contr.poly](https://stat.ethz.ch/R-manual/R-devel/library/stats/html/contrast.html): orthogonal polynomials, each of length 1.
    private static func polynomial(_ count: Int) -> Contrasts {
        let kept = count > 1 && count <= 95 ? Array(OrthogonalPolynomials.columns(count).dropFirst()) : []
        let names = kept.indices.map { $0 < 3 ? [".L", ".Q", ".C"][$0] : "^\($0 + 1)" }
        return Contrasts(rows: (0..<count).map { row in kept.map { $0[row] } }, names: names)
    }
}

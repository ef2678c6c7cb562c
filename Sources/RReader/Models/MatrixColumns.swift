import ModelTree

/// The inputs of a model that is kept as a matrix with named columns, and perhaps with the formula that made them.
enum MatrixColumns {
    /// A field for each column.
    ///
    /// - Parameter names: the columns' names; without a formula they are those of the data.
    /// - Returns: the fields, and the response's name as far as it is known.
    static func fields(_ object: RValue, _ names: [String]?, count: Int, _ builder: DocumentBuilder) throws(RReadError) -> (fields: [String], response: String?) {
        guard let terms = object.optional("terms") else {
            guard let names, names.count == count else {
                throw object.unsupported("a model made without a formula of a matrix without column names keeps no names of its inputs")
            }
            return (names.map { builder.fields.numberField($0) }, nil)
        }
        let frame = try ModelFrame(terms: terms, xlevels: object.optional("xlevels"), tables: [object.optional("model")], fields: builder.fields)
        var design = try Design(frame, contrasts: object.optional("contrasts"))
        design.removeIntercept()
        try design.check(names, count: count, path: object.path)
        return (design.columns.map { design.field($0) }, frame.response?.name)
    }
}

extension Expression {
    /// Σ coefficient · (field − center), without what is 0.
    static func weighted(_ fields: [String], _ coefficients: [Double], centers: [Double]? = nil) -> Expression {
        var sum: Expression?
        for (index, (field, coefficient)) in zip(fields, coefficients).enumerated() where coefficient != 0 {
            let center = centers.flatMap { index < $0.count ? $0[index] : nil } ?? 0
            let difference = center == 0 ? Expression.field(field) : .field(field) - .number(center)
            let term = Expression.number(coefficient) * difference
            sum = sum.map { $0 + term } ?? term
        }
        return sum ?? .number(0)
    }
}

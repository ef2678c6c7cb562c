import ModelTree

/// `lm`, `aov`, `rlm`, `mlm` and quantreg's `rq`, `rqs`: a linear predictor is the answer.
enum LinearModelReader: ClassReader {
    static let classes = ["lm", "aov", "rlm", "mlm", "lqs", "rq", "rqs"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let design = try LinearDesign.read(object, builder)
        let coefficients = try object.component("coefficients")
        if coefficients.dimensions != nil {
            let matrix = try coefficients.matrix()
            try design.check(matrix.rowNames, count: matrix.rows, path: coefficients.path)
            let models = (0..<matrix.columns).map { column -> Model in
                let name = matrix.columnNames.flatMap { column < $0.count ? $0[column] : nil } ?? "Y\(column + 1)"
                return builder.regression([design.table(matrix.column(column))], target: builder.addTarget(name))
            }
            return builder.chain(models, .regression, target: nil)
        }
        try design.check(coefficients.names, count: coefficients.count, path: coefficients.path)
        builder.setTarget(design.frame.response?.name)
        return builder.regression([design.table(try coefficients.doubles())], target: builder.target)
    }
}

/// What models fitted to a formula keep alike.
enum LinearDesign {
    /// The design of an object with `terms`, `xlevels`, `contrasts`, and perhaps an offset in its call.
    static func read(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Design {
        let frame = try ModelFrame(
            terms: try object.component("terms"), xlevels: object.optional("xlevels"), tables: [object.optional("model"), object.optional("data")],
            fields: builder.fields)
        var design = try Design(frame, contrasts: object.optional("contrasts"))
        if let offset = object.optional("call")?.optional("offset") { try design.addOffset(offset) }
        return design
    }
}

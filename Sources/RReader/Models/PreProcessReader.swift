import ModelTree

/// A `preProcess` of caret by itself, which answers with the prepared columns as `predict` does.
enum PreProcessReader: ClassReader {
    static let classes = ["preProcess"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        builder.setTarget(nil)
        let columns = try Preparation.prepared(object, builder)
        guard let first = columns.first else { throw object.unsupported("a preProcess that changes nothing has no result") }
        let table = RegressionTable(intercept: 0, numericPredictors: [.init(field: first.field, coefficient: 1)])
        return builder.regression([table], target: nil, output: columns.map { Outputs.computed($0.name, .field($0.field)) })
    }
}

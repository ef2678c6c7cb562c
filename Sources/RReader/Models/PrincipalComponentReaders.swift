import ModelTree

/// `prcomp` and `princomp`: the scores of the components.
///
/// [prcomp](https://stat.ethz.ch/R-manual/R-devel/library/stats/html/prcomp.html),
/// [princomp](https://stat.ethz.ch/R-manual/R-devel/library/stats/html/princomp.html)
enum PrincipalComponentReader: ClassReader {
    static let classes = ["prcomp", "princomp"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let rotation = try object.component(object.inherits("prcomp") ? "rotation" : "loadings")
        let matrix = try rotation.matrix()
        guard let names = matrix.rowNames, names.count == matrix.rows, matrix.columns > 0 else {
            throw rotation.inconsistent("\(rotation.path) has no row names")
        }
        // predict() looks for columns of these very names, log(x) among them, whatever formula stands in the call.
        let fields = names.map { builder.fields.numberField($0) }
        let centers = try vector(object.optional("center"), count: matrix.rows) ?? []
        let scales = try vector(object.optional("scale"), count: matrix.rows)
        let models = (0..<matrix.columns).map { column -> Model in
            var table = RegressionTable(intercept: 0)
            for row in 0..<matrix.rows where matrix[row, column] != 0 {
                let coefficient = matrix[row, column] / (scales?[row] ?? 1)
                table.numericPredictors.append(.init(field: fields[row], coefficient: coefficient))
                if !centers.isEmpty { table.intercept -= centers[row] * coefficient }
            }
            let wish = matrix.columnNames.flatMap { column < $0.count ? $0[column] : nil } ?? "PC\(column + 1)"
            return builder.regression([table], target: builder.addTarget(wish))
        }
        return builder.chain(models, .regression, target: nil)
    }

    /// Numbers for each variable; nil for FALSE.
    private static func vector(_ value: RValue?, count: Int) throws(RReadError) -> [Double]? {
        guard let value else { return nil }
        if case .logical = value.object.kind { return nil }
        let numbers = try value.doubles()
        guard numbers.count == count else { throw value.inconsistent("\(value.path) has \(numbers.count) numbers for \(count) variables") }
        return numbers
    }
}

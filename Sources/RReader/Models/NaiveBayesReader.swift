import ModelTree

/// `naiveBayes` of e1071: normal densities and tables of conditional probabilities.
enum NaiveBayesReader: ClassReader {
    static let classes = ["naiveBayes"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let tables = try object.component("tables")
        let apriori = try object.component("apriori")
        let counts = try apriori.doubles()
        let levels = try object.optional("levels")?.strings() ?? apriori.dimensionNames(0) ?? []
        guard levels.count == counts.count, !levels.isEmpty else { throw apriori.inconsistent("\(apriori.path) has \(counts.count) counts for \(levels.count) levels") }
        builder.setTarget(nil, classes: levels)
        var inputs: [NaiveBayesModel.Input] = []
        for (name, value) in tables.elements {
            guard let name else { throw tables.inconsistent("\(tables.path) has no names") }
            let table = try value.matrix()
            guard table.rows == levels.count else { throw value.inconsistent("\(value.path) has \(table.rows) rows for \(levels.count) levels") }
            if let values = table.columnNames {
                inputs.append(discrete(name, table, values, levels, builder))
            } else {
                guard table.columns == 2 else { throw value.inconsistent("\(value.path) is neither mean and deviation nor a table") }
                let field = builder.fields.numberField(name)
                inputs.append(.init(field: field, content: .statistics(levels.indices.map { row in
                    .init(value: levels[row], distribution: .gaussian(mean: table[row, 0], variance: table[row, 1] * table[row, 1]))
                })))
            }
        }
        // The call may say what stands in for 0; else 0 is 0, as with predict(threshold = 0).
        let threshold = object.optional("call")?.optional("threshold").flatMap { try? $0.double() } ?? 0
        let bayes = NaiveBayesModel(
            threshold: threshold, inputs: inputs, targetField: builder.target?.name, targetCounts: zip(levels, counts).map { .init(value: $0, count: $1) })
        return builder.model(
            .naiveBayes(bayes), element: "NaiveBayesModel", .classification, target: builder.target, output: Outputs.probabilities(levels))
    }

    private static func discrete(_ name: String, _ table: RMatrix, _ values: [String], _ levels: [String], _ builder: DocumentBuilder) -> NaiveBayesModel.Input {
        let isLogical = Set(values).isSubset(of: ["FALSE", "TRUE"])
        builder.fields.declare(name, isLogical ? .logical : .factor(values, isOrdered: false))
        let pairs = values.indices.map { column in
            NaiveBayesModel.PairCounts(
                value: isLogical ? values[column].lowercased() : values[column],
                counts: levels.indices.map { .init(value: levels[$0], count: table[$0, column]) })
        }
        return .init(field: name, content: .counts(pairs))
    }
}

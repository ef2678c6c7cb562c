import ModelTree

/// The terms of an `earth` model: products of hinges, max(0, x − cut) or max(0, cut − x), and of plain columns.
struct EarthBasis {
    /// The fields whose product a selected term is; none for the intercept.
    private let terms: [[String]]
    let response: String?
    private let offsets: [String]

    /// [earth.object](https://rdrr.io/cran/earth/man/earth.object.html): `dirs` and `cuts` have a row for each term and a column for each
    /// column of the model matrix; `selected.terms` are those that pruning has left.
    init(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) {
        let directions = try object.component("dirs").matrix()
        let cuts = try object.component("cuts").matrix()
        let selected = try object.component("selected.terms").integers().map { Int($0) - 1 }
        guard cuts.rows == directions.rows, cuts.columns == directions.columns, selected.allSatisfy({ $0 >= 0 && $0 < directions.rows }) else {
            throw object.inconsistent("the cuts of the earth model do not fit its dirs")
        }
        let names = directions.columnNames ?? []
        let columns: [String]
        if let terms = object.optional("terms") {
            let frame = try ModelFrame(terms: terms, xlevels: object.optional("xlevels"), tables: [object.optional("data")], fields: builder.fields)
            var design = try Design(frame, contrasts: object.optional("contrasts"))
            design.removeIntercept()
            try design.check(names, count: directions.columns, path: object.path)
            columns = design.columns.map { design.field($0) }
            response = frame.response?.name
            offsets = design.offsets
        } else {
            guard names.count == directions.columns else { throw object.inconsistent("the columns of the earth model have no names") }
            let variables = Set(try object.optional("namesx")?.strings() ?? names)
            columns = names.map { EarthBasis.column($0, variables, builder) }
            response = nil
            offsets = []
        }
        var made: [[String]] = []
        for term in selected {
            var factors: [String] = []
            for column in columns.indices where directions[term, column] != 0 {
                factors.append(try EarthBasis.factor(columns[column], directions[term, column], cuts[term, column], builder, at: object))
            }
            made.append(factors)
        }
        terms = made
    }

    /// A column of a model made from `x` and `y`, where a factor's column is named by the factor and the level.
    private static func column(_ name: String, _ variables: Set<String>, _ builder: DocumentBuilder) -> String {
        var variable = name
        while !variable.isEmpty, !variables.contains(variable) { variable.removeLast() }
        if variable.isEmpty || variable == name { return builder.fields.numberField(name) }
        let level = String(name.dropFirst(variable.count))
        if level == "TRUE" {
            builder.fields.declare(variable, .logical)
            return builder.fields.indicator(name, variable, "true")
        }
        builder.fields.declare(variable, .text)
        return builder.fields.indicator(name, variable, level)
    }

    private static func factor(_ field: String, _ direction: Double, _ cut: Double, _ builder: DocumentBuilder, at object: RValue) throws(RReadError) -> String {
        let x = Expression.field(field)
        switch direction {
        case 2: return field
        case 1: return builder.fields.number("h(\(field)-\(cut))", .call("if", .call("greaterThan", x, .number(cut)), x - .number(cut), .number(0)))
        case -1: return builder.fields.number("h(\(cut)-\(field))", .call("if", .call("lessThan", x, .number(cut)), .number(cut) - x, .number(0)))
        default: throw object.inconsistent("the dirs of the earth model have the direction \(direction)")
        }
    }

    /// - Parameter coefficients: one for each selected term.
    func table(_ coefficients: [Double]) -> RegressionTable {
        var table = RegressionTable(intercept: 0)
        for (fields, coefficient) in zip(terms, coefficients) where !coefficient.isNaN {
            switch fields.count {
            case 0: table.intercept += coefficient
            case 1: table.numericPredictors.append(.init(field: fields[0], coefficient: coefficient))
            default: table.predictorTerms.append(.init(coefficient: coefficient, fields: fields))
            }
        }
        for field in offsets { table.numericPredictors.append(.init(field: field, coefficient: 1)) }
        return table
    }

    var count: Int { terms.count }
}

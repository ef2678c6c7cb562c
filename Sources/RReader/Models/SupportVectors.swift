import ModelTree

/// What the readers of support vector machines share: scaled inputs, decision values, and votes.
struct SupportVectors {
    enum Kernel {
        case plain(SupportVectorMachineModel.Kernel)
        /// A kernel that PMML lacks, as an expression of the row and one vector.
        case expression(([Expression], [Double]) -> Expression)
    }
    let fields: [String]
    let kernel: Kernel
    let builder: DocumentBuilder

    /// The fields of a model matrix's columns, each scaled as the model scales it.
    ///
    /// - Parameters:
    ///   - columns: the fields of the columns, before scaling.
    ///   - scaled: which columns are scaled; fewer than columns: used again.
    ///   - scale: `x.scale`: centers and scales of the scaled columns, in their order.
    static func scaledFields(
        _ columns: [(name: String, field: String)], _ scaled: [Bool], _ scale: RValue?, _ builder: DocumentBuilder
    ) throws(RReadError) -> [String] {
        guard let scale, scaled.contains(true) else { return columns.map(\.field) }
        let centers = try scale.component("scaled:center").doubles()
        let widths = try scale.component("scaled:scale").doubles()
        var fields: [String] = []
        var next = 0
        for (index, column) in columns.enumerated() {
            guard scaled[index % scaled.count] else {
                fields.append(column.field)
                continue
            }
            guard next < centers.count, next < widths.count else { throw scale.inconsistent("\(scale.path) has \(centers.count) centers for more columns") }
            let expression = (Expression.field(column.field) - .number(centers[next])) / .number(widths[next])
            fields.append(builder.fields.number("scale(\(column.name))", expression, key: "scale \(column.field) \(centers[next]) \(widths[next])"))
            next += 1
        }
        return fields
    }

    /// The columns of a formula's model matrix, or the fields of these names where there is no formula.
    ///
    /// The levels of factors are those of `xlevels`, which neither package keeps but a user may add, or what the columns' names tell.
    ///
    /// - Parameters:
    ///   - vectors: the matrix of support vectors, whose columns are named as those of the model matrix, or as scaling has renamed them.
    ///   - scaled: which of the columns are scaled; fewer than columns: used again.
    static func columns(
        terms: RValue?, vectors: RMatrix, scaled: [Bool], _ builder: DocumentBuilder, at place: RValue
    ) throws(RReadError) -> (columns: [(name: String, field: String)], response: String?) {
        let (names, width) = (vectors.columnNames, vectors.columns)
        guard let terms else {
            guard let names, names.count == width else { throw place.unsupported("the object keeps no names of its inputs") }
            var columns: [(name: String, field: String)] = []
            for name in names { columns.append((name, builder.fields.numberField(try builder.fields.writtenName(name, at: place)))) }
            return (columns, nil)
        }
        if let names, names.count != width { throw place.inconsistent("the vectors have \(width) columns and \(names.count) names") }
        let frame = try ModelFrame(terms: terms, xlevels: place.optional("xlevels") ?? place.attribute("xlevels"), fields: builder.fields)
        for name in frame.names where frame.statedLevels(name) == nil {
            if let levels = builder.fields.statedLevels(name) { frame.state(levels: levels, of: name) }
        }
        try ColumnLevels.tell(frame, names) { column in Set((0..<vectors.rows).map { vectors[$0, column] }).isSubset(of: [0, 1]) }
        var design = try Design(frame, contrasts: nil)
        design.removeIntercept()
        let found = design.columns
        guard found.count == width else { throw place.inconsistent("the formula has \(found.count) columns, the vectors \(width)") }
        if let names, let wrong = zip(names, found).first(where: { !SyntacticName.matches($0, $1.name) }) {
            throw place.inconsistent("the vectors have the column \(wrong.0), the formula \(wrong.1.name)")
        }
        try check(found, vectors, scaled, at: place)
        return (found.map { ($0.name, design.field($0)) }, frame.response?.name)
    }

    /// Whether the vectors hold the contrasts' numbers: the objects do not say which contrasts there were.
    private static func check(_ columns: [Design.Column], _ vectors: RMatrix, _ scaled: [Bool], at place: RValue) throws(RReadError) {
        for (index, column) in columns.enumerated() where scaled.isEmpty || !scaled[index % scaled.count] {
            guard column.parts.count == 1, case .contrast(_, let numbers)? = column.parts.first else { continue }
            for row in 0..<vectors.rows where !numbers.contains(where: { ($0 - vectors[row, index]).magnitude < 1e-9 }) {
                throw place.unsupported("the column \(column.name) has not R's usual contrasts, and the object does not keep them")
            }
        }
    }

    /// A regression whose answer is Σ coefficient · K(row, vector) + bias.
    func decision(_ vectors: [[Double]], _ coefficients: [Double], bias: Double, target: DataField? = nil, output: [OutputField] = [], targets: [Target] = []) -> Model {
        switch kernel {
        case .plain(let kernel):
            let machine = SupportVectorMachineModel.Machine(
                targetCategory: nil, alternateTargetCategory: nil, threshold: nil, vectors: Array(vectors.indices), coefficients: coefficients, absoluteValue: bias)
            let machines = SupportVectorMachineModel(
                kernel: kernel, fields: fields.map { .field(FieldRef(field: $0), .none) }, vectors: vectors, machines: [machine])
            return builder.model(
                .supportVectorMachine(machines), element: "SupportVectorMachineModel", .regression, target: target, output: output, targets: targets)
        case .expression(let kernel):
            let row = fields.map(Expression.field)
            let terms = zip(vectors, coefficients).map { Expression.number($1) * kernel(row, $0) }
            let field = DerivedField(name: "kernel sum", opType: .continuous, dataType: .double, expression: SupportVectors.sum(terms[...]) + .number(bias))
            let table = RegressionTable(intercept: 0, numericPredictors: [.init(field: "kernel sum", coefficient: 1)])
            var model = builder.regression([table], target: target, output: output, local: [field])
            model.targets = targets
            return model
        }
    }

    /// A sum of low depth, missing if a part of it is.
    static func sum(_ terms: ArraySlice<Expression>) -> Expression {
        guard terms.count > 1 else { return terms.first ?? .number(0) }
        let middle = terms.startIndex + terms.count / 2
        return sum(terms[..<middle]) + sum(terms[middle...])
    }

    /// The class with the most votes of the decisions between two; of several, the first.
    ///
    /// - Parameters:
    ///   - decisions: for each pair, its output's name, the class of values above 0 and that of values below.
    ///   - curve: of two classes, what makes a probability of the decision value.
    func votes(
        _ classes: [String], _ decisions: [(name: String, above: String, below: String)], models: [Model], curve: LogisticCurve? = nil
    ) -> Model {
        var local: [DerivedField] = []
        var tables: [RegressionTable] = []
        for level in classes {
            let parts = decisions.compactMap { decision -> Expression? in
                var isAbove = Expression.call("greaterThan", .field(decision.name), .number(0))
                if let curve, builder.surroundings.answersByProbability { isAbove = .call("lessThan", curve.exponent(decision.name), .number(0)) }
                if decision.above == level { return .call("if", isAbove, .number(1), .number(0)) }
                if decision.below == level { return .call("if", isAbove, .number(0), .number(1)) }
                return nil
            }
            local.append(DerivedField(name: "votes(\(level))", opType: .continuous, dataType: .double, expression: SupportVectors.sum(parts[...])))
            tables.append(RegressionTable(intercept: 0, targetCategory: level, numericPredictors: [.init(field: "votes(\(level))", coefficient: 1)]))
        }
        var shares: [OutputField] = []
        if let curve, decisions.count == 1 {
            let above = Expression.number(1) / (.number(1) + .call("exp", curve.exponent(decisions[0].name)))
            let below = Expression.number(1) / (.number(1) + .call("exp", .number(0) - curve.exponent(decisions[0].name)))
            shares = classes.map { Outputs.computed("probability(\($0))", $0 == decisions[0].above ? above : below) }
        }
        let last = builder.regression(
            tables, .simplemax, .classification, target: builder.target, uses: decisions.map(\.name), output: shares, local: local)
        return builder.chain(models + [last], .classification, target: builder.target)
    }

    /// [Platt's](https://www.csie.ntu.edu.tw/~cjlin/papers/plattprob.pdf) probability of the class above: 1 / (1 + exp(slope · decision + intercept)).
    struct LogisticCurve {
        let slope: Double
        let intercept: Double
        func exponent(_ decision: String) -> Expression { .number(slope) * .field(decision) + .number(intercept) }
    }

    /// The curve of two classes, from what an object has for each pair; of more classes, a model around that needs them is refused.
    func curve(_ curves: [LogisticCurve], classes: Int, at place: RValue) throws(RReadError) -> LogisticCurve? {
        if curves.isEmpty { return nil }
        if classes == 2 { return curves.first }
        if builder.surroundings.answersByProbability { throw place.unsupported("probabilities of more than two classes by support vectors are not supported") }
        return nil
    }

    /// One class against the rest of the world: the decision value, and whether it is above 0.
    ///
    /// - Parameter names: what that truth value is called.
    func oneClass(_ vectors: [[Double]], _ coefficients: [Double], bias: Double, names: [String]) -> Model {
        func side(_ name: String) -> OutputField {
            OutputField(
                name: name, opType: .categorical, dataType: .boolean, feature: .transformedValue,
                expression: .call("greaterThan", .field("decision"), .number(0)))
        }
        let target = builder.addTarget("decision")
        var model = decision(vectors, coefficients, bias: bias, target: target)
        model.output = [Outputs.predicted("decision")] + names.map(side)
        return model
    }
}

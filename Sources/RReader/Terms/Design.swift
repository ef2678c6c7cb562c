import ModelTree

/// The columns of a model matrix, as R's `model.matrix` orders and names them.
struct Design {
    /// A factor of a column.
    enum Part {
        case number(String)
        /// A column of a categorical variable's contrasts: the variable's position in `variables`, and a number for each level.
        case contrast(Int, [Double])
    }
    struct Column {
        var name: String
        /// None: the intercept.
        var parts: [Part]
    }

    let frame: ModelFrame
    private(set) var columns: [Column] = []
    private(set) var variables: [Variable] = []
    /// Fields that are added to the linear predictor.
    private(set) var offsets: [String] = []
    private let path: String

    /// - Parameters:
    ///   - contrasts: the model's `contrasts`, by variable.
    ///   - ignored: positions of variables whose terms are no columns, as strata.
    init(_ frame: ModelFrame, contrasts: RValue?, ignoring ignored: Set<Int> = []) throws(RReadError) {
        self.frame = frame
        path = frame.terms.path
        let terms = frame.terms
        let hasIntercept = try terms.attribute("intercept")?.integer() ?? 1 != 0
        var patterns = try Design.patterns(frame)
        patterns.removeAll { pattern in ignored.contains { pattern.indices.contains($0) && pattern[$0] > 0 } }
        for index in 0..<frame.variableCount {
            let isUsed = index != frame.responseIndex && patterns.contains { $0[index] > 0 }
            variables.append(isUsed ? try frame.variable(index) : Variable(name: frame.names[index], kind: .numbers([])))
        }
        if hasIntercept {
            columns.append(Column(name: "(Intercept)", parts: []))
        } else {
            // Without an intercept, the first factor has a column for each of its levels.
            adjust: for term in patterns.indices {
                for index in variables.indices where patterns[term][index] > 0 && variables[index].categorical != nil {
                    patterns[term][index] = 2
                    break adjust
                }
            }
        }
        for pattern in patterns {
            var made = [Column(name: "", parts: [])]
            for (index, code) in pattern.enumerated() where code > 0 && index != frame.responseIndex {
                let own = try Design.columns(of: variables[index], at: index, isFull: code == 2, contrasts)
                // The first factor's columns change fastest.
                made = own.flatMap { next in
                    made.map { Column(name: $0.name.isEmpty ? next.name : $0.name + ":" + next.name, parts: $0.parts + next.parts) }
                }
                if made.count > 1_000_000 { throw terms.unsupportedTerm("a term with more than a million columns") }
            }
            columns += made
        }
        for index in try terms.attribute("offset")?.integers() ?? [] {
            guard index >= 1, let field = try frame.variable(Int(index) - 1).numberField else { throw terms.inconsistent("an offset is no number") }
            offsets.append(field)
        }
    }

    /// For each term, how each variable takes part in it: 0 not at all, 1 by its contrasts, 2 by a column for each level.
    static func patterns(_ frame: ModelFrame) throws(RReadError) -> [[Int32]] {
        let terms = frame.terms
        guard let factors = terms.attribute("factors"), factors.count > 0 else { return [] }
        guard let size = factors.dimensions, size.count == 2, size[0] == frame.variableCount else {
            throw terms.inconsistent("the factors of the terms are no table of the variables")
        }
        let codes = try factors.integers()
        guard codes.count == size[0] * size[1] else { throw terms.inconsistent("the factors of the terms are no table of the variables") }
        return (0..<size[1]).map { term in Array(codes[term * size[0]..<(term + 1) * size[0]]) }
    }

    private static func columns(of variable: Variable, at index: Int, isFull: Bool, _ contrasts: RValue?) throws(RReadError) -> [Column] {
        switch variable.kind {
        case .numbers(let columns):
            return columns.map { Column(name: columns.count == 1 ? variable.name : variable.name + $0.suffix, parts: [.number($0.field)]) }
        case .categorical(let found):
            let coding = isFull ? .indicators(found.levels) : try Contrasts.read(contrasts?.optional(variable.name), found.levels, isOrdered: found.isOrdered)
            return coding.names.indices.map { column in
                Column(name: variable.name + coding.names[column], parts: [.contrast(index, coding.rows.map { $0[column] })])
            }
        }
    }

    /// Adds an offset that the call and not the formula states.
    mutating func addOffset(_ value: RValue) throws(RReadError) {
        let compiler = FormulaCompiler(frame, variable: value.deparsed)
        offsets.append(frame.fields.number(value.deparsed, try compiler.number(value)))
    }

    /// Takes the intercept away, for models that have none though their factors are coded as if they had.
    mutating func removeIntercept() { columns.removeAll { $0.parts.isEmpty } }

    /// Whether coefficients belong to these columns; they do by their names, where they have any.
    func check(_ names: [String]?, count: Int, path: String) throws(RReadError) {
        guard count == columns.count else {
            throw RReadError(.inconsistent, "\(path) has \(count) coefficients, the formula \(columns.count) columns", path: path)
        }
        guard let names, let wrong = zip(names, columns).first(where: { $0 != $1.name }) else { return }
        throw RReadError(.inconsistent, "\(path) has the coefficient \(wrong.0), the formula the column \(wrong.1.name)", path: path)
    }

    /// A coefficient for each column, of coefficients that go by the columns' names; 0 where there is none.
    func aligned(_ names: [String], _ coefficients: [Double], path: String) throws(RReadError) -> [Double] {
        guard names.count == coefficients.count else {
            throw RReadError(.inconsistent, "\(path) has \(coefficients.count) coefficients with \(names.count) names", path: path)
        }
        let positions = Dictionary(columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        var result = [Double](repeating: 0, count: columns.count)
        for (name, coefficient) in zip(names, coefficients) {
            guard let position = positions[name] else {
                throw RReadError(.inconsistent, "\(path) has the coefficient \(name), the formula no such column", path: path)
            }
            result[position] = coefficient
        }
        return result
    }

    // MARK: fields

    /// A field that holds a column's number.
    func field(_ column: Column) -> String {
        let fields = column.parts.map { field($0, column) }
        guard fields.count != 1 else { return fields[0] }
        let product = fields.dropFirst().reduce(fields.first.map(Expression.field) ?? .number(1)) { $0 * .field($1) }
        return frame.fields.number(column.name, product, key: "product \(fields)")
    }

    private func field(_ part: Part, _ column: Column) -> String {
        switch part {
        case .number(let field): return field
        case .contrast(let index, let numbers):
            guard let variable = variables[index].categorical else { return variables[index].name }
            if numbers.filter({ $0 == 1 }).count == 1, numbers.filter({ $0 == 0 }).count == numbers.count - 1, let level = numbers.firstIndex(of: 1) {
                return frame.fields.indicator(variables[index].name + variable.levels[level], variable.field, variable.values[level])
            }
            let wish = column.parts.count == 1 ? column.name : "\(variables[index].name) contrast"
            return frame.fields.lookup(wish, variable.field, variable.values, numbers)
        }
    }

    // MARK: linear predictors

    /// intercept + Σ coefficient · column + offsets
    ///
    /// - Parameter coefficients: one for each column; NaN, R's NA of a column that others imply, counts as 0.
    func table(_ coefficients: [Double], category: String? = nil, withOffsets: Bool = true) -> RegressionTable {
        var table = RegressionTable(intercept: 0, targetCategory: category)
        // The sum of what each level's contrasts give.
        var effects: [Int: [Double]] = [:]
        for (column, coefficient) in zip(columns, coefficients) where !coefficient.isNaN {
            switch (column.parts.count, column.parts.first) {
            case (0, _): table.intercept += coefficient
            case (1, .number(let field)): table.numericPredictors.append(.init(field: field, coefficient: coefficient))
            case (1, .contrast(let index, let numbers)):
                let sum = effects[index] ?? [Double](repeating: 0, count: numbers.count)
                effects[index] = zip(sum, numbers).map { $0 + $1 * coefficient }
            default: table.predictorTerms.append(.init(coefficient: coefficient, fields: column.parts.map { field($0, column) }))
            }
        }
        for (index, sums) in effects.sorted(by: { $0.key < $1.key }) {
            guard let variable = variables[index].categorical else { continue }
            for (value, sum) in zip(variable.values, sums) where sum != 0 {
                table.categoricalPredictors.append(.init(field: variable.field, value: value, coefficient: sum))
            }
        }
        if let guardField = guardField(effects.keys.sorted()) { table.numericPredictors.append(.init(field: guardField, coefficient: 1)) }
        if withOffsets { for field in offsets { table.numericPredictors.append(.init(field: field, coefficient: 1)) } }
        return table
    }

    /// A field that is 0, and missing where a category is: R has no prediction there, while a CategoricalPredictor would count as 0.
    private func guardField(_ used: [Int]) -> String? {
        let found = used.compactMap { variables[$0].categorical }
        let conditions = found.map { variable -> Expression in
            let field = Expression.field(variable.field)
            guard variable.isOpen else { return .call("isNotMissing", field) }
            let isNumber = frame.fields.isNumber(variable.field)
            return .call("isIn", [field] + variable.values.map { isNumber ? .number(Double($0) ?? .nan) : .text($0) })
        }
        guard let first = conditions.first else { return nil }
        let all = conditions.dropFirst().reduce(first) { .call("and", $0, $1) }
        return frame.fields.number("complete cases", .call("if", all, .number(0)), key: "complete \(found.map(\.field))")
    }
}

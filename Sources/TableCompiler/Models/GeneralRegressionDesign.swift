// https://dmg.org/pmml/v4-4-1/GeneralRegression.html#xsdElement_PPMatrix

import Evaluation
import ModelTree

/// Builds the terms of a general regression's linear predictors.
///
/// A parameter is the product of its cells: whether a factor has a category (or the contrast matrix's number for it), and powers of
/// covariates. Parameters of the same factors and powers become one table of coefficients, looked up by the row's categories.
struct GeneralRegressionDesign {
    /// One equation's coefficients: parameters and what each is multiplied by.
    typealias Equation = (category: String?, coefficients: [(parameter: String, beta: Double)])

    private struct Factor {
        var index: Register
        var levels: [String]
        /// The levels' positions, by their texts.
        var positions: [ExactText: Int]
        var contrasts: Matrix?

        init(index: Register, levels: [String], contrasts: Matrix?) {
            self.index = index
            self.levels = levels
            self.contrasts = contrasts
            positions = Dictionary(levels.enumerated().map { (ExactText($0.element), $0.offset) }) { first, _ in first }
        }
    }
    private enum Cell {
        /// Whether the row has the level.
        case level(factor: Int, Int)
        /// The number of the row's level in a column of the contrast matrix.
        case contrast(factor: Int, column: Int)
        case power(covariate: Register, exponent: Double)
    }
    /// The cells of a parameter, in the document's order: those for all equations, and those for the equation of one category.
    private struct ParameterCells {
        private typealias Placed = (place: Int, predictor: String, cell: Cell)
        private var common: [Placed] = []
        private var own: [CategoryKey: [Placed]] = [:]
        private var count = 0
        private var commonCells: [Cell] = []

        mutating func add(_ cell: Cell, of predictor: String, for category: CategoryKey?) {
            let placed = (count, predictor, cell)
            count += 1
            if let category { return own[category, default: []].append(placed) }
            common.append(placed)
            commonCells.append(cell)
        }

        /// A predictor's cells for the category take the place of its cells for all.
        func cells(for category: CategoryKey?) -> [Cell] {
            guard let category, let own = own[category] else { return commonCells }
            let predictors = Set(own.map(\.predictor))
            return (own + common.filter { !predictors.contains($0.predictor) }).sorted { $0.place < $1.place }.map(\.cell)
        }
    }
    private struct Group: Hashable {
        var factors: [Int]
        var covariates: [Register]
        var exponents: [Double]
    }

    private let compiler: Compiler
    private let context: ModelContext
    private let regression: GeneralRegressionModel
    private let factorPredictors: [String: GeneralRegressionModel.Predictor]
    private let covariatePredictors: [String: GeneralRegressionModel.Predictor]
    private var cells: [String: ParameterCells] = [:]
    private var factors: [Factor] = []
    /// Tables larger than this are split: one parameter at a time has few levels.
    private static let mostCells = 1 << 16
    /// So that a short document cannot ask for more memory or time than there is.
    private static let mostNumbers = 100_000_000

    init(_ regression: GeneralRegressionModel, _ context: ModelContext, _ compiler: Compiler) throws(CompileError) {
        self.compiler = compiler
        self.context = context
        self.regression = regression
        factorPredictors = Dictionary(regression.factors.map { ($0.name, $0) }) { first, _ in first }
        covariatePredictors = Dictionary(regression.covariates.map { ($0.name, $0) }) { first, _ in first }
        let used = Set(regression.coefficients.map(\.parameter))
        let usedCells = regression.predictorCells.filter { used.contains($0.parameter) }
        var factorsByName: [String: Int] = [:]
        var texts: [String: [String]] = [:]
        for cell in usedCells { texts[cell.predictor, default: []].append(cell.value) }
        for cell in usedCells {
            let found: Cell
            let value = try context.scope.value(of: cell.predictor, at: cell.location, compiler)
            let (predictor, isFactor) = role(of: cell.predictor, value)
            if isFactor {
                let number: Int
                if let known = factorsByName[cell.predictor] {
                    number = known
                } else {
                    factors.append(try factor(predictor, value, texts[cell.predictor] ?? [], at: cell.location))
                    number = factors.count - 1
                    factorsByName[cell.predictor] = number
                }
                guard let level = factors[number].positions[ExactText(cell.value)] ?? compiler.position(of: cell.value, in: factors[number].levels, value.type) else {
                    throw CompileError(
                        "contrast-category", "PPCell names category \"\(cell.value)\", which predictor \"\(cell.predictor)\" does not have", at: cell.location)
                }
                if let contrasts = factors[number].contrasts {
                    guard level < contrasts.columns else {
                        throw CompileError(
                            "contrast-category", "the contrast matrix of \"\(cell.predictor)\" has no column for category \"\(cell.value)\"", at: cell.location)
                    }
                    found = .contrast(factor: number, column: level)
                } else {
                    found = .level(factor: number, level)
                }
            } else {
                guard let exponent = Literal.number(cell.value, as: ValueType.double) else {
                    throw CompileError.notANumber(cell.value, what: "the exponent of covariate \"\(cell.predictor)\"", at: cell.location)
                }
                found = .power(covariate: try compiler.number(cell.predictor, context, at: cell.location), exponent: exponent)
            }
            cells[cell.parameter, default: ParameterCells()].add(found, of: cell.predictor, for: cell.targetCategory.map { CategoryKey($0, context.target.type) })
        }
    }

    /// A predictor in neither list is what its field looks like.
    private func role(of name: String, _ value: TypedValue) -> (GeneralRegressionModel.Predictor, isFactor: Bool) {
        if let factor = factorPredictors[name] { return (factor, true) }
        if let covariate = covariatePredictors[name] { return (covariate, false) }
        return (GeneralRegressionModel.Predictor(name: name), value.isText)
    }

    private func factor(
        _ predictor: GeneralRegressionModel.Predictor, _ value: TypedValue, _ used: [String], at location: SourceLocation
    ) throws(CompileError) -> Factor {
        var levels = predictor.categories
        if predictor.contrasts != nil {
            if levels.isEmpty { levels = context.scope.dataField(predictor.name)?.values.validTexts ?? [] }
        } else {
            var seen: Set<ExactText> = []
            var numbers: Set<Double> = []
            // `1` and `1.0` are two texts of one number.
            levels = used.filter { text in
                if !value.isText, let number = Literal.number(text, as: value.type) { return numbers.insert(number).inserted }
                return seen.insert(ExactText(text)).inserted
            }
        }
        if let contrasts = predictor.contrasts, contrasts.rows != levels.count {
            throw CompileError(
                "contrast-matrix", "the contrast matrix of \"\(predictor.name)\" has \(contrasts.rows) rows for \(levels.count) categories",
                at: predictor.location)
        }
        if value.isText { return Factor(index: compiler.builder.index(of: value.register, in: levels), levels: levels, contrasts: predictor.contrasts) }
        var numbers: [Double] = []
        for level in levels {
            guard let number = Literal.number(level, as: value.type) else {
                throw CompileError.notANumber(level, what: "a category of factor \"\(predictor.name)\"", at: location)
            }
            numbers.append(number)
        }
        return Factor(index: compiler.builder.index(of: value.register, in: numbers), levels: levels, contrasts: predictor.contrasts)
    }

    /// The cells of a parameter in one equation: those for its category, else those for all.
    private func cells(of parameter: String, in category: String?) -> [Cell] {
        cells[parameter]?.cells(for: category.map { CategoryKey($0, context.target.type) }) ?? []
    }

    /// The equations' linear predictors, each with a further summand if `offset` is given.
    func predictors(_ equations: [Equation], offset: Register? = nil) throws(CompileError) -> [Register] {
        var intercepts = [Double](repeating: 0, count: equations.count)
        var order: [Group] = []
        var members: [Group: [(equation: Int, beta: Double, cells: [Cell])]] = [:]
        for (place, equation) in equations.enumerated() {
            for (parameter, beta) in equation.coefficients {
                let cells = cells(of: parameter, in: equation.category)
                if cells.isEmpty {
                    intercepts[place] += beta
                    continue
                }
                let group = group(of: cells)
                if members[group] == nil { order.append(group) }
                members[group, default: []].append((place, beta, cells))
            }
        }
        var design = LinearDesign(intercepts: intercepts, factors: [], terms: [])
        // A factor that no coefficient concerns must not make a row missing.
        let needed = Set(order.flatMap(\.factors))
        var places: [Int: Int] = [:]
        for (number, factor) in factors.enumerated() where needed.contains(number) {
            places[number] = design.factors.count
            design.factors.append(LinearDesign.Factor(index: factor.index, levels: factor.levels.count, isStrict: factor.contrasts != nil))
        }
        var numbers = 0
        for group in order {
            let found = members[group] ?? []
            let work = group.factors.contains { factors[$0].contrasts != nil } ? found.count : 0
            numbers += (equations.count + work) * (size(of: group.factors.map { factors[$0].levels.count }) ?? 1)
            guard numbers <= Self.mostNumbers else {
                throw CompileError("size-limit", "the coefficients of all categories and levels are more than \(Self.mostNumbers)", at: context.model.location)
            }
            if group.factors.isEmpty {
                var table = [Double](repeating: 0, count: equations.count)
                for member in found { table[member.equation] += member.beta }
                design.terms.append(LinearDesign.Term(factors: [], covariates: group.covariates, exponents: group.exponents, table: table))
            } else if let size = size(of: group.factors.map { factors[$0].levels.count }) {
                var table = [Double](repeating: 0, count: equations.count * size)
                for member in found { fill(&table, member.equation * size, size, group, member.beta, member.cells) }
                design.terms.append(LinearDesign.Term(
                    factors: group.factors.compactMap { places[$0] }, covariates: group.covariates, exponents: group.exponents, table: table))
            } else {
                for member in found { try single(member, group, equations.count, &numbers, &design) }
            }
        }
        if let offset {
            design.terms.append(LinearDesign.Term(
                factors: [], covariates: [offset], exponents: [1], table: [Double](repeating: 1, count: equations.count)))
        }
        return compiler.builder.design(design, isFloat: context.model.isFloat)
    }

    private func group(of cells: [Cell]) -> Group {
        var group = Group(factors: [], covariates: [], exponents: [])
        for cell in cells {
            switch cell {
            case .level(let factor, _), .contrast(let factor, _):
                if !group.factors.contains(factor) { group.factors.append(factor) }
            case .power(let covariate, let exponent):
                group.covariates.append(covariate)
                group.exponents.append(exponent)
            }
        }
        group.factors.sort()
        return group
    }

    /// How many combinations there are, one level more counted for each factor; nil: too many for a table.
    private func size(of levels: [Int]) -> Int? {
        if levels.count == 1 { return levels[0] + 1 }
        var size = 1
        for count in levels {
            size *= count + 1
            if size > Self.mostCells { return nil }
        }
        return size
    }

    private func fill(_ table: inout [Double], _ start: Int, _ size: Int, _ group: Group, _ beta: Double, _ cells: [Cell]) {
        if !group.factors.contains(where: { factors[$0].contrasts != nil }) {
            if let combination = combination(group, cells) { table[start + combination] += beta }
            return
        }
        for combination in 0..<size {
            var levels: [Int: Int] = [:]
            var rest = combination
            for factor in group.factors.reversed() {
                let count = factors[factor].levels.count + 1
                levels[factor] = rest % count
                rest /= count
            }
            var share = 1.0
            for cell in cells {
                switch cell {
                case .level(let factor, let level): share *= levels[factor] == level ? 1 : 0
                case .contrast(let factor, let column): share *= factors[factor].contrasts?[levels[factor] ?? -1, column] ?? 0
                case .power: break
                }
            }
            if share != 0 { table[start + combination] += beta * share }
        }
    }

    /// The one combination of levels for which a parameter is not 0; nil if there is none.
    private func combination(_ group: Group, _ cells: [Cell]) -> Int? {
        var levels: [Int: Int] = [:]
        for case .level(let factor, let level) in cells {
            if let known = levels[factor], known != level { return nil }
            levels[factor] = level
        }
        return group.factors.reduce(0) { $0 * (factors[$1].levels.count + 1) + (levels[$1] ?? 0) }
    }

    /// One parameter by itself: each of its factors has the one level that the parameter names.
    private func single(
        _ member: (equation: Int, beta: Double, cells: [Cell]), _ group: Group, _ equations: Int, _ numbers: inout Int,
        _ design: inout LinearDesign
    ) throws(CompileError) {
        var used: [Int] = []
        for cell in member.cells {
            switch cell {
            case .level(let factor, let level):
                // The level's index less its own number is 0 for that level only.
                let index = compiler.builder.linear(
                    intercept: Double(-level), isFloat: false, terms: [.power(factors[factor].index, exponent: 1, coefficient: 1)])
                used.append(design.factors.count)
                design.factors.append(LinearDesign.Factor(index: index, levels: 1, isStrict: false))
            case .contrast:
                throw CompileError("interaction-size", "an interaction of contrasts has more than \(Self.mostCells) combinations", at: context.model.location)
            case .power: break
            }
        }
        guard let size = size(of: used.map { _ in 1 }), equations * size <= Self.mostNumbers - numbers else {
            throw CompileError("interaction-size", "the parameters of an interaction have too many factors", at: context.model.location)
        }
        numbers += equations * size
        var table = [Double](repeating: 0, count: equations * size)
        table[member.equation * size] = member.beta
        design.terms.append(LinearDesign.Term(factors: used, covariates: group.covariates, exponents: group.exponents, table: table))
    }
}

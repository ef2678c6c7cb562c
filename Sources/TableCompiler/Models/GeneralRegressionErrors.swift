// https://dmg.org/pmml/v4-4-1/GeneralRegression.html#xsdElement_PCovMatrix

import Evaluation
import ModelTree

/// Standard errors by the delta method: √(g' C g), C being the covariances of the parameters and g how fast the result changes with each.
struct GeneralRegressionErrors {
    private let builder: ProgramBuilder
    /// The covariances' rows in the order of their first mention.
    private let entries: [GeneralRegressionModel.Covariance.Entry]
    private let matrix: [Double]
    /// For each entry the equations in which its parameter stands, with what the row multiplies it by there.
    private var design: [[(equation: Int, value: Register)]] = []
    /// Parameters beyond this have a matrix that no document should make us hold.
    private static let mostEntries = 2_000

    /// - Parameter categories: those of the equations; nil for the one equation of a regression.
    init(
        _ regression: GeneralRegressionModel, _ design: GeneralRegressionDesign, categories: [String?], _ context: ModelContext, _ compiler: Compiler
    ) throws(CompileError) {
        builder = compiler.builder
        var entries: [GeneralRegressionModel.Covariance.Entry] = []
        var places: [GeneralRegressionModel.Covariance.Entry: Int] = [:]
        for cell in regression.covariances {
            for entry in [cell.row, cell.column] where places[entry] == nil {
                places[entry] = entries.count
                entries.append(entry)
            }
        }
        guard entries.count <= Self.mostEntries else {
            throw CompileError("size-limit", "PCovMatrix has more than \(Self.mostEntries) parameters", at: context.model.location)
        }
        var matrix = [Double?](repeating: nil, count: entries.count * entries.count)
        for cell in regression.covariances {
            guard let row = places[cell.row], let column = places[cell.column] else { continue }
            matrix[row * entries.count + column] = cell.value
            // A triangle stands for the whole.
            if matrix[column * entries.count + row] == nil { matrix[column * entries.count + row] = cell.value }
        }
        self.entries = entries
        self.matrix = matrix.map { $0 ?? 0 }
        for entry in entries {
            var found: [(equation: Int, value: Register)] = []
            for (equation, category) in categories.enumerated() {
                if let own = entry.targetCategory, let category, compiler.position(of: own, in: [category], context.target.type) == nil { continue }
                found.append((equation, try design.predictors([(category, [(entry.parameter, 1)])])[0]))
            }
            self.design.append(found)
        }
    }

    /// The error of a result that changes with the predictor of each equation as fast as the product of the equation's registers.
    func error(_ slopes: [Int: [Register]]) -> Register {
        let changes = design.map { places in
            builder.linear(intercept: 0, isFloat: false, terms: places.compactMap { place in
                slopes[place.equation].map { .product($0 + [place.value], coefficient: 1) }
            })
        }
        return builder.quadraticRoot(changes, matrix: matrix)
    }
}

extension Compiler {
    /// The standard error of each category's probability, where covariances are known and an output asks for it.
    ///
    /// - Parameter slopes: for a category, how fast its probability changes with the predictor of each equation, as factors.
    func addErrors(
        of categories: [String], _ equations: [String], _ regression: GeneralRegressionModel, _ design: GeneralRegressionDesign,
        to result: inout ModelResult, _ context: ModelContext, slopes: (String) -> [Int: [Register]]
    ) throws(CompileError) {
        let asked = context.model.output.filter { $0.feature == .standardError && $0.segmentId == nil }
        guard !regression.covariances.isEmpty, !asked.isEmpty else { return }
        let errors = try GeneralRegressionErrors(regression, design, categories: equations.map(Optional.some), context, self)
        let found = categories.map { errors.error(slopes($0)) }
        for output in asked {
            if let category = output.value {
                guard let at = position(of: category, in: categories, context.target.type) else { continue }
                result.features[.init(.standardError, category)] = TypedValue(found[at], .double)
            } else if let index = result.categoryIndex {
                result.features[.init(.standardError)] = TypedValue(builder.pick(index, of: found), .double)
            }
        }
    }
}

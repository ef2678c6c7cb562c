// https://dmg.org/pmml/v4-4-1/Targets.html

import Evaluation
import ModelTree

extension Compiler {
    /// Rescales, limits and casts a number; fills in for a missing prediction.
    func applyTargets(_ result: ModelResult, _ context: ModelContext) throws(CompileError) -> ModelResult {
        guard let target = context.model.targets.first(where: { $0.field == nil || result.target == nil || $0.field == result.target }) else {
            return result
        }
        var result = result
        result.target = result.target ?? target.field
        if result.categoryIndex != nil { return try applyPriors(target, result, context) }
        guard result.value.register.kind == .number, !result.isRescaled else { return result }
        let cast: Int
        switch target.castInteger {
        case nil: cast = 0
        case .round: cast = 1
        case .ceiling: cast = 2
        case .floor: cast = 3
        }
        if target.min != nil || target.max != nil || target.rescaleFactor != 1 || target.rescaleConstant != 0 || cast != 0 {
            result.value.register = builder.scale(
                result.value.register, low: target.min ?? -.infinity, high: target.max ?? .infinity, factor: target.rescaleFactor,
                constant: target.rescaleConstant, cast: cast, isFloat: context.model.isFloat)
        }
        if let value = target.values.compactMap(\.defaultValue).first {
            result.value.register = builder.coalesce([result.value.register, builder.constant(value)])
        }
        return result
    }

    /// A missing prediction falls back on the prior probabilities.
    private func applyPriors(_ target: Target, _ result: ModelResult, _ context: ModelContext) throws(CompileError) -> ModelResult {
        let type = context.target.type
        var priors: [CategoryKey: Double] = [:]
        for value in target.values {
            if let category = value.value, let prior = value.priorProbability { priors[CategoryKey(category, type)] = prior }
        }
        guard !priors.isEmpty, let index = result.categoryIndex else { return result }
        var categories = result.categories
        var probabilities = result.probabilities
        var known = Set(categories.map { CategoryKey($0, type) })
        for value in target.values {
            guard let category = value.value, priors[CategoryKey(category, type)] != nil, known.insert(CategoryKey(category, type)).inserted else { continue }
            categories.append(category)
            if !probabilities.isEmpty { probabilities.append(builder.masked(builder.constant(0), where: try isPresent(index))) }
        }
        let shares = categories.map { priors[CategoryKey($0, type)] ?? 0 }
        let best = shares.indices.max { shares[$0] < shares[$1] || (shares[$0] == shares[$1] && $0 > $1) } ?? 0
        let filledIndex = builder.coalesce([index, builder.constant(Double(best))])
        var filled = try classified(filledIndex, categories, context)
        filled.target = result.target
        filled.probabilities = probabilities.isEmpty ? [] : probabilities.indices.map { builder.coalesce([probabilities[$0], builder.constant(shares[$0])]) }
        filled.confidences = result.confidences
        filled.features = result.features
        filled.outputs = result.outputs
        filled.segments = result.segments
        filled.others = result.others
        return filled
    }

    private func isPresent(_ register: Register) throws(CompileError) -> Register {
        builder.emit("value.present", .number) { $0.register(register) }
    }
}

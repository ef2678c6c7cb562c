// https://dmg.org/pmml/v4-4-1/NaiveBayes.html
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

import Evaluation
import ModelTree

extension Compiler {
    /// P(T) · Π P(I | T), divided by the sum over all T; inputs without a value have no part.
    func lowerNaiveBayes(_ bayes: NaiveBayesModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        let categories = bayes.targetCounts.map(\.value)
        try refuseLarge(bayes, classes: categories.count, context)
        var inputs: [BayesEvidence] = []
        for input in bayes.inputs {
            switch input.content {
            case .counts(let pairs): inputs.append(try lower(pairs, of: input, bayes.threshold, categories, context))
            case .statistics(let statistics): inputs.append(try lower(statistics, of: input, bayes.threshold, categories, context))
            }
        }
        let likelihoods = builder.bayesLikelihoods(
            priors: bayes.targetCounts.map { log($0.count) }, threshold: log(bayes.threshold), inputs)
        let probabilities = builder.softmax(likelihoods, isFloat: context.model.isFloat)
        // Of probabilities that round to the same number the likelier one is still known.
        var result = try classified(builder.highest(likelihoods), categories, context)
        result.probabilities = probabilities
        result.confidences = probabilities
        return result
    }

    /// Refuses tables that are far larger than the document, which need not name every class with each value.
    private func refuseLarge(_ bayes: NaiveBayesModel, classes: Int, _ context: ModelContext) throws(CompileError) {
        var implied = 0
        for input in bayes.inputs {
            switch input.content {
            case .counts(let pairs): for pair in pairs { implied += classes - min(classes, pair.counts.count) }
            case .statistics(let statistics): implied += classes - min(classes, statistics.count)
            }
        }
        if implied > 25_000_000 {
            throw CompileError("size-limit", "values and inputs without a count for each of \(classes) classes leave more than 25 million numbers to fill in", at: context.model.location)
        }
    }

    private func value(of input: NaiveBayesModel.Input, _ context: ModelContext) throws(CompileError) -> TypedValue {
        if let derived = input.derivedField { return try lower(derived, in: context.scope) }
        return try context.scope.value(of: input.field, at: input.location, self)
    }

    /// count[value, T] / Σ over the input's values of count[value, T]; the threshold where the count is 0.
    private func lower(
        _ pairs: [NaiveBayesModel.PairCounts], of input: NaiveBayesModel.Input, _ threshold: Double, _ categories: [String],
        _ context: ModelContext
    ) throws(CompileError) -> BayesEvidence {
        let value = try value(of: input, context)
        try refuseList(value, at: input.location)
        var counts = [Double](repeating: 0, count: pairs.count * categories.count)
        var totals = [Double](repeating: 0, count: categories.count)
        for (row, pair) in pairs.enumerated() {
            for count in pair.counts {
                guard let at = position(of: count.value, in: categories, context.target.type) else {
                    throw CompileError("target-value", "TargetValueCount names \"\(count.value)\", which BayesOutput does not have", at: input.location)
                }
                counts[row * categories.count + at] += count.count
                totals[at] += count.count
            }
        }
        for index in counts.indices {
            let total = totals[index % categories.count]
            counts[index] = log(counts[index] > 0 && total > 0 ? counts[index] / total : threshold)
        }
        let names = pairs.map(\.value)
        let index = value.isText
            ? builder.index(of: value.register, in: names)
            : builder.index(of: value.register, in: names.map { Literal.number($0, as: value.type) ?? .nan })
        return .discrete(index, logarithms: counts)
    }

    private func lower(
        _ statistics: [NaiveBayesModel.TargetValueStat], of input: NaiveBayesModel.Input, _ threshold: Double, _ categories: [String],
        _ context: ModelContext
    ) throws(CompileError) -> BayesEvidence {
        let value = try numeric(value(of: input, context), at: input.location)
        var densities = [BayesDensity](repeating: .none, count: categories.count)
        for statistic in statistics {
            guard let at = position(of: statistic.value, in: categories, context.target.type) else {
                throw CompileError("target-value", "TargetValueStat names \"\(statistic.value)\", which BayesOutput does not have", at: input.location)
            }
            densities[at] = density(statistic.distribution, at: input.location)
        }
        // Since 4.2 the threshold is the least density; in the extension before it, as in R, it stands in for one of 0.
        return .continuous(value.register, densities, least: input.isExtension ? log(Double.leastNonzeroMagnitude) : log(threshold))
    }

    /// A distribution without an extent gives no density but the threshold.
    private func density(_ distribution: NaiveBayesModel.Distribution, at location: SourceLocation) -> BayesDensity {
        switch distribution {
        case .gaussian(let mean, let variance): return variance > 0 ? .gaussian(mean: mean, variance: variance) : .none
        case .any(let mean, let variance):
            warn("any-distribution", "AnyDistribution gives only mean and variance; the normal distribution that has them is used", at: location)
            return variance > 0 ? .gaussian(mean: mean, variance: variance) : .none
        case .poisson(let mean): return mean >= 0 ? .poisson(mean: mean) : .none
        case .uniform(let lower, let upper): return upper > lower ? .uniform(lower: lower, upper: upper) : .none
        }
    }
}

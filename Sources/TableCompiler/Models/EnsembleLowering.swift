// https://dmg.org/pmml/v4-4-1/MultipleModels.html#xsdType_MULTIPLE-MODEL-METHOD

import Evaluation
import ModelTree

extension Compiler {
    /// The methods that combine the predictions of all segments that apply.
    func lowerEnsemble(_ mining: MiningModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        let isVote = mining.method == .majorityVote || mining.method == .weightedMajorityVote
        let wanted: Demand = context.isClassification && !isVote ? [.probabilities] : []
        if context.isClassification { try refuseLarge(segments: mining.segments.count, classes: context.target.values.count, context) }
        var lowered: [LoweredSegment] = []
        var segments: [String: ModelResult] = [:]
        for segment in mining.segments {
            let next = try lower(segment, condition: nil, context, demand: wanted)
            lowered.append(next)
            record(next, in: &segments)
        }
        try checkSound(lowered, context)
        try refuseCollections(lowered)
        var result = context.isClassification ? try combineClasses(lowered, mining, context) : try combineNumbers(lowered, mining, context)
        result.segments = segments
        return result
    }

    /// Members predict one value each, or there is nothing to combine.
    func refuseCollections(_ lowered: [LoweredSegment]) throws(CompileError) {
        for one in lowered where one.result.value.register.kind == .list {
            throw CompileError.typeMismatch("the prediction of a Segment", found: "a collection", expected: "a single value", at: one.segment.location)
        }
    }

    private func weight(_ segment: Segment, _ method: MiningModel.MultipleModelMethod) -> Double {
        switch method {
        case .weightedMajorityVote, .weightedAverage, .weightedMedian, .weightedSum: segment.weight
        default: 1
        }
    }

    /// How missing members count. With "continue" a missing prediction is a candidate in a vote, and makes numbers missing.
    func missingMember(_ mining: MiningModel, isVote: Bool) -> (MissingMember, Double) {
        switch mining.missingPredictionTreatment {
        case .returnMissing: (.returnMissing, 0)
        case .skipSegment: (.skip, mining.missingThreshold)
        case .continue: isVote ? (.candidate, 1) : (.returnMissing, 0)
        }
    }

    /// What a method does with numbers; nil for a vote, which has none.
    private func combination(_ method: MiningModel.MultipleModelMethod) -> Combination? {
        switch method {
        case .sum, .weightedSum: .sum
        case .average, .weightedAverage: .average
        case .median, .weightedMedian: .median
        case .max: .max
        default: nil
        }
    }

    private func combineNumbers(_ lowered: [LoweredSegment], _ mining: MiningModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        guard let method = combination(mining.method) else {
            throw CompileError.multipleModelMethod(mining.method.rawValue, for: "regression", at: context.model.location)
        }
        var members: [(active: Register?, weight: Double, value: Register)] = []
        for one in lowered {
            let value = one.result.value.isText ? try convert(one.result.value, to: .double, at: one.segment.location) : one.result.value
            members.append((one.active, weight(one.segment, mining.method), value.register))
        }
        let (missing, threshold) = missingMember(mining, isVote: false)
        let combined = builder.combine(members, method, isFloat: context.model.isFloat, missing: missing, threshold: threshold)
        return ModelResult(value: TypedValue(combined, numericType(of: context.target, context)), target: context.target.name)
    }

    /// Each segment says something of each class, also of those that it does not know: a short document may have many of both.
    func refuseLarge(segments: Int, classes: Int, _ context: ModelContext) throws(CompileError) {
        try CompileError.refuseLarge(
            classes, times: segments, few: 200, most: 5_000_000, at: context.model.location, "\(segments) segments times \(classes) classes are more than 5 million")
    }

    private func combineClasses(_ lowered: [LoweredSegment], _ mining: MiningModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        var found = CategoryList(context.target)
        for one in lowered { for category in one.result.categories { found.add(category) } }
        let categories = found.values
        guard !categories.isEmpty else { throw CompileError.noCategories(at: context.model.location) }
        try refuseLarge(segments: lowered.count, classes: categories.count, context)
        let isVote = mining.method == .majorityVote || mining.method == .weightedMajorityVote
        let (missing, threshold) = missingMember(mining, isVote: isVote)
        let probabilities: [Register]
        switch combination(mining.method) {
        case nil:
            let members = lowered.map { one in (active: one.active, weight: weight(one.segment, mining.method), value: vote(one.result, categories, context)) }
            probabilities = builder.vote(members, classes: categories.count, missing: missing, threshold: threshold)
        case .max?:
            probabilities = mostConfident(lowered, categories, missing, threshold, context)
        case let method?:
            let combined = categories.map { category in
                builder.combine(
                    lowered.map { ($0.active, weight($0.segment, mining.method), probability(of: category, $0.result, context)) }, method,
                    isFloat: context.model.isFloat, missing: missing, threshold: threshold)
            }
            probabilities = method == .average ? combined : builder.shares(combined, isFloat: context.model.isFloat)
        }
        var result = try classified(builder.highest(probabilities), categories, context)
        result.probabilities = probabilities
        result.confidences = probabilities
        return result
    }

    /// The index among `categories` of the category that a segment predicts.
    private func vote(_ result: ModelResult, _ categories: [String], _ context: ModelContext) -> Register {
        guard let index = result.categoryIndex else {
            // What predicts texts tells the category's index.
            return builder.index(of: result.value.register, in: categories.map { Literal.number($0, as: context.target.type) ?? .nan })
        }
        if result.categories.elementsEqual(categories, by: { $0.isExactly($1) }) { return index }
        return builder.number(at: index, in: result.categories.map { Double(position(of: $0, in: categories, context.target.type) ?? -1) })
    }

    /// A segment's probability of a category; 0 for one that it does not know.
    private func probability(of category: String, _ result: ModelResult, _ context: ModelContext) -> Register {
        if let at = position(of: category, in: result.categories, context.target.type), at < result.probabilities.count { return result.probabilities[at] }
        if result.probabilities.isEmpty, let index = result.categoryIndex {
            // A segment with no probabilities is sure of what it predicts.
            let at = position(of: category, in: result.categories, context.target.type)
            return builder.number(at: index, in: result.categories.indices.map { $0 == at ? 1 : 0 })
        }
        guard let index = result.categoryIndex ?? result.probabilities.first else {
            let isIt = builder.index(of: result.value.register, in: [Literal.number(category, as: context.target.type) ?? .nan])
            return builder.linear(intercept: 1, isFloat: false, terms: [.power(isIt, exponent: 1, coefficient: 1)])
        }
        return builder.masked(builder.constant(0), where: builder.emit("value.present", .number, index))
    }

    /// "max": the probabilities of the segments that reach the highest probability of all, averaged if there are several.
    private func mostConfident(
        _ lowered: [LoweredSegment], _ categories: [String], _ missing: MissingMember, _ threshold: Double, _ context: ModelContext
    ) -> [Register] {
        let perSegment = lowered.map { one in categories.map { probability(of: $0, one.result, context) } }
        let tops = perSegment.map { builder.pick(builder.highest($0), of: $0) }
        let members = zip(lowered, tops).map { (active: $0.active, weight: 1.0, value: $1) }
        let highest = builder.combine(members, .max, isFloat: false, missing: missing, threshold: threshold)
        let reaches = zip(lowered, tops).map { one, top -> Register in
            let isHighest = builder.emit("condition.same", .number) {
                $0.register(top)
                $0.register(highest)
            }
            return both(one.active, isHighest)
        }
        return categories.indices.map { category in
            builder.combine(
                perSegment.indices.map { (active: reaches[$0], weight: 1.0, value: perSegment[$0][category]) }, .average,
                isFloat: context.model.isFloat, missing: .skip, threshold: 1)
        }
    }
}

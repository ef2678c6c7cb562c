// https://dmg.org/pmml/v4-4-1/MultipleModels.html

import Evaluation
import ModelTree

extension Compiler {
    /// An ensemble of plain trees that all take part, as one table; nil for other ensembles.
    func lowerForest(_ mining: MiningModel, _ context: ModelContext) throws(CompileError) -> ModelResult? {
        let trees = forestTrees(mining, context)
        guard trees.count == mining.segments.count, trees.count > 1 else { return nil }
        let isVote = mining.method == .majorityVote || mining.method == .weightedMajorityVote
        let isAverage = mining.method == .average || mining.method == .weightedAverage
        let isSum = mining.method == .sum || mining.method == .weightedSum
        guard context.isClassification ? isVote || isAverage : isAverage || isSum else { return nil }
        let isWeighted = mining.method == .weightedMajorityVote || mining.method == .weightedAverage || mining.method == .weightedSum
        let weights = isWeighted ? mining.segments.map(\.weight) : []
        let (missing, threshold) = missingMember(mining, isVote: isVote)
        let categories = context.isClassification ? TreeScores.categories(trees, context.target) : []
        let scores = TreeScores(categories: categories, type: context.target.type)
        var amounts = [Double](repeating: .nan, count: max(1, categories.count))
        if let result = try lowerLargeForest(trees, mining, context, scores, weights, isAverage: isAverage, missing, threshold) { return result }
        var flat = FlatTrees()
        flat.reserve(trees.reduce(0) { $0 + (($1.digest as? PlainTree)?.flat.nodes.count ?? $1.plainSource?.plainCounts.map { $0.nodes + 1 } ?? 2 * $1.nodesAtHand) })
        let features = TreeFeatures(self)
        var plainTrees = PlainTrees(features, scores, isClassification: context.isClassification, isFloat: context.model.isFloat)
        for (segment, deferred) in zip(mining.segments, trees) {
            let scope = try openScope(segment.model, in: context.scope, active: context.active, isOutermost: false)
            defer { noteUsage(of: segment.model, scope) }
            let inner = ModelContext(model: segment.model, scope: scope, target: context.target, active: context.active, demand: [])
            if try plainTrees.append(deferred, inner, self, to: &flat, &amounts) { continue }
            // One tree's nodes at a time.
            let tree = deferred.realized
            try TreeScores.refuseLarge(nodes: amounts.count / max(1, categories.count) + tree.nodes.nodes.count, classes: categories.count, at: context.model.location)
            let first = flat.results.isEmpty ? 0 : amounts.count / max(1, categories.count) - 1
            try append(tree, inner, features, to: &flat, firstResult: first)
            if categories.isEmpty {
                amounts += try scores.numbers(tree, inner)
            } else if isVote {
                for index in scores.classes(tree, self) {
                    if index < 0 { amounts += [Double](repeating: .nan, count: categories.count) } else {
                        amounts += categories.indices.map { Double($0) == index ? 1 : 0 }
                    }
                }
            } else {
                var places = TreeScores.Places(scores, tree, self)
                for node in tree.nodes.nodes { amounts += scores.amounts(tree, node, &places) }
            }
        }
        flat.sets = features.sets
        let inputs = features.finish()
        let isFloat = context.model.isFloat
        guard context.isClassification else {
            let start = isFloat && isSum ? initialValue(context) : nil
            let sum = builder.forestSum(
                flat, inputs: inputs, scores: amounts, weights: weights, start: start ?? 0, isAverage: isAverage, isFloat: isFloat,
                missing: missing, threshold: threshold)
            var result = ModelResult(value: TypedValue(sum, numericType(of: context.target, context)), target: context.target.name)
            result.isRescaled = start != nil
            return result
        }
        let probabilities = builder.forestClasses(
            flat, inputs: inputs, amounts: amounts, classes: categories.count, weights: weights, isFloat: isFloat, missing: missing,
            threshold: threshold)
        return try classes(probabilities, categories, context)
    }

    private func classes(_ probabilities: [Register], _ categories: [String], _ context: ModelContext) throws(CompileError) -> ModelResult {
        var result = try classified(builder.highest(probabilities), categories, context)
        result.probabilities = probabilities
        result.confidences = probabilities
        return result
    }

    /// A large forest that can be packed from its learner's arrays; nil for others.
    private func lowerLargeForest(
        _ trees: [TreeModel], _ mining: MiningModel, _ context: ModelContext, _ scores: TreeScores, _ weights: [Double], isAverage: Bool,
        _ missing: MissingMember, _ threshold: Double
    ) throws(CompileError) -> ModelResult? {
        guard let segment = mining.segments.first else { return nil }
        let features = TreeFeatures(self)
        var amounts = [Double](repeating: .nan, count: max(1, scores.categories.count))
        var plainTrees = PlainTrees(features, scores, isClassification: context.isClassification, isFloat: context.model.isFloat)
        let scope = try openScope(segment.model, in: context.scope, active: context.active, isOutermost: false)
        let inner = ModelContext(model: segment.model, scope: scope, target: context.target, active: context.active, demand: [])
        guard let forest = try plainTrees.largeForest(trees, inner, self, &amounts) else { return nil }
        let inputs = features.finish()
        let result: ModelResult
        if context.isClassification {
            guard let probabilities = builder.forestClasses(
                forest, inputs: inputs, amounts: amounts, classes: scores.categories.count, weights: weights, missing: missing, threshold: threshold)
            else { return nil }
            result = try classes(probabilities, scores.categories, context)
        } else {
            guard let sum = builder.forestSum(forest, inputs: inputs, weights: weights, isAverage: isAverage, missing: missing, threshold: threshold) else {
                return nil
            }
            result = ModelResult(value: TypedValue(sum, numericType(of: context.target, context)), target: context.target.name)
        }
        // What the image has now need not be held twice while it is laid out.
        if releasesTrees { for tree in trees { tree.plainSource?.release() } }
        return result
    }

    private func append(
        _ tree: TreeModel, _ context: ModelContext, _ features: TreeFeatures, to flat: inout FlatTrees, firstResult: Int
    ) throws(CompileError) {
        guard let digest = tree.digest else {
            var flattening = TreeFlattening(tree, try RegisterTests(tree, context, features, self))
            return try flattening.append(to: &flat, firstResult: firstResult)
        }
        var fields: [TypedValue] = []
        for name in tree.nodes.fieldNames { fields.append(try context.scope.value(of: name, at: context.model.location, self)) }
        guard let plain = digest as? PlainTree, plain.append(to: &flat, firstResult: firstResult, fields: fields, features) else {
            throw CompileError.missingElement("nodes as they are written", in: "TreeModel", at: context.model.location)
        }
    }

    /// The constant that Targets adds to the sum, when it does nothing else: the learners of such models begin with it, and in
    /// binary32 the order of additions shows.
    private func initialValue(_ context: ModelContext) -> Double? {
        guard context.model.targets.count == 1, let target = context.model.targets.first, target.field == nil || target.field == context.target.name,
            target.rescaleFactor == 1, target.min == nil, target.max == nil, target.castInteger == nil, target.values.isEmpty
        else { return nil }
        return target.rescaleConstant
    }

    /// The segments' trees, as long as each always takes part and needs nothing that the common table lacks.
    private func forestTrees(_ mining: MiningModel, _ context: ModelContext) -> [TreeModel] {
        var trees: [TreeModel] = []
        for segment in mining.segments {
            guard case .always = segment.predicate, case .tree(let tree) = segment.model.kind else { return [] }
            let model = segment.model
            guard model.functionName == context.model.functionName, model.targets.isEmpty, model.output.isEmpty, !tree.embedsModels,
                tree.missingValueStrategy != .weightedConfidence, tree.missingValueStrategy != .aggregateNodes,
                model.isFloat == context.model.isFloat || context.isClassification
            else { return [] }
            if let id = segment.id, context.segmentDemands[id] != nil { return [] }
            trees.append(tree)
        }
        return trees
    }
}

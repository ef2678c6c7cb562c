// https://dmg.org/pmml/v4-4-1/TreeModel.html

import Evaluation
import ModelTree

extension Compiler {
    func lowerTree(_ deferred: TreeModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        let tree = deferred.realized
        if tree.missingValueStrategy == .weightedConfidence || tree.missingValueStrategy == .aggregateNodes {
            return try lowerWeighted(tree, context)
        }
        let features = TreeFeatures(self)
        var flat = FlatTrees()
        var flattening = TreeFlattening(tree, context, features, self)
        try flattening.append(to: &flat, firstResult: 0)
        flat.sets = features.sets
        let walk = builder.treeWalk(flat, features: features.finish(), resultCount: tree.nodes.nodes.count + 1)
        return try treeResult(tree, leaf: walk.result, defaultSteps: walk.defaultSteps, context)
    }

    /// What a tree answers when a row has come to one node; node n is number n + 1.
    private func treeResult(_ tree: TreeModel, leaf: Register, defaultSteps: Register?, _ context: ModelContext) throws(CompileError) -> ModelResult {
        var result: ModelResult
        if context.isClassification {
            let scores = TreeScores(
                categories: TreeScores.categories([tree], context.target, self), type: context.target.type)
            let classes = [.nan] + scores.classes(tree, self).map { $0 < 0 ? .nan : $0 }
            result = try classified(builder.number(at: leaf, in: classes), scores.categories, context)
            if context.demand.contains(.probabilities) || !context.model.targets.isEmpty {
                result.probabilities = perClass(tree, leaf, scores) { scores.amounts(tree, $0, &$1) }
            }
            if context.demand.contains(.confidences) {
                let confidences = perClass(tree, leaf, scores) { scores.confidences(tree, $0, &$1) }
                result.confidences = try penalised(confidences, defaultSteps, tree)
            }
        } else {
            let numbers = try TreeScores(categories: [], type: .double).numbers(tree, context)
            result = ModelResult(
                value: TypedValue(builder.number(at: leaf, in: [.nan] + numbers), numericType(of: context.target, context)),
                target: context.target.name)
        }
        if context.demand.contains(.entity) {
            // A node without an id is known by its number in the document.
            let ids = [nil] + tree.nodes.nodes.indices.map { tree.nodes.string(tree.nodes.nodes[$0].id) ?? String($0 + 1) }
            result.features[.init(.entityId)] = TypedValue(builder.text(at: leaf, inOptional: ids), .string)
        }
        return try lowerEmbedded(tree, leaf: leaf, result, context)
    }

    private func perClass(_ tree: TreeModel, _ leaf: Register, _ scores: TreeScores, _ amounts: (TreeNodes.Node, inout TreeScores.Places) -> [Double]) -> [Register] {
        var places = TreeScores.Places(scores, tree, self)
        var columns = [[Double]](repeating: [.nan], count: scores.categories.count)
        for node in tree.nodes.nodes {
            for (index, amount) in amounts(node, &places).enumerated() { columns[index].append(amount) }
        }
        return columns.map { builder.number(at: leaf, in: $0) }
    }

    /// Every default child on the way multiplies the confidence by the penalty.
    private func penalised(_ confidences: [Register], _ steps: Register?, _ tree: TreeModel) throws(CompileError) -> [Register] {
        guard tree.missingValuePenalty != 1, let steps else { return confidences }
        // No path has more steps than the tree has nodes.
        var factors: [Double] = [1]
        for _ in 0..<min(tree.nodes.nodes.count, 1_100) { factors.append((factors.last ?? 1) * tree.missingValuePenalty) }
        let factor = builder.number(at: steps, in: factors)
        return confidences.map { builder.linear(intercept: 0, isFloat: false, terms: [.product([$0, factor], coefficient: 1)]) }
    }

    /// Models inside nodes: the model composition of PMML 3.x and 4.0. A row that comes to such a node takes the inner model's answer.
    private func lowerEmbedded(_ tree: TreeModel, leaf: Register, _ result: ModelResult, _ context: ModelContext) throws(CompileError) -> ModelResult {
        var result = result
        for (index, node) in tree.nodes.nodes.enumerated() {
            guard node.embedded >= 0, tree.nodes.embedded.indices.contains(Int(node.embedded)) else { continue }
            let inner = tree.nodes.embedded[Int(node.embedded)]
            let marks = [0] + tree.nodes.nodes.indices.map { $0 == index ? 1.0 : 0 }
            let isHere = builder.number(at: leaf, in: marks)
            let found = try builder.block(if: isHere) { () throws(CompileError) in
                try lower(inner, in: context.scope, active: isHere, outer: context.target, demand: context.demand)
            }
            let elsewhere = builder.number(at: leaf, in: marks.map { 1 - $0 })
            result.value.register = builder.coalesce([
                builder.masked(found.value.register, where: isHere), builder.masked(result.value.register, where: elsewhere),
            ])
            if found.probabilities.count == result.probabilities.count, found.categories == result.categories {
                result.probabilities = zip(found.probabilities, result.probabilities).map {
                    builder.coalesce([builder.masked($0, where: isHere), builder.masked($1, where: elsewhere)])
                }
                if let a = found.categoryIndex, let b = result.categoryIndex {
                    result.categoryIndex = builder.coalesce([builder.masked(a, where: isHere), builder.masked(b, where: elsewhere)])
                }
            }
        }
        return result
    }
}

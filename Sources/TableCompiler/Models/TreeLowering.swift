// https://dmg.org/pmml/v4-4-1/TreeModel.html

import Evaluation
import ModelTree

extension Compiler {
    func lowerTree(_ deferred: TreeModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        if deferred.digest != nil { throw CompileError.missingElement("nodes as they are written", in: "TreeModel", at: context.model.location) }
        let tree = deferred.realized
        if tree.missingValueStrategy == .weightedConfidence || tree.missingValueStrategy == .aggregateNodes {
            return try lowerWeighted(tree, context)
        }
        let features = TreeFeatures(self)
        var flat = FlatTrees()
        var flattening = TreeFlattening(tree, try RegisterTests(tree, context, features, self))
        try flattening.append(to: &flat, firstResult: 0)
        flat.sets = features.sets
        let inputs = features.finish()
        var tables = try answerTables(tree, context)
        // Only a penalty for default children asks how many were taken.
        if tree.missingValueStrategy == .defaultChild, tree.missingValuePenalty != 1 {
            let walk = builder.treeWalk(flat, features: inputs.registers, resultCount: tree.nodes.nodes.count + 1)
            tables.registers = tables.columns.map { builder.number(at: walk.result, in: $0) }
            return try treeResult(tree, tables, defaultSteps: walk.defaultSteps, context)
        }
        tables.registers = builder.treeAnswers(flat, inputs: inputs, tables: tables.columns)
        return try treeResult(tree, tables, defaultSteps: nil, context)
    }

    /// What a tree answers when a row has come to a node, as tables over the nodes; node n is number n + 1.
    private struct AnswerTables {
        var columns: [[Double]] = []
        /// The tables' numbers for each row, once the tree is walked.
        var registers: [Register] = []
        /// The scores: of a classification, as numbers of classes.
        var score = 0..<0
        var probabilities = 0..<0
        var confidences = 0..<0
        /// The node's number.
        var node = 0..<0
        var scores: TreeScores?

        /// Adds tables, each of which begins with what stands for "no node".
        mutating func add(_ tables: [[Double]]) -> Range<Int> {
            columns += tables
            return columns.count - tables.count..<columns.count
        }
    }

    private func answerTables(_ tree: TreeModel, _ context: ModelContext) throws(CompileError) -> AnswerTables {
        var tables = AnswerTables()
        if context.isClassification {
            let scores = TreeScores(categories: TreeScores.categories([tree], context.target), type: context.target.type)
            tables.scores = scores
            if context.demand.contains(.probabilities) || context.demand.contains(.confidences) || !context.model.targets.isEmpty {
                try TreeScores.refuseLarge(nodes: tree.nodes.nodes.count, classes: scores.categories.count, at: context.model.location)
            }
            tables.score = tables.add([[.nan] + scores.classes(tree, self).map { $0 < 0 ? .nan : $0 }])
            if context.demand.contains(.probabilities) || !context.model.targets.isEmpty {
                tables.probabilities = tables.add(perClass(tree, scores) { scores.amounts(tree, $0, &$1) })
            }
            if context.demand.contains(.confidences) { tables.confidences = tables.add(perClass(tree, scores) { scores.confidences(tree, $0, &$1) }) }
        } else {
            tables.score = tables.add([[.nan] + (try TreeScores(categories: [], type: .double).numbers(tree, context))])
        }
        if context.demand.contains(.entity) || !tree.nodes.embedded.isEmpty {
            tables.node = tables.add([[.nan] + tree.nodes.nodes.indices.map { Double($0 + 1) }])
        }
        return tables
    }

    private func perClass(_ tree: TreeModel, _ scores: TreeScores, _ amounts: (TreeNodes.Node, inout TreeScores.Places) -> [Double]) -> [[Double]] {
        var places = TreeScores.Places(scores, tree, self)
        var columns = [[Double]](repeating: [.nan], count: scores.categories.count)
        for node in tree.nodes.nodes {
            for (index, amount) in amounts(node, &places).enumerated() { columns[index].append(amount) }
        }
        return columns
    }

    private func treeResult(_ tree: TreeModel, _ tables: AnswerTables, defaultSteps: Register?, _ context: ModelContext) throws(CompileError) -> ModelResult {
        let score = tables.registers[tables.score.lowerBound]
        var result: ModelResult
        if let scores = tables.scores {
            result = try classified(score, scores.categories, context)
            result.probabilities = Array(tables.registers[tables.probabilities])
            result.confidences = try penalised(Array(tables.registers[tables.confidences]), defaultSteps, tree)
        } else {
            result = ModelResult(value: TypedValue(score, numericType(of: context.target, context)), target: context.target.name)
        }
        guard let leaf = tables.registers[tables.node].first else { return result }
        if context.demand.contains(.entity) {
            // A node without an id is known by its number in the document.
            let ids = [nil] + tree.nodes.nodes.indices.map { tree.nodes.string(tree.nodes.nodes[$0].id) ?? String($0 + 1) }
            result.features[.init(.entityId)] = TypedValue(builder.text(at: leaf, inOptional: ids), .string)
        }
        return try lowerEmbedded(tree, leaf: leaf, result, context)
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

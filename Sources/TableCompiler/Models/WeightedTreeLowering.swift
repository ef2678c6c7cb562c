// https://dmg.org/pmml/v4-4-1/TreeModel.html#xsdType_MISSING-VALUE-STRATEGY

import Evaluation
import ModelTree

extension Compiler {
    /// A tree in which a missing value spreads a row over several children.
    func lowerWeighted(_ tree: TreeModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        let isAggregate = tree.missingValueStrategy == .aggregateNodes
        let categories = context.isClassification ? TreeScores.categories([tree], context.target) : []
        let scores = TreeScores(categories: categories, type: context.target.type)
        try TreeScores.refuseLarge(nodes: tree.nodes.nodes.count, classes: categories.count, at: context.model.location)
        var amounts: [Double] = []
        /// What each node says on its own, class by class.
        var own: (probabilities: [Double], confidences: [Double]) = ([], [])
        var places = TreeScores.Places(scores, tree, self)
        if context.isClassification {
            for node in tree.nodes.nodes {
                let probabilities = scores.amounts(tree, node, &places)
                let stated = scores.confidences(tree, node, &places)
                own.probabilities += probabilities
                own.confidences += stated.contains { !$0.isNaN } ? stated.map { $0.isNaN ? 0 : $0 } : probabilities
                if isAggregate { amounts += scores.counts(tree, node, &places) }
            }
            if !isAggregate { amounts = own.confidences }
        } else {
            // The mean of the reached leaves' scores, weighted by their records.
            let numbers = try scores.numbers(tree, context)
            for (index, node) in tree.nodes.nodes.enumerated() {
                let weight = isAggregate ? (node.recordCount.isNaN ? 1 : node.recordCount) : 1
                amounts += isAggregate ? [numbers[index] * weight, weight] : [numbers[index]]
            }
        }
        let classCount = max(1, amounts.count / max(1, tree.nodes.nodes.count))
        let outputs = try weigh(tree, amounts, classCount: classCount, isAggregate: isAggregate, context)
        let leaf = outputs[0]
        let sums = Array(outputs.dropFirst())
        guard context.isClassification else {
            let value = isAggregate ? ratio(sums[0], sums[1]) : sums[0]
            return ModelResult(value: TypedValue(value, numericType(of: context.target, context)), target: context.target.name)
        }
        let shares = isAggregate ? builder.shares(sums, isFloat: false) : sums
        // A single node speaks with its own score, probabilities and confidences; several are weighed.
        let score = builder.number(at: leaf, in: [.nan] + scores.classes(tree, self).map { $0 < 0 ? .nan : $0 })
        var result = try classified(builder.coalesce([score, builder.highest(shares)]), categories, context)
        if isAggregate {
            func spoken(_ numbers: [Double]) -> [Register] {
                shares.enumerated().map { place, share in
                    let ofNodes = stride(from: place, to: numbers.count, by: classCount).map { numbers[$0] }
                    return builder.coalesce([builder.number(at: leaf, in: [.nan] + ofNodes), share])
                }
            }
            result.probabilities = spoken(own.probabilities)
            result.confidences = spoken(own.confidences)
        } else {
            let isOne = zip(own.probabilities, own.confidences).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
            result.probabilities = isOne ? shares : Array(try weigh(tree, own.probabilities, classCount: classCount, isAggregate: false, context).dropFirst())
            result.confidences = shares
        }
        if context.demand.contains(.entity) {
            let ids = [nil] + tree.nodes.nodes.indices.map { tree.nodes.string(tree.nodes.nodes[$0].id) ?? String($0 + 1) }
            result.features[.init(.entityId)] = TypedValue(builder.text(at: leaf, inOptional: ids), .string)
        }
        return result
    }

    private func ratio(_ sum: Register, _ weight: Register) -> Register {
        let inverse = builder.linear(intercept: 0, isFloat: false, terms: [.power(weight, exponent: -1, coefficient: 1)])
        return builder.linear(intercept: 0, isFloat: false, terms: [.product([sum, inverse], coefficient: 1)])
    }

    private func weigh(
        _ tree: TreeModel, _ amounts: [Double], classCount: Int, isAggregate: Bool, _ context: ModelContext
    ) throws(CompileError) -> [Register] {
        let features = TreeFeatures(self)
        var shape: [Int32] = []
        var numbers: [Double] = []
        for (index, node) in tree.nodes.nodes.enumerated() {
            let (test, feature, threshold) = try weighTest(index, node, tree, features, context)
            shape += [node.firstChild, node.nextSibling, test, feature]
            numbers += [threshold, node.recordCount.isNaN ? 1 : node.recordCount]
        }
        let registers = features.finish().registers
        return builder.emit("tree.weigh", [RegisterKind](repeating: .number, count: classCount + 1), countFirst: true) { writer in
            writer.flag(isAggregate)
            writer.flag(tree.noTrueChildStrategy == .returnLastPrediction)
            writer.registers(registers)
            writer.integers(shape)
            writer.numbers(numbers)
            writer.numbers(amounts)
        }
    }

    /// (test, feature, threshold) of a node, numbered as `tree.weigh` reads them.
    private func weighTest(
        _ index: Int, _ node: TreeNodes.Node, _ tree: TreeModel, _ features: TreeFeatures, _ context: ModelContext
    ) throws(CompileError) -> (Int32, Int32, Double) {
        let location = tree.nodes.location(of: index)
        switch node.predicate {
        case .always: return (0, 0, 0)
        case .never: return (1, 0, 0)
        case .other:
            guard tree.nodes.predicates.indices.contains(Int(node.field)) else { return (1, 0, 0) }
            let condition = try lower(tree.nodes.predicates[Int(node.field)], in: context.scope)
            return (2, Int32(truncatingIfNeeded: features.feature(condition.register)), 1)
        default:
            let name = tree.nodes.fieldNames[Int(node.field)]
            let condition = try lower(
                .simple(SimplePredicate(field: name, op: node.predicate.simpleOperator, value: tree.nodes.string(node.value), location: location)),
                in: context.scope)
            return (2, Int32(truncatingIfNeeded: features.feature(condition.register)), 1)
        }
    }
}

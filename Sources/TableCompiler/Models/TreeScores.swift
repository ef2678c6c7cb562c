// https://dmg.org/pmml/v4-4-1/TreeModel.html#scoreDistribution

import Evaluation
import ModelTree

/// What the nodes of trees answer: their scores and class distributions, as tables over the nodes.
struct TreeScores {
    let categories: [String]
    private let type: ValueType
    private let positions: [String: Int]

    /// - Parameter categories: the classes, in the order of the target's values; empty for regression.
    init(categories: [String], type: ValueType) {
        self.categories = categories
        self.type = type
        var positions: [String: Int] = [:]
        for (index, category) in categories.enumerated() where positions[category] == nil { positions[category] = index }
        self.positions = positions
    }

    /// The classes of trees: the target's listed values, then those that only the trees name.
    static func categories(_ trees: [TreeModel], _ target: TargetField, _ compiler: Compiler) -> [String] {
        var found = target.values.map(\.value)
        var known = Set(found)
        func add(_ text: String?) {
            guard let text, !known.contains(text), compiler.position(of: text, in: found, target.type) == nil else { return }
            known.insert(text)
            found.append(text)
        }
        for tree in trees {
            // Scores repeat: remember the slices' texts that have been seen by their bytes.
            var seen: Set<[UInt8]> = []
            func addSlice(_ slice: TreeNodes.Slice) {
                if slice.isAbsent { return }
                let start = Int(slice.offset)
                let bytes = Array(tree.nodes.text[start..<start + Int(slice.length)])
                if seen.insert(bytes).inserted { add(String(decoding: bytes, as: UTF8.self)) }
            }
            for node in tree.nodes.nodes { addSlice(node.score) }
            for entry in tree.nodes.distributions { addSlice(entry.value) }
        }
        return found
    }

    /// The class of a text; nil if it is none of the categories.
    func position(_ text: String, _ compiler: Compiler) -> Int? {
        positions[text] ?? compiler.position(of: text, in: categories, type)
    }

    /// Each node's score as a number; NaN where it has none.
    func numbers(_ tree: TreeModel, _ context: ModelContext) throws(CompileError) -> [Double] {
        var scores: [Double] = []
        scores.reserveCapacity(tree.nodes.nodes.count)
        for (index, node) in tree.nodes.nodes.enumerated() {
            guard let text = tree.nodes.string(node.score) else {
                scores.append(.nan)
                continue
            }
            guard let number = NumberParsing.double(text) else {
                throw CompileError.notANumber(text, what: "score", at: tree.nodes.location(of: index))
            }
            scores.append(context.model.isFloat ? Double(Float(number)) : number)
        }
        return scores
    }

    /// Each node's class: its score, or else the class of its distribution with the highest share; -1 where it has neither.
    func classes(_ tree: TreeModel, _ compiler: Compiler) -> [Double] {
        let nodes = tree.nodes
        var bySlice: [[UInt8]: Int] = [:]
        return nodes.nodes.map { node in
            if !node.score.isAbsent {
                let start = Int(node.score.offset)
                let bytes = Array(nodes.text[start..<start + Int(node.score.length)])
                if let known = bySlice[bytes] { return Double(known) }
                let found = position(String(decoding: bytes, as: UTF8.self), compiler) ?? -1
                bySlice[bytes] = found
                return Double(found)
            }
            let range = distribution(node)
            if range.isEmpty { return -1 }
            let shares = amounts(tree, node, compiler)
            var best = -1
            for index in shares.indices where !shares[index].isNaN && (best < 0 || shares[index] > shares[best]) { best = index }
            return Double(best)
        }
    }

    private func distribution(_ node: TreeNodes.Node) -> Range<Int> {
        Int(node.distributionStart)..<Int(node.distributionStart) + Int(node.distributionCount)
    }

    /// The class probabilities of a node: as stated, else the shares of the record counts; the class of a node without a
    /// distribution has probability 1.
    func amounts(_ tree: TreeModel, _ node: TreeNodes.Node, _ compiler: Compiler) -> [Double] {
        var shares = [Double](repeating: 0, count: categories.count)
        let range = distribution(node)
        if range.isEmpty {
            guard let score = tree.nodes.string(node.score), let index = position(score, compiler) else {
                return [Double](repeating: .nan, count: categories.count)
            }
            shares[index] = 1
            return shares
        }
        let entries = tree.nodes.distributions[range]
        let isStated = entries.contains { !$0.probability.isNaN }
        let total = entries.reduce(0) { $0 + ($1.recordCount.isNaN ? 0 : $1.recordCount) }
        for entry in entries {
            guard let text = tree.nodes.string(entry.value), let index = position(text, compiler) else { continue }
            shares[index] = isStated ? (entry.probability.isNaN ? 0 : entry.probability) : total == 0 ? .nan : entry.recordCount / total
        }
        return shares
    }

    /// The stated confidences of a node; NaN where there is none.
    func confidences(_ tree: TreeModel, _ node: TreeNodes.Node, _ compiler: Compiler) -> [Double] {
        var found = [Double](repeating: .nan, count: categories.count)
        for entry in tree.nodes.distributions[distribution(node)] {
            if let text = tree.nodes.string(entry.value), let index = position(text, compiler) { found[index] = entry.confidence }
        }
        return found
    }

    /// The record counts of a node by class; without a distribution, the node's own count for its class.
    func counts(_ tree: TreeModel, _ node: TreeNodes.Node, _ compiler: Compiler) -> [Double] {
        var found = [Double](repeating: 0, count: categories.count)
        let entries = tree.nodes.distributions[distribution(node)]
        if entries.isEmpty, let score = tree.nodes.string(node.score), let index = position(score, compiler) {
            found[index] = node.recordCount.isNaN ? 1 : node.recordCount
        }
        for entry in entries {
            if let text = tree.nodes.string(entry.value), let index = position(text, compiler) { found[index] = entry.recordCount }
        }
        return found
    }
}

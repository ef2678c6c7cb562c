// https://dmg.org/pmml/v4-4-1/TreeModel.html#scoreDistribution

import Evaluation
import ModelTree

/// What the nodes of trees answer: their scores and class distributions, as tables over the nodes.
struct TreeScores {
    let categories: [String]
    private let type: ValueType
    private let positions: [ExactText: Int]

    /// - Parameter categories: the classes, in the order of the target's values; empty for regression.
    init(categories: [String], type: ValueType) {
        self.categories = categories
        self.type = type
        var positions: [ExactText: Int] = [:]
        for (index, category) in categories.enumerated() where positions[ExactText(category)] == nil { positions[ExactText(category)] = index }
        self.positions = positions
    }

    /// The classes of trees: the target's listed values, then those that only the trees name.
    static func categories(_ trees: [TreeModel], _ target: TargetField) -> [String] {
        var found = CategoryList(target)
        for deferred in trees {
            // A plain tree's classes are known without its nodes.
            if let plain = deferred.plainSource, plain.plainCounts != nil, !plain.classes.isEmpty {
                for name in plain.classes { found.add(name) }
                continue
            }
            let tree = deferred.realized
            var texts = SliceTexts(tree.nodes)
            for node in tree.nodes.nodes { texts.number(of: node.score) }
            for entry in tree.nodes.distributions { texts.number(of: entry.value) }
            for text in texts.texts { found.add(text) }
        }
        return found.values
    }

    /// Refuses tables of a number for each node and class that are far larger than the document: a short one may name a class for
    /// each of its nodes.
    static func refuseLarge(nodes: Int, classes: Int, at location: SourceLocation) throws(CompileError) {
        try CompileError.refuseLarge(
            classes, times: nodes, few: 200, most: 25_000_000, at: location, "\(nodes) nodes or rules times \(classes) classes are more than 25 million numbers")
    }

    /// The class of a text; nil if it is none of the categories.
    func position(_ text: String, _ compiler: Compiler) -> Int? {
        positions[ExactText(text)] ?? compiler.position(of: text, in: categories, type)
    }

    /// Each node's score as a number; NaN where it has none.
    func numbers(_ tree: TreeModel, _ context: ModelContext) throws(CompileError) -> [Double] {
        var scores: [Double] = []
        let content = tree.nodes
        scores.reserveCapacity(content.nodes.count)
        for (index, node) in content.nodes.enumerated() {
            if let number = content.number(node.score) {
                scores.append(context.model.isFloat ? Double(Float(number)) : number)
                continue
            }
            guard let text = content.string(node.score) else {
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
        var places = Places(self, tree, compiler)
        return tree.nodes.nodes.map { node in
            if !node.score.isAbsent { return Double(places.position(of: node.score) ?? -1) }
            let range = distribution(node)
            if range.isEmpty { return -1 }
            let shares = amounts(tree, node, &places)
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
    func amounts(_ tree: TreeModel, _ node: TreeNodes.Node, _ places: inout Places) -> [Double] {
        var shares = [Double](repeating: 0, count: categories.count)
        let range = distribution(node)
        if range.isEmpty {
            guard let index = places.position(of: node.score) else {
                return [Double](repeating: .nan, count: categories.count)
            }
            shares[index] = 1
            return shares
        }
        let entries = tree.nodes.distributions[range]
        let isStated = entries.contains { !$0.probability.isNaN }
        let total = entries.reduce(0) { $0 + ($1.recordCount.isNaN ? 0 : $1.recordCount) }
        for entry in entries {
            guard let index = places.position(of: entry.value) else { continue }
            shares[index] = isStated ? (entry.probability.isNaN ? 0 : entry.probability) : total == 0 ? .nan : entry.recordCount / total
        }
        return shares
    }

    /// The stated confidences of a node; NaN where there is none.
    func confidences(_ tree: TreeModel, _ node: TreeNodes.Node, _ places: inout Places) -> [Double] {
        var found = [Double](repeating: .nan, count: categories.count)
        for entry in tree.nodes.distributions[distribution(node)] {
            if let index = places.position(of: entry.value) { found[index] = entry.confidence }
        }
        return found
    }

    /// The record counts of a node by class; without a distribution, the node's own count for its class.
    func counts(_ tree: TreeModel, _ node: TreeNodes.Node, _ places: inout Places) -> [Double] {
        var found = [Double](repeating: 0, count: categories.count)
        let entries = tree.nodes.distributions[distribution(node)]
        if entries.isEmpty, let index = places.position(of: node.score) {
            found[index] = node.recordCount.isNaN ? 1 : node.recordCount
        }
        for entry in entries {
            if let index = places.position(of: entry.value) { found[index] = entry.recordCount }
        }
        return found
    }

    /// The classes that a tree's slices name, looked up once for each text.
    struct Places {
        private var texts: SliceTexts
        private var positions: [Int?] = []
        private let scores: TreeScores
        private let compiler: Compiler

        init(_ scores: TreeScores, _ tree: TreeModel, _ compiler: Compiler) {
            texts = SliceTexts(tree.nodes)
            self.scores = scores
            self.compiler = compiler
        }

        mutating func position(of slice: TreeNodes.Slice) -> Int? {
            guard let number = texts.number(of: slice) else { return nil }
            while positions.count <= number { positions.append(scores.position(texts.texts[positions.count], compiler)) }
            return positions[number]
        }
    }
}

// https://dmg.org/pmml/v4-4-1/TreeModel.html

import Evaluation
import ModelTree

/// Appends trees that a learner's arrays hold to flat ones without making their nodes: what ``TreeFlattening`` would make of them.
struct PlainTrees {
    private let features: TreeFeatures
    private let scores: TreeScores
    private let isClassification: Bool
    private let isFloat: Bool
    /// The number of the result that a class is.
    private var results: [ExactText: Int32] = [:]

    init(_ features: TreeFeatures, _ scores: TreeScores, isClassification: Bool, isFloat: Bool) {
        self.features = features
        self.scores = scores
        self.isClassification = isClassification
        self.isFloat = isFloat
    }

    /// - Parameter amounts: of each result, "no result" first.
    /// - Returns: false for a tree that has to be flattened from its nodes; nothing is appended then.
    mutating func append(
        _ tree: TreeModel, _ context: ModelContext, _ compiler: Compiler, to flat: inout FlatTrees, _ amounts: inout [Double]
    ) throws(CompileError) -> Bool {
        guard let source = tree.plainSource, tree.missingValueStrategy == .nullPrediction, !isFloat, source.classes.isEmpty != isClassification,
            source.plainCounts != nil
        else { return false }
        try TreeScores.refuseLarge(nodes: source.classes.count, classes: scores.categories.count, at: context.model.location)
        var classes: [Int32] = []
        for name in source.classes { classes.append(result(of: name, compiler, &amounts)) }
        // Fields that no tree tests need not be there.
        guard let used = source.withPlainTree({ Self.fields(of: $0, count: source.fieldNames.count) }) else { return false }
        var codes = [Int](repeating: 0, count: used.count)
        for (index, isUsed) in used.enumerated() where isUsed {
            let value = try context.scope.value(of: source.fieldNames[index], at: context.model.location, compiler)
            guard value.type == .double, value.order == nil else { return false }
            features.note(value)
            codes[index] = features.feature(value.register)
        }
        let width = max(1, scores.categories.count)
        return source.withPlainTree { Self.append($0, codes, classes, width, to: &flat, &amounts) } ?? false
    }

    /// A forest of such trees that is large enough to be packed without flat nodes; nil for others.
    ///
    /// - Parameter context: of one of its trees; those of a learner's forest have their fields alike.
    mutating func largeForest(
        _ trees: [TreeModel], _ context: ModelContext, _ compiler: Compiler, _ amounts: inout [Double]
    ) throws(CompileError) -> LargeForest? {
        var sources: [any PlainTreeSource] = []
        var counts: [(nodes: Int, leaves: Int)] = []
        for tree in trees {
            guard let source = tree.plainSource, let found = source.plainCounts, tree.missingValueStrategy == .nullPrediction,
                source.classes.isEmpty != isClassification
            else { return nil }
            sources.append(source)
            counts.append(found)
        }
        guard let first = sources.first, !isFloat, LargeForest.isLarge(counts) else { return nil }
        let names = first.fieldNames
        var used = [Bool](repeating: false, count: names.count)
        for source in sources {
            guard let own = source.withPlainTree({ Self.fields(of: $0, count: names.count) }) else { return nil }
            for index in own.indices where own[index] { used[index] = true }
        }
        var codes = [Int](repeating: 0, count: names.count)
        for (index, isUsed) in used.enumerated() where isUsed {
            let value = try context.scope.value(of: names[index], at: context.model.location, compiler)
            guard value.type == .double, value.order == nil else { return nil }
            codes[index] = features.feature(value.register)
        }
        try TreeScores.refuseLarge(nodes: first.classes.count, classes: scores.categories.count, at: context.model.location)
        var classes: [Int32] = []
        for name in first.classes { classes.append(result(of: name, compiler, &amounts)) }
        return LargeForest(counts: counts, features: codes, classes: classes) { index, read in
            sources[index].withPlainTree { tree in
                read(.init(count: tree.count, values: tree.values, fields: tree.fields, left: tree.left, right: tree.right))
            } ?? false
        }
    }

    private mutating func result(of name: String, _ compiler: Compiler, _ amounts: inout [Double]) -> Int32 {
        if let known = results[ExactText(name)] { return known }
        let place = scores.position(name, compiler)
        let made = Int32(truncatingIfNeeded: amounts.count / max(1, scores.categories.count))
        amounts += scores.categories.indices.map { place == nil ? .nan : $0 == place ? 1 : 0 }
        results[ExactText(name)] = made
        return made
    }

    private static func fields(of tree: PlainTreeArrays, count: Int) -> [Bool] {
        var used = [Bool](repeating: false, count: count)
        for node in 0..<tree.count where tree.fields[node] > 0 && Int(tree.fields[node]) <= count { used[Int(tree.fields[node]) - 1] = true }
        return used
    }

    private static func append(
        _ tree: PlainTreeArrays, _ codes: [Int], _ classes: [Int32], _ width: Int, to flat: inout FlatTrees, _ amounts: inout [Double]
    ) -> Bool {
        let start = flat.nodes.count
        // The arrays' numbers of the nodes by their places: children side by side, nearer ones first.
        var queue: [Int32] = [0]
        queue.reserveCapacity(tree.count)
        let noResult = Int32(truncatingIfNeeded: tree.count)
        var place = 0
        while place < queue.count {
            let node = Int(queue[place])
            let slot = Int32(truncatingIfNeeded: place)
            let field = Int(tree.fields[node])
            if field > 0, field <= codes.count {
                let left = Int32(truncatingIfNeeded: queue.count)
                if queue.count + 2 > tree.count { return undo(start, &flat) }
                queue.append(tree.left[node] &- 1)
                queue.append(tree.right.map { $0[node] &- 1 } ?? tree.left[node])
                flat.nodes.append(FlatNode(threshold: tree.values[node], left: left, test: .lessOrEqual, feature: codes[field - 1], isDefaultStep: false))
                flat.missing.append(noResult)
                flat.results.append(-1)
            } else {
                flat.nodes.append(FlatNode(leafAt: slot))
                flat.missing.append(slot)
                if classes.isEmpty {
                    flat.results.append(Int32(truncatingIfNeeded: amounts.count / width))
                    amounts.append(tree.values[node])
                } else {
                    guard let number = Int(exactly: tree.values[node]), classes.indices.contains(number - 1) else { return undo(start, &flat) }
                    flat.results.append(classes[number - 1])
                }
            }
            place += 1
        }
        // The arrays may have room for nodes that no link leads to.
        let end = Int32(truncatingIfNeeded: queue.count)
        if end != noResult { for index in start..<flat.missing.count where flat.missing[index] == noResult { flat.missing[index] = end } }
        if queue.count > 1 {
            flat.nodes.append(FlatNode(leafAt: end))
            flat.missing.append(end)
            flat.results.append(0)
        }
        flat.roots.append(Int32(truncatingIfNeeded: start))
        return true
    }

    /// Takes back what has been appended.
    private static func undo(_ start: Int, _ flat: inout FlatTrees) -> Bool {
        flat.nodes.removeSubrange(start...)
        flat.missing.removeSubrange(start...)
        flat.results.removeSubrange(start...)
        return false
    }
}

// https://dmg.org/pmml/v4-4-1/TreeModel.html

import Evaluation
import ModelTree

/// Turns the nodes of one tree into flat form.
///
/// The children of a node are tested one after the other; a true test leads into the child, a false one to the next child's test.
/// What a missing value does is worked out here: every test has a third way out.
struct TreeFlattening<Source: TreeTestSource> {
    private let tree: TreeModel
    private let content: TreeNodes
    private let nodes: [TreeNodes.Node]
    private var source: Source
    private var flat: [FlatNode] = []
    private var missing: [Int32] = []
    private var results: [Int32] = []
    /// Where the content of a PMML node begins, once it is placed.
    private var entries: [Int32]
    private var work: [Work] = []
    private var patches: [(node: Int, to: Ending)] = []
    private var leaves: [Int: Int32] = [:]
    /// Where the tests from a child on stand; -1: nowhere yet.
    private var chains: [Int32]
    /// The sibling behind a child that decides where the child's value is missing, under the strategy `none`: a node may have
    /// very many children, and each must not look through all behind it. -1: not looked for yet; -2: there is none.
    private var deciding: [Int32] = []
    /// The default child of a node whose children have been looked through.
    private var defaults: [Int: Int] = [:]

    /// Where a missing value leads.
    private enum Ending {
        /// The result of a PMML node; -1: none.
        case result(Int)
        /// The content of a PMML node.
        case entry(Int)
        /// The tests of the children of `parent` from `child` on.
        case chain(parent: Int, child: Int)
    }
    private struct Work {
        /// The flat node to fill.
        var slot: Int
        /// The content to put there.
        var content: Content
    }
    private enum Content {
        case node(Int)
        /// The tests of the children of `parent` from `child` on.
        case children(parent: Int, child: Int)
        case result(Int)
    }

    init(_ tree: TreeModel, _ source: Source) {
        self.tree = tree
        self.source = source
        content = tree.nodes
        nodes = content.nodes
        entries = [Int32](repeating: -1, count: nodes.count)
        chains = entries
    }

    /// Appends the tree to `trees`. Result r of a flat leaf is PMML node r - 1 plus `firstResult`; 0 is no result.
    mutating func append(to trees: inout FlatTrees, firstResult: Int) throws(CompileError) {
        flat.reserveCapacity(nodes.count * 2)
        _ = slot()
        switch try predicate(0) {
        case .always: work.append(Work(slot: 0, content: .node(0)))
        case .never: work.append(Work(slot: 0, content: .result(-1)))
        case .test(let test): place(test, at: 0, whenTrue: .node(0), whenFalse: .result(-1), whenMissing: .result(-1), isDefault: false)
        }
        var nextWork = 0
        var nextPatch = 0
        while nextWork < work.count || nextPatch < patches.count {
            if nextWork < work.count {
                try fill(work[nextWork], firstResult)
                nextWork += 1
            } else {
                // Everything that false and true lead to is placed; what only a missing value reaches comes now.
                let patch = patches[nextPatch]
                missing[patch.node] = target(of: patch.to, firstResult)
                nextPatch += 1
            }
        }
        trees.roots.append(Int32(truncatingIfNeeded: trees.nodes.count))
        trees.nodes += flat
        trees.missing += missing
        trees.results += results
    }

    private mutating func fill(_ item: Work, _ firstResult: Int) throws(CompileError) {
        switch item.content {
        case .result(let node): leaf(item.slot, node, firstResult)
        case .node(let node): try placeNode(node, at: item.slot, firstResult)
        case .children(let parent, let child): try placeTests(of: parent, from: child, at: item.slot, firstResult)
        }
    }

    /// The flat node of a way out, placing its content if that has not been done.
    private mutating func target(of ending: Ending, _ firstResult: Int) -> Int32 {
        switch ending {
        case .result(let node): return sharedLeaf(node, firstResult)
        case .entry(let node):
            if entries[node] < 0 {
                let made = slot()
                entries[node] = Int32(truncatingIfNeeded: made)
                work.append(Work(slot: made, content: .node(node)))
            }
            return entries[node]
        case .chain(let parent, let child):
            if chains[child] >= 0 { return chains[child] }
            let made = slot()
            chains[child] = Int32(truncatingIfNeeded: made)
            work.append(Work(slot: made, content: .children(parent: parent, child: child)))
            return Int32(truncatingIfNeeded: made)
        }
    }

    private mutating func slot() -> Int {
        flat.append(FlatNode(leafAt: 0))
        missing.append(0)
        results.append(0)
        return flat.count - 1
    }

    private mutating func leaf(_ slot: Int, _ node: Int, _ firstResult: Int) {
        flat[slot] = FlatNode(leafAt: Int32(truncatingIfNeeded: slot))
        missing[slot] = Int32(truncatingIfNeeded: slot)
        results[slot] = node < 0 ? 0 : Int32(truncatingIfNeeded: firstResult + node + 1)
    }

    /// A leaf at the end of the tree to which ways out may lead from anywhere.
    private mutating func sharedLeaf(_ node: Int, _ firstResult: Int) -> Int32 {
        if let known = leaves[node] { return known }
        let made = slot()
        leaf(made, node, firstResult)
        leaves[node] = Int32(truncatingIfNeeded: made)
        return Int32(truncatingIfNeeded: made)
    }

    private mutating func placeNode(_ node: Int, at slot: Int, _ firstResult: Int) throws(CompileError) {
        entries[node] = Int32(truncatingIfNeeded: slot)
        let child = Int(nodes[node].firstChild)
        if child < 0 { leaf(slot, node, firstResult) } else { try placeTests(of: node, from: child, at: slot, firstResult) }
    }

    /// What is left when no child's predicate is true.
    private func noTrueChild(_ parent: Int) -> Int {
        tree.noTrueChildStrategy == .returnLastPrediction ? parent : -1
    }

    private mutating func placeTests(of parent: Int, from first: Int, at slot: Int, _ firstResult: Int) throws(CompileError) {
        var child = first
        while child >= 0 {
            chains[child] = Int32(truncatingIfNeeded: slot)
            switch try predicate(child) {
            case .never:
                child = Int(nodes[child].nextSibling)
                continue
            case .always:
                work.append(Work(slot: slot, content: .node(child)))
                return
            case .test(let test):
                let sibling = Int(nodes[child].nextSibling)
                let (ending, isDefault) = try wayOut(of: parent, child, test)
                var whenFalse = sibling < 0 ? Content.result(noTrueChild(parent)) : .children(parent: parent, child: sibling)
                // A sibling with the opposite test needs no test of its own: here the value is not missing.
                if sibling >= 0, case .test(let other) = try predicate(sibling), isOpposite(test, other) { whenFalse = .node(sibling) }
                place(test, at: slot, whenTrue: .node(child), whenFalse: whenFalse, whenMissing: ending, isDefault: isDefault)
                return
            }
        }
        leaf(slot, noTrueChild(parent), firstResult)
    }

    private func isOpposite(_ a: TreeFeatures.Test, _ b: TreeFeatures.Test) -> Bool {
        a.feature == b.feature && a.test == b.test && a.threshold == b.threshold && a.isNegated != b.isNegated && a.test != .isMissing
    }

    private mutating func place(
        _ test: TreeFeatures.Test, at slot: Int, whenTrue: Content, whenFalse: Content, whenMissing: Ending, isDefault: Bool
    ) {
        let left = self.slot()
        let right = self.slot()
        flat[slot] = FlatNode(
            threshold: test.threshold, left: Int32(truncatingIfNeeded: left), test: test.test, feature: test.feature, isDefaultStep: isDefault)
        results[slot] = -1
        work.append(Work(slot: left, content: test.isNegated ? whenFalse : whenTrue))
        work.append(Work(slot: right, content: test.isNegated ? whenTrue : whenFalse))
        patches.append((slot, whenMissing))
    }

    /// Where a child's test leads when its value is missing, by the missing value strategy.
    private mutating func wayOut(of parent: Int, _ child: Int, _ test: TreeFeatures.Test) throws(CompileError) -> (Ending, isDefault: Bool) {
        switch tree.missingValueStrategy {
        case .nullPrediction, .weightedConfidence, .aggregateNodes: return (.result(-1), false)
        case .lastPrediction: return (.result(parent), false)
        case .defaultChild:
            guard let name = content.string(nodes[parent].defaultChild) else { return (.result(-1), false) }
            return (.entry(try defaultChild(name, of: parent)), true)
        case .none:
            let sibling = try decidingSibling(of: child, test)
            if sibling < 0 { return (.result(noTrueChild(parent)), false) }
            if case .test(let other) = try predicate(sibling), other.feature != test.feature { return (.chain(parent: parent, child: sibling), false) }
            return (.entry(sibling), false)
        }
    }

    private mutating func defaultChild(_ name: String, of parent: Int) throws(CompileError) -> Int {
        if let known = defaults[parent] { return known }
        var candidate = Int(nodes[parent].firstChild)
        while candidate >= 0 {
            if content.string(nodes[candidate].id) == name {
                // Two children are looked through sooner than a table.
                if nodes[Int(nodes[parent].firstChild)].nextSibling != candidate { defaults[parent] = candidate }
                return candidate
            }
            candidate = Int(nodes[candidate].nextSibling)
        }
        throw CompileError.defaultChild(name, at: content.location(of: parent))
    }

    /// An unknown predicate counts as false, so the next child that can still be true decides; negative if there is none.
    private mutating func decidingSibling(of child: Int, _ test: TreeFeatures.Test) throws(CompileError) -> Int {
        if deciding.isEmpty { deciding = [Int32](repeating: -1, count: nodes.count) }
        if deciding[child] != -1 { return Int(deciding[child]) }
        // What decides for a child decides for the siblings before it that test the same feature.
        var alike = [child]
        var sibling = Int(nodes[child].nextSibling)
        var found = -2
        search: while sibling >= 0 {
            switch try predicate(sibling) {
            case .never: break
            case .always:
                found = sibling
                break search
            case .test(let other):
                if other.feature != test.feature || (other.test == .isMissing && !other.isNegated) {
                    found = sibling
                    break search
                }
                alike.append(sibling)
            }
            sibling = Int(nodes[sibling].nextSibling)
        }
        for index in alike { deciding[index] = Int32(truncatingIfNeeded: found) }
        return found
    }

    private mutating func predicate(_ index: Int) throws(CompileError) -> TreePredicate { try source.predicate(of: index) }
}

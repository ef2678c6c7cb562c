import ModelTree

// https://dmg.org/pmml/v4-4-1/TreeModel.html

extension ModelLint {
    static func checkTree(_ tree: TreeModel, _ scope: FieldScope, _ findings: inout Findings) {
        let nodes = tree.nodes
        if nodes.nodes.isEmpty { return }
        checkReach(tree, nodes, scope, &findings)
        checkNodes(tree, nodes, &findings)
    }

    /// Nodes that no row comes to.
    private static func checkReach(_ tree: TreeModel, _ nodes: TreeNodes, _ scope: FieldScope, _ findings: inout Findings) {
        // These two let a row with a missing value into several children, whatever was tested above.
        if tree.missingValueStrategy == .weightedConfidence || tree.missingValueStrategy == .aggregateNodes { return }
        // Trees may be deeper than any stack.
        var open: [(node: Int, reach: Reach)] = []
        guard let root = Reach().after(nodes.predicate(of: 0), scope) else {
            return findings.add(.unreachableNode, "no row reaches the root Node: its predicate cannot be true", at: nodes.location(of: 0))
        }
        open.append((0, root))
        while let (parent, reach) = open.popLast() {
            guard findings.wants(.unreachableNode) else { return }
            let preferred = tree.missingValueStrategy == .defaultChild ? nodes.string(nodes.nodes[parent].defaultChild) : nil
            var takesAll = false
            var before: Set<ExactText> = []
            for child in nodes.children(of: parent) {
                // What comes to a default child has not passed its predicate, nor any that follows from it.
                if let preferred, nodes.string(nodes.nodes[child].id) == preferred {
                    if nodes.hasChildren(child) { open.append((child, Reach())) }
                    continue
                }
                let predicate = nodes.predicate(of: child)
                let place = nodes.location(of: child)
                let name = nodes.name(of: child)
                if takesAll {
                    findings.add(.unreachableNode, "no row reaches \(name): a sibling before it takes all rows", at: place)
                } else if let reached = reach.after(predicate, scope) {
                    if before.count < 64, !before.insert(ExactText(predicate.key)).inserted {
                        findings.add(.unreachableNode, "no row reaches \(name): a sibling before it has the same predicate", at: place)
                    } else if nodes.hasChildren(child) {
                        open.append((child, reached))
                    }
                } else {
                    findings.add(.unreachableNode, "no row reaches \(name): its predicate contradicts those above it", at: place)
                }
                if predicate.isAlways { takesAll = true }
            }
        }
    }

    private static func checkNodes(_ tree: TreeModel, _ nodes: TreeNodes, _ findings: inout Findings) {
        var ids: Set<String> = []
        for (index, node) in nodes.nodes.enumerated() {
            let place = nodes.location(of: index)
            if let id = nodes.string(node.id), findings.wants(.duplicateID), !ids.insert(id).inserted {
                findings.add(.duplicateID, "a Node before this one has the id \"\(id)\", too", at: place)
            }
            let isLeaf = node.firstChild < 0
            if tree.missingValueStrategy == .defaultChild, !isLeaf, node.defaultChild.isAbsent {
                findings.add(.missingDefaultChild, "\(nodes.name(of: index)) has children but no defaultChild; rows with a missing value end here", at: place)
            }
            if isLeaf, node.score.isAbsent, node.distributionCount == 0, node.embedded < 0 {
                findings.add(.missingScore, "\(nodes.name(of: index)) is a leaf with neither a score nor a ScoreDistribution", at: place)
            }
            checkDistribution(of: node, nodes, place, &findings)
        }
    }

    private static func checkDistribution(of node: TreeNodes.Node, _ nodes: TreeNodes, _ place: SourceLocation, _ findings: inout Findings) {
        let start = Int(node.distributionStart)
        let end = start + Int(node.distributionCount)
        guard end > start, end <= nodes.distributions.count else { return }
        let distributions = nodes.distributions[start..<end]
        let probabilities = distributions.map(\.probability).filter { !$0.isNaN }
        if probabilities.count == distributions.count {
            checkProbabilities(probabilities, "the probabilities of the Node", place, &findings)
        }
        let counted = distributions.reduce(0) { $0 + $1.recordCount }
        if node.recordCount.isFinite, counted.isFinite, probabilities.isEmpty,
            (counted - node.recordCount).magnitude > 1e-3 * max(1, node.recordCount.magnitude)
        {
            findings.add(
                .recordCount, "the Node's recordCount is \(node.recordCount.short), but its ScoreDistributions count \(counted.short)", at: place,
                fix: "write recordCount=\"\(counted.short)\", if the distributions are right")
        }
    }
}

extension TreeNodes {
    fileprivate func hasChildren(_ index: Int) -> Bool { nodes[index].firstChild >= 0 }

    fileprivate func children(of index: Int) -> [Int] {
        var found: [Int] = []
        var at = Int(nodes[index].firstChild)
        while at >= 0, at < nodes.count {
            found.append(at)
            at = Int(nodes[at].nextSibling)
        }
        return found
    }

    fileprivate func name(of index: Int) -> String { string(nodes[index].id).map { "Node \"\($0)\"" } ?? "the Node" }

    func predicate(of index: Int) -> Predicate {
        let node = nodes[index]
        let op: SimpleOperator
        switch node.predicate {
        case .always: return .always
        case .never: return .never
        case .other: return predicates.indices.contains(Int(node.field)) ? predicates[Int(node.field)] : .always
        case .equal: op = .equal
        case .notEqual: op = .notEqual
        case .lessThan: op = .lessThan
        case .lessOrEqual: op = .lessOrEqual
        case .greaterThan: op = .greaterThan
        case .greaterOrEqual: op = .greaterOrEqual
        case .isMissing: op = .isMissing
        case .isNotMissing: op = .isNotMissing
        }
        guard fieldNames.indices.contains(Int(node.field)) else { return .always }
        return .simple(SimplePredicate(field: fieldNames[Int(node.field)], op: op, value: string(node.value)))
    }
}

extension Double {
    /// The number as people write it, of six decimals at most.
    var short: String {
        let cut = magnitude < 1e9 ? (self * 1e6).rounded() / 1e6 : self
        return cut == cut.rounded() && cut.magnitude < 1e15 ? String(Int(cut)) : cut.description
    }
}

extension FlatTrees {
    /// The nodes of a tree.
    func range(of tree: Int) -> Range<Int> { Int(roots[tree])..<(tree + 1 < roots.count ? Int(roots[tree + 1]) : nodes.count) }

    /// Finds where each test sends a missing value.
    ///
    /// - Parameter shift: the lower bits of a feature's number that do not say which field it is.
    public mutating func findWays(shift: Int = 0) {
        var found = [UInt8](repeating: 0, count: nodes.count)
        nodes.withUnsafeBufferPointer { nodes in
            missing.withUnsafeBufferPointer { ways in
                results.withUnsafeBufferPointer { results in
                    for tree in roots.indices {
                        let range = range(of: tree)
                        let walk = Walk(nodes: nodes, ways: ways, results: results, start: range.lowerBound, shift: shift)
                        for index in range where results[index] < 0 { found[index] = walk.way(index &- range.lowerBound) }
                    }
                }
            }
        }
        ways = found
    }
}

/// One tree, read where it lies; indices are relative to its first node.
private struct Walk {
    let nodes: UnsafeBufferPointer<FlatNode>
    let ways: UnsafeBufferPointer<Int32>
    let results: UnsafeBufferPointer<Int32>
    let start: Int
    /// The lower bits of a feature's number that do not say which field it is.
    let shift: Int

    /// 0: a missing value goes where low ones go, 1: where high ones go, 2: elsewhere.
    func way(_ index: Int) -> UInt8 {
        let node = nodes[start &+ index]
        if node.test == FlatNode.Test.isMissing.rawValue { return 0 }
        let feature = node.feature >> shift
        let target = end(Int(ways[start &+ index]), feature)
        if isSame(target, end(Int(node.left), feature)) { return 0 }
        return isSame(target, end(Int(node.left) &+ 1, feature)) ? 1 : 2
    }

    /// Where a row comes from a node on as long as the same feature is tested, which is missing.
    private func end(_ index: Int, _ feature: Int) -> Int {
        var index = index
        // Chains of siblings may be long; an answer too early is only less good.
        for _ in 0..<64 {
            let node = nodes[start &+ index]
            if results[start &+ index] >= 0 || node.feature >> shift != feature { return index }
            index = node.test == FlatNode.Test.isMissing.rawValue ? Int(node.left) : Int(ways[start &+ index])
        }
        return index
    }

    private func isSame(_ a: Int, _ b: Int) -> Bool {
        a == b || (results[start &+ a] >= 0 && results[start &+ a] == results[start &+ b])
    }
}

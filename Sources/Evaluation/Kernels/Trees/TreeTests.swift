/// What the tests of flat trees look at, and where each sends a missing value: what packing a table needs to know.
struct TreeTests {
    let trees: FlatTrees
    /// Per node where a missing value goes; leaves have `.low`.
    let missing: [TreePlanes.Missing]

    init(_ trees: FlatTrees) {
        var trees = trees
        if trees.ways.count != trees.nodes.count { trees.findWays() }
        var mostFeature = 0
        for node in trees.nodes { mostFeature = max(mostFeature, node.feature) }
        var missing = [TreePlanes.Missing](repeating: .low, count: trees.nodes.count)
        // Rows with a gap in a feature that some test sends out are walked one by one anyway: one plane of the feature is enough.
        var isOut = [Bool](repeating: false, count: mostFeature + 1)
        var hasOuts = false
        for (index, way) in trees.ways.enumerated() where way != 0 {
            if way == 1 {
                missing[index] = .high
            } else {
                isOut[trees.nodes[index].feature] = true
                hasOuts = true
            }
        }
        if hasOuts {
            for index in missing.indices where trees.results[index] < 0 && isOut[trees.nodes[index].feature] {
                if trees.nodes[index].test != FlatNode.Test.isMissing.rawValue { missing[index] = .out }
            }
        }
        trees.ways = []
        self.trees = trees
        self.missing = missing
    }

    /// Whether the ways out of missing values have to be told: some test sends one out, and not just to no result at all.
    var needsExits: Bool {
        for tree in trees.roots.indices {
            let range = trees.range(of: tree)
            for index in range where missing[index] == .out && trees.results[range.lowerBound + Int(trees.missing[index])] != 0 { return true }
        }
        return false
    }
}

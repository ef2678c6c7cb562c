import Testing

@testable import Evaluation

/// Where each test of a tree made by hand sends a missing value, as packing a table reads it.
@Suite struct TreeWaysTests {
    /// Is f0 missing? Yes: 5; no: f0 ≤ 1? Yes: 6, no: 7, and without a result if it is missing, which it cannot be here.
    private static let guarded: FlatTrees = {
        var trees = FlatTrees()
        trees.roots = [0]
        trees.nodes = [
            FlatNode(threshold: 0, left: 1, test: .isMissing, feature: 0, isDefaultStep: false), FlatNode(leafAt: 1),
            FlatNode(threshold: 1, left: 3, test: .lessOrEqual, feature: 0, isDefaultStep: false), FlatNode(leafAt: 3), FlatNode(leafAt: 4), FlatNode(leafAt: 5),
        ]
        // The way out of the first test is one that nothing takes.
        trees.missing = [4, 1, 5, 3, 4, 5]
        trees.results = [-1, 1, -1, 2, 3, 0]
        return trees
    }()

    @Test func testsForMissingHaveNoWayOut() {
        var trees = Self.guarded
        trees.findWays()
        #expect(trees.ways == [0, 0, 2, 0, 0, 0])
        let tests = TreeTests(trees)
        #expect(tests.missing == [.low, .low, .out, .low, .low, .low])
        #expect(!tests.needsExits)
    }

    @Test func missingGoesToASideOrOut() {
        var trees = Self.guarded
        trees.results[5] = 4
        trees.findWays()
        #expect(trees.ways[2] == 2)
        #expect(TreeTests(trees).needsExits)
        for (side, way) in [(3, 0), (4, 1)] {
            trees.missing[2] = Int32(side)
            trees.findWays()
            #expect(trees.ways[2] == UInt8(way))
            #expect(TreeTests(trees).missing[2] == (way == 0 ? .low : .high))
        }
    }
}

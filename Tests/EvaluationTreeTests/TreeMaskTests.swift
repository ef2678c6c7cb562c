import CTreeMasks
import Testing

@testable import Evaluation

/// The functions that exist twice on some machines give the same bytes, and those that the plain definition gives.
@Suite struct TreeMaskTests {
    @Test(arguments: [1, 2, 3, 8, 11, 12, 13, 16, 17, 63, 64, 100, 127, 128, 200, 254, 255])
    func ranks(_ count: Int) {
        var random = TestRandom(state: UInt64(count))
        var cuts: Set<Double> = [-.infinity, 0, .infinity]
        while cuts.count < max(3, count) { cuts.insert(Double.random(in: -2...2, using: &random)) }
        let sorted = Array(cuts.sorted().prefix(count))
        var values: [Double] = [.nan, -.nan, .infinity, -.infinity, 0, -0.0, 1e308, -1e308, .leastNonzeroMagnitude]
        for cut in sorted { values += [cut, cut.nextUp, cut.nextDown] }
        while values.count % 64 != 63 { values.append(Double.random(in: -3...3, using: &random)) }
        let wanted = values.map { value in UInt8(sorted.filter { !(value <= $0) }.count) }
        for wide in 0...tree_masks_has_avx2() {
            var start = 0
            while start < values.count {
                let rows = min(64, values.count - start)
                var found = [UInt8](repeating: 99, count: 64)
                tree_masks_rank(sorted, sorted.count, Array(values[start..<start + rows]), rows, &found, wide)
                #expect(Array(found[..<rows]) == Array(wanted[start..<start + rows]), "wide: \(wide)")
                #expect(found[rows...].allSatisfy { $0 == 99 })
                start += rows
            }
        }
    }

    @Test(arguments: 0..<30)
    func leaves(_ seed: Int) {
        var random = TestRandom(state: UInt64(seed))
        let planes = 7
        let codes = (0..<planes * 64).map { _ in UInt8.random(in: 0...255, using: &random) }
        var nodes: [tree_mask_node] = []
        var starts: [Int32] = [0]
        for _ in 0..<5 {
            let count = Int.random(in: 0...90, using: &random)
            for index in 0..<count {
                func slot() -> UInt16 { UInt16(Int.random(in: index < 20 ? 0...255 : 200...255 + index, using: &random)) }
                nodes.append(tree_mask_node(plane: UInt16(random.next() % 7), cut: UInt8(random.next() % 256), reserved: 0, low: slot(), high: slot()))
            }
            starts.append(Int32(nodes.count))
        }
        for wide in 0...tree_masks_has_avx2() {
            var slots = [UInt8](repeating: 0, count: (256 + 90) * 64)
            var leaves = [UInt8](repeating: 0, count: 5 * 64)
            tree_masks_fill_leaves(&slots)
            tree_masks_find(nodes, starts, 5, codes, &slots, &leaves, wide)
            for tree in 0..<5 {
                for row in 0..<64 {
                    var slot = starts[tree] == starts[tree + 1] ? 0 : 255 + Int(starts[tree + 1] - starts[tree])
                    while slot >= 256 {
                        let node = nodes[Int(starts[tree]) + slot - 256]
                        slot = Int(codes[Int(node.plane) * 64 + row] <= node.cut ? node.low : node.high)
                    }
                    #expect(leaves[tree * 64 + row] == UInt8(slot), "wide: \(wide), tree \(tree), row \(row)")
                }
            }
        }
    }

    /// Rounding up and ranks of large tables, against their definitions.
    @Test func codesOfLargeTrees() {
        var random = TestRandom(state: 77)
        for _ in 0..<4_000 {
            let value = Double(bitPattern: random.next())
            let up = RowTrees.roundedUp(value)
            if value.isNaN {
                #expect(up == .infinity)
            } else {
                #expect(Double(up) >= value && !(Double(up.nextDown) >= value && up.nextDown < up), "\(value)")
            }
        }
        for value in [0, -0.0, .infinity, -.infinity, 1e300, -1e300, 1e-320, -1e-320, 0.1, -0.1] {
            let up = RowTrees.roundedUp(value)
            #expect(Double(up) >= value && (Double(up) == value || Double(up.nextDown) < value), "\(value)")
        }
        let cuts = (0..<1_000).map { Double($0) / 7 }
        for count in [0, 1, 2, 3, 4, 5, 31, 32, 33, 1_000] {
            for value in cuts + [-1, .infinity, -.infinity, .nan, 3.3] {
                let wanted = cuts[..<count].filter { !(value <= $0) }.count
                #expect(cuts.withUnsafeBufferPointer { RowTrees.rank(value, $0.baseAddress!, count) } == wanted)
            }
        }
    }
}

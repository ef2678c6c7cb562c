import CVectors
import Testing

@testable import Evaluation

/// The functions that exist twice on some machines give the same bits, and those that the plain definition gives.
@Suite struct VectorFunctionTests {
    private let sets = [vector_functions_portable().pointee, vector_functions_best().pointee]

    @Test(arguments: [0, 1, 7, 8, 9, 64])
    func numbersOfATable(_ count: Int) {
        let table = (0..<256).map { Double($0) * 0.1 }
        var random = TestRandom(state: UInt64(count))
        let indices = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
        for functions in sets {
            var out = [Double](repeating: -1, count: count + 1)
            functions.look_up(table, indices, count, &out)
            #expect(out == indices.map { table[Int($0)] } + [-1])
        }
    }

    @Test(arguments: [1, 2, 5, 20], [1, 7, 8, 9, 31])
    func leastAndDistances(_ vectors: Int, _ rows: Int) {
        var random = TestRandom(state: UInt64(vectors * 100 + rows))
        let length = 3
        // Few values, so that some are equal.
        let table = (0..<length).map { _ in (0..<rows).map { _ in Double(Int.random(in: -3...3, using: &random)) / 3 } }
        let centers = (0..<vectors * length).map { _ in Double(Int.random(in: -3...3, using: &random)) / 3 }
        let wanted = (0..<vectors).map { v in
            (0..<rows).map { row in
                (0..<length).reduce(0.0) { sum, i in sum + (table[i][row] - centers[v * length + i]) * (table[i][row] - centers[v * length + i]) }
            }
        }
        for functions in sets {
            let columns = table.map { values in UnsafeMutablePointer<Double>.allocate(capacity: rows).filled(values) }
            let out = (0..<vectors).map { _ in UnsafeMutablePointer<Double>.allocate(capacity: rows).filled([Double](repeating: -1, count: rows)) }
            defer { (columns + out).forEach { $0.deallocate() } }
            let whole = rows & ~7
            for row in stride(from: 0, to: whole, by: 8) {
                functions.column_distances(columns.map { UnsafePointer($0) }, centers, vectors, length, row, out)
            }
            for v in 0..<vectors {
                #expect((0..<rows).map { out[v][$0] } == wanted[v][..<whole] + [Double](repeating: -1, count: rows - whole))
                for row in 0..<rows { out[v][row] = wanted[v][row] }
            }
            for sign in [1.0, -1.0] {
                var indices = [Double](repeating: -1, count: rows)
                functions.least(out.map { UnsafePointer($0) }, vectors, rows, sign, &indices)
                for row in 0..<rows {
                    let values = (0..<vectors).map { wanted[$0][row] * sign }
                    #expect(indices[row] == values.min().flatMap { values.firstIndex(of: $0) }.map(Double.init))
                }
            }
        }
    }

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
        for functions in sets {
            var start = 0
            while start < values.count {
                let rows = min(64, values.count - start)
                var found = [UInt8](repeating: 99, count: 64)
                functions.rank(sorted, sorted.count, Array(values[start..<start + rows]), rows, &found)
                #expect(Array(found[..<rows]) == Array(wanted[start..<start + rows]))
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
        for functions in sets {
            var slots = [UInt8](repeating: 0, count: (256 + 90) * 64)
            var leaves = [UInt8](repeating: 0, count: 5 * 64)
            vector_leaf_slots(&slots)
            functions.find_leaves(nodes, starts, 5, codes, &slots, &leaves)
            for tree in 0..<5 {
                for row in 0..<64 {
                    var slot = starts[tree] == starts[tree + 1] ? 0 : 255 + Int(starts[tree + 1] - starts[tree])
                    while slot >= 256 {
                        let node = nodes[Int(starts[tree]) + slot - 256]
                        slot = Int(codes[Int(node.plane) * 64 + row] <= node.cut ? node.low : node.high)
                    }
                    #expect(leaves[tree * 64 + row] == UInt8(slot), "tree \(tree), row \(row)")
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

extension UnsafeMutablePointer<Double> {
    func filled(_ values: [Double]) -> Self {
        initialize(from: values, count: values.count)
        return self
    }
}

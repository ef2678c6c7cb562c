/// A batch whose rows all have every feature, laid out row by row for trees of plain tests: eight rows walk a tree at once, so
/// that the loads of one hide behind those of the others.
struct PlainRows {
    private let values: UnsafeMutablePointer<Double>
    private let features: Int
    /// Rows per block: a few, whose values stay in the first cache while all trees pass, when the trees are small; otherwise all,
    /// so that a large tree is fetched once.
    private let blockSize: Int
    private let rows: Int

    /// Tables up to this many bytes are read again for every block.
    private static let smallTable = 4 << 20

    /// nil if some test is not plain or some feature is missing in some row.
    init?(_ table: TreeTable, _ columns: TreeColumns, _ frame: Frame) {
        guard table.isPlain else { return nil }
        features = max(1, table.features.count)
        rows = frame.count
        blockSize = table.nodes.count * MemoryLayout<FlatNode>.stride <= Self.smallTable ? 64 : max(1, rows)
        var seen: UInt8 = 0
        for feature in 0..<table.features.count {
            let status = columns.status[feature]
            for row in 0..<rows { seen |= status[row] }
        }
        if seen & CellStatus.missing != 0 { return nil }
        values = frame.scratch.numbers(2, max(1, rows * features))
        // Blocks of sixteen rows keep the transposition within the cache.
        var start = 0
        while start < rows {
            let end = min(start + 16, rows)
            for feature in 0..<table.features.count {
                let column = columns.values[feature]
                for row in start..<end { values[row &* features &+ feature] = column[row] }
            }
            start = end
        }
    }

    /// Calls `reached` with every tree, row and the result that the row reaches in it; for each row, trees come in order.
    @inline(__always)
    func walk(_ table: TreeTable, _ reached: (_ tree: Int, _ row: Int, _ result: Int32) -> Void) {
        var start = 0
        while start < rows {
            let end = min(start &+ blockSize, rows)
            for tree in 0..<table.roots.count {
                walk(table, tree: tree, start, end) { reached(tree, $0, $1) }
            }
            start = end
        }
    }

    @inline(__always)
    private func walk(_ table: TreeTable, tree: Int, _ first: Int, _ end: Int, _ reached: (_ row: Int, _ result: Int32) -> Void) {
        let start = Int(table.roots[tree])
        let nodes = table.nodes.base + start
        let results = table.results.base + start
        let least = Int(table.depths[tree].least)
        let most = Int(table.depths[tree].most)
        let width = features
        var row = first
        while row &+ 8 <= end {
            let base = values + row &* width
            var (a, b, c, d): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
            var (e, f, g, h): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
            var step = 0
            while step < most {
                // A leaf leads to itself, so steps too many do no harm; looking whether all have arrived costs more than a few.
                let pause = step < least ? least : min(step &+ 3, most)
                let (a0, b0, c0, d0, e0, f0, g0, h0) = (a, b, c, d, e, f, g, h)
                while step < pause {
                    a = next(nodes, a, base)
                    b = next(nodes, b, base + width)
                    c = next(nodes, c, base + 2 &* width)
                    d = next(nodes, d, base + 3 &* width)
                    e = next(nodes, e, base + 4 &* width)
                    f = next(nodes, f, base + 5 &* width)
                    g = next(nodes, g, base + 6 &* width)
                    h = next(nodes, h, base + 7 &* width)
                    step &+= 1
                }
                let moved = (a ^ a0) | (b ^ b0) | (c ^ c0) | (d ^ d0) | (e ^ e0) | (f ^ f0) | (g ^ g0) | (h ^ h0)
                if moved == 0 { break }
            }
            reached(row, results[Int(a)])
            reached(row &+ 1, results[Int(b)])
            reached(row &+ 2, results[Int(c)])
            reached(row &+ 3, results[Int(d)])
            reached(row &+ 4, results[Int(e)])
            reached(row &+ 5, results[Int(f)])
            reached(row &+ 6, results[Int(g)])
            reached(row &+ 7, results[Int(h)])
            row &+= 8
        }
        while row < end {
            var at: Int32 = 0
            let base = values + row &* width
            while results[Int(at)] < 0 { at = next(nodes, at, base) }
            reached(row, results[Int(at)])
            row &+= 1
        }
    }

    @inline(__always)
    private func next(_ nodes: UnsafePointer<FlatNode>, _ at: Int32, _ row: UnsafeMutablePointer<Double>) -> Int32 {
        let node = nodes + Int(at)
        return node.pointee.left &+ (row[node.pointee.feature] <= node.pointee.threshold ? 0 : 1)
    }
}

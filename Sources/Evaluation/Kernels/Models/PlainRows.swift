/// A batch whose rows all have every feature, laid out row by row for trees of plain tests: eight rows walk a tree at once, so
/// that the loads of one hide behind those of the others.
struct PlainRows {
    private let values: UnsafeMutablePointer<Double>
    private let features: Int
    private let rows: Int

    /// nil if some test is not plain or some feature is missing in some row.
    init?(_ table: TreeTable, _ columns: TreeColumns, _ frame: Frame) {
        guard table.isPlain else { return nil }
        features = table.features.count
        rows = frame.count
        var seen: UInt8 = 0
        for feature in 0..<features {
            let status = columns.status[feature]
            for row in 0..<rows { seen |= status[row] }
        }
        if seen & CellStatus.missing != 0 { return nil }
        values = frame.scratch.numbers(2, max(1, rows * features))
        // Blocks of sixteen rows keep the transposition within the cache.
        var start = 0
        while start < rows {
            let end = min(start + 16, rows)
            for feature in 0..<features {
                let column = columns.values[feature]
                for row in start..<end { values[row &* features &+ feature] = column[row] }
            }
            start = end
        }
    }

    /// Calls `reached` with every row and the result that it reaches in a tree, rows ascending.
    @inline(__always)
    func walk(_ table: TreeTable, tree: Int, _ reached: (_ row: Int, _ result: Int32) -> Void) {
        let start = Int(table.roots[tree])
        let nodes = table.nodes.base + start
        let results = table.results.base + start
        var row = 0
        while row &+ 8 <= rows {
            var at = SIMD8<Int32>(repeating: 0)
            let base = values + row &* features
            while true {
                var next = SIMD8<Int32>()
                for lane in 0..<8 {
                    let node = nodes[Int(at[lane])]
                    let value = base[lane &* features &+ node.feature]
                    next[lane] = node.left &+ (value <= node.threshold ? 0 : 1)
                }
                if next == at { break }
                at = next
            }
            for lane in 0..<8 { reached(row &+ lane, results[Int(at[lane])]) }
            row &+= 8
        }
        while row < rows {
            var at = 0
            let base = values + row &* features
            while results[at] < 0 {
                let node = nodes[at]
                at = Int(node.left) &+ (base[node.feature] <= node.threshold ? 0 : 1)
            }
            reached(row, results[at])
            row &+= 1
        }
    }
}

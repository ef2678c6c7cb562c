/// Large trees, tree by tree over a block of rows: nodes of 8 bytes, breadth-first, so that a tree stays in the second cache while eight
/// rows at once go down it without branches; a batch of few rows takes eight trees at once instead.
///
/// A node is a cut and a word: index of the lower successor, then index of the plane. A code of at most the cut goes to the lower
/// successor, any other to the one after it. A leaf has a quiet NaN as cut, which sends every code to its lower successor, and that is
/// the leaf itself; the low 22 bits of the NaN are the number of the leaf's result.
struct RowTrees: TreeLayout {
    typealias Leaf = UInt32
    static let suffix = ".rows"
    /// Ranks are whole numbers of binary32.
    static let mostRanks = 1 << 24
    static let mostResults = 1 << 22
    static let leafBits: UInt32 = 0x7fc0_0000

    private let planes: TreePlanes
    /// Cut in the low half, word in the high half.
    private let nodes: Slab<UInt64>
    /// How many low bits of the word are the plane.
    private let planeBits: UInt64
    private let starts: Slab<Int32>
    private let results: Slab<Int32>
    /// Per tree how many tests lie before its nearest leaf, as far as that was worked out: so many steps need no look at where rows are.
    private let depths: Slab<Int32>
    /// Per node the node to go to when its value is missing and its plane sends it out; empty if that is always no result.
    private let exits: Slab<Int32>
    /// Rows whose codes share the second cache with a tree.
    private let blockRows: Int

    var treeCount: Int { results.count }
    func firstResult(of tree: Int) -> Int { Int(results[tree]) }

    init(from reader: inout OperandReader, resultCount: Int) throws(FormatError) {
        planes = try TreePlanes(from: &reader, mostRanks: Self.mostRanks, takesValues: true)
        planeBits = UInt64(try reader.int(in: 0...31))
        let bytes = try reader.bytes()
        starts = try reader.integers()
        results = try reader.integers()
        depths = try reader.integers()
        exits = try reader.integers()
        guard bytes.count % 8 == 0, Int(bitPattern: bytes.base) % 8 == 0 else { throw reader.error("tree-nodes", "tree nodes are cut off or not aligned") }
        nodes = Slab(base: UnsafeRawPointer(bytes.base).assumingMemoryBound(to: UInt64.self), count: bytes.count / 8)
        guard starts.count == results.count + 1, starts[0] == 0, Int(starts[results.count]) == nodes.count else {
            throw reader.error("tree-roots", "the trees do not cover the nodes")
        }
        let count = planes.planes.count
        guard depths.count == results.count, exits.count == 0 || exits.count == nodes.count, count > 0 else {
            throw reader.error("tree-nodes", "the tables of a tree have different lengths")
        }
        blockRows = max(64, min(1_024, (192 << 10) / (count * 4)) & ~7)
        for tree in 0..<results.count {
            let (start, end, first) = (Int(starts[tree]), Int(starts[tree + 1]), Int(results[tree]))
            guard start < end, end <= nodes.count, depths[tree] >= 0, Int(depths[tree]) < end - start else { throw reader.error("tree-roots", "tree \(tree) has no nodes or overlaps the next") }
            guard first >= 0, first <= resultCount else { throw reader.error("tree-leaf", "tree \(tree) has no results") }
            guard let wrong = wrongNode(start, end - start, resultCount - first, count) else { continue }
            throw reader.error("tree-link", "node \(wrong) of tree \(tree) leads backwards or out of the tree, or has no plane or result")
        }
        for index in 0..<exits.count where exits[index] < 0 { throw reader.error("tree-link", "the exit of node \(index) leads out of the tree") }
        for tree in 0..<(exits.count == 0 ? 0 : results.count) {
            let size = starts[tree + 1] - starts[tree]
            for index in Int(starts[tree])..<Int(starts[tree + 1]) where exits[index] >= size {
                throw reader.error("tree-link", "the exit of node \(index) leads out of the tree")
            }
        }
    }

    /// The first node of a tree that no walk may meet.
    private func wrongNode(_ start: Int, _ size: Int, _ results: Int, _ planeCount: Int) -> Int? {
        let base = nodes.base + start
        let mask = (1 as UInt64) << planeBits &- 1
        for index in 0..<size {
            let node = base[index]
            let cut = UInt32(truncatingIfNeeded: node)
            let low = Int(node >> (32 &+ planeBits))
            let plane = Int(node >> 32 & mask)
            if cut & Self.leafBits == Self.leafBits {
                if low != index || cut >> 22 != Self.leafBits >> 22 || Int(cut & 0x3f_ffff) >= results || plane >= planeCount { return index }
            } else if low <= index || low &+ 1 >= size || plane >= planeCount || !(Float(bitPattern: cut) < .infinity) {
                return index
            }
        }
        return nil
    }

    // MARK: Codes

    /// Codes lie row by row, rows rounded up to a multiple of 8.
    func prepare(_ frame: Frame) -> TreeBatch {
        let rows = frame.count
        let width = planes.planes.count
        let marks = frame.scratch.block(.marks, frame.capacity + planes.features.count).assumingMemoryBound(to: UInt8.self)
        let (careful, gaps) = (marks, marks + frame.capacity)
        let marked = planes.mark(frame, careful: careful, gaps: gaps)
        let memory = frame.scratch.block(.codes, (frame.capacity + 7) * width * 4)
        let codes = memory.assumingMemoryBound(to: Float.self)
        // Blocks of sixteen rows keep the transposition within the cache.
        var start = 0
        while start < rows {
            let end = min(start &+ 16, rows)
            for (index, plane) in planes.planes.enumerated() {
                let values = frame.numbers(planes.features[plane.feature])
                fill(codes + index, width, plane, values, start, end)
                if gaps[plane.feature] != 0 {
                    let status = frame.status(planes.features[plane.feature])
                    let code: Float = plane.missing == .low ? -.infinity : .infinity
                    for row in start..<end where status[row] & CellStatus.missing != 0 { codes[row &* width &+ index] = code }
                }
            }
            start = end
        }
        return TreeBatch(frame: frame, rows: rows, codes: memory, careful: careful, carefulRows: marked)
    }

    private func fill(
        _ codes: UnsafeMutablePointer<Float>, _ width: Int, _ plane: TreePlanes.Plane, _ values: UnsafePointer<Double>, _ start: Int, _ end: Int
    ) {
        switch plane.kind {
        case .value: for row in start..<end { codes[row &* width] = Self.roundedUp(values[row]) }
        case .rank:
            let cuts = planes.cuts(plane)
            for row in start..<end { codes[row &* width] = Float(Self.rank(values[row], cuts, plane.count)) }
        default: for row in start..<end { codes[row &* width] = planes.flag(plane, values[row]) ? 1 : 0 }
        }
    }

    /// The least binary32 number that is not less than `value`; +∞ for NaN.
    @inline(__always)
    static func roundedUp(_ value: Double) -> Float {
        let near = Float(value)
        let bits = near.bitPattern
        // Away from zero above it, towards zero below it; no step where the value fits.
        let step: UInt32 = Double(near) < value ? (bits >> 31 == 0 ? 1 : .max) : 0
        let up = Float(bitPattern: bits &+ step)
        return up == up ? up : .infinity
    }

    /// How many of ascending cuts are less than `value`; all of them for NaN.
    @inline(__always)
    static func rank(_ value: Double, _ cuts: UnsafePointer<Double>, _ count: Int) -> Int {
        var (base, size) = (0, count)
        while size > 0 {
            let half = (size &+ 1) >> 1
            base = value <= cuts[base &+ half &- 1] ? base : base &+ half
            size = size &- half
        }
        return base
    }

    // MARK: Leaves

    func leaves(_ batch: TreeBatch, _ found: (_ tree: Int, _ row: Int, _ count: Int, _ leaves: UnsafePointer<UInt32>) -> Void) {
        let width = planes.planes.count
        let codes = batch.codes.assumingMemoryBound(to: Float.self)
        let leaves = batch.frame.scratch.block(.leaves, (batch.frame.capacity + 7) * 4).assumingMemoryBound(to: UInt32.self)
        if batch.rows < 6 {
            for row in 0..<batch.rows { walkFew(row, codes + row &* width, found) }
            return
        }
        // The last group of eight takes whatever stands behind the last row, or zeros.
        var row = 0
        while row < batch.rows {
            let end = min(row &+ blockRows, batch.rows)
            for tree in 0..<results.count {
                if end &- row > 64 { fetch(tree, into: leaves) }
                var at = row
                while at < end {
                    eightRows(tree, codes + at &* width, width, leaves + (at &- row))
                    at &+= 8
                }
                found(tree, row, end &- row, leaves)
            }
            row = end
        }
    }

    /// Reads a tree from end to end, which memory gives faster than bit by bit in the order of the walks.
    private func fetch(_ tree: Int, into sink: UnsafeMutablePointer<UInt32>) {
        var (index, sum) = (Int(starts[tree]), 0 as UInt64)
        while index < Int(starts[tree &+ 1]) {
            sum |= nodes[index]
            index &+= 8
        }
        // What is never stored would never be read.
        sink[0] = UInt32(truncatingIfNeeded: sum)
    }

    private func eightRows(_ tree: Int, _ row: UnsafePointer<Float>, _ width: Int, _ leaves: UnsafeMutablePointer<UInt32>) {
        let base = nodes.base + Int(starts[tree])
        var (a, b, c, d) = (0, 0, 0, 0)
        var (e, f, g, h) = (0, 0, 0, 0)
        var steps = Int(depths[tree])
        while true {
            let (a0, b0, c0, d0, e0, f0, g0, h0) = (a, b, c, d, e, f, g, h)
            repeat {
                a = next(base, a, row)
                b = next(base, b, row + width)
                c = next(base, c, row + 2 &* width)
                d = next(base, d, row + 3 &* width)
                e = next(base, e, row + 4 &* width)
                f = next(base, f, row + 5 &* width)
                g = next(base, g, row + 6 &* width)
                h = next(base, h, row + 7 &* width)
                steps &-= 1
            } while steps > 0
            // A leaf leads to itself: once no row moves, all have arrived. Looking after every step costs more than a few steps.
            if (a ^ a0) | (b ^ b0) | (c ^ c0) | (d ^ d0) | (e ^ e0) | (f ^ f0) | (g ^ g0) | (h ^ h0) == 0 { break }
            steps = 3
        }
        leaves[0] = result(base, a)
        leaves[1] = result(base, b)
        leaves[2] = result(base, c)
        leaves[3] = result(base, d)
        leaves[4] = result(base, e)
        leaves[5] = result(base, f)
        leaves[6] = result(base, g)
        leaves[7] = result(base, h)
    }

    private func walkFew(_ row: Int, _ codes: UnsafePointer<Float>, _ found: (_ tree: Int, _ row: Int, _ count: Int, _ leaves: UnsafePointer<UInt32>) -> Void) {
        let last = results.count &- 1
        var tree = 0
        while tree <= last {
            let bases = (
                base(tree), base(min(tree &+ 1, last)), base(min(tree &+ 2, last)), base(min(tree &+ 3, last)),
                base(min(tree &+ 4, last)), base(min(tree &+ 5, last)), base(min(tree &+ 6, last)), base(min(tree &+ 7, last))
            )
            var (a, b, c, d) = (0, 0, 0, 0)
            var (e, f, g, h) = (0, 0, 0, 0)
            while true {
                let (a0, b0, c0, d0, e0, f0, g0, h0) = (a, b, c, d, e, f, g, h)
                a = next(bases.0, a, codes)
                b = next(bases.1, b, codes)
                c = next(bases.2, c, codes)
                d = next(bases.3, d, codes)
                e = next(bases.4, e, codes)
                f = next(bases.5, f, codes)
                g = next(bases.6, g, codes)
                h = next(bases.7, h, codes)
                if (a ^ a0) | (b ^ b0) | (c ^ c0) | (d ^ d0) | (e ^ e0) | (f ^ f0) | (g ^ g0) | (h ^ h0) == 0 { break }
            }
            var leaves = (
                result(bases.0, a), result(bases.1, b), result(bases.2, c), result(bases.3, d),
                result(bases.4, e), result(bases.5, f), result(bases.6, g), result(bases.7, h)
            )
            let trees = min(8, last &- tree &+ 1)
            withUnsafeBytes(of: &leaves) { bytes in
                guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt32.self) else { return }
                for index in 0..<trees { found(tree &+ index, row, 1, base + index) }
            }
            tree &+= trees
        }
    }

    @inline(__always)
    private func base(_ tree: Int) -> UnsafePointer<UInt64> { nodes.base + Int(starts[tree]) }

    @inline(__always)
    private func next(_ nodes: UnsafePointer<UInt64>, _ at: Int, _ row: UnsafePointer<Float>) -> Int {
        let node = nodes[at]
        let word = node >> 32
        let code = row[Int(word & (((1 as UInt64) &<< planeBits) &- 1))]
        return Int(word &>> planeBits) &+ (code > Float(bitPattern: UInt32(truncatingIfNeeded: node)) ? 1 : 0)
    }

    @inline(__always)
    private func result(_ nodes: UnsafePointer<UInt64>, _ at: Int) -> UInt32 { UInt32(truncatingIfNeeded: nodes[at]) & 0x3f_ffff }

    func walk(_ batch: TreeBatch, tree: Int, row: Int) -> TreeEnd {
        let codes = batch.codes.assumingMemoryBound(to: Float.self) + row &* planes.planes.count
        let start = Int(starts[tree])
        let base = nodes.base + start
        var index = 0
        // No walk of a tree comes to a node twice; only a forged file could make it go in circles.
        var left = Int(starts[tree &+ 1]) &- start
        while true {
            let node = base[index]
            let cut = UInt32(truncatingIfNeeded: node)
            if cut & Self.leafBits == Self.leafBits { return TreeEnd(result: Int(results[tree]) &+ Int(cut & 0x3f_ffff)) }
            left &-= 1
            if left < 0 { return TreeEnd(result: -1) }
            let plane = planes.planes[Int(node >> 32 & ((1 as UInt64) << planeBits &- 1))]
            if plane.kind != .isMissing {
                let status = batch.frame.status(planes.features[plane.feature])[row]
                if status & CellStatus.failure != 0 { return TreeEnd(result: -1, failed: true) }
                if status & CellStatus.missing != 0, plane.missing == .out {
                    if exits.count == 0 { return TreeEnd(result: -1) }
                    index = Int(exits[start &+ index])
                    continue
                }
            }
            index = next(base, index, codes)
        }
    }
}

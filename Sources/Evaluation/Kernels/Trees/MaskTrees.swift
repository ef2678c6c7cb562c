import CVectors

/// Small trees, all nodes of a tree at once: for 64 rows a node compares a column of bytes with its cut and selects between the leaf
/// numbers of its two sides, from the leaves up to the root. No branch depends on the data, and any shape of up to 256 leaves will do.
/// A batch of few rows walks from the root down instead, four trees at a time.
///
/// A tree's nodes stand after all nodes that their tests lead to; the root is the last. Slots of up to 255 are leaves.
struct MaskTrees: TreeLayout {
    typealias Leaf = UInt8
    typealias Node = tree_mask_node
    static let suffix = ".masks"
    /// Leaves of a tree.
    static let mostLeaves = TREE_LEAF_SLOTS
    /// Ranks are 0 to 254; 255 is above all cuts.
    static let mostRanks = 254
    static let mostNodes = 0xff00
    /// More planes would not stay in the caches beside the trees.
    static let mostPlanes = 2_048

    private let planes: TreePlanes
    private let nodes: Slab<Node>
    /// Per tree the index of its first node, and after the last tree the end.
    private let starts: Slab<Int32>
    /// Per tree the number of its first result.
    private let results: Slab<Int32>
    /// Per node the slot to go to when its value is missing and its plane sends it out; empty if that is always no result.
    private let exits: Slab<Int32>
    private let largest: Int

    private static let blockRows = TREE_BLOCK_ROWS
    /// Fewer rows than this are faster to walk one by one.
    private static let fewRows = 12

    var treeCount: Int { results.count }
    func firstResult(of tree: Int) -> Int { Int(results[tree]) }

    init(from reader: inout OperandReader, resultCount: Int) throws(FormatError) {
        planes = try TreePlanes(from: &reader, mostRanks: Self.mostRanks, takesValues: false)
        let bytes = try reader.bytes()
        starts = try reader.integers()
        results = try reader.integers()
        exits = try reader.integers()
        guard bytes.count % 8 == 0, Int(bitPattern: bytes.base) % 8 == 0 else { throw reader.error("tree-nodes", "tree nodes are cut off or not aligned") }
        nodes = Slab(base: UnsafeRawPointer(bytes.base).assumingMemoryBound(to: Node.self), count: bytes.count / 8)
        guard starts.count == results.count + 1, starts[0] == 0, Int(starts[results.count]) == nodes.count else {
            throw reader.error("tree-roots", "the trees do not cover the nodes")
        }
        guard planes.planes.count <= Self.mostPlanes, exits.count == 0 || exits.count == nodes.count else {
            throw reader.error("tree-nodes", "the tables of a tree have different lengths")
        }
        var largest = 0
        for tree in 0..<results.count {
            let (start, end, first) = (Int(starts[tree]), Int(starts[tree + 1]), Int(results[tree]))
            guard start <= end, end <= nodes.count, end - start <= Self.mostNodes else { throw reader.error("tree-roots", "tree \(tree) overlaps the next or is too large") }
            guard first >= 0, first < resultCount else { throw reader.error("tree-leaf", "tree \(tree) has no results") }
            let leaves = min(Self.mostLeaves, resultCount - first)
            for index in start..<end {
                let node = nodes[index]
                let known = Self.mostLeaves + index - start
                guard Self.isSlot(Int(node.low), leaves, known), Self.isSlot(Int(node.high), leaves, known),
                    exits.count == 0 || Self.isSlot(Int(exits[index]), leaves, Self.mostLeaves + end - start)
                else { throw reader.error("tree-link", "a link of node \(index - start) of tree \(tree) leads to no leaf and to no node that is known by then") }
                guard Int(node.plane) < planes.planes.count else { throw reader.error("tree-feature", "node \(index - start) of tree \(tree) tests no plane") }
            }
            largest = max(largest, end - start)
        }
        self.largest = largest
    }

    private static func isSlot(_ slot: Int, _ leaves: Int, _ known: Int) -> Bool {
        slot >= mostLeaves ? slot < known : slot >= 0 && slot < leaves
    }

    // MARK: Codes

    /// Codes lie in blocks of 64 rows, in a block plane by plane.
    func prepare(_ frame: Frame) -> TreeBatch {
        let rows = frame.count
        let size = Self.blockRows
        let stride = planes.planes.count * size
        let blocks = (rows + size - 1) / size
        let marks = frame.scratch.block(.marks, frame.capacity + planes.features.count).assumingMemoryBound(to: UInt8.self)
        let (careful, gaps) = (marks, marks + frame.capacity)
        let marked = planes.mark(frame, careful: careful, gaps: gaps)
        let memory = frame.scratch.block(.codes, (frame.capacity + size - 1) / size * stride)
        let codes = memory.assumingMemoryBound(to: UInt8.self)
        for (index, plane) in planes.planes.enumerated() {
            let values = frame.numbers(planes.features[plane.feature])
            for block in 0..<blocks {
                let column = codes + (block &* stride &+ index &* size)
                let count = min(size, rows &- block &* size)
                if planes.twins[index] >= 0 {
                    column.update(from: codes + (block &* stride &+ planes.twins[index] &* size), count: count)
                } else {
                    fill(column, plane, values + block &* size, count)
                }
            }
        }
        for (index, plane) in planes.planes.enumerated() where gaps[plane.feature] != 0 {
            let status = frame.status(planes.features[plane.feature])
            let code: UInt8 = plane.missing == .low ? 0 : 255
            for row in 0..<rows where status[row] & CellStatus.missing != 0 {
                codes[row / size &* stride &+ index &* size &+ row % size] = code
            }
        }
        return TreeBatch(frame: frame, rows: rows, codes: memory, careful: careful, carefulRows: marked)
    }

    private func fill(_ column: UnsafeMutablePointer<UInt8>, _ plane: TreePlanes.Plane, _ values: UnsafePointer<Double>, _ count: Int) {
        if plane.kind == .rank {
            VectorMath.rank(planes.cuts(plane), plane.count, values, count, column)
        } else {
            for row in 0..<count { column[row] = planes.flag(plane, values[row]) ? 1 : 0 }
        }
    }

    // MARK: Leaves

    func leaves(_ batch: TreeBatch, _ found: (_ tree: Int, _ row: Int, _ count: Int, _ leaves: UnsafePointer<UInt8>) -> Void) {
        if batch.rows < Self.fewRows { return walkFew(batch, found) }
        let size = Self.blockRows
        let stride = planes.planes.count * size
        // Some trees at a time, so that their leaves are still in the first cache when they are added up.
        let group = 32
        let slots = batch.frame.scratch.block(.slots, (Self.mostLeaves + largest) * size) {
            vector_leaf_slots($0.assumingMemoryBound(to: UInt8.self))
        }.assumingMemoryBound(to: UInt8.self)
        let leaves = batch.frame.scratch.block(.leaves, max(group * size, batch.frame.capacity * 4)).assumingMemoryBound(to: UInt8.self)
        var row = 0
        while row < batch.rows {
            let codes = (batch.codes + row / size &* stride).assumingMemoryBound(to: UInt8.self)
            let count = min(size, batch.rows &- row)
            var tree = 0
            while tree < results.count {
                let trees = min(group, results.count &- tree)
                VectorMath.findLeaves(nodes.base, starts.base + tree, trees, codes, slots, leaves)
                for index in 0..<trees { found(tree &+ index, row, count, leaves + index &* size) }
                tree &+= trees
            }
            row &+= size
        }
    }

    private func walkFew(_ batch: TreeBatch, _ found: (_ tree: Int, _ row: Int, _ count: Int, _ leaves: UnsafePointer<UInt8>) -> Void) {
        let codes = batch.codes.assumingMemoryBound(to: UInt8.self)
        for row in 0..<batch.rows {
            let column = codes + row
            var tree = 0
            while tree < results.count {
                var leaf = fourTrees(tree, column)
                let trees = min(4, results.count &- tree)
                withUnsafeBytes(of: &leaf) { bytes in
                    guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
                    for index in 0..<trees { found(tree &+ index, row, 1, base + index) }
                }
                tree &+= trees
            }
        }
    }

    /// The leaves of one row in four trees, or as many as are left, whose loads overlap.
    @inline(__always)
    private func fourTrees(_ tree: Int, _ column: UnsafePointer<UInt8>) -> (UInt8, UInt8, UInt8, UInt8) {
        let last = results.count &- 1
        let (a, b, c, d) = (root(tree), root(min(tree &+ 1, last)), root(min(tree &+ 2, last)), root(min(tree &+ 3, last)))
        var (i, j, k, l) = (a.slot, b.slot, c.slot, d.slot)
        while (i | j | k | l) >= 256 {
            i = next(a.nodes, i, column)
            j = next(b.nodes, j, column)
            k = next(c.nodes, k, column)
            l = next(d.nodes, l, column)
        }
        return (UInt8(truncatingIfNeeded: i), UInt8(truncatingIfNeeded: j), UInt8(truncatingIfNeeded: k), UInt8(truncatingIfNeeded: l))
    }

    /// Where a tree's nodes stand, so that they can be addressed by slot, and its root's slot.
    @inline(__always)
    private func root(_ tree: Int) -> (nodes: UnsafePointer<Node>, slot: Int) {
        let (start, end) = (Int(starts[tree]), Int(starts[tree &+ 1]))
        return (nodes.base + start, start == end ? 0 : 255 &+ end &- start)
    }

    @inline(__always)
    private func next(_ nodes: UnsafePointer<Node>, _ slot: Int, _ column: UnsafePointer<UInt8>) -> Int {
        if slot < 256 { return slot }
        let node = nodes[slot &- 256]
        return Int(column[Int(node.plane) &* 64] <= node.cut ? node.low : node.high)
    }

    func walk(_ batch: TreeBatch, tree: Int, row: Int) -> TreeEnd {
        let size = Self.blockRows
        let column = batch.codes.assumingMemoryBound(to: UInt8.self) + (row / size &* planes.planes.count &* size &+ row % size)
        let start = Int(starts[tree])
        var (_, slot) = root(tree)
        // No walk of a tree comes to a node twice; only a forged file could make it go in circles.
        var left = Int(starts[tree &+ 1]) &- start
        while slot >= 256 {
            left &-= 1
            if left < 0 { return TreeEnd(result: -1) }
            let index = start &+ slot &- 256
            let node = nodes[index]
            let plane = planes.planes[Int(node.plane)]
            if plane.kind != .isMissing {
                let status = batch.frame.status(planes.features[plane.feature])[row]
                if status & CellStatus.failure != 0 { return TreeEnd(result: -1, failed: true) }
                if status & CellStatus.missing != 0, plane.missing == .out {
                    if exits.count == 0 { return TreeEnd(result: -1) }
                    slot = Int(exits[index])
                    continue
                }
            }
            slot = Int(column[Int(node.plane) &* size] <= node.cut ? node.low : node.high)
        }
        return TreeEnd(result: Int(results[tree]) &+ slot)
    }
}

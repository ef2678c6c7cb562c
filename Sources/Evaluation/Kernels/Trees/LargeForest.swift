/// A forest of large trees whose tests all compare numbers, read where a learner has them: no table of flat nodes is made on the way.
///
/// What comes of it is what ``RowPacking`` makes of the same trees, with cuts, leaves and nodes written straight into the program's pools.
public struct LargeForest {
    /// A tree by the numbers of its nodes, of which 0 is the root.
    public struct Tree {
        let count: Int
        let values: UnsafePointer<Double>
        let fields: UnsafePointer<Int32>
        let left: UnsafePointer<Int32>
        let right: UnsafePointer<Int32>?

        /// - Parameters:
        ///   - values: a test's threshold (value ≤ threshold goes to the left, a missing one nowhere), a leaf's answer.
        ///   - fields: counted from 1; 0 for a leaf.
        ///   - left: children, counted from 1.
        ///   - right: nil where each right child follows the left one.
        public init(
            count: Int, values: UnsafePointer<Double>, fields: UnsafePointer<Int32>, left: UnsafePointer<Int32>, right: UnsafePointer<Int32>?
        ) {
            self.count = count
            self.values = values
            self.fields = fields
            self.left = left
            self.right = right
        }
    }

    /// Nodes and leaves of each tree.
    let counts: [(nodes: Int, leaves: Int)]
    /// Lends a tree; false if it cannot.
    let lend: (Int, (Tree) -> Bool) -> Bool
    /// The feature of each field.
    let features: [Int]
    /// The row of amounts of each class; empty where leaves answer with numbers.
    let classes: [Int32]

    public init(counts: [(nodes: Int, leaves: Int)], features: [Int], classes: [Int32], lend: @escaping (Int, (Tree) -> Bool) -> Bool) {
        self.counts = counts
        self.features = features
        self.classes = classes
        self.lend = lend
    }

    /// Whether the trees are too large for ``MaskTrees`` and the forest is worth a way of its own.
    public static func isLarge(_ counts: [(nodes: Int, leaves: Int)]) -> Bool {
        counts.reduce(0) { $0 + $1.nodes } >= 1 << 12 && counts.contains { $0.nodes > 4 * MaskTrees.mostLeaves }
    }
}

/// A large forest in the pools: slices of them, and what is small.
struct LargeForestPacking {
    typealias Run = (offset: Int, count: Int)
    let amounts: Run
    private let cuts: Run
    private let nodes: Run
    private var planes: [TreePlanes.Plane] = []
    private var planeBits = 0
    private var starts: [Int32] = [0]
    private var results: [Int32] = []
    private var depths: [Int32] = []

    /// - Parameter given: the rows of amounts of the classes, "no result" first; its only row where leaves answer with numbers.
    /// - Returns: nil if a tree or a feature has too much for a node's word; the pools are as they were.
    init?(_ forest: LargeForest, features: Int, amounts given: [Double], pools: PoolBuilder) {
        let total = forest.counts.reduce(0) { $0 + $1.nodes }
        let leaves = forest.classes.isEmpty ? forest.counts.reduce(0) { $0 + $1.leaves } : 0
        var planes: [TreePlanes.Plane] = []
        var firsts = [Int](repeating: 0, count: features)
        var lengths = [Int](repeating: 0, count: features)
        for tree in forest.counts.indices {
            let isRead = forest.lend(tree) { tree in
                for node in 0..<tree.count where tree.fields[node] > 0 {
                    if Int(tree.fields[node]) > forest.features.count || !tree.values[node].isFinite { return false }
                    lengths[forest.features[Int(tree.fields[node]) - 1]] += 1
                }
                return true
            }
            guard isRead else { return nil }
        }
        let thresholds = lengths.reduce(0, +)
        guard thresholds > 0 else { return nil }
        var (starts, results, depths): ([Int32], [Int32], [Int32]) = ([0], [], [])
        var planeBits = 0
        let made = pools.large(numbers: thresholds + leaves + given.count, bytes: 8 * total) { (numbers, bytes) -> (Run, Run, Run)? in
            let first = numbers.count
            LargeForestPacking.gather(forest, &lengths, &firsts, into: &numbers)
            var planeOf = [Int](repeating: -1, count: features)
            for feature in 0..<features where lengths[feature] > 0 {
                guard lengths[feature] <= RowTrees.mostRanks else { return nil }
                planeOf[feature] = planes.count
                planes.append(.init(feature: feature, kind: .rank, missing: .out, first: firsts[feature], count: lengths[feature]))
            }
            while planes.count > 1 << planeBits { planeBits += 1 }
            let cuts = (offset: first, count: numbers.count - first)
            let marks = CutMarks(numbers, first: first, firsts, lengths)
            let firstAmount = numbers.count
            numbers += given
            let firstByte = bytes.count
            bytes.append(contentsOf: repeatElement(0, count: 8 * total))
            for (index, count) in forest.counts.enumerated() {
                guard count.nodes < 1 << (32 - planeBits), count.leaves <= RowTrees.mostResults, Int(starts[index]) + count.nodes <= total else { return nil }
                results.append(forest.classes.isEmpty ? Int32(truncatingIfNeeded: numbers.count - firstAmount) : 0)
                let start = firstByte + 8 * Int(starts[index])
                var depth: Int32?
                let isPlaced = forest.lend(index) { tree in
                    let found = bytes.withUnsafeMutableBytes { room in
                        LargeForestPacking.place(
                            tree, forest, planeOf, planeBits, marks, &numbers,
                            UnsafeMutableRawBufferPointer(rebasing: room[start..<start + 8 * count.nodes]))
                    }
                    depth = found
                    return found != nil
                }
                guard isPlaced, let depth else { return nil }
                depths.append(depth)
                starts.append(starts[index] + Int32(truncatingIfNeeded: count.nodes))
            }
            guard Int(starts[starts.count - 1]) == total else { return nil }
            return (cuts, (offset: firstAmount, count: numbers.count - firstAmount), (offset: firstByte, count: 8 * total))
        }
        guard let made else { return nil }
        (cuts, amounts, nodes) = made
        (self.planes, self.planeBits, self.starts, self.results, self.depths) = (planes, planeBits, starts, results, depths)
    }

    /// All thresholds, those of a feature side by side, ascending and each once.
    private static func gather(_ forest: LargeForest, _ lengths: inout [Int], _ firsts: inout [Int], into numbers: inout [Double]) {
        let base = numbers.count
        var next: [Int] = []
        for length in lengths { next.append((next.last ?? 0) + length) }
        let ends = next
        for feature in next.indices { next[feature] -= lengths[feature] }
        numbers.append(contentsOf: repeatElement(0, count: ends.last ?? 0))
        numbers.withUnsafeMutableBufferPointer { all in
            for tree in forest.counts.indices {
                _ = forest.lend(tree) { tree in
                    for node in 0..<tree.count where tree.fields[node] > 0 {
                        let feature = forest.features[Int(tree.fields[node]) - 1]
                        // Zero has two signs and is one number.
                        all[base + next[feature]] = tree.values[node] == 0 ? 0 : tree.values[node]
                        next[feature] += 1
                    }
                    return true
                }
            }
        }
        var kept = base
        for (feature, end) in ends.enumerated() {
            let start = end - lengths[feature]
            numbers.withUnsafeMutableBufferPointer {
                var own = UnsafeMutableBufferPointer(rebasing: $0[base + start..<base + end])
                own.sort()
            }
            let first = kept
            for index in base + start..<base + end where kept == first || numbers[kept - 1] != numbers[index] {
                numbers[kept] = numbers[index]
                kept += 1
            }
            (firsts[feature], lengths[feature]) = (first - base, kept - first)
        }
        numbers.removeSubrange(kept...)
    }

    /// Puts a tree's nodes where they belong, breadth first.
    ///
    /// - Returns: how many tests lie before the nearest leaf; nil for a tree that does not fill its room.
    private static func place(
        _ tree: LargeForest.Tree, _ forest: LargeForest, _ planeOf: [Int], _ planeBits: Int, _ marks: CutMarks,
        _ numbers: inout [Double], _ room: UnsafeMutableRawBufferPointer
    ) -> Int32? {
        let count = room.count / 8
        var queue: [Int32] = [0]
        queue.reserveCapacity(count)
        var (level, levelEnd): (Int32, Int) = (0, 1)
        var nearest: Int32?
        var leaves = 0
        for index in 0..<count {
            guard index < queue.count else { return nil }
            if index == levelEnd { (level, levelEnd) = (level + 1, queue.count) }
            let node = Int(queue[index])
            guard node >= 0, node < tree.count else { return nil }
            let field = Int(tree.fields[node])
            let word: UInt64
            if field > 0 {
                let feature = forest.features[field - 1]
                let threshold = tree.values[node]
                let left = queue.count
                queue.append(tree.left[node] &- 1)
                queue.append(tree.right.map { $0[node] &- 1 } ?? tree.left[node])
                let rank = numbers.withUnsafeBufferPointer { $0.baseAddress.map { marks.rank(threshold, feature, $0) } ?? 0 }
                word = (UInt64(left) << UInt64(planeBits) | UInt64(planeOf[feature])) << 32 | UInt64(Float(rank).bitPattern)
            } else {
                nearest = nearest ?? level
                let result: Int
                if forest.classes.isEmpty {
                    numbers.append(tree.values[node])
                    result = leaves
                } else {
                    guard let chosen = Int(exactly: tree.values[node]), forest.classes.indices.contains(chosen - 1) else { return nil }
                    result = Int(forest.classes[chosen - 1])
                }
                leaves += 1
                word = UInt64(index) << (32 + UInt64(planeBits)) | UInt64(RowTrees.leafBits | UInt32(truncatingIfNeeded: result))
            }
            room.storeBytes(of: word, toByteOffset: 8 * index, as: UInt64.self)
        }
        return queue.count == count ? nearest : nil
    }

    /// As ``RowPacking/encode``.
    func encode(_ features: [Register], _ writer: inout OperandWriter) {
        TreePlanes.encode(planes, numbers: cuts, sets: [], features: features, &writer)
        writer.int(planeBits)
        writer.slice(nodes)
        writer.integers(starts)
        writer.integers(results)
        writer.integers(depths)
        writer.integers([])
    }
}

/// The cuts of all features, with every 64th of them apart: these stay in the cache while one threshold after the other is looked up.
private struct CutMarks {
    private static let step = 64
    private let first: Int
    private let firsts: [Int]
    private let lengths: [Int]
    private let marks: [Double]
    private let markFirsts: [Int]

    init(_ numbers: [Double], first: Int, _ firsts: [Int], _ lengths: [Int]) {
        var marks: [Double] = []
        var markFirsts: [Int] = []
        for (start, length) in zip(firsts, lengths) {
            markFirsts.append(marks.count)
            for block in 0..<length / Self.step { marks.append(numbers[first + start + block * Self.step + Self.step - 1]) }
        }
        (self.first, self.firsts, self.lengths, self.marks, self.markFirsts) = (first, firsts, lengths, marks, markFirsts)
    }

    /// How many cuts of the feature are less than the threshold, which is one of them.
    func rank(_ threshold: Double, _ feature: Int, _ numbers: UnsafePointer<Double>) -> Int {
        let cuts = numbers + (first &+ firsts[feature])
        let length = lengths[feature]
        let block = marks.withUnsafeBufferPointer { marks in
            marks.baseAddress.map { RowTrees.rank(threshold, $0 + markFirsts[feature], length / Self.step) } ?? 0
        }
        let start = block &* Self.step
        return start &+ RowTrees.rank(threshold, cuts + start, min(Self.step, length &- start))
    }
}

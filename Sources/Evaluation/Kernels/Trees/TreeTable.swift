// https://dmg.org/pmml/v4-4-1/TreeModel.html

/// A node of a flattened tree, 16 bytes: a test with two adjacent successors, or a leaf.
///
/// A test that holds goes to node `left`, one that fails to `left + 1`. A leaf is a test that always holds and leads to
/// itself, so that a walk may go on for a fixed number of steps. A test's own links lead forward; the way out for a missing
/// value may lead anywhere in its tree, so walks that meet one are bounded by the number of nodes.
public struct FlatNode: BitwiseCopyable, Sendable {
    public enum Test: UInt32, Sendable {
        /// value ≤ threshold; "less than" is "at most the next smaller number".
        case lessOrEqual = 0
        /// value = threshold
        case equal = 1
        /// The bit `value` is set in the words that begin at `threshold`, an index into the set words.
        case isIn = 2
        /// The value is missing.
        case isMissing = 3
    }
    public var threshold: Double
    public var left: Int32
    /// Bits 0–1: the test; bit 2: the way out for a missing value is a default child; from bit 3: the feature.
    public var packed: UInt32

    public init(threshold: Double, left: Int32, test: Test, feature: Int, isDefaultStep: Bool) {
        self.threshold = threshold
        self.left = left
        packed = test.rawValue | (isDefaultStep ? 4 : 0) | UInt32(truncatingIfNeeded: feature) << 3
    }

    /// A leaf at index `index`.
    public init(leafAt index: Int32) {
        self.init(threshold: .infinity, left: index, test: .lessOrEqual, feature: 0, isDefaultStep: false)
    }

    @inline(__always) var test: UInt32 { packed & 3 }
    @inline(__always) var isDefaultStep: Bool { packed & 4 != 0 }
    @inline(__always) var feature: Int { Int(packed >> 3) }

    /// The number that stands for the feature.
    public var featureCode: Int { feature }

    /// The same test of another feature, with another threshold.
    public func testing(_ feature: Int, _ threshold: Double) -> FlatNode {
        var node = self
        node.threshold = threshold
        node.packed = packed & 7 | UInt32(truncatingIfNeeded: feature) << 3
        return node
    }

    /// The most features that a table can have.
    public static let mostFeatures = 1 << 29
}

/// The trees of one model in flat form, as the lowering makes them.
public struct FlatTrees: Sendable {
    /// Nodes of all trees, one tree after the other; links are relative to the tree's first node.
    public var nodes: [FlatNode] = []
    /// For each node, the node to go to when its value is missing; for a leaf itself.
    public var missing: [Int32] = []
    /// For each leaf the number of its result, 0 being "no result"; -1 for tests.
    public var results: [Int32] = []
    /// Index of each tree's first node.
    public var roots: [Int32] = []
    /// Words of the sets of `isIn` tests, 64 bits each as two integers; a set begins with its length in words.
    public var sets: [Int32] = []
    /// For each node where a missing value goes, as ``TreeTests`` has it; empty where nobody has looked yet.
    public internal(set) var ways: [UInt8] = []

    public init() {}

    /// Makes room for so many nodes.
    public mutating func reserve(_ count: Int) {
        nodes.reserveCapacity(count)
        missing.reserveCapacity(count)
        results.reserveCapacity(count)
    }

    /// Appends the ways of a tree that has been appended in all else; nothing if those before it had none.
    public mutating func appendWays(of tree: FlatTrees) {
        if ways.count + tree.nodes.count == nodes.count { ways += tree.ways }
    }
}

extension OperandWriter {
    /// The features' registers and the trees.
    public mutating func trees(_ trees: FlatTrees, features: [Register]) {
        registers(features)
        bytes(trees.nodes.withUnsafeBytes { Array($0) })
        integers(trees.missing)
        integers(trees.results)
        integers(trees.roots)
        integers(trees.sets)
    }
}

/// Flat trees in a loaded program, verified: every link, feature, set and result is in range.
struct TreeTable: Sendable {
    let features: [Int32]
    let nodes: Slab<FlatNode>
    let missing: Slab<Int32>
    let results: Slab<Int32>
    let roots: Slab<Int32>
    let sets: Slab<Int32>
    /// - Parameter resultCount: how many results the kernel's other tables describe, "no result" included.
    init(from reader: inout OperandReader, resultCount: Int) throws(FormatError) {
        features = try reader.inputs(.number)
        let bytes = try reader.bytes()
        missing = try reader.integers()
        results = try reader.integers()
        roots = try reader.integers()
        sets = try reader.integers()
        guard bytes.count % 16 == 0, Int(bitPattern: bytes.base) % 8 == 0 else { throw reader.error("tree-nodes", "tree nodes are cut off or not aligned") }
        nodes = Slab(base: UnsafeRawPointer(bytes.base).assumingMemoryBound(to: FlatNode.self), count: bytes.count / 16)
        guard missing.count == nodes.count, results.count == nodes.count else {
            throw reader.error("tree-nodes", "the tables of a tree have different lengths")
        }
        try Self.verify(nodes, missing, results, roots, sets, features.count, resultCount, reader)
    }

    private static func verify(
        _ nodes: Slab<FlatNode>, _ missing: Slab<Int32>, _ results: Slab<Int32>, _ roots: Slab<Int32>, _ sets: Slab<Int32>,
        _ features: Int, _ resultCount: Int, _ reader: OperandReader
    ) throws(FormatError) {
        for tree in 0..<roots.count {
            let start = Int(roots[tree])
            let end = tree + 1 < roots.count ? Int(roots[tree + 1]) : nodes.count
            guard start >= 0, start < end, end <= nodes.count else { throw reader.error("tree-roots", "tree \(tree) has no nodes or overlaps the next") }
            let size = end - start
            for index in 0..<size {
                let node = nodes[start + index]
                let result = results[start + index]
                if result >= 0 {
                    guard Int(result) < resultCount, Int(node.left) == index, node.test == 0, node.threshold == .infinity, node.feature < max(1, features) else {
                        throw reader.error("tree-leaf", "leaf \(index) of tree \(tree) is malformed")
                    }
                    continue
                }
                let left = Int(node.left)
                let way = Int(missing[start + index])
                guard left > index, left + 1 < size, way >= 0, way < size else {
                    throw reader.error("tree-link", "a link of node \(index) of tree \(tree) leads backwards or out of the tree")
                }
                guard node.feature < features else { throw reader.error("tree-feature", "node \(index) of tree \(tree) tests no feature of the table") }
                if node.test == FlatNode.Test.isIn.rawValue {
                    guard isSet(at: Int(exactly: node.threshold) ?? -1, sets) else {
                        throw reader.error("tree-set", "the set of node \(index) of tree \(tree) is out of range")
                    }
                }
            }
        }
    }

    /// Whether a set begins at that word.
    static func isSet(at index: Int, _ sets: Slab<Int32>) -> Bool {
        index >= 0 && index < sets.count && sets[index] >= 0 && Int(sets[index]) * 2 < sets.count - index
    }

    /// Walks one tree for one row, with everything that a test can meet.
    ///
    /// - Parameters:
    ///   - values: the features' columns.
    ///   - status: the features' status columns.
    /// - Returns: the leaf's result, how many default children were taken, and whether a failing cell was read.
    @inline(__always)
    func walk(
        tree: Int, row: Int, values: UnsafePointer<UnsafeMutablePointer<Double>>, status: UnsafePointer<UnsafeMutablePointer<UInt8>>
    ) -> (result: Int32, defaultSteps: Int, failed: Bool) {
        let start = Int(roots[tree])
        let base = nodes.base + start
        var index = 0
        var steps = 0
        // No walk of a tree comes to a node twice; only a forged file could make it go in circles.
        var left = (tree &+ 1 < roots.count ? Int(roots[tree &+ 1]) : nodes.count) &- start
        while results[start &+ index] < 0 {
            left &-= 1
            if left < 0 { return (0, steps, false) }
            let node = base[index]
            let feature = node.feature
            let state = status[feature][row]
            if node.test == FlatNode.Test.isMissing.rawValue {
                index = Int(node.left) &+ (state & CellStatus.missing != 0 ? 0 : 1)
                continue
            }
            if state & CellStatus.missing != 0 {
                if state & CellStatus.failure != 0 { return (0, steps, true) }
                if node.isDefaultStep { steps &+= 1 }
                index = Int(missing[start &+ index])
                continue
            }
            let value = values[feature][row]
            let holds: Bool
            switch node.test {
            case 0: holds = value <= node.threshold
            case 1: holds = value == node.threshold
            default: holds = Self.contains(sets, Int(node.threshold), value)
            }
            index = Int(node.left) &+ (holds ? 0 : 1)
        }
        return (results[start &+ index], steps, false)
    }

    static func contains(_ sets: Slab<Int32>, _ set: Int, _ value: Double) -> Bool {
        let words = Int(sets[set])
        guard value >= 0, value < Double(words * 64) else { return false }
        let bit = Int(value)
        let word = UInt32(bitPattern: sets[set + 1 + (bit >> 5)])
        return word >> UInt32(bit & 31) & 1 == 1
    }
}

extension TreeTable: TreeLayout {
    static let suffix = ""
    var treeCount: Int { roots.count }
    func firstResult(of tree: Int) -> Int { 0 }

    func prepare(_ frame: Frame) -> TreeBatch {
        let careful = frame.scratch.block(.marks, frame.capacity).assumingMemoryBound(to: UInt8.self)
        for row in 0..<frame.count { careful[row] = 1 }
        _ = TreeColumns(self, frame)
        return TreeBatch(frame: frame, rows: frame.count, codes: UnsafeMutableRawPointer(careful), careful: careful, carefulRows: frame.count)
    }

    /// Every row has a walk of its own.
    func leaves(_ batch: TreeBatch, _ found: (_ tree: Int, _ row: Int, _ count: Int, _ leaves: UnsafePointer<UInt32>) -> Void) {}

    func walk(_ batch: TreeBatch, tree: Int, row: Int) -> TreeEnd {
        let (values, status) = (batch.frame.scratch.pointers(features.count), batch.frame.scratch.bytePointers(features.count))
        let end = walk(tree: tree, row: row, values: values, status: status)
        return TreeEnd(result: end.result == 0 ? -1 : Int(end.result), failed: end.failed)
    }
}

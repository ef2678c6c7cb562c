@testable import Evaluation

/// SplitMix64: the same numbers in every run.
struct TestRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// How random trees look.
struct TreeShape: CustomStringConvertible, Sendable {
    enum Growth: CaseIterable, Sendable {
        /// The shallowest leaf is split.
        case balanced
        /// The deepest leaf is split.
        case chain
        /// Any leaf is split.
        case random
    }
    /// What a missing value does.
    enum Gaps: CaseIterable, Sendable {
        /// It goes to a child of the test, a side for each feature or one for each test.
        case bySide, byTest
        /// There is no result.
        case noResult
        /// It jumps to the result of a node above, or to another node.
        case jump
    }
    var leaves: Int
    var growth = Growth.random
    var gaps = Gaps.byTest
    /// Only `≤`; otherwise every kind of test.
    var isPlain = true
    /// Cells are binary32 numbers, and thresholds as well unless they are said to lie between those.
    var isNarrow = false, liesBetween = false
    /// Distinct thresholds.
    var thresholds = 40
    var trees = 6
    /// A leaf may have no result.
    var hasHoles = false

    var description: String {
        "\(trees) trees of \(leaves) leaves, \(growth), \(gaps), \(isPlain ? "plain" : "all tests"), \(thresholds) thresholds\(liesBetween ? " between those of binary32" : isNarrow ? " of binary32" : "")\(hasHoles ? ", with holes" : "")"
    }
}

/// Trees made at random, and the plainest way to walk them.
struct RandomTrees {
    static let features = 5
    /// The features of which all columns are small whole numbers, for equality and sets.
    static let codes = 3..<5
    var flat = FlatTrees()
    /// The distinct thresholds of each feature.
    var thresholds: [[Double]] = []

    init(_ shape: TreeShape, _ random: inout TestRandom) {
        for _ in 0..<Self.features {
            thresholds.append((0..<shape.thresholds).map { index in
                let value = index == 0 ? 0 : index == 1 ? -0.0 : Double.random(in: -3...3, using: &random)
                return shape.isNarrow && !shape.liesBetween ? Double(Float(value)) : value
            })
        }
        if !shape.isPlain { thresholds[0][thresholds[0].count - 1] = .infinity }
        for _ in 0..<4 {
            flat.sets += [1, Int32(truncatingIfNeeded: random.next()), Int32(truncatingIfNeeded: random.next())]
        }
        let sides = (0..<Self.features).map { _ in Bool.random(using: &random) }
        for _ in 0..<shape.trees { grow(shape, sides, &random) }
    }

    private mutating func grow(_ shape: TreeShape, _ sides: [Bool], _ random: inout TestRandom) {
        let start = flat.nodes.count
        flat.roots.append(Int32(start))
        // Leaves in the order in which they were made: each split turns one into a test with two new ones.
        var nodes = [FlatNode(leafAt: 0)]
        var open = [0]
        while open.count < shape.leaves {
            let at: Int
            switch shape.growth {
            case .balanced: at = 0
            case .chain: at = open.count - 1
            case .random: at = Int.random(in: 0..<open.count, using: &random)
            }
            let index = open.remove(at: at)
            let left = nodes.count
            nodes[index] = test(shape, left, &random)
            nodes += [FlatNode(leafAt: 0), FlatNode(leafAt: 0)]
            open += [left, left + 1]
        }
        // Results of the leaves, and one for every test.
        let first = Int32(start + 1)
        for (index, node) in nodes.enumerated() {
            let isLeaf = open.contains(index)
            if isLeaf { nodes[index] = FlatNode(leafAt: Int32(index)) }
            flat.results.append(!isLeaf ? -1 : shape.hasHoles && random.next() % 8 == 0 ? 0 : first + Int32(index))
            flat.missing.append(isLeaf ? Int32(index) : way(shape, Int(node.packed >> 3), Int(node.left), index, sides, &random))
        }
        flat.nodes += nodes
        // Where jumps lead that lead to no node: leaves behind the tree.
        if shape.gaps == .noResult || shape.gaps == .jump {
            flat.nodes.append(FlatNode(leafAt: Int32(nodes.count)))
            flat.missing.append(Int32(nodes.count))
            flat.results.append(shape.gaps == .noResult ? 0 : first)
            for index in start..<start + nodes.count where flat.missing[index] == -1 { flat.missing[index] = Int32(nodes.count) }
        }
    }

    private func test(_ shape: TreeShape, _ left: Int, _ random: inout TestRandom) -> FlatNode {
        let kind = shape.isPlain ? 0 : Int.random(in: 0..<6, using: &random)
        let feature = kind == 1 || kind == 2 ? Int.random(in: Self.codes, using: &random) : Int.random(in: 0..<Self.features, using: &random)
        let threshold = thresholds[feature][Int.random(in: 0..<thresholds[feature].count, using: &random)]
        let (test, operand): (FlatNode.Test, Double) =
            switch kind {
            case 1: (.equal, Double(Int.random(in: 0..<6, using: &random)))
            case 2: (.isIn, Double(3 * Int.random(in: 0..<4, using: &random)))
            case 3: (.isMissing, 0)
            default: (.lessOrEqual, threshold)
            }
        return FlatNode(threshold: operand, left: Int32(left), test: test, feature: feature, isDefaultStep: false)
    }

    private func way(_ shape: TreeShape, _ feature: Int, _ left: Int, _ index: Int, _ sides: [Bool], _ random: inout TestRandom) -> Int32 {
        switch shape.gaps {
        case .bySide: Int32(left + (sides[feature] ? 1 : 0))
        case .byTest: Int32(left + Int.random(in: 0...1, using: &random))
        case .noResult: -1
        // Forward only, so that no walk goes in circles.
        case .jump: random.next() % 3 == 0 ? -1 : Int32(left + Int.random(in: 0...1, using: &random))
        }
    }

    /// The result that a row reaches; nil where a failing cell is read.
    func result(tree: Int, _ row: [(value: Double, status: UInt8)]) -> Int32? {
        let start = Int(flat.roots[tree])
        var index = 0
        while flat.results[start + index] < 0 {
            let node = flat.nodes[start + index]
            let (test, cell) = (node.packed & 3, row[Int(node.packed >> 3)])
            let isMissing = cell.status & CellStatus.missing != 0
            if test != FlatNode.Test.isMissing.rawValue, isMissing {
                if cell.status & CellStatus.failure != 0 { return nil }
                index = Int(flat.missing[start + index])
                continue
            }
            let holds: Bool
            switch test {
            case 0: holds = cell.value <= node.threshold
            case 1: holds = cell.value == node.threshold
            case 2:
                let bit = cell.value >= 0 && cell.value < 64 ? Int(cell.value) : -1
                holds = bit >= 0 && UInt32(bitPattern: flat.sets[Int(node.threshold) + 1 + bit / 32]) >> UInt32(bit % 32) & 1 == 1
            default: holds = isMissing
            }
            index = Int(node.left) + (holds ? 0 : 1)
        }
        return flat.results[start + index]
    }

    /// A cell that may be at, beside or far from a threshold.
    func cell(_ feature: Int, narrow: Bool, gaps: Bool, _ random: inout TestRandom) -> (value: Double, status: UInt8) {
        if gaps {
            switch random.next() % 24 {
            case 0...3: return (Double.random(in: -9...9, using: &random), CellStatus.missing)
            case 4: return (1, CellStatus.failed)
            default: break
            }
        }
        let known = thresholds[feature][Int.random(in: 0..<thresholds[feature].count, using: &random)]
        let value: Double =
            switch random.next() % 16 {
            case 0: -0.0
            case 1: .infinity
            case 2: -.infinity
            case 3: .nan
            case 4...6: known
            case 7: known.nextUp
            case 8: known.nextDown
            case 9: 1e300
            default: Self.codes.contains(feature) ? Double(Int.random(in: -1..<(random.next() % 2 == 0 ? 7 : 70), using: &random)) : Double.random(in: -4...4, using: &random)
            }
        return (narrow ? Double(Float(value)) : value, 0)
    }
}

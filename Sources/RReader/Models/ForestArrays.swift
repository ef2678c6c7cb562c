import Locks
import ModelTree

/// The arrays of a randomForest, all trees one after the other.
///
/// They are checked as R has them, and folded together when the first tree is asked for: half of what they are then is said twice, and by then
/// the object that they came in is gone.
final class ForestArrays: @unchecked Sendable {
    private let path: String
    private let variables: [SplitField]
    let classes: [String]?
    let treeCount: Int
    /// Room for nodes in each tree.
    private let room: Int
    private let nodeCounts: [Int32]
    /// -1 for leaves; empty once folded.
    private var status: [Int32]
    private var left: [Int32]
    private var right: [Int32]
    /// Where the children of tree t begin in `left` and `right`.
    private let childStride: Int
    private let rightOffset: Int
    /// Counted from 1; folded, 0 for a leaf.
    private var variable: [Int32]
    /// Of splits; folded, of leaves what they predict.
    private var point: [Double]
    private var prediction: [Double]
    private let categories: [Int32]
    private var leafCounts: [Int32]
    /// Whether all tests of a tree compare numbers.
    private var isPlain: [Bool]
    private var isFolded = false
    private var isReleased = false
    private let lock = Lock()

    init(_ forest: RValue, _ variables: [SplitField], classes: [String]?) throws(RReadError) {
        path = forest.path
        self.variables = variables
        self.classes = classes
        nodeCounts = try forest.component("ndbigtree").integers()
        treeCount = nodeCounts.count
        room = try forest.component("nrnodes").integer()
        status = try forest.component("nodestatus").integers()
        variable = try forest.component("bestvar").integers()
        point = try forest.component("xbestsplit").doubles()
        prediction = try forest.component("nodepred").doubles()
        categories = try forest.component("ncat").integers()
        let total = room.multipliedReportingOverflow(by: treeCount)
        let lengths = [status.count, variable.count, point.count, prediction.count]
        let largest = Int(nodeCounts.max() ?? 0)
        let smallest = Int(nodeCounts.min() ?? 0)
        guard room > 0, treeCount > 0, !total.overflow, lengths.allSatisfy({ $0 == total.partialValue }), categories.count == variables.count,
            smallest > 0, largest <= room
        else { throw forest.inconsistent("the arrays of \(forest.path) differ in length") }
        if let map = forest.optional("treemap") {
            left = try map.integers()
            right = left
            (childStride, rightOffset) = (2 * room, room)
            guard left.count / 2 == total.partialValue, left.count % 2 == 0 else {
                throw map.inconsistent("\(map.path) has \(left.count) numbers for \(total.partialValue) nodes")
            }
        } else {
            left = try forest.component("leftDaughter").integers()
            right = try forest.component("rightDaughter").integers()
            (childStride, rightOffset) = (room, 0)
            guard left.count == total.partialValue, right.count == total.partialValue else { throw forest.inconsistent("the arrays of \(forest.path) differ in length") }
        }
        leafCounts = [Int32](repeating: 0, count: treeCount)
        isPlain = [Bool](repeating: true, count: treeCount)
    }

    private func inconsistent(_ message: String) -> RReadError { RReadError(.inconsistent, message, path: path) }

    /// One tree, counted from 0: looked at now, so that what is wrong is said now, and made when it is needed.
    func tree(_ tree: Int) throws(RReadError) -> TreeModel {
        try check(tree)
        return TreeModel(missingValueStrategy: .nullPrediction, isMultiSplit: false, source: Tree(forest: self, tree: tree))
    }

    private struct Tree: PlainTreeSource {
        let forest: ForestArrays
        let tree: Int
        func nodes() -> TreeNodes {
            forest.fold()
            if forest.isReleased { return TreeNodes() }
            return (try? forest.nodes(tree)) ?? TreeNodes()
        }
        var fieldNames: [String] { forest.variables.map(\.field) }
        var classes: [String] { forest.classes ?? [] }
        var plainCounts: (nodes: Int, leaves: Int)? {
            forest.isPlain[tree] ? (2 * Int(forest.leafCounts[tree]) - 1, Int(forest.leafCounts[tree])) : nil
        }
        func withPlainTree<Result>(_ read: (PlainTreeArrays) -> Result) -> Result? {
            guard forest.isPlain[tree], !forest.isReleased else { return nil }
            forest.fold()
            return forest.withArrays(tree, read)
        }
        func release() { forest.release() }
    }

    /// Goes through a tree as `nodes` does, and makes nothing.
    private func check(_ tree: Int) throws(RReadError) {
        var waiting = [0]
        var visited = 0
        var leaves: Int32 = 0
        var plain = true
        while let number = waiting.popLast() {
            visited += 1
            if visited > Int(nodeCounts[tree]) { throw inconsistent("a tree has more nodes than it says, or goes in circles") }
            let at = tree * room + number
            if status[at] == -1 {
                _ = try classIndex(prediction[at])
                leaves &+= 1
                continue
            }
            let (which, low, high) = try branch(tree, number)
            if variables[which].values != nil { plain = false }
            waiting.append(high)
            waiting.append(low)
        }
        leafCounts[tree] = leaves
        isPlain[tree] = plain
    }

    /// The class of a leaf, counted from 0; nil in a regression.
    private func classIndex(_ prediction: Double) throws(RReadError) -> Int? {
        guard let classes else { return nil }
        guard let chosen = Int(exactly: prediction), classes.indices.contains(chosen - 1) else {
            throw inconsistent("a leaf predicts class \(prediction) of \(classes.count)")
        }
        return chosen - 1
    }

    /// The variable and children of a split, counted from 0.
    private func branch(_ tree: Int, _ number: Int) throws(RReadError) -> (variable: Int, low: Int, high: Int) {
        let at = tree * room + number
        let child = tree * childStride + number
        let (low, high) = (Int(left[child]) - 1, Int(right.isEmpty ? left[child] &+ 1 : right[child + rightOffset]) - 1)
        let count = Int(nodeCounts[tree])
        guard low >= 0, low < count, high >= 0, high < count else { throw inconsistent("a node's children are outside of its tree") }
        let which = Int(variable[at]) - 1
        guard variables.indices.contains(which) else { throw inconsistent("a node splits on variable \(which + 1) of \(variables.count)") }
        if categories[which] > 1, UInt64(exactly: point[at]) == nil || variables[which].values == nil {
            throw inconsistent("a split on levels is no bit mask")
        }
        if point[at].isNaN { throw inconsistent("a node splits at no number") }
        return (which, low, high)
    }

    /// Folds the arrays together, once.
    private func fold() {
        lock.withLock {
            if isFolded { return }
            isFolded = true
            for at in status.indices where status[at] == -1 {
                variable[at] = 0
                point[at] = prediction[at]
            }
            status = []
            prediction = []
            // R gives a node's children numbers side by side.
            if childStride == room, status.isEmpty, follows() { right = [] }
        }
    }

    /// Whether every right child follows the left one.
    private func follows() -> Bool {
        for at in variable.indices where variable[at] != 0 && right[at] != left[at] &+ 1 { return false }
        return true
    }

    /// Gives all arrays up.
    private func release() {
        lock.withLock {
            isReleased = true
            (status, left, right, variable, point, prediction) = ([], [], [], [], [], [])
        }
    }

    private func withArrays<Result>(_ tree: Int, _ read: (PlainTreeArrays) -> Result) -> Result? {
        let (start, child) = (tree * room, tree * childStride)
        return point.withUnsafeBufferPointer { values in
            variable.withUnsafeBufferPointer { fields in
                left.withUnsafeBufferPointer { left in
                    right.withUnsafeBufferPointer { right in
                        guard let values = values.baseAddress, let fields = fields.baseAddress, let left = left.baseAddress else { return nil }
                        return read(PlainTreeArrays(
                            count: Int(nodeCounts[tree]), values: values + start, fields: fields + start, left: left + child, right: right.isEmpty ? nil : right.baseAddress.map { $0 + (child + rightOffset) }))
                    }
                }
            }
        }
    }

    private func nodes(_ tree: Int) throws(RReadError) -> TreeNodes {
        let start = tree * room
        let place = RValue(.null, path: path, in: RFile())
        return try TreeBuilder.build(root: 0, limit: Int(nodeCounts[tree]), at: place) { (number, index, builder) throws(RReadError) in
            let at = start + number
            if variable[at] == 0 {
                if let classes, let chosen = try classIndex(point[at]) {
                    builder.setScore(index, builder.word(classes[chosen]))
                } else {
                    builder.setScore(index, builder.number(point[at]))
                }
                return nil
            }
            let (which, low, high) = try branch(tree, number)
            if categories[which] > 1, let mask = UInt64(exactly: point[at]) { return .init(split: variables[which].bits(mask), left: low, right: high) }
            return .init(split: variables[which].lessOrEqual(point[at]), left: low, right: high)
        }
    }
}

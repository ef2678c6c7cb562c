import ModelTree

/// The arrays of a randomForest, all trees one after the other.
struct ForestArrays: Sendable {
    private let forest: RValue
    private let variables: [SplitField]
    let classes: [String]?
    let treeCount: Int
    /// Room for nodes in each tree.
    private let room: Int
    private let nodeCounts: [Int32]
    private let status: [Int32]
    private let left: [Int32]
    private let right: [Int32]
    /// Where the children of tree t begin in `left` and `right`.
    private let childStride: Int
    private let rightOffset: Int
    private let variable: [Int32]
    private let point: [Double]
    private let prediction: [Double]
    private let categories: [Int32]

    init(_ forest: RValue, _ variables: [SplitField], classes: [String]?) throws(RReadError) {
        self.forest = forest
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
            guard left.count == 2 * total.partialValue else { throw map.inconsistent("\(map.path) has \(left.count) numbers for \(total.partialValue) nodes") }
        } else {
            left = try forest.component("leftDaughter").integers()
            right = try forest.component("rightDaughter").integers()
            (childStride, rightOffset) = (room, 0)
            guard left.count == total.partialValue, right.count == total.partialValue else { throw forest.inconsistent("the arrays of \(forest.path) differ in length") }
        }
    }

    /// One tree, counted from 0: looked at now, so that what is wrong is said now, and made when it is needed.
    func tree(_ tree: Int) throws(RReadError) -> TreeModel {
        try check(tree)
        return TreeModel(missingValueStrategy: .nullPrediction, isMultiSplit: false, source: Tree(forest: self, tree: tree))
    }

    private struct Tree: TreeSource {
        let forest: ForestArrays
        let tree: Int
        func nodes() -> TreeNodes { (try? forest.nodes(tree)) ?? TreeNodes() }
    }

    /// Goes through a tree as `nodes` does, and makes nothing.
    private func check(_ tree: Int) throws(RReadError) {
        var waiting = [0]
        var visited = 0
        while let number = waiting.popLast() {
            visited += 1
            if visited > Int(nodeCounts[tree]) { throw forest.inconsistent("a tree has more nodes than it says, or goes in circles") }
            guard let (_, low, high) = try branch(tree, number) else {
                _ = try classIndex(tree * room + number)
                continue
            }
            waiting.append(high)
            waiting.append(low)
        }
    }

    /// The class of a leaf, counted from 0; nil in a regression.
    private func classIndex(_ at: Int) throws(RReadError) -> Int? {
        guard let classes else { return nil }
        guard let chosen = Int(exactly: prediction[at]), classes.indices.contains(chosen - 1) else {
            throw forest.inconsistent("a leaf predicts class \(prediction[at]) of \(classes.count)")
        }
        return chosen - 1
    }

    /// The variable and children of a node, counted from 0; nil for a leaf.
    private func branch(_ tree: Int, _ number: Int) throws(RReadError) -> (variable: Int, low: Int, high: Int)? {
        let at = tree * room + number
        if status[at] == -1 { return nil }
        let child = tree * childStride + number
        let (low, high) = (Int(left[child]) - 1, Int(right[child + rightOffset]) - 1)
        let count = Int(nodeCounts[tree])
        guard low >= 0, low < count, high >= 0, high < count else { throw forest.inconsistent("a node's children are outside of its tree") }
        let which = Int(variable[at]) - 1
        guard variables.indices.contains(which) else { throw forest.inconsistent("a node splits on variable \(which + 1) of \(variables.count)") }
        if categories[which] > 1, UInt64(exactly: point[at]) == nil || variables[which].values == nil {
            throw forest.inconsistent("a split on levels is no bit mask")
        }
        return (which, low, high)
    }

    private func nodes(_ tree: Int) throws(RReadError) -> TreeNodes {
        let start = tree * room
        return try TreeBuilder.build(root: 0, limit: Int(nodeCounts[tree]), at: forest) { (number, index, builder) throws(RReadError) in
            let at = start + number
            guard let (which, low, high) = try branch(tree, number) else {
                if let classes, let chosen = try classIndex(at) {
                    builder.setScore(index, builder.word(classes[chosen]))
                } else {
                    builder.setScore(index, builder.number(prediction[at]))
                }
                return nil
            }
            if categories[which] > 1, let mask = UInt64(exactly: point[at]) { return .init(split: variables[which].bits(mask), left: low, right: high) }
            return .init(split: variables[which].lessOrEqual(point[at]), left: low, right: high)
        }
    }
}

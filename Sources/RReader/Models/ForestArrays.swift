import ModelTree

/// The arrays of a randomForest, all trees one after the other.
struct ForestArrays {
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

    /// One tree, counted from 0.
    func tree(_ tree: Int) throws(RReadError) -> TreeModel {
        let start = tree * room
        let childStart = tree * childStride
        let count = Int(nodeCounts[tree])
        let nodes = try TreeBuilder.binary(root: 0, limit: count, at: forest) { (number, index, builder) throws(RReadError) in
            let at = start + number
            if status[at] == -1 {
                if let classes {
                    let chosen = Int(prediction[at].isNaN ? 0 : prediction[at])
                    guard classes.indices.contains(chosen - 1) else { throw forest.inconsistent("a leaf predicts class \(chosen) of \(classes.count)") }
                    builder.setScore(index, builder.word(classes[chosen - 1]))
                } else {
                    builder.setScore(index, builder.number(prediction[at]))
                }
                return nil
            }
            let (low, high) = (Int(left[childStart + number]) - 1, Int(right[childStart + rightOffset + number]) - 1)
            guard low >= 0, low < count, high >= 0, high < count else { throw forest.inconsistent("a node's children are outside of its tree") }
            let which = Int(variable[at]) - 1
            guard variables.indices.contains(which) else { throw forest.inconsistent("a node splits on variable \(which + 1) of \(variables.count)") }
            if categories[which] > 1 {
                guard let mask = UInt64(exactly: point[at]), variables[which].values != nil else { throw forest.inconsistent("a split on levels is no bit mask") }
                return (variables[which].bits(mask), low, high)
            }
            return (variables[which].lessOrEqual(point[at]), low, high)
        }
        return TreeModel(missingValueStrategy: .nullPrediction, isMultiSplit: false, nodes: nodes)
    }
}

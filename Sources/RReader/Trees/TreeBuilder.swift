import ModelTree

/// Fills the arrays of one tree, in document order.
struct TreeBuilder {
    private(set) var tree = TreeNodes()
    private var fields: [String: Int32] = [:]
    private var lastChild: [Int32] = []
    private var words: [String: TreeNodes.Slice] = [:]

    /// Where a node sends its rows.
    enum Split {
        /// To the left: value ≤ threshold.
        case lessOrEqual(String, Double)
        /// To the left: value < threshold.
        case lessThan(String, Double)
        /// Either way: one of the values; others have no way.
        case values(String, left: [String], right: [String])
        case predicates(left: Predicate, right: Predicate)
    }

    init(reserving count: Int = 0) {
        tree.nodes.reserveCapacity(count)
        lastChild.reserveCapacity(count)
    }

    /// Adds a node below `parent`; nil is the root.
    mutating func add(below parent: Int?) -> Int {
        let index = tree.nodes.count
        var node = TreeNodes.Node()
        if let parent {
            node.parent = Int32(truncatingIfNeeded: parent)
            let last = lastChild[parent]
            if last < 0 { tree.nodes[parent].firstChild = Int32(truncatingIfNeeded: index) } else { tree.nodes[Int(last)].nextSibling = Int32(truncatingIfNeeded: index) }
            lastChild[parent] = Int32(truncatingIfNeeded: index)
        }
        tree.nodes.append(node)
        lastChild.append(-1)
        return index
    }

    /// A text that may come again.
    mutating func word(_ text: String) -> TreeNodes.Slice {
        if let known = words[text] { return known }
        let made = slice(text)
        words[text] = made
        return made
    }

    private mutating func slice(_ text: String) -> TreeNodes.Slice {
        let offset = tree.text.count
        tree.text.append(contentsOf: text.utf8)
        return TreeNodes.Slice(offset: UInt32(truncatingIfNeeded: offset), length: UInt32(truncatingIfNeeded: tree.text.count - offset))
    }

    mutating func number(_ value: Double) -> TreeNodes.Slice {
        tree.numbers.append(value)
        return .number(at: tree.numbers.count - 1)
    }

    mutating func field(_ name: String) -> Int32 {
        if let known = fields[name] { return known }
        let index = Int32(truncatingIfNeeded: tree.fieldNames.count)
        tree.fieldNames.append(name)
        fields[name] = index
        return index
    }

    mutating func setScore(_ node: Int, _ score: TreeNodes.Slice) { tree.nodes[node].score = score }
    mutating func setID(_ node: Int, _ id: String) { tree.nodes[node].id = slice(id) }
    /// States the child that takes rows whose way is not known, by its id.
    mutating func setDefaultChild(_ node: Int, _ id: String) { tree.nodes[node].defaultChild = slice(id) }
    mutating func setCount(_ node: Int, _ count: Double) { tree.nodes[node].recordCount = count }

    /// The classes of a node with their probabilities.
    mutating func setDistribution(_ node: Int, _ classes: [TreeNodes.Slice], _ probabilities: [Double], counts: [Double]? = nil) {
        tree.nodes[node].distributionStart = UInt32(truncatingIfNeeded: tree.distributions.count)
        tree.nodes[node].distributionCount = UInt32(truncatingIfNeeded: classes.count)
        for (index, value) in classes.enumerated() {
            tree.distributions.append(.init(value: value, recordCount: counts?[index] ?? probabilities[index], probability: probabilities[index]))
        }
    }

    /// Gives a node its predicate, in place where it is a comparison.
    mutating func setPredicate(_ node: Int, _ predicate: Predicate) {
        switch predicate {
        case .always:
            tree.nodes[node].predicate = .always
            return
        case .simple(let simple):
            guard let text = simple.value, let value = Double(text), let kind = TreeBuilder.comparison(simple.op) else { break }
            setPredicate(node, kind, field(simple.field), number(value))
            return
        case .never, .set, .compound: break
        }
        tree.nodes[node].predicate = .other
        tree.nodes[node].field = Int32(truncatingIfNeeded: tree.predicates.count)
        tree.predicates.append(predicate)
    }

    private mutating func setPredicate(_ node: Int, _ kind: TreeNodes.PredicateKind, _ field: Int32, _ value: TreeNodes.Slice) {
        tree.nodes[node].predicate = kind
        tree.nodes[node].field = field
        tree.nodes[node].value = value
    }

    private static func comparison(_ op: SimpleOperator) -> TreeNodes.PredicateKind? {
        switch op {
        case .lessThan: .lessThan
        case .lessOrEqual: .lessOrEqual
        case .greaterThan: .greaterThan
        case .greaterOrEqual: .greaterOrEqual
        case .equal, .notEqual, .isMissing, .isNotMissing: nil
        }
    }

    /// Gives the left child of a node its predicate.
    private mutating func setLeft(_ node: Int, by split: Split) {
        switch split {
        case .lessOrEqual(let name, let threshold): setPredicate(node, .lessOrEqual, field(name), number(threshold))
        case .lessThan(let name, let threshold): setPredicate(node, .lessThan, field(name), number(threshold))
        case .values(let field, let values, _): setPredicate(node, .set(SimpleSetPredicate(field: field, isIn: true, values: values)))
        case .predicates(let predicate, _): setPredicate(node, predicate)
        }
    }

    /// Gives the right child of a node its predicate; a threshold has been written for the left one.
    private mutating func setRight(_ node: Int, leftSibling left: Int, by split: Split) {
        switch split {
        case .lessOrEqual: setPredicate(node, .greaterThan, tree.nodes[left].field, tree.nodes[left].value)
        case .lessThan: setPredicate(node, .greaterOrEqual, tree.nodes[left].field, tree.nodes[left].value)
        case .values(let field, _, let values): setPredicate(node, .set(SimpleSetPredicate(field: field, isIn: true, values: values)))
        case .predicates(_, let predicate): setPredicate(node, predicate)
        }
    }

    /// The children of a node, by their numbers in the learner's arrays.
    struct Branches {
        var split: Split
        var left: Int
        var right: Int
        /// Where rows go that the split sends neither way, because a value is missing or was not seen.
        var other: Int?
    }

    private enum Waiting {
        case right(number: Int, parent: Int, left: Int, split: Split)
        case other(number: Int, parent: Int)
    }

    /// Builds a tree from numbered nodes, however deep.
    ///
    /// - Parameters:
    ///   - root: the number of the root.
    ///   - limit: how many nodes there are; a tree that visits more goes in circles.
    ///   - describe: sets what node `index` of the tree answers, and gives its branches; nil for a leaf.
    static func build(
        root: Int, limit: Int, at place: RValue,
        _ describe: (_ number: Int, _ index: Int, _ builder: inout TreeBuilder) throws(RReadError) -> Branches?
    ) throws(RReadError) -> TreeNodes {
        var builder = TreeBuilder(reserving: limit)
        // Further children wait until the left one's descendants are there: nodes stand in document order.
        var waiting: [Waiting] = []
        var current: (number: Int, index: Int)? = (root, builder.add(below: nil))
        while true {
            if let (number, index) = current {
                if builder.tree.nodes.count > limit { throw place.inconsistent("a tree has more nodes than it says, or goes in circles") }
                guard let found = try describe(number, index, &builder) else {
                    current = nil
                    continue
                }
                let left = builder.add(below: index)
                builder.setLeft(left, by: found.split)
                if let other = found.other { waiting.append(.other(number: other, parent: index)) }
                waiting.append(.right(number: found.right, parent: index, left: left, split: found.split))
                current = (found.left, left)
                continue
            }
            switch waiting.popLast() {
            case nil: return builder.tree
            case .right(let number, let parent, let left, let split):
                let right = builder.add(below: parent)
                builder.setRight(right, leftSibling: left, by: split)
                current = (number, right)
            case .other(let number, let parent): current = (number, builder.add(below: parent))
            }
        }
    }
}

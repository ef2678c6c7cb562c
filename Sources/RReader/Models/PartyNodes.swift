import ModelTree

/// The nodes, lists within lists.
struct PartyNodes {
    let object: RValue
    let frame: PartyFrame

    init(_ object: RValue, _ frame: PartyFrame) {
        self.object = object
        self.frame = frame
    }

    /// Number, weights, criterion, whether it is a leaf, split, surrogates, prediction, left, right.
    static func parts(_ node: RValue) throws(RReadError) -> [RValue] {
        let parts = try node.list()
        guard parts.count >= 9 else { throw node.inconsistent("a node has \(parts.count) parts of 9") }
        return parts
    }

    /// - Parameter answer: what a leaf answers, of its parts.
    func tree(_ root: RValue, _ answer: ([RValue]) throws(RReadError) -> TreeSketch.Answer) throws(RReadError) -> TreeNodes {
        var sketch = TreeSketch()
        var waiting: [(node: RValue, parent: Int?, predicate: Predicate)] = [(root, nil, .always)]
        while let (node, parent, predicate) = waiting.popLast() {
            let parts = try PartyNodes.parts(node)
            let isLeaf = try parts[3].bool()
            let index = sketch.add(
                .init(predicate: predicate, answer: isLeaf ? try answer(parts) : .none, id: String(try parts[0].integer()), count: try PartyNodes.size(parts)), below: parent)
            if isLeaf { continue }
            let ways = try ways(parts)
            waiting.append((parts[8], index, ways.right))
            waiting.append((parts[7], index, ways.left))
        }
        return sketch.tree()
    }

    /// The weights of a node's rows, summed up.
    static func size(_ parts: [RValue]) throws(RReadError) -> Double {
        if parts.count > 9, let total = try parts[9].doubles().first { return total }
        return try parts[1].doubles().reduce(0, +)
    }

    private func ways(_ parts: [RValue]) throws(RReadError) -> (left: Predicate, right: Predicate) {
        var chain = [try way(parts[4])]
        for surrogate in try parts[5].list() { chain.append(try way(surrogate)) }
        let isLeft = try PartyNodes.size(try PartyNodes.parts(parts[7])) > PartyNodes.size(try PartyNodes.parts(parts[8]))
        return (
            .firstKnown(chain.map(\.left) + [isLeft ? .always : .never]), .firstKnown(chain.map(\.right) + [isLeft ? .never : .always])
        )
    }

    /// A split: variable, whether it is ordered, split point or way of each level, statistics, whether what is lower goes to the left.
    private func way(_ split: RValue) throws(RReadError) -> (left: Predicate, right: Predicate) {
        let parts = try split.list()
        guard parts.count >= 5 else { throw split.inconsistent("a split has \(parts.count) parts of 5") }
        let variable = try frame.variable(try parts[0].integer())
        if try parts[1].bool() {
            let point = try parts[2].double()
            let low: Predicate
            let high: Predicate
            if let values = variable.values {
                let below = values.indices.filter { Double($0 + variable.firstCode) <= point }.map { values[$0] }
                (low, high) = (.isIn(variable.field, below), .isIn(variable.field, values.filter { !below.contains($0) }))
            } else {
                (low, high) = (.atMost(variable.field, point), .above(variable.field, point))
            }
            return try parts[4].integer() != 0 ? (low, high) : (high, low)
        }
        let sides = try parts[2].integers()
        guard let values = variable.values, values.count == sides.count else { throw split.inconsistent("a split has \(sides.count) levels, its variable \(variable.values?.count ?? 0)") }
        func chosen(_ isLeft: Bool) -> [String] { values.indices.filter { (sides[$0] != 0) == isLeft }.map { values[$0] } }
        return (.isIn(variable.field, chosen(true)), .isIn(variable.field, chosen(false)))
    }
}

import ModelTree

/// A tree as its learner tells it, node by node: what each answers, and what sends rows to each of its children, of which there may be
/// any number.
struct TreeSketch {
    enum Answer {
        case none
        case number(Double)
        /// A level, and the share of each.
        case shares(chosen: String, levels: [String], shares: [Double])
    }
    struct Node {
        var predicate: Predicate
        var answer: Answer
        var id: String?
        var count: Double?
        var children: [Int] = []
    }
    /// The root is the first.
    private(set) var nodes: [Node] = []

    /// Adds a node below another; nil is the root.
    mutating func add(_ node: Node, below parent: Int?) -> Int {
        nodes.append(node)
        if let parent, nodes.indices.contains(parent) { nodes[parent].children.append(nodes.count - 1) }
        return nodes.count - 1
    }

    /// The nodes in document order.
    func tree() -> TreeNodes {
        var builder = TreeBuilder(reserving: nodes.count)
        var waiting: [(node: Int, parent: Int?)] = nodes.isEmpty ? [] : [(0, nil)]
        while let (number, parent) = waiting.popLast() {
            let node = nodes[number]
            let index = builder.add(below: parent)
            builder.setPredicate(index, node.predicate)
            if let id = node.id { builder.setID(index, id) }
            if let count = node.count { builder.setCount(index, count) }
            switch node.answer {
            case .none: break
            case .number(let value): builder.setScore(index, builder.number(value))
            case .shares(let chosen, let levels, let shares):
                builder.setScore(index, builder.word(chosen))
                builder.setDistribution(index, levels.map { builder.word($0) }, shares)
            }
            for child in node.children.reversed() { waiting.append((child, index)) }
        }
        return builder.tree
    }
}

extension Predicate {
    static func atMost(_ field: String, _ value: Double) -> Predicate { .simple(SimplePredicate(field: field, op: .lessOrEqual, value: "\(value)")) }
    static func above(_ field: String, _ value: Double) -> Predicate { .simple(SimplePredicate(field: field, op: .greaterThan, value: "\(value)")) }
    static func below(_ field: String, _ value: Double) -> Predicate { .simple(SimplePredicate(field: field, op: .lessThan, value: "\(value)")) }
    static func atLeast(_ field: String, _ value: Double) -> Predicate { .simple(SimplePredicate(field: field, op: .greaterOrEqual, value: "\(value)")) }
    static func isIn(_ field: String, _ values: [String]) -> Predicate { .set(SimpleSetPredicate(field: field, isIn: true, values: values)) }

    /// The first of several that is not unknown.
    static func firstKnown(_ predicates: [Predicate]) -> Predicate {
        guard let first = predicates.first, predicates.count > 1 else { return predicates.first ?? .never }
        if case .always = first { return first }
        return .compound(.surrogate, predicates, .none)
    }

    static func both(_ a: Predicate, _ b: Predicate) -> Predicate { .compound(.and, [a, b], .none) }
    static func either(_ a: Predicate, _ b: Predicate) -> Predicate { .compound(.or, [a, b], .none) }
}

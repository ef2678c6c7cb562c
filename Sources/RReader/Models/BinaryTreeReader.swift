import ModelTree

/// `BinaryTree` of party: [ctree](https://rdrr.io/cran/party/man/ctree.html), one tree with surrogates for missing values, of which what
/// none can decide goes with the majority.
enum BinaryTreeReader: ClassReader {
    static let classes = ["BinaryTree"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let frame = try PartyFrame(object, builder)
        let response = try PartyResponse(object)
        builder.setTarget(response.name, classes: response.levels)
        let nodes = try PartyNodes(object, frame, response).tree(try object.slot("tree"))
        let tree = TreeModel(missingValueStrategy: .nullPrediction, isMultiSplit: false, nodes: nodes)
        let node = Outputs.entity("nodeId")
        guard let levels = response.levels else { return builder.tree(tree, .regression, target: builder.target, output: [node]) }
        return builder.tree(tree, .classification, target: builder.target, output: Outputs.probabilities(levels) + [node])
    }
}

/// The inputs, in the order by which splits know them.
struct PartyFrame {
    private let variables: [SplitField?]
    private let object: RValue

    /// What is split on, among the columns of the data that the object keeps.
    init(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) {
        self.object = object
        let input = try object.slot("data").slot("env").component("input")
        guard let terms = input.attribute("terms"), let names = input.names else { throw input.inconsistent("\(input.path) has no terms") }
        var levels: [RObject.Argument] = []
        for name in names {
            if let column = input.optional(name), let texts = column.levels { levels.append(.init(name, RObject(.string(texts)))) }
        }
        let xlevels = RValue(RObject(.pairlist(levels)), path: input.path, in: object.file)
        let frame = try ModelFrame(terms: terms, xlevels: xlevels, tables: [input], fields: builder.fields)
        let used = try PartyFrame.used(try object.slot("tree"))
        var variables: [SplitField?] = []
        for (index, name) in names.enumerated() {
            variables.append(used.contains(index) ? try SplitField(try frame.variable(named: name), at: object) : nil)
        }
        self.variables = variables
    }

    /// The columns on which some node splits, counted from 0.
    private static func used(_ tree: RValue) throws(RReadError) -> Set<Int> {
        var found: Set<Int> = []
        var waiting = [tree]
        while let node = waiting.popLast() {
            let parts = try PartyNodes.parts(node)
            if try parts[3].bool() { continue }
            for split in [parts[4]] + (try parts[5].list()) {
                let items = try split.list()
                guard let first = items.first else { throw split.inconsistent("a split is empty") }
                found.insert(try first.integer() - 1)
            }
            waiting += parts[7...8]
        }
        return found
    }

    /// The variable of a split, counted from 1.
    func variable(_ number: Int) throws(RReadError) -> SplitField {
        guard number >= 1, number <= variables.count, let found = variables[number - 1] else {
            throw object.inconsistent("a node splits on variable \(number) of \(variables.count)")
        }
        return found
    }
}

/// What is predicted: its name, and the levels of a factor.
struct PartyResponse {
    let name: String
    let levels: [String]?
    /// Times and events by row, for survival times.
    let survival: [(time: Double, event: Bool)]?

    init(_ object: RValue) throws(RReadError) {
        let variables = try object.slot("responses").slot("variables")
        guard let names = variables.names, names.count == 1, let column = variables.optional(names[0]) else {
            throw variables.unsupported("a ctree of several responses is not supported")
        }
        name = names[0]
        levels = column.levels
        survival = column.inherits("Surv") ? try SurvivalTimes.rows(column) : nil
    }
}

/// `Surv()` objects: times and events by row.
enum SurvivalTimes {
    static func rows(_ value: RValue) throws(RReadError) -> [(time: Double, event: Bool)] {
        let matrix = try value.matrix()
        if let type = try value.attribute("type")?.string(), type != "right" {
            throw value.unsupported("survival times that are not censored on the right (type \(type)) are not supported")
        }
        guard matrix.columns == 2 else { throw value.inconsistent("\(value.path) is no matrix of times and events") }
        return (0..<matrix.rows).map { (matrix[$0, 0], matrix[$0, 1] == 1) }
    }
}

/// The nodes, lists within lists.
private struct PartyNodes {
    let object: RValue
    let frame: PartyFrame
    let response: PartyResponse

    init(_ object: RValue, _ frame: PartyFrame, _ response: PartyResponse) {
        self.object = object
        self.frame = frame
        self.response = response
    }

    /// Number, weights, criterion, whether it is a leaf, split, surrogates, prediction, left, right.
    static func parts(_ node: RValue) throws(RReadError) -> [RValue] {
        let parts = try node.list()
        guard parts.count >= 9 else { throw node.inconsistent("a node has \(parts.count) parts of 9") }
        return parts
    }

    func tree(_ root: RValue) throws(RReadError) -> TreeNodes {
        var sketch = TreeSketch()
        var waiting: [(node: RValue, parent: Int?, predicate: Predicate)] = [(root, nil, .always)]
        while let (node, parent, predicate) = waiting.popLast() {
            let parts = try PartyNodes.parts(node)
            let isLeaf = try parts[3].bool()
            let index = sketch.add(
                .init(predicate: predicate, answer: isLeaf ? try answer(parts) : .none, id: String(try parts[0].integer()), count: try size(parts)), below: parent)
            if isLeaf { continue }
            let ways = try ways(parts)
            waiting.append((parts[8], index, ways.right))
            waiting.append((parts[7], index, ways.left))
        }
        return sketch.tree()
    }

    /// The weights of a node's rows, summed up.
    private func size(_ parts: [RValue]) throws(RReadError) -> Double {
        if parts.count > 9, let total = try parts[9].doubles().first { return total }
        return try parts[1].doubles().reduce(0, +)
    }

    private func answer(_ parts: [RValue]) throws(RReadError) -> TreeSketch.Answer {
        if let survival = response.survival {
            let weights = try parts[1].doubles()
            guard weights.count == survival.count else { throw parts[1].inconsistent("\(parts[1].path) has \(weights.count) numbers for \(survival.count) rows") }
            let median = SurvivalMedian.median(zip(survival, weights).map { ($0.time, $0.event, $1) })
            return median.map { .number($0) } ?? .none
        }
        let numbers = try parts[6].doubles()
        guard let levels = response.levels else {
            guard numbers.count == 1 else { throw parts[6].unsupported("a ctree of several responses is not supported") }
            return .number(numbers[0])
        }
        guard numbers.count == levels.count, let greatest = numbers.max(), let chosen = numbers.firstIndex(of: greatest) else {
            throw parts[6].inconsistent("\(parts[6].path) has \(numbers.count) shares of \(levels.count) levels")
        }
        return .shares(chosen: levels[chosen], levels: levels, shares: numbers)
    }

    private func ways(_ parts: [RValue]) throws(RReadError) -> (left: Predicate, right: Predicate) {
        var chain = [try way(parts[4])]
        for surrogate in try parts[5].list() { chain.append(try way(surrogate)) }
        let isLeft = try size(try PartyNodes.parts(parts[7])) >= size(try PartyNodes.parts(parts[8]))
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

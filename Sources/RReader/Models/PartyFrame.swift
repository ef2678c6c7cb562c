import ModelTree

/// The inputs, in the order by which splits know them.
struct PartyFrame {
    private let variables: [SplitField?]
    private let object: RValue

    /// What is split on, among the columns of the data that the object keeps.
    init(_ object: RValue, roots: [RValue], _ builder: DocumentBuilder) throws(RReadError) {
        self.object = object
        let input = try object.slot("data").slot("env").component("input")
        guard let terms = input.attribute("terms"), let names = input.names else { throw input.inconsistent("\(input.path) has no terms") }
        var levels: [RObject.Argument] = []
        for name in names {
            if let column = input.optional(name), let texts = column.levels { levels.append(.init(name, RObject(.string(texts)))) }
        }
        let xlevels = RValue(RObject(.pairlist(levels)), path: input.path, in: object.file)
        let frame = try ModelFrame(terms: terms, xlevels: xlevels, tables: [input], fields: builder.fields)
        let used = try PartyFrame.used(roots)
        var variables: [SplitField?] = []
        for (index, name) in names.enumerated() {
            variables.append(used.contains(index) ? try SplitField(try frame.variable(named: name), at: object) : nil)
        }
        self.variables = variables
    }

    /// The columns on which some node splits, counted from 0.
    private static func used(_ roots: [RValue]) throws(RReadError) -> Set<Int> {
        var found: Set<Int> = []
        var waiting = roots
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

    /// What a leaf answers: the share of each level, a mean, or the median of the survival times of its rows.
    func answer(_ parts: [RValue]) throws(RReadError) -> TreeSketch.Answer {
        if let survival = survival {
            let weights = try parts[1].doubles()
            guard weights.count == survival.count else { throw parts[1].inconsistent("\(parts[1].path) has \(weights.count) numbers for \(survival.count) rows") }
            let median = SurvivalMedian.median(zip(survival, weights).map { ($0.time, $0.event, $1) })
            return median.map { .number($0) } ?? .none
        }
        let numbers = try parts[6].doubles()
        guard let levels = levels else {
            guard numbers.count == 1 else { throw parts[6].unsupported("a ctree of several responses is not supported") }
            return .number(numbers[0])
        }
        guard numbers.count == levels.count, let greatest = numbers.max(), let chosen = numbers.firstIndex(of: greatest) else {
            throw parts[6].inconsistent("\(parts[6].path) has \(numbers.count) shares of \(levels.count) levels")
        }
        return .shares(chosen: levels[chosen], levels: levels, shares: numbers)
    }
}

import ModelTree

/// The nodes of trees of partykit: `partynode`s with a [partysplit](https://rdrr.io/cran/partykit/man/partysplit.html), surrogates and kids.
struct PartykitNodes {
    let responseName: String?
    private let variables: [SplitField?]
    private let object: RValue

    /// - Parameter roots: the trees, of which what is split on becomes fields.
    init(_ object: RValue, _ builder: DocumentBuilder, roots: [RValue]) throws(RReadError) {
        self.object = object
        let data = try object.component("data")
        guard let names = data.names else { throw data.inconsistent("\(data.path) has no names") }
        // The data's own terms know the classes, too.
        guard let terms = data.attribute("terms") ?? object.optional("terms") else { throw object.inconsistent("\(object.path) has no terms") }
        var levels: [RObject.Argument] = []
        for name in names {
            if let column = data.optional(name), let texts = column.levels { levels.append(.init(name, RObject(.string(texts)))) }
        }
        let xlevels = RValue(RObject(.pairlist(levels)), path: data.path, in: object.file)
        let frame = try ModelFrame(terms: terms, xlevels: xlevels, tables: [data], fields: builder.fields)
        let used = try PartykitNodes.used(roots)
        var variables: [SplitField?] = []
        for (index, name) in names.enumerated() {
            variables.append(used.contains(index) ? try SplitField(try frame.variable(named: name), at: object) : nil)
        }
        self.variables = variables
        responseName = frame.response?.name
    }

    private static func splits(_ node: RValue) throws(RReadError) -> [RValue] {
        guard let first = node.optional("split") else { return [] }
        return [first] + (try node.optional("surrogates")?.list() ?? [])
    }

    /// The columns on which some node splits, counted from 0.
    private static func used(_ roots: [RValue]) throws(RReadError) -> Set<Int> {
        var found: Set<Int> = []
        var waiting = roots
        while let node = waiting.popLast() {
            // What is no list might hold itself.
            _ = try node.list()
            guard let kids = try node.optional("kids")?.list(), !kids.isEmpty else { continue }
            for split in try splits(node) { found.insert(try split.component("varid").integer() - 1) }
            waiting += kids
        }
        return found
    }

    /// A tree.
    ///
    /// - Parameter answer: what a leaf answers, of its number and itself.
    func tree(_ root: RValue, _ answer: (Int, RValue) throws(RReadError) -> TreeSketch.Answer) throws(RReadError) -> TreeNodes {
        var sketch = TreeSketch()
        var waiting: [(node: RValue, parent: Int?, predicate: Predicate)] = [(root, nil, .always)]
        while let (node, parent, predicate) = waiting.popLast() {
            let id = try node.component("id").integer()
            let kids = try node.optional("kids")?.list() ?? []
            let index = sketch.add(.init(predicate: predicate, answer: kids.isEmpty ? try answer(id, node) : .none, id: String(id)), below: parent)
            if kids.isEmpty { continue }
            let ways = try ways(node, kids.count)
            for (kid, way) in zip(kids, ways).reversed() { waiting.append((kid, index, way)) }
        }
        return sketch.tree()
    }

    /// The predicates of a node's kids.
    private func ways(_ node: RValue, _ count: Int) throws(RReadError) -> [Predicate] {
        let splits = try PartykitNodes.splits(node)
        guard let first = splits.first else { throw node.inconsistent("\(node.path) has kids and no split") }
        var plain: [Way] = []
        for split in splits { plain.append(try way(split, count)) }
        // Where no split can tell, R throws dice with these odds: only a sure thing has an answer here.
        let odds = try first.optional("prob")?.doubles() ?? []
        let sure = odds.count == count ? odds.firstIndex { $0 >= 1 } : nil
        return (0..<count).map { chain(plain[...], kid: $0, sure: sure) }
    }

    private func chain(_ ways: ArraySlice<Way>, kid: Int, sure: Int?) -> Predicate {
        guard let first = ways.first else { return sure == kid ? .always : .never }
        if ways.count == 1, sure == nil { return first.kids[kid] }
        let rest = chain(ways.dropFirst(), kid: kid, sure: sure)
        var own = first.kids[kid]
        // A level without a way is as good as missing.
        if let lost = first.lost { own = .either(own, .both(lost, rest)) }
        if case .compound(.surrogate, let more, _) = rest { return .compound(.surrogate, [own] + more, .none) }
        return .compound(.surrogate, [own, rest], .none)
    }

    /// A split: what sends a row to each kid, and what sends it to none.
    private struct Way {
        var kids: [Predicate]
        var lost: Predicate?
    }

    private func way(_ split: RValue, _ count: Int) throws(RReadError) -> Way {
        let number = try split.component("varid").integer()
        guard number >= 1, number <= variables.count, let variable = variables[number - 1] else {
            throw split.inconsistent("\(split.path) is of variable \(number) of \(variables.count)")
        }
        let breaks = try split.optional("breaks")?.doubles() ?? []
        let index = try split.optional("index")?.integers()
        let isRight = try split.optional("right")?.bool() ?? true
        guard breaks.allSatisfy({ !$0.isNaN }), zip(breaks, breaks.dropFirst()).allSatisfy({ $0 < $1 }) else { throw split.inconsistent("the breaks of \(split.path) do not ascend") }
        func kid(_ interval: Int) throws(RReadError) -> Int? {
            guard let index else { return interval < count ? interval : nil }
            guard interval < index.count, index[interval] != RObject.missingInteger else { return nil }
            guard index[interval] >= 1, index[interval] <= count else { throw split.inconsistent("\(split.path) has a kid \(index[interval]) of \(count)") }
            return Int(index[interval]) - 1
        }
        if let values = variable.values {
            var kids = [[String]](repeating: [], count: count)
            var lost: [String] = []
            for (position, value) in values.enumerated() {
                let code = Double(position + variable.firstCode)
                let interval = split.optional("breaks") == nil ? position : breaks.filter { isRight ? $0 < code : $0 <= code }.count
                if let chosen = try kid(interval) { kids[chosen].append(value) } else { lost.append(value) }
            }
            return Way(kids: kids.map { .isIn(variable.field, $0) }, lost: lost.isEmpty ? nil : .isIn(variable.field, lost))
        }
        guard !breaks.isEmpty else { throw split.inconsistent("\(split.path) splits numbers and has no breaks") }
        var kids = [[Predicate]](repeating: [], count: count)
        for interval in 0...breaks.count {
            guard let chosen = try kid(interval) else { throw split.inconsistent("\(split.path) has an interval without a kid") }
            kids[chosen].append(range(variable.field, interval > 0 ? breaks[interval - 1] : nil, interval < breaks.count ? breaks[interval] : nil, isRight))
        }
        return Way(kids: kids.map { all in
            guard let first = all.first else { return .never }
            return all.count == 1 ? first : .compound(.or, all, .none)
        })
    }

    private func range(_ field: String, _ low: Double?, _ high: Double?, _ isRight: Bool) -> Predicate {
        let lower = low.map { isRight ? Predicate.above(field, $0) : .atLeast(field, $0) }
        let upper = high.map { isRight ? Predicate.atMost(field, $0) : .below(field, $0) }
        if let lower, let upper { return .both(lower, upper) }
        return lower ?? upper ?? .always
    }
}

import ModelTree

/// `rpart`: one tree, with surrogates for missing values.
enum RpartReader: ClassReader {
    static let classes = ["rpart"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let (tree, frame, levels, method) = try self.tree(object, builder)
        if let levels {
            builder.setTarget(frame.response?.name, classes: levels)
            return builder.tree(tree, .classification, target: builder.target, output: Outputs.probabilities(levels))
        }
        // A survival or event rate has no field of the data as its target.
        var name = frame.response?.name
        if let response = frame.response?.expression, method == "exp" || method == "poisson", Call(response) != nil { name = "rate" }
        builder.setTarget(name)
        return builder.tree(tree, .regression, target: builder.target)
    }

    /// The tree, its variables, the classes that it tells apart (nil for numbers) and the method that grew it.
    ///
    /// - Parameter areNumbers: whether classes are numbers, which the leaves then answer with.
    static func tree(
        _ object: RValue, _ builder: DocumentBuilder, areNumbers: Bool = false
    ) throws(RReadError) -> (tree: TreeModel, frame: ModelFrame, levels: [String]?, method: String) {
        let frame = try ModelFrame(
            terms: try object.component("terms"), xlevels: object.attribute("xlevels"), tables: [object.optional("model")], fields: builder.fields)
        let levels = try object.attribute("ylevels").map { (value) throws(RReadError) in try value.strings() }
        let method = try object.optional("method").map { (value) throws(RReadError) in try value.string() } ?? (levels == nil ? "anova" : "class")
        let classes = method == "class" ? levels : nil
        let tree = TreeModel(
            missingValueStrategy: .lastPrediction, noTrueChildStrategy: .returnLastPrediction, isMultiSplit: false,
            nodes: try RpartNodes(object, frame, classes: classes, areNumbers: areNumbers).nodes())
        return (tree, frame, classes, method)
    }
}

/// The nodes of an rpart object, from its `frame`, `splits` and `csplit`.
private struct RpartNodes {
    private let object: RValue
    private let frame: ModelFrame
    private let classes: [String]?
    private let areNumbers: Bool
    private let variables: [String]
    private let ids: [Int]
    private let counts: [Double]
    private let competing: [Int32]
    private let surrogates: [Int32]
    private let fitted: [Double]
    private let details: RMatrix?
    private let splits: RMatrix?
    private let sets: RMatrix?
    private let splitVariables: [String]
    private let surrogateUse: Int
    /// The row of each node's first split.
    private var firstSplit: [Int] = []
    private let rows: [Int: Int]

    init(_ object: RValue, _ frame: ModelFrame, classes: [String]?, areNumbers: Bool) throws(RReadError) {
        self.object = object
        self.areNumbers = areNumbers
        self.frame = frame
        self.classes = classes
        let table = try object.component("frame")
        variables = try table.component("var").strings()
        ids = (table.rowNames ?? []).compactMap { Int($0) }
        counts = try table.component("n").doubles()
        competing = try table.component("ncompete").integers()
        surrogates = try table.component("nsurrogate").integers()
        fitted = try table.component("yval").doubles()
        details = try table.optional("yval2").flatMap { (value) throws(RReadError) in value.dimensions == nil ? nil : try value.matrix() }
        splits = try object.optional("splits").map { (value) throws(RReadError) in try value.matrix() }
        sets = try object.optional("csplit").map { (value) throws(RReadError) in try value.matrix() }
        splitVariables = splits?.rowNames ?? []
        surrogateUse = try object.optional("control")?.optional("usesurrogate")?.integer() ?? 2
        let count = variables.count
        guard count > 0, [ids.count, counts.count, competing.count, surrogates.count, fitted.count].allSatisfy({ $0 == count }),
            Set(ids).count == count
        else { throw table.inconsistent("the columns of \(table.path) differ in length") }
        rows = Dictionary(uniqueKeysWithValues: zip(ids, ids.indices))
        if let classes {
            guard let details, details.rows == count, details.columns >= 1 + 2 * classes.count else {
                throw table.inconsistent("\(table.path) has no probabilities of \(classes.count) classes")
            }
        }
        var next = 0
        for row in variables.indices {
            firstSplit.append(next)
            if variables[row] != "<leaf>" { next += 1 + Int(max(0, competing[row])) + Int(max(0, surrogates[row])) }
        }
        guard next <= splits?.rows ?? 0, splits == nil || (splits?.columns ?? 0) >= 4, splitVariables.count == splits?.rows ?? 0 else {
            throw object.inconsistent("\(object.path) has too few splits")
        }
    }

    func nodes() throws(RReadError) -> TreeNodes {
        guard rows[1] != nil else { throw object.inconsistent("the tree has no root") }
        return try TreeBuilder.build(root: 1, limit: ids.count, at: object) { (id, index, builder) throws(RReadError) in
            guard let row = rows[id] else { throw object.inconsistent("the tree has no node \(id)") }
            builder.setID(index, String(id))
            builder.setCount(index, counts[row])
            if let classes, let details {
                guard let chosen = Int(exactly: fitted[row]), classes.indices.contains(chosen &- 1) else {
                    throw object.inconsistent("node \(id) predicts class \(fitted[row]) of \(classes.count)")
                }
                if areNumbers, let number = Double(classes[chosen - 1]) {
                    builder.setScore(index, builder.number(number))
                    return try branches(row, id)
                }
                builder.setScore(index, builder.word(classes[chosen - 1]))
                let probabilities = classes.indices.map { details[row, 1 + classes.count + $0] }
                builder.setDistribution(index, classes.map { builder.word($0) }, probabilities, counts: classes.indices.map { details[row, 1 + $0] })
            } else {
                builder.setScore(index, builder.number(fitted[row]))
            }
            return try branches(row, id)
        }
    }

    private func branches(_ row: Int, _ id: Int) throws(RReadError) -> TreeBuilder.Branches? {
        if variables[row] == "<leaf>" { return nil }
        return .init(split: try split(row, id), left: 2 &* id, right: 2 &* id &+ 1)
    }

    /// The primary split alone where a missing value stops the walk; else with its surrogates.
    private func split(_ row: Int, _ id: Int) throws(RReadError) -> TreeBuilder.Split {
        let first = firstSplit[row]
        let primary = try plain(first)
        var chain = [primary]
        if surrogateUse > 0 {
            let start = first + 1 + Int(max(0, competing[row]))
            for index in start..<start + Int(max(0, surrogates[row])) { chain.append(try plain(index)) }
        }
        // What is left goes with the majority, or stays here.
        var majority: Bool?
        if surrogateUse > 1, let left = rows[2 &* id], let right = rows[2 &* id &+ 1], counts[left] != counts[right] { majority = counts[left] > counts[right] }
        if chain.count == 1, majority == nil { return primary.split }
        return .predicates(left: predicate(chain[...], true, majority), right: predicate(chain[...], false, majority))
    }

    private struct Plain {
        var split: TreeBuilder.Split
        var left: Predicate
        var right: Predicate
        /// Levels that have no way.
        var unseen: Predicate?
    }

    /// What sends a row to the left (or right) by the first split that can tell.
    private func predicate(_ chain: ArraySlice<Plain>, _ isLeft: Bool, _ majority: Bool?) -> Predicate {
        guard let first = chain.first else { return majority == isLeft ? .always : .never }
        let own = isLeft ? first.left : first.right
        if chain.count == 1, majority == nil { return own }
        let rest = predicate(chain.dropFirst(), isLeft, majority)
        var known = own
        if let unseen = first.unseen { known = .compound(.or, [own, .compound(.and, [unseen, rest], .none)], .none) }
        if case .compound(.surrogate, let more, _) = rest { return .compound(.surrogate, [known] + more, .none) }
        return .compound(.surrogate, [known, rest], .none)
    }

    private func plain(_ index: Int) throws(RReadError) -> Plain {
        guard let splits, index >= 0, index < splits.rows else { throw object.inconsistent("the tree has too few splits") }
        let variable = try SplitField(try frame.variable(named: splitVariables[index]), at: object)
        let categories = splits[index, 1]
        let point = splits[index, 3]
        if categories.magnitude < 2 {
            let split = variable.lessThan(point)
            switch split {
            case .lessThan(let field, let threshold):
                let below = Predicate.simple(SimplePredicate(field: field, op: .lessThan, value: "\(threshold)"))
                let above = Predicate.simple(SimplePredicate(field: field, op: .greaterOrEqual, value: "\(threshold)"))
                if categories < 0 { return Plain(split: split, left: below, right: above) }
                return Plain(split: .predicates(left: above, right: below), left: above, right: below)
            case .values(let field, let low, let high):
                let (left, right) = categories < 0 ? (low, high) : (high, low)
                return sets(field, left, right, [])
            default: throw object.inconsistent("a split of an unknown kind")
            }
        }
        guard let values = variable.values, let sets, let which = Int(exactly: point), which >= 1, which <= sets.rows else { throw object.inconsistent("a categorical split has no sets") }
        func chosen(_ code: Double) -> [String] { values.indices.filter { ($0 < sets.columns ? sets[which - 1, $0] : 2) == code }.map { values[$0] } }
        return self.sets(variable.field, chosen(1), chosen(3), chosen(2))
    }

    private func sets(_ field: String, _ left: [String], _ right: [String], _ unseen: [String]) -> Plain {
        func isIn(_ values: [String]) -> Predicate { .set(SimpleSetPredicate(field: field, isIn: true, values: values)) }
        return Plain(
            split: .values(field, left: left, right: right), left: isIn(left), right: isIn(right), unseen: unseen.isEmpty ? nil : isIn(unseen))
    }
}

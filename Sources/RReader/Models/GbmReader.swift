import ModelTree

/// `gbm`: a sum of trees, and what the distribution makes of it.
enum GbmReader: ClassReader {
    static let classes = ["gbm"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let trees = try GbmTrees(object, builder)
        let name = try object.optional("response.name")?.string()
        let distribution = try object.component("distribution").component("name").string()
        let classCount = try object.optional("num.classes")?.integer() ?? 1
        if distribution == "multinomial" { return try multinomial(object, trees, name, builder) }
        guard classCount == 1 else { throw object.unsupported("a gbm of several classes by \(distribution)") }
        var members: [Model] = []
        for tree in 0..<trees.count { members.append(builder.tree(try trees.tree(tree), .regression, target: nil)) }
        let sum = builder.ensemble(
            .sum, members, .regression, target: nil, output: [Outputs.predicted("link")], targets: [Target(field: nil, rescaleConstant: trees.start)])
        switch distribution {
        case "bernoulli", "adaboost", "pairwise", "huberized":
            // caret fits 1 to the first of its levels.
            let levels = try object.optional("obsLevels")?.strings() ?? []
            let classes = builder.surroundings.binaryLevels ?? (levels.count == 2 ? [levels[1], levels[0]] : ["0", "1"])
            builder.setTarget(name, classes: classes)
            // AdaBoost's link is half the logarithm of the odds.
            let table = RegressionTable(intercept: 0, targetCategory: classes[1], numericPredictors: [.init(field: "link", coefficient: distribution == "adaboost" ? 2 : 1)])
            var response = Outputs.probabilities([classes[1]])[0]
            response.name = "response"
            // What predict() knows no function for stays the link.
            if distribution == "huberized" { response = Outputs.computed("response", .field("link")) }
            let last = builder.regression(
                [table, RegressionTable(intercept: 0, targetCategory: classes[0])], .logit, .classification, target: builder.target, uses: ["link"],
                output: Outputs.probabilities(classes) + [response])
            return builder.chain([sum, last], .classification, target: builder.target)
        case "poisson", "gaussian", "laplace", "tdist", "quantile", "coxph", "gamma", "tweedie":
            builder.setTarget(name)
            let isLog = ["poisson", "gamma", "tweedie"].contains(distribution)
            let table = RegressionTable(intercept: 0, numericPredictors: [.init(field: "link", coefficient: 1)])
            let last = builder.regression([table], isLog ? .exp : .none, target: builder.target, uses: ["link"], output: [Outputs.predicted("response")])
            return builder.chain([sum, last], .regression, target: builder.target)
        default: throw object.unsupported("a gbm of the distribution \(distribution) is not supported")
        }
    }

    /// One sum for each class, whose trees take turns.
    private static func multinomial(_ object: RValue, _ trees: GbmTrees, _ name: String?, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let classes = try object.component("classes").strings()
        builder.setTarget(name, classes: classes)
        guard !classes.isEmpty else { throw object.inconsistent("the gbm has no classes") }
        var models: [Model] = []
        for (index, level) in classes.enumerated() {
            var members: [Model] = []
            for tree in stride(from: index, to: trees.count, by: classes.count) { members.append(builder.tree(try trees.tree(tree), .regression, target: nil)) }
            models.append(builder.ensemble(
                .sum, members, .regression, target: nil, output: [Outputs.predicted("link(\(level))", isFinal: false)],
                targets: [Target(field: nil, rescaleConstant: trees.start)]))
        }
        let tables = classes.map { RegressionTable(intercept: 0, targetCategory: $0, numericPredictors: [.init(field: "link(\($0))", coefficient: 1)]) }
        models.append(builder.regression(
            tables, .softmax, .classification, target: builder.target, uses: classes.map { "link(\($0))" }, output: Outputs.probabilities(classes)))
        return builder.chain(models, .classification, target: builder.target)
    }
}

/// The trees of a gbm.
private struct GbmTrees {
    let start: Double
    let count: Int
    private let object: RValue
    private let trees: [RValue]
    private let sets: [RValue]
    private let variables: [SplitField]
    private let isFactor: [Bool]

    init(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) {
        self.object = object
        start = try object.component("initF").double()
        trees = try object.component("trees").list()
        sets = try object.optional("c.splits")?.list() ?? []
        let frame = try object.optional("Terms").map { (terms) throws(RReadError) in try ModelFrame(terms: terms, xlevels: nil, fields: builder.fields) }
        var names = try object.component("var.names").strings()
        let types = try object.component("var.type").integers()
        let levels = try object.component("var.levels").list()
        // With interactions the names are those of the terms; trees split on the variables that these are made of.
        if names.count != types.count, let frame { names = try GbmTrees.predictors(frame) }
        guard types.count == names.count, levels.count == names.count, !trees.isEmpty else { throw object.inconsistent("the variables of the gbm differ in number") }
        isFactor = types.map { $0 > 0 }
        var variables: [SplitField] = []
        for (index, name) in names.enumerated() {
            if let frame, frame.names.contains(name), let position = GbmTrees.made(name, frame) {
                // A call is made of the data's columns; its levels are those that the trees know by number.
                if case .string = levels[index].object.kind { frame.state(levels: try levels[index].strings(), of: name) }
                let variable = try SplitField(try frame.variable(position), at: object)
                variables.append(SplitField(field: variable.field, values: variable.values, firstCode: 0))
            } else if case .string = levels[index].object.kind {
                let values = try levels[index].strings()
                builder.fields.declare(name, .factor(values, isOrdered: types[index] == 0))
                variables.append(SplitField(field: name, values: values, firstCode: 0))
            } else if let frame, frame.names.contains(name) {
                let variable = try SplitField(try frame.variable(named: name), at: object)
                variables.append(SplitField(field: variable.field, values: variable.values, firstCode: 0))
            } else {
                variables.append(SplitField(field: builder.fields.numberField(name)))
            }
        }
        self.variables = variables
        // As predict() does when it is not told: all trees, or as many as did best on data that were held out.
        var best = trees.count
        let perStep = max(1, try object.optional("num.classes")?.integer() ?? 1)
        let isHeldOut = try object.optional("train.fraction")?.double() ?? 1 < 1
        if let errors = try object.optional(isHeldOut ? "valid.error" : "cv.error")?.doubles(), let least = GbmTrees.least(errors) {
            best = (least + 1) * perStep
        }
        count = min(best, trees.count)
    }

    /// The position of a variable that is a call and no column of the data.
    private static func made(_ name: String, _ frame: ModelFrame) -> Int? {
        guard let position = frame.names.firstIndex(of: name), frame.isCall(position) else { return nil }
        return position
    }

    /// The variables of a formula without its response and offsets.
    private static func predictors(_ frame: ModelFrame) throws(RReadError) -> [String] {
        let offsets = try frame.terms.attribute("offset")?.integers().map { Int($0) - 1 } ?? []
        return frame.names.indices.filter { $0 != frame.responseIndex && !offsets.contains($0) }.map { frame.names[$0] }
    }

    private static func least(_ errors: [Double]) -> Int? {
        errors.indices.filter { !errors[$0].isNaN }.min { errors[$0] < errors[$1] }
    }

    func tree(_ tree: Int) throws(RReadError) -> TreeModel {
        let parts = try trees[tree].list()
        guard parts.count >= 5 else { throw trees[tree].inconsistent("a tree has \(parts.count) vectors of 8") }
        let which = try parts[0].integers()
        let codes = try parts[1].doubles()
        let (left, right, missing) = (try parts[2].integers(), try parts[3].integers(), try parts[4].integers())
        let count = which.count
        guard count > 0, [codes.count, left.count, right.count, missing.count].allSatisfy({ $0 == count }) else { throw trees[tree].inconsistent("the vectors of a tree differ in length") }
        let nodes = try TreeBuilder.build(root: 0, limit: count, at: trees[tree]) { (number, index, builder) throws(RReadError) in
            let variable = Int(which[number])
            if variable < 0 {
                builder.setScore(index, builder.number(codes[number]))
                return nil
            }
            let (low, high, other) = (Int(left[number]), Int(right[number]), Int(missing[number]))
            guard variables.indices.contains(variable), [low, high, other].allSatisfy({ $0 > 0 && $0 < count }) else { throw trees[tree].inconsistent("a node refers to what is not there") }
            let split = isFactor[variable] ? try set(variables[variable], codes[number]) : variables[variable].lessThan(codes[number])
            return .init(split: split, left: low, right: high, other: other)
        }
        return TreeModel(missingValueStrategy: .none, isMultiSplit: true, nodes: nodes)
    }

    /// -1 is the left, 1 the right; a level with neither goes where missing values go.
    private func set(_ variable: SplitField, _ code: Double) throws(RReadError) -> TreeBuilder.Split {
        guard let index = Int(exactly: code), sets.indices.contains(index), let values = variable.values else { throw object.inconsistent("a split has no levels") }
        let ways = try sets[index].integers()
        func chosen(_ way: Int32) -> [String] { values.indices.filter { $0 < ways.count && ways[$0] == way }.map { values[$0] } }
        return .values(variable.field, left: chosen(-1), right: chosen(1))
    }
}

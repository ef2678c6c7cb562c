import ModelTree

/// `ranger`: classification, regression and probability forests.
enum RangerReader: ClassReader {
    static let classes = ["ranger"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let forest = try object.component("forest")
        let type = try object.component("treetype").string()
        let arrays = try RangerTrees(object, forest, builder)
        let response = responseName(object)
        var trees: [Model] = []
        switch type {
        case "Classification", "Probability estimation":
            let levels = try forest.component("levels").strings()
            builder.setTarget(response, classes: levels)
            let isVote = type == "Classification"
            for tree in 0..<arrays.count {
                trees.append(builder.tree(try arrays.tree(tree, isVote ? .classes(levels) : .shares(levels)), .classification, target: nil))
            }
            let outputs = isVote ? [] : Outputs.probabilities(levels)
            return builder.ensemble(
                isVote ? .majorityVote : .average, trees, .classification, target: builder.target, output: outputs + alias(response, isClass: true))
        case "Regression":
            builder.setTarget(response)
            for tree in 0..<arrays.count { trees.append(builder.tree(try arrays.tree(tree, .numbers), .regression, target: nil)) }
            return builder.ensemble(.average, trees, .regression, target: builder.target, output: alias(response, isClass: false))
        default: throw object.unsupported("a ranger of the type \(type) is not supported")
        }
    }

    /// A ranger does not keep its response's name; the call that made it may tell.
    private static func responseName(_ object: RValue) -> String? {
        if let name = try? object.optional("dependent.variable.name")?.string() { return name }
        guard let call = object.optional("call").flatMap(Call.init) else { return nil }
        if let name = call.arguments.first(where: { $0.name == "dependent.variable.name" })?.value, case .string(let texts) = name.object.kind { return texts.first ?? nil }
        for argument in call.arguments where argument.name == nil || argument.name == "formula" {
            if let formula = Call(argument.value), formula.function == "~", formula.arguments.count == 2 { return formula.arguments[0].value.deparsed }
        }
        return nil
    }

    /// The answer under the name of one whose response is not known: as it is not, to whoever has not got the call.
    private static func alias(_ response: String?, isClass: Bool) -> [OutputField] {
        if response == nil { return [] }
        return [OutputField(
            name: "predictedValue", opType: isClass ? .categorical : .continuous, dataType: isClass ? .string : .double, feature: .predictedValue)]
    }
}

/// The trees of a ranger, a list of vectors for each.
private struct RangerTrees {
    enum Answer {
        case numbers
        case classes([String])
        case shares([String])
    }
    private let forest: RValue
    private let variables: [SplitField]
    private let isOrdered: [Bool]
    private let children: [RValue]
    private let splitVariables: [RValue]
    private let splitValues: [RValue]
    private let counts: [RValue]
    private let classValues: [Double]
    /// Old forests number the response among the variables.
    private let responseIndex: Int32?
    var count: Int { children.count }

    init(_ object: RValue, _ forest: RValue, _ builder: DocumentBuilder) throws(RReadError) {
        self.forest = forest
        children = try forest.component("child.nodeIDs").list()
        splitVariables = try forest.component("split.varIDs").list()
        splitValues = try forest.component("split.values").list()
        counts = try forest.optional("terminal.class.counts")?.list() ?? []
        classValues = try forest.optional("class.values")?.doubles() ?? []
        responseIndex = try forest.optional("dependent.varID")?.integers().first
        guard !children.isEmpty, splitVariables.count == children.count, splitValues.count == children.count else {
            throw forest.inconsistent("the trees of \(forest.path) differ in number")
        }
        guard let named = forest.optional("independent.variable.names") ?? forest.optional("variable.names") else {
            throw forest.inconsistent("\(forest.path) does not name its variables")
        }
        var names = try named.strings()
        if let responseIndex, names.indices.contains(Int(responseIndex)), forest.optional("independent.variable.names") == nil { names.remove(at: Int(responseIndex)) }
        let ordered = try forest.component("is.ordered").integers().map { $0 != 0 }
        isOrdered = ordered.count == names.count ? ordered : names.map { _ in true }
        // Levels by position, or by name; where they are stated by name, a variable without them is a number.
        let levels = forest.optional("covariate.levels")?.elements.map(\.value) ?? []
        let levelsByName = object.optional("variable.levels")
        var found: [(name: String, levels: [String]?)] = []
        for (index, name) in names.enumerated() {
            var value = levels.count == names.count ? levels[index] : nil
            if value == nil || value?.isNull == true { value = levelsByName?.optional(name) }
            found.append((name, try value.flatMap { (value) throws(RReadError) in value.isNull ? nil : try value.strings() }))
        }
        // Variables whose points may all be codes of levels: wholes and halves, from the first level's 1 on.
        var codes: [Int: Set<Double>] = [:]
        var numbers: Set<Int> = []
        var halves: Set<Int32> = []
        var others: Set<Int32> = []
        var used: Set<Int> = []
        for (index, points) in splitValues.enumerated() {
            let (left, right) = try RangerTrees.sides(children[index])
            for ((which, point), (low, high)) in zip(zip(try splitVariables[index].integers(), try points.doubles()), zip(left, right)) where low != 0 || high != 0 {
                if point == 0.5 { halves.insert(which) } else { others.insert(which) }
                let position = RangerTrees.position(which, responseIndex)
                used.insert(position)
                if point >= 1, (point * 2).rounded() == point * 2 { codes[position, default: []].insert(point) } else { numbers.insert(position) }
            }
        }
        let response = responseIndex
        let logicals = Set(halves.subtracting(others).map { RangerTrees.position($0, response) })
        // Whether the points are those between the codes 1, 2, 3 … of levels; among more than two points is the one behind the first or second level.
        func mayBeFactor(_ index: Int) -> Bool {
            guard !numbers.contains(index), let points = codes[index], let least = points.min() else { return false }
            return least <= (points.count > 2 ? 2 : 2.5)
        }
        // A forest that orders the levels by the response keeps them, and so tells that the others are numbers.
        let hasLevels = levels.count == names.count
        for index in names.indices where used.contains(index) && found[index].levels == nil && builder.fields.statedLevels(names[index]) == nil {
            if !isOrdered[index] {
                throw forest.unsupported(
                    "the ranger does not keep the levels of \(names[index]): set fit$variable.levels <- lapply(data, levels) before it is saved")
            }
            // A factor taken in the order of its levels (respect.unordered.factors = "ignore") looks like a number here.
            guard levelsByName == nil, builder.fields.statedType(names[index]) == nil,
                !builder.fields.isReplaced(names[index]), !builder.fields.knowsFactors, !hasLevels, mayBeFactor(index)
            else { continue }
            throw forest.unsupported(
                "the ranger does not tell whether \(names[index]) is a factor or a number: set fit$variable.levels <- lapply(data, levels) before it is saved")
        }
        variables = TrainedVariables.plain(found, logicals: logicals, used: used, builder)
    }

    private static func sides(_ value: RValue) throws(RReadError) -> ([Int32], [Int32]) {
        let sides = try value.list()
        guard sides.count == 2 else { throw value.inconsistent("\(value.path) does not have two lists of children") }
        return (try sides[0].integers(), try sides[1].integers())
    }

    private static func position(_ index: Int32, _ response: Int32?) -> Int {
        guard let response, index > response else { return Int(index) }
        return Int(index) - 1
    }

    func tree(_ tree: Int, _ answer: Answer) throws(RReadError) -> TreeModel {
        let (left, right) = try RangerTrees.sides(children[tree])
        let which = try splitVariables[tree].integers()
        let values = try splitValues[tree].doubles()
        let count = values.count
        guard count > 0, left.count == count, right.count == count, which.count == count else { throw children[tree].inconsistent("the vectors of a tree differ in length") }
        var shares: [RValue] = []
        if case .shares = answer {
            guard tree < counts.count else { throw forest.inconsistent("the forest lacks terminal.class.counts") }
            shares = try counts[tree].list()
            guard shares.count == count else { throw counts[tree].inconsistent("\(counts[tree].path) has \(shares.count) nodes of \(count)") }
        }
        let nodes = try TreeBuilder.build(root: 0, limit: count, at: forest) { (number, index, builder) throws(RReadError) in
            if left[number] == 0, right[number] == 0 {
                try leaf(answer, values[number], shares.isEmpty ? nil : shares[number], index, &builder)
                return nil
            }
            let (low, high) = (Int(left[number]), Int(right[number]))
            let variable = RangerTrees.position(which[number], responseIndex)
            guard low > 0, low < count, high > 0, high < count, variables.indices.contains(variable) else {
                throw forest.inconsistent("a node refers to what is not there")
            }
            let split = isOrdered[variable] ? variables[variable].lessOrEqual(values[number]) : try set(variables[variable], values[number])
            return .init(split: split, left: low, right: high)
        }
        return TreeModel(missingValueStrategy: .nullPrediction, isMultiSplit: false, nodes: nodes)
    }

    /// Levels whose bit is set go to the right.
    private func set(_ variable: SplitField, _ value: Double) throws(RReadError) -> TreeBuilder.Split {
        guard let mask = UInt64(exactly: value.rounded(.down)), variable.values != nil else { throw forest.inconsistent("a split on levels is no bit mask") }
        return variable.bits(~mask)
    }

    private func leaf(_ answer: Answer, _ value: Double, _ shares: RValue?, _ index: Int, _ builder: inout TreeBuilder) throws(RReadError) {
        switch answer {
        case .numbers: builder.setScore(index, builder.number(value))
        case .classes(let levels):
            guard let position = Int(exactly: value), levels.indices.contains(position - 1) else { throw forest.inconsistent("a leaf predicts class \(value) of \(levels.count)") }
            builder.setScore(index, builder.word(levels[position - 1]))
        case .shares(let levels):
            let numbers = try shares?.doubles() ?? []
            guard numbers.count == classValues.count else { throw forest.inconsistent("a leaf has \(numbers.count) shares of \(classValues.count) classes") }
            let total = numbers.reduce(0, +)
            var names: [TreeNodes.Slice] = []
            for value in classValues {
                guard let position = Int(exactly: value), levels.indices.contains(position - 1) else { throw forest.inconsistent("class \(value) is none of the levels") }
                names.append(builder.word(levels[position - 1]))
            }
            builder.setDistribution(index, names, numbers.map { total > 0 ? $0 / total : $0 })
        }
    }
}

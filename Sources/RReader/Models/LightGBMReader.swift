import ModelTree

/// `lgb.Booster` of [lightgbm](https://lightgbm.readthedocs.io/en/stable/R/): the model is the text in `raw`.
enum LightGBMReader: ClassReader {
    static let classes = ["lgb.Booster"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        guard let raw = object.optional("raw") else {
            throw object.unsupported("the booster was saved without its model: fit$save_raw() keeps it, before it is saved")
        }
        let text: String
        switch raw.object.kind {
        case .raw(let bytes): text = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        case .string: text = try raw.string()
        default: throw object.unsupported("the booster was saved without its model: fit$save_raw() keeps it, before it is saved")
        }
        return try LightGBMDocument(object, try LightGBMText(text, at: raw), builder).make()
    }
}

/// Makes the models of a booster: the sum of its trees, and what the objective makes of it.
private struct LightGBMDocument {
    let object: RValue
    let text: LightGBMText
    let builder: DocumentBuilder
    private let outputs: Int
    private let name: String?
    private let levels: [String]?

    init(_ object: RValue, _ text: LightGBMText, _ builder: DocumentBuilder) throws(RReadError) {
        self.object = object
        self.text = text
        self.builder = builder
        outputs = Int(text.header["num_tree_per_iteration"] ?? text.header["num_class"] ?? "1") ?? 1
        guard outputs >= 1, outputs <= text.trees.count else { throw object.inconsistent("the booster has \(text.trees.count) trees for \(outputs) outputs") }
        let schema = object.optional("schema")
        name = try schema?.optional("response_name")?.string()
        levels = try schema?.optional("response_levels")?.strings()
    }

    func make() throws(RReadError) -> Model {
        let words = (text.header["objective"] ?? "regression").split(separator: " ").map(String.init)
        func parameter(_ name: String) -> Double { words.first { $0.hasPrefix(name + ":") }.flatMap { Double($0.dropFirst(name.count + 1)) } ?? 1 }
        let sums = try sums()
        let objective = words.first ?? "custom"
        switch objective {
        case "binary", "cross_entropy": return try logistic(sums[0], slope: objective == "binary" ? parameter("sigmoid") : 1)
        case "multiclass": return try classes(sums, slope: nil)
        case "multiclassova": return try classes(sums, slope: parameter("sigmoid"))
        default: break
        }
        guard sums.count == 1 else { throw object.unsupported("LightGBM's objective \(objective) with several outputs is not supported") }
        builder.setTarget(name)
        switch objective {
        case "poisson", "gamma", "tweedie": return linked(sums[0], .field("lgbValue"), .exp)
        case "regression", "regression_l1", "huber", "fair", "quantile", "mape", "lambdarank", "rank_xendcg", "custom":
            if words.contains("sqrt") {
                let value = Expression.field("lgbValue")
                let square = Expression.call("if", .call("lessThan", value, .number(0)), .number(0) - value * value, value * value)
                return linked(sums[0], square, .none)
            }
            var model = sums[0]
            if let target = builder.target { model.miningSchema.fields.append(MiningField(name: target.name, usageType: .target)) }
            return model
        default: throw object.unsupported("LightGBM's objective \(objective) is not supported")
        }
    }

    /// For each output a model of its sum, of as many rounds as predict() takes.
    private func sums() throws(RReadError) -> [Model] {
        var count = text.trees.count
        if let best = try object.optional("best_iter")?.integer(), best > 0, best < count / outputs { count = best * outputs }
        let writer = LightGBMTrees(features: try features(text.trees.prefix(count)), place: object)
        var members = [[Model]](repeating: [], count: outputs)
        for index in 0..<count { members[index % outputs].append(builder.tree(try writer.tree(text.trees[index]), .regression, target: nil)) }
        // A random forest's trees are averaged.
        let method: MiningModel.MultipleModelMethod = text.flags.contains("average_output") ? .average : .sum
        return members.map { builder.ensemble(method, $0, .regression, target: nil) }
    }

    private func features(_ trees: ArraySlice<LightGBMText.Tree>) throws(RReadError) -> BoosterFeatures {
        let names = text.header["feature_names"]?.split(separator: " ").map(String.init) ?? []
        var used: Set<Int> = []
        var categorical: Set<Int> = []
        for tree in trees {
            for (feature, decision) in zip(tree.feature, tree.decision) {
                used.insert(Int(feature))
                if decision & 1 != 0 { categorical.insert(Int(feature)) }
            }
        }
        let map = try object.optional("fmap").map { (value) throws(RReadError) in try BoosterFeatures.Map(value) }
        return BoosterFeatures(names: names, count: names.count, map: map, used: used, categorical: categorical, isFloat: false, builder)
    }

    // MARK: objectives

    private func linked(_ sum: Model, _ value: Expression, _ normalization: RegressionModel.Normalization) -> Model {
        var first = sum
        first.output = [Outputs.predicted("lgbValue", isFinal: false)]
        let field = DerivedField(name: "lgbAnswer", opType: .continuous, dataType: .double, expression: value)
        let table = RegressionTable(intercept: 0, numericPredictors: [.init(field: "lgbAnswer", coefficient: 1)])
        let last = builder.regression([table], normalization, target: builder.target, uses: ["lgbValue"], local: [field])
        return builder.chain([first, last], .regression, target: builder.target)
    }

    private func setClasses(_ count: Int) throws(RReadError) -> [String] {
        let classes = levels ?? (0..<count).map(String.init)
        guard classes.count == count else { throw object.inconsistent("the booster has \(count) classes, its response \(classes.count)") }
        builder.setTarget(name, classes: classes)
        return classes
    }

    private func logistic(_ sum: Model, slope: Double) throws(RReadError) -> Model {
        let classes = try setClasses(2)
        var first = sum
        first.output = [Outputs.predicted("lgbValue", isFinal: false)]
        let table = RegressionTable(intercept: 0, targetCategory: classes[1], numericPredictors: [.init(field: "lgbValue", coefficient: slope)])
        let last = builder.regression(
            [table, RegressionTable(intercept: 0, targetCategory: classes[0])], .logit, .classification, target: builder.target, uses: ["lgbValue"],
            output: Outputs.probabilities(classes))
        return builder.chain([first, last], .classification, target: builder.target)
    }

    /// - Parameter slope: that of the logistic curve of classes which are told from all others, each by itself; nil for what sums to 1.
    private func classes(_ sums: [Model], slope: Double?) throws(RReadError) -> Model {
        let classes = try setClasses(sums.count)
        var models: [Model] = []
        for (sum, level) in zip(sums, classes) {
            var model = sum
            model.output = [Outputs.predicted("lgbValue(\(level))", isFinal: false)]
            models.append(model)
        }
        var local: [DerivedField] = []
        if let slope {
            local = classes.map { level in
                DerivedField(
                    name: "lgbShare(\(level))", opType: .continuous, dataType: .double,
                    expression: .number(1) / (.number(1) + .call("exp", .number(-slope) * .field("lgbValue(\(level))"))))
            }
        }
        let answer = slope == nil ? "lgbValue" : "lgbShare"
        let tables = classes.map { RegressionTable(intercept: 0, targetCategory: $0, numericPredictors: [.init(field: "\(answer)(\($0))", coefficient: 1)]) }
        // Shares that need not sum to 1 are no probabilities of a model, but fields.
        let shares = slope == nil ? Outputs.probabilities(classes) : classes.map { Outputs.computed("probability(\($0))", .field("lgbShare(\($0))")) }
        models.append(builder.regression(
            tables, slope == nil ? .softmax : .simplemax, .classification, target: builder.target, uses: classes.map { "lgbValue(\($0))" }, output: shares,
            local: local))
        return builder.chain(models, .classification, target: builder.target)
    }
}

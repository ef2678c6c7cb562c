import ModelTree

/// `xgb.Booster` of [xgboost](https://xgboost.readthedocs.io/en/stable/R-package/index.html): the model is in the vector of bytes `raw`.
///
/// The response and its classes, and the names of the features, are as r2pmml's `schema` and `fmap` tell, where they are there.
enum XGBoostReader: ClassReader {
    static let classes = ["xgb.Booster", "xgb2.Booster", "xgb3.Booster", "xgb.Booster.handle"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let raw = try bytes(object)
        guard case .raw(let bytes) = raw.object.kind, bytes.count > 8 else { throw raw.wrongType("the bytes of an XGBoost model") }
        let model: XGBoostModel
        // JSON's and UBJSON's objects begin alike; a name follows.
        if bytes[0] == UInt8(ascii: "{") {
            let isText = bytes[1] == UInt8(ascii: "\"") || bytes[1] <= 32
            model = try XGBoostJSON.model(isText ? BoosterJSON.parse(bytes, at: raw) : UBJSON.parse(bytes, at: raw), at: raw)
        } else {
            model = try XGBoostBinary.model(bytes, at: raw)
        }
        return try XGBoostDocument(object, model, builder).make()
    }

    private static func bytes(_ object: RValue) throws(RReadError) -> RValue {
        if case .raw = object.object.kind { return object }
        if let raw = object.optional("raw") { return raw }
        // Since version 3 the bytes are those of the serialised pointer.
        if let pointer = object.optional("ptr"), case .raw = pointer.object.kind { return pointer }
        throw object.unsupported("the booster was saved without its model: set fit$raw <- xgb.save.raw(fit) before it is saved")
    }
}

/// Makes the models of a booster: the sum of its trees, and what the objective makes of it.
private struct XGBoostDocument {
    let object: RValue
    let booster: XGBoostModel
    let builder: DocumentBuilder
    private let levels: [String]?
    private let name: String?

    init(_ object: RValue, _ booster: XGBoostModel, _ builder: DocumentBuilder) throws(RReadError) {
        self.object = object
        self.booster = booster
        self.builder = builder
        let schema = object.optional("schema")
        name = try schema?.optional("response_name")?.string()
        // caret's own levels: what its binary models have the probability of is the first.
        let caret = try object.optional("obsLevels").map { (value) throws(RReadError) in try value.strings() }
        let isBinary = booster.outputs == 1
        levels = try schema?.optional("response_levels")?.strings() ?? (isBinary ? caret.map { $0.reversed() } : caret)
    }

    func make() throws(RReadError) -> Model {
        let sums = try outputs()
        switch booster.objective {
        case "binary:logistic": return try logistic(sums[0])
        case "multi:softprob", "multi:softmax": return try softmax(sums)
        case "binary:hinge": return try hinge(sums[0])
        default: break
        }
        guard sums.count == 1 else { throw object.unsupported("XGBoost's objective \(booster.objective) with several outputs is not supported") }
        builder.setTarget(name)
        switch booster.objective {
        case "reg:logistic": return linked(sums[0], .logit)
        case "count:poisson", "reg:gamma", "reg:tweedie", "survival:cox", "survival:aft": return linked(sums[0], .exp)
        case "binary:logitraw": return plain(sums[0])
        default:
            guard booster.objective.hasPrefix("reg:") || booster.objective.hasPrefix("rank:") else {
                throw object.unsupported("XGBoost's objective \(booster.objective) is not supported")
            }
            return plain(sums[0])
        }
    }

    private func plain(_ sum: Model) -> Model {
        var model = sum
        if let target = builder.target { model.miningSchema.fields.append(MiningField(name: target.name, usageType: .target)) }
        return model
    }

    // MARK: sums

    /// For each output a model of its sum.
    private func outputs() throws(RReadError) -> [Model] {
        func margin(_ group: Int) -> Double { booster.margins.count == booster.outputs ? booster.margins[group] : booster.margins.first ?? 0 }
        switch booster.booster {
        case .trees(let trees, let groups, let weights):
            guard groups.count == trees.count, groups.allSatisfy({ (0..<booster.outputs).contains($0) }), weights == nil || weights?.count == trees.count else {
                throw object.inconsistent("the trees of the booster and their outputs differ in number")
            }
            let count = try treeCount(trees.count)
            let writer = XGBoostTrees(features: try features(Array(trees.prefix(count))), place: object)
            var members = [[Model]](repeating: [], count: booster.outputs)
            for index in 0..<count {
                var tree = builder.tree(try writer.tree(trees[index], weight: weights?[index] ?? 1), .regression, target: nil)
                tree.isFloat = true
                members[groups[index]].append(tree)
            }
            return members.enumerated().map { group, trees in
                var model = builder.ensemble(.sum, trees, .regression, target: nil, targets: [Target(field: nil, rescaleConstant: margin(group))])
                model.isFloat = true
                return model
            }
        case .linear(let weights):
            let (count, outputs) = (booster.featureCount, booster.outputs)
            guard weights.count % outputs == 0, weights.count / outputs == count + 1 else { throw object.inconsistent("the booster has \(weights.count) weights for \(count) features") }
            let names = featureNames()
            return (0..<outputs).map { group in
                var table = RegressionTable(intercept: weights[count * outputs + group] + margin(group))
                for feature in 0..<count where weights[feature * outputs + group] != 0 {
                    let field = builder.fields.floatField(feature < names.count ? names[feature] : "f\(feature)")
                    // What is missing counts as nothing.
                    let filled = builder.fields.derive("present(\(field))", key: "present \(field)", .continuous, .float) {
                        .call("if", .call("isMissing", .field(field)), .number(0), .field(field))
                    }
                    table.numericPredictors.append(.init(field: filled, coefficient: weights[feature * outputs + group]))
                }
                var model = builder.regression([table], target: nil)
                model.isFloat = true
                return model
            }
        }
    }

    /// As many trees as predict() takes: up to the best round of training, where that was looked for.
    private func treeCount(_ all: Int) throws(RReadError) -> Int {
        var rounds: Int?
        if let best = try object.optional("best_ntreelimit")?.integer(), best > 0 { rounds = best / booster.parallelTrees }
        let stated = object.optional("ntree_limit") ?? object.optional("pmml_options")?.optional("ntree_limit")
        if let limit = try stated?.integer(), limit > 0 { rounds = limit }
        guard let rounds, rounds > 0, rounds < all else { return all }
        let (perRound, isHuge) = booster.outputs.multipliedReportingOverflow(by: booster.parallelTrees)
        return isHuge || perRound > all / rounds ? all : rounds * perRound
    }

    /// The names of the features, where some are kept.
    private func featureNames() -> [String] {
        if !booster.featureNames.isEmpty { return booster.featureNames }
        for place in ["feature_names", "xNames"] {
            if let names = try? object.optional(place)?.strings(), !names.isEmpty { return names }
        }
        return []
    }

    private func features(_ trees: [XGBoostModel.Tree]) throws(RReadError) -> BoosterFeatures {
        var used: Set<Int> = []
        var categorical: Set<Int> = []
        for tree in trees {
            for node in tree.left.indices where tree.left[node] != -1 && node < tree.feature.count {
                used.insert(Int(tree.feature[node]))
                if tree.categories[node] != nil { categorical.insert(Int(tree.feature[node])) }
            }
        }
        let map = try object.optional("fmap").map { (value) throws(RReadError) in try BoosterFeatures.Map(value) }
        return BoosterFeatures(
            names: featureNames(), types: booster.featureTypes, count: booster.featureCount, map: map, used: used, categorical: categorical,
            isFloat: true, builder)
    }

    // MARK: objectives

    private func linked(_ sum: Model, _ normalization: RegressionModel.Normalization) -> Model {
        var first = sum
        first.output = [Outputs.predicted("xgbValue", isFinal: false)]
        let table = RegressionTable(intercept: 0, numericPredictors: [.init(field: "xgbValue", coefficient: 1)])
        var last = builder.regression([table], normalization, target: builder.target, uses: ["xgbValue"])
        last.isFloat = true
        return builder.chain([first, last], .regression, target: builder.target)
    }

    private func classes(_ count: Int) throws(RReadError) -> [String] {
        let classes = levels ?? (0..<count).map(String.init)
        guard classes.count == count else { throw object.inconsistent("the booster has \(count) classes, its response \(classes.count)") }
        builder.setTarget(name, classes: classes)
        return classes
    }

    private func logistic(_ sum: Model) throws(RReadError) -> Model {
        let classes = try classes(2)
        var first = sum
        first.output = [Outputs.predicted("xgbValue", isFinal: false)]
        let table = RegressionTable(intercept: 0, targetCategory: classes[1], numericPredictors: [.init(field: "xgbValue", coefficient: 1)])
        var last = builder.regression(
            [table, RegressionTable(intercept: 0, targetCategory: classes[0])], .logit, .classification, target: builder.target, uses: ["xgbValue"],
            output: Outputs.probabilities(classes))
        last.isFloat = true
        return builder.chain([first, last], .classification, target: builder.target)
    }

    private func softmax(_ sums: [Model]) throws(RReadError) -> Model {
        let classes = try classes(sums.count)
        var models: [Model] = []
        for (sum, level) in zip(sums, classes) {
            var model = sum
            model.output = [Outputs.predicted("xgbValue(\(level))", isFinal: false)]
            models.append(model)
        }
        let tables = classes.map { RegressionTable(intercept: 0, targetCategory: $0, numericPredictors: [.init(field: "xgbValue(\($0))", coefficient: 1)]) }
        var last = builder.regression(
            tables, .softmax, .classification, target: builder.target, uses: classes.map { "xgbValue(\($0))" }, output: Outputs.probabilities(classes))
        last.isFloat = true
        models.append(last)
        return builder.chain(models, .classification, target: builder.target)
    }

    /// 1 where the sum is above 0.
    private func hinge(_ sum: Model) throws(RReadError) -> Model {
        let classes = try classes(2)
        var first = sum
        first.output = [Outputs.predicted("xgbValue", isFinal: false)]
        let step = DerivedField(
            name: "xgbStep", opType: .continuous, dataType: .double,
            expression: .call("if", .call("greaterThan", .field("xgbValue"), .number(0)), .number(1), .number(0)))
        let table = RegressionTable(intercept: 0, targetCategory: classes[1], numericPredictors: [.init(field: "xgbStep", coefficient: 1)])
        let last = builder.regression(
            [table, RegressionTable(intercept: 0, targetCategory: classes[0])], .none, .classification, target: builder.target, uses: ["xgbValue"],
            output: Outputs.probabilities(classes), local: [step])
        return builder.chain([first, last], .classification, target: builder.target)
    }
}

/// XGBoost's models of JSON and UBJSON.
enum XGBoostJSON {
    static func model(_ document: BoosterValue, at place: RValue) throws(RReadError) -> XGBoostModel {
        func broken(_ what: String) -> RReadError { place.inconsistent("\(place.path): the XGBoost model has no \(what)") }
        // What serialisation of a whole session writes has the model inside.
        let root = document["Model"] ?? document
        guard let learner = root["learner"] else { throw broken("learner") }
        guard let parameters = learner["learner_model_param"] else { throw broken("learner_model_param") }
        var model = XGBoostModel()
        model.objective = learner["objective"]?["name"]?.text ?? "reg:squarederror"
        let classes = Int(exactly: parameters["num_class"]?.number ?? 0) ?? 0
        let targets = Int(exactly: parameters["num_target"]?.number ?? 1) ?? 1
        guard classes >= 0, targets >= 0, classes < 1 << 20, targets < 1 << 20 else { throw broken("number of classes") }
        if targets > 1 { throw place.unsupported("an XGBoost model of several targets is not supported") }
        model.outputs = max(1, classes)
        model.featureCount = Int(UInt32(exactly: parameters["num_feature"]?.number ?? 0) ?? 0)
        model.featureNames = learner["feature_names"]?.texts ?? []
        model.featureTypes = learner["feature_types"]?.texts ?? []
        if case .object(let members)? = learner["attributes"] { model.attributes = members.compactMapValues(\.text) }
        // One number, or since 3.1 one for each output.
        let text = parameters["base_score"]?.text ?? "0.5"
        let bases = text.split { "[], ".contains($0) }.map { Double($0) }
        guard !bases.isEmpty, !bases.contains(nil) else { throw broken("base_score") }
        model.margins = bases.compactMap { $0 }.map { XGBoostModel.margin(Double(Float($0)), model.objective) }
        guard let booster = learner["gradient_booster"], let name = booster["name"]?.text else { throw broken("gradient_booster") }
        switch name {
        case "gblinear":
            guard let weights = booster["model"]?["weights"]?.numbers else { throw broken("weights") }
            model.booster = .linear(weights)
        case "gbtree", "dart":
            guard let content = (booster["gbtree"] ?? booster)["model"], let trees = content["trees"]?.array else { throw broken("trees") }
            let groups = content["tree_info"]?.numbers?.map { Int(exactly: $0) ?? -1 } ?? trees.map { _ in 0 }
            model.parallelTrees = max(1, Int(exactly: content["gbtree_model_param"]?["num_parallel_tree"]?.number ?? 1) ?? 1)
            var made: [XGBoostModel.Tree] = []
            for value in trees { made.append(try tree(value, at: place)) }
            model.booster = .trees(made, groups: groups, weights: booster["weight_drop"]?.numbers)
        default: throw place.unsupported("the booster \(name) of XGBoost is not supported")
        }
        return model
    }

    private static func tree(_ value: BoosterValue, at place: RValue) throws(RReadError) -> XGBoostModel.Tree {
        if let size = value["tree_param"]?["size_leaf_vector"]?.number, size > 1 { throw place.unsupported("trees of XGBoost with vectors as leaves are not supported") }
        var tree = XGBoostModel.Tree()
        func integers(_ name: String) throws(RReadError) -> [Int32] {
            guard let numbers = value[name]?.numbers else { throw place.inconsistent("\(place.path): a tree of XGBoost has no \(name)") }
            return numbers.map { Int32(exactly: $0) ?? -1 }
        }
        tree.left = try integers("left_children")
        tree.right = try integers("right_children")
        tree.feature = try integers("split_indices")
        // Decimals stand for numbers of binary32.
        tree.value = value["split_conditions"]?.numbers?.map { Double(Float($0)) } ?? []
        tree.isDefaultLeft = try integers("default_left").map { $0 != 0 }
        let nodes = value["categories_nodes"]?.numbers ?? []
        guard !nodes.isEmpty else { return tree }
        let (all, starts, sizes) = (try integers("categories"), try integers("categories_segments"), try integers("categories_sizes"))
        guard starts.count == nodes.count, sizes.count == nodes.count else { throw place.inconsistent("\(place.path): the categories of a tree differ in number") }
        for (index, node) in nodes.enumerated() {
            let (start, size) = (Int(starts[index]), Int(sizes[index]))
            guard let node = Int(exactly: node), start >= 0, size >= 0, start + size <= all.count else {
                throw place.inconsistent("\(place.path): a split on categories refers to what is not there")
            }
            tree.categories[node] = Set(all[start..<start + size].map(Int.init))
        }
        return tree
    }
}

import ModelTree

/// `RandomForest` of party: [cforest](https://rdrr.io/cran/party/man/cforest.html), the mean of its trees' numbers or shares.
enum PartyForestReader: ClassReader {
    static let classes = ["RandomForest"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let roots = try object.slot("ensemble").list()
        let frame = try PartyFrame(object, roots: roots, builder)
        let response = try PartyResponse(object)
        // There the rows of all trees' leaves have one estimate together.
        if response.survival != nil { throw object.unsupported("a cforest of survival times is not supported") }
        builder.setTarget(response.name, classes: response.levels)
        let writer = PartyNodes(object, frame)
        let function: MiningFunction = response.levels == nil ? .regression : .classification
        var trees: [Model] = []
        for root in roots {
            let nodes = try writer.tree(root) { (parts) throws(RReadError) in try response.answer(parts) }
            trees.append(builder.tree(TreeModel(missingValueStrategy: .nullPrediction, isMultiSplit: false, nodes: nodes), function, target: nil))
        }
        return builder.ensemble(
            .average, trees, function, target: builder.target, output: response.levels.map { Outputs.probabilities($0) } ?? [])
    }
}

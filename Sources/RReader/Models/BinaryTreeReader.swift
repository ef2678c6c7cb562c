import ModelTree

/// `BinaryTree` of party: [ctree](https://rdrr.io/cran/party/man/ctree.html), one tree with surrogates for missing values, of which what
/// none can decide goes with the majority.
enum BinaryTreeReader: ClassReader {
    static let classes = ["BinaryTree"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let root = try object.slot("tree")
        let frame = try PartyFrame(object, roots: [root], builder)
        let response = try PartyResponse(object)
        builder.setTarget(response.name, classes: response.levels)
        let writer = PartyNodes(object, frame)
        let nodes = try writer.tree(root) { (parts) throws(RReadError) in try response.answer(parts) }
        let tree = TreeModel(missingValueStrategy: .nullPrediction, isMultiSplit: false, nodes: nodes)
        let node = Outputs.entity("nodeId")
        guard let levels = response.levels else {
            let median = response.survival == nil ? [] : [Outputs.predicted("response")]
            return builder.tree(tree, .regression, target: builder.target, output: median + [node])
        }
        return builder.tree(tree, .classification, target: builder.target, output: Outputs.probabilities(levels) + [node])
    }
}

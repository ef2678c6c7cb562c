import ModelTree

/// `constparty` of partykit: trees of [ctree](https://rdrr.io/cran/partykit/man/ctree.html), of evtree, and what `as.party` makes of other
/// trees. A leaf answers with the responses of the rows that were fitted to it.
enum PartyTreeReader: ClassReader {
    static let classes = ["constparty"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let nodes = try PartykitNodes(object, builder, roots: [object.component("node")])
        let fitted = try FittedResponse(try object.component("fitted"))
        builder.setTarget(nodes.responseName, classes: fitted.levels)
        let tree = TreeModel(
            missingValueStrategy: .nullPrediction, isMultiSplit: false,
            nodes: try nodes.tree(try object.component("node")) { (id) throws(RReadError) in try fitted.answer(id) })
        let node = Outputs.entity("nodeId")
        guard let levels = fitted.levels else {
            return builder.tree(tree, .regression, target: builder.target, output: (fitted.isSurvival ? [Outputs.predicted("response")] : []) + [node])
        }
        return builder.tree(tree, .classification, target: builder.target, output: Outputs.probabilities(levels) + [node])
    }
}

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
            nodes: try nodes.tree(try object.component("node")) { (id, _) throws(RReadError) in try fitted.answer(id) })
        let node = Outputs.entity("nodeId")
        guard let levels = fitted.levels else {
            return builder.tree(tree, .regression, target: builder.target, output: (fitted.isSurvival ? [Outputs.predicted("response")] : []) + [node])
        }
        return builder.tree(tree, .classification, target: builder.target, output: Outputs.probabilities(levels) + [node])
    }
}

/// `simpleparty` of partykit, `as.simpleparty()`: leaves keep their answers instead of the data.
enum SimplePartyReader: ClassReader {
    static let classes = ["simpleparty"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let root = try object.component("node")
        let nodes = try PartykitNodes(object, builder, roots: [root])
        var levels: [String]?
        let made = try nodes.tree(root) { (_, node) throws(RReadError) in
            let info = try node.component("info")
            let prediction = try info.component("prediction")
            guard let own = prediction.levels else { return .number(try prediction.double()) }
            let counts = try info.component("distribution").doubles()
            guard counts.count == own.count, levels == nil || levels == own else { throw info.inconsistent("\(info.path) has \(counts.count) counts for \(own.count) levels") }
            levels = own
            let total = counts.reduce(0, +)
            return .shares(chosen: try prediction.string(), levels: own, shares: counts.map { $0 / total })
        }
        builder.setTarget(nodes.responseName, classes: levels)
        let tree = TreeModel(missingValueStrategy: .nullPrediction, isMultiSplit: false, nodes: made)
        let node = Outputs.entity("nodeId")
        guard let levels else { return builder.tree(tree, .regression, target: builder.target, output: [node]) }
        return builder.tree(tree, .classification, target: builder.target, output: Outputs.probabilities(levels) + [node])
    }
}

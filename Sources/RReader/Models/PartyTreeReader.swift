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
        guard let levels = fitted.levels else { return builder.tree(tree, .regression, target: builder.target, output: [node]) }
        return builder.tree(tree, .classification, target: builder.target, output: Outputs.probabilities(levels) + [node])
    }
}

/// The responses of the rows by the leaves that they were fitted to: a party's data frame `fitted`.
private struct FittedResponse {
    let levels: [String]?
    private let place: RValue
    private let rows: [Int: [Int]]
    private let weights: [Double]?
    private let numbers: [Double]
    private let survival: [(time: Double, event: Bool)]

    init(_ fitted: RValue) throws(RReadError) {
        place = fitted
        let response = try fitted.component("(response)")
        levels = response.levels
        if case .string = response.object.kind { throw response.unsupported("texts as the response of a tree are not supported") }
        survival = response.inherits("Surv") ? try SurvivalTimes.rows(response) : []
        if response.inherits("Surv") { numbers = [] } else {
            guard response.dimensions == nil, response.inherits("data.frame") == false else {
                throw response.unsupported("a tree of several responses is not supported")
            }
            numbers = try response.doubles()
        }
        let ids = try fitted.component("(fitted)").integers()
        weights = try fitted.optional("(weights)")?.doubles()
        let count = max(numbers.count, survival.count)
        guard ids.count == count, weights == nil || weights?.count == count else { throw fitted.inconsistent("the columns of \(fitted.path) differ in length") }
        rows = Dictionary(grouping: ids.indices) { Int(ids[$0]) }
    }

    func answer(_ id: Int) throws(RReadError) -> TreeSketch.Answer {
        guard let rows = rows[id] else { return .none }
        func weight(_ row: Int) -> Double { weights?[row] ?? 1 }
        if !survival.isEmpty {
            return SurvivalMedian.median(rows.map { (survival[$0].time, survival[$0].event, weight($0)) }).map { .number($0) } ?? .none
        }
        let total = rows.reduce(0) { $0 + weight($1) }
        guard let levels else { return .number(rows.reduce(0) { $0 + weight($1) * numbers[$1] } / total) }
        var shares = [Double](repeating: 0, count: levels.count)
        for row in rows {
            guard let code = Int(exactly: numbers[row]), shares.indices.contains(code - 1) else { throw place.inconsistent("a response is none of its levels") }
            shares[code - 1] += weight(row)
        }
        for index in shares.indices { shares[index] /= total }
        guard let greatest = shares.max(), let chosen = shares.firstIndex(of: greatest) else { return .none }
        return .shares(chosen: levels[chosen], levels: levels, shares: shares)
    }
}

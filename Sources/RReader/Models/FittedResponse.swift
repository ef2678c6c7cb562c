/// The responses of the rows by the leaves that they were fitted to: a party's data frame `fitted`.
struct FittedResponse {
    let levels: [String]?
    private let place: RValue
    private let rows: [Int: [Int]]
    private let weights: [Double]?
    private let numbers: [Double]
    private let survival: [(time: Double, event: Bool)]

    init(_ fitted: RValue) throws(RReadError) {
        try self.init(
            try fitted.component("(response)"), leaves: try fitted.component("(fitted)").integers().map(Int.init),
            weights: try fitted.optional("(weights)")?.doubles(), at: fitted)
    }

    /// - Parameters:
    ///   - leaves: the number of the leaf of each row.
    ///   - weights: nil where each counts once.
    init(_ response: RValue, leaves: [Int], weights: [Double]?, at place: RValue) throws(RReadError) {
        self.place = place
        self.weights = weights
        levels = response.levels
        if case .string = response.object.kind { throw response.unsupported("texts as the response of a tree are not supported") }
        survival = response.inherits("Surv") ? try SurvivalTimes.rows(response) : []
        if response.inherits("Surv") { numbers = [] } else {
            guard response.dimensions == nil, response.inherits("data.frame") == false else {
                throw response.unsupported("a tree of several responses is not supported")
            }
            numbers = try response.doubles()
        }
        let count = max(numbers.count, survival.count)
        guard leaves.count == count, weights == nil || weights?.count == count else {
            throw place.inconsistent("\(place.path): responses, leaves and weights differ in number")
        }
        rows = Dictionary(grouping: leaves.indices) { leaves[$0] }
    }

    var isSurvival: Bool { !survival.isEmpty }

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

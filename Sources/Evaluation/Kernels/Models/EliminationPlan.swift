/// The order in which a network's variables are summed out, and the tables that arise: the same for every row.
///
/// https://en.wikipedia.org/wiki/Variable_elimination
struct EliminationPlan {
    struct Step {
        /// Whose values the step runs through.
        var variables: [Int]
        /// The factors that it multiplies: a node's table, or (from the number of nodes on) an earlier step's result.
        var factors: [Int]
        /// For each factor its stride along each of the variables.
        var strides: [[Int]]
        /// The result's stride along each of the variables; 0 along the one that is summed out.
        var outStrides: [Int]
        var outSize: Int
        /// Where the result lies in the working memory.
        var outOffset: Int
    }
    private(set) var steps: [Step] = []
    /// Numbers in all results together.
    private(set) var memory = 0
    /// Products that a row without any evidence needs; nil: more than `limit`.
    private(set) var cost: Int?
    static let limit = 1 << 22

    /// The most nodes of a network.
    static let mostNodes = 5_000

    /// - Parameters:
    ///   - cardinalities: how many values each variable has; 0: it is not one of the network's tables.
    ///   - scopes: the variables of each node's table, the last of which changes fastest; nil: the node has none.
    ///   - query: the variable that remains.
    init(cardinalities: [Int], scopes: [[Int]?], query: Int) {
        // A variable with one value changes no place in a table.
        var open: [[Int]?] = scopes.map { scope in scope.map { $0.filter { cardinalities[$0] > 1 } } }
        var holders = [[Int]](repeating: [], count: cardinalities.count)
        for (factor, scope) in open.enumerated() { for variable in scope ?? [] { holders[variable].append(factor) } }
        func span(_ variable: Int) -> [Int] { Set(holders[variable].flatMap { open[$0] ?? [] }).union([variable]).sorted() }
        var left = cardinalities.indices.filter { cardinalities[$0] > 1 && $0 != query }
        var sizes = cardinalities.indices.map { cardinalities[$0] > 1 ? Self.size(span($0), cardinalities) : 0 }
        var total = 0
        while true {
            // The variable whose table is smallest now; of equal ones the first.
            let next = left.min { sizes[$0] < sizes[$1] }
            let factors = next.map { holders[$0] } ?? open.indices.filter { open[$0] != nil }
            let variables = next.map(span) ?? [query]
            let size = Self.size(variables, cardinalities)
            total += size * max(1, factors.count)
            if total > Self.limit { return }
            let result = variables.filter { $0 != next }
            let outSize = next == nil ? size : Self.size(result, cardinalities)
            steps.append(
                Step(
                    variables: variables, factors: factors,
                    strides: factors.map { Self.strides(of: open[$0] ?? [], along: variables, cardinalities) },
                    outStrides: Self.strides(of: next == nil ? variables : result, along: variables, cardinalities), outSize: outSize,
                    outOffset: memory))
            memory += outSize
            guard let next else { break }
            left.removeAll { $0 == next }
            let done = Set(factors)
            for variable in result { holders[variable].removeAll(where: done.contains) }
            for factor in factors { open[factor] = nil }
            open.append(result)
            for variable in result {
                holders[variable].append(open.count - 1)
                sizes[variable] = Self.size(span(variable), cardinalities)
            }
        }
        cost = total
    }

    /// How many combinations of values; more than the limit is as good as any number above it.
    private static func size(_ variables: [Int], _ cardinalities: [Int]) -> Int {
        variables.reduce(1) { size, variable in min(limit + 1, size * cardinalities[variable]) }
    }

    private static func strides(of scope: [Int], along variables: [Int], _ cardinalities: [Int]) -> [Int] {
        var stride = 1
        var strides: [Int: Int] = [:]
        for variable in scope.reversed() {
            strides[variable] = stride
            stride *= cardinalities[variable]
        }
        return variables.map { strides[$0] ?? 0 }
    }
}

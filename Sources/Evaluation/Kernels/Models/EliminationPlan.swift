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

    /// - Parameters:
    ///   - cardinalities: how many values each variable has; 0: it is not one of the network's tables.
    ///   - scopes: the variables of each node's table, the last of which changes fastest; nil: the node has none.
    ///   - query: the variable that remains.
    init(cardinalities: [Int], scopes: [[Int]?], query: Int) {
        var open: [(id: Int, scope: [Int])] = scopes.enumerated().compactMap { index, scope in scope.map { (index, $0) } }
        var left = Set(cardinalities.indices.filter { cardinalities[$0] > 0 && $0 != query })
        var total = 0
        while true {
            let next = left.isEmpty ? nil : Self.cheapest(left, open, cardinalities)
            let mine = next.map { variable in open.filter { $0.scope.contains(variable) } } ?? open
            var variables = next == nil ? [query] : Self.union(mine.map(\.scope))
            if variables.isEmpty, let next { variables = [next] }
            let size = Self.size(variables, cardinalities)
            total += size * max(1, mine.count)
            if total > Self.limit { return }
            let result = variables.filter { $0 != next }
            let step = Step(
                variables: variables, factors: mine.map(\.id),
                strides: mine.map { Self.strides(of: $0.scope, along: variables, cardinalities) },
                outStrides: Self.strides(of: result, along: variables, cardinalities), outSize: Self.size(result, cardinalities),
                outOffset: memory)
            memory += step.outSize
            steps.append(step)
            guard let next else { break }
            left.remove(next)
            open.removeAll { $0.scope.contains(next) }
            if !mine.isEmpty { open.append((scopes.count + steps.count - 1, result)) }
        }
        cost = total
    }

    /// The variable whose table is smallest now; of equal ones the first.
    private static func cheapest(_ left: Set<Int>, _ open: [(id: Int, scope: [Int])], _ cardinalities: [Int]) -> Int? {
        var best: (variable: Int, size: Int)?
        for variable in left.sorted() {
            let size = size(union(open.filter { $0.scope.contains(variable) }.map(\.scope)), cardinalities)
            if best.map({ size < $0.size }) ?? true { best = (variable, size) }
        }
        return best?.variable
    }

    private static func union(_ scopes: [[Int]]) -> [Int] { Set(scopes.joined()).sorted() }

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

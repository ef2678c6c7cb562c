// https://dmg.org/pmml/v4-4-1/BayesianNetwork.html

/// A Bayesian network as the kernel needs it: nodes in an order in which parents come before their children.
public struct NetworkDescription: Sendable {
    public enum Factor: Sendable {
        /// Probabilities over the scope, of which the last variable changes fastest.
        case table([Double])
        /// The density of a continuous node's value: for each combination of the scope's values a register that holds the
        /// logarithm of the density, or -1 where there is none.
        case densities(cells: [Int32], logarithms: [Register])
        /// The node's distribution is not known; a row must have its value, or not depend on it.
        case unknown
    }

    public struct Node: Sendable {
        /// How many values it has; 0: it is continuous.
        public var cardinality: Int
        /// The index of the row's value, or the number of a continuous node; missing where it is not observed.
        public var evidence: Register?
        /// All nodes on which it depends.
        public var parents: [Int]
        /// The variables of its factor.
        public var scope: [Int]
        public var factor: Factor
        public init(cardinality: Int, evidence: Register?, parents: [Int], scope: [Int], factor: Factor) {
            self.cardinality = cardinality
            self.evidence = evidence
            self.parents = parents
            self.scope = scope
            self.factor = factor
        }
    }

    public var nodes: [Node]
    /// The variable whose probabilities are wanted.
    public var query: Int
    /// A continuous node about whose value nothing may be known but its parents; -1: none.
    public var unobserved: Int
    public init(nodes: [Node], query: Int, unobserved: Int = -1) {
        self.nodes = nodes
        self.query = query
        self.unobserved = unobserved
    }

    /// Whether exact inference stays within the limit of about four million products a row.
    public var isFeasible: Bool {
        nodes.count <= EliminationPlan.mostNodes
            && EliminationPlan(cardinalities: nodes.map(\.cardinality), scopes: nodes.map(\.planScope), query: query).cost != nil
    }
}

extension NetworkDescription.Node {
    var planScope: [Int]? {
        if case .unknown = factor { return nil }
        return scope
    }
}

/// The distributions of continuous nodes, numbered as the native file stores them.
public enum NetworkDistribution: Int, Sendable {
    /// Mean, variance.
    case normal = 0
    /// Mean and variance of the logarithm.
    case lognormal = 1
    /// Mean, lower, upper.
    case triangular = 2
    /// Lower, upper.
    case uniform = 3
}

extension ProgramBuilder {
    /// The logarithm of a density at each row's value; its parameters are columns.
    public func logDensity(_ value: Register, _ distribution: NetworkDistribution, _ parameters: [Register]) -> Register {
        emit(LogDensityKernel.name, .number) {
            $0.register(value)
            $0.int(distribution.rawValue)
            $0.registers(parameters)
        }
    }

    /// The probabilities of the query variable's values, given what each row has.
    public func infer(_ network: NetworkDescription) -> [Register] {
        let count = network.nodes.indices.contains(network.query) ? network.nodes[network.query].cardinality : 0
        return emit(NetworkKernel.name, [RegisterKind](repeating: .number, count: count), countFirst: true) { writer in
            writer.int(network.query)
            writer.int(network.unobserved)
            writer.int(network.nodes.count)
            for node in network.nodes {
                writer.int(node.cardinality)
                writer.optional(node.evidence)
                writer.integers(node.parents.map { Int32(truncatingIfNeeded: $0) })
                writer.integers(node.scope.map { Int32(truncatingIfNeeded: $0) })
                switch node.factor {
                case .table(let numbers):
                    writer.int(0)
                    writer.numbers(numbers)
                case .densities(let cells, let logarithms):
                    writer.int(1)
                    writer.integers(cells)
                    writer.registers(logarithms)
                case .unknown: writer.int(2)
                }
            }
        }
    }
}

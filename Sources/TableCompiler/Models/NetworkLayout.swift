// https://dmg.org/pmml/v4-4-1/BayesianNetwork.html

import ModelTree

/// The variables of a Bayesian network in an order in which parents come before children: its nodes, and the derived values
/// that stand in their tables.
struct NetworkLayout {
    struct Variable {
        var name: String
        /// nil: a derived value.
        var node: BayesianNetworkModel.Node?
        /// Of the node, or of the node in whose table the derived value stands.
        var derivedFields: [DerivedField]
        /// Of a discrete variable.
        var values: [String]
        var parents: [Int]
        var location: SourceLocation
        var isContinuous: Bool {
            if case .continuous = node?.content { return true }
            return false
        }
    }
    private(set) var variables: [Variable] = []
    /// Where each node stands.
    private(set) var position: [String: Int] = [:]
    /// Nodes whose values rows may have.
    let evidence: Set<String>
    private let nodes: [String: BayesianNetworkModel.Node]
    private let context: ModelContext
    private var open: Set<String> = []
    /// Derived values by name, apart for nodes that define one of their own.
    private var derivedPosition: [String: Int] = [:]
    /// The values that tables name of parents that are no nodes, by parent.
    private var derivedValues: [String: [String]]?
    private static let largestTable = 1 << 22

    init(_ network: BayesianNetworkModel, _ context: ModelContext) throws(CompileError) {
        self.context = context
        var nodes: [String: BayesianNetworkModel.Node] = [:]
        for node in network.nodes {
            if nodes[node.name] != nil { throw CompileError("repeated-node", "the network has two nodes named \"\(node.name)\"", at: node.location) }
            nodes[node.name] = node
        }
        self.nodes = nodes
        evidence = Set(context.model.miningSchema.fields.filter { $0.usageType == .active || $0.usageType == .supplementary }.map(\.name))
            .subtracting([context.target.name].compactMap { $0 })
        for node in network.nodes { _ = try place(node) }
    }

    /// The number of a node, once its parents have theirs.
    private mutating func place(_ node: BayesianNetworkModel.Node) throws(CompileError) -> Int {
        if let known = position[node.name] { return known }
        guard open.insert(node.name).inserted else {
            throw CompileError("cyclic-network", "node \"\(node.name)\" is its own ancestor", at: node.location)
        }
        if open.count > 1_000 { throw CompileError.tooDeep("the network's nodes", at: node.location) }
        defer { open.remove(node.name) }
        let own = Dictionary(node.derivedFields.compactMap { field in field.name.map { ($0, field) } }) { first, _ in first }
        var parents: Set<Int> = []
        var values: [String] = []
        var seen: Set<String> = []
        switch node.content {
        case .discrete(let conditionals):
            for conditional in conditionals {
                for value in conditional.probabilities where seen.insert(value.value).inserted { values.append(value.value) }
                for parent in conditional.parents { parents.insert(try self.parent(parent.parent, of: node, own)) }
            }
        case .continuous(let conditionals):
            var fields: [String] = []
            for conditional in conditionals {
                for parent in conditional.parents { parents.insert(try self.parent(parent.parent, of: node, own)) }
                switch conditional.distribution {
                case .normal(let a, let b), .lognormal(let a, let b), .uniform(let a, let b): fields += [a, b].flatMap(\.fieldNames)
                case .triangular(let a, let b, let c): fields += [a, b, c].flatMap(\.fieldNames)
                }
            }
            for name in nodeNames(behind: fields, own) where name != node.name {
                if let found = nodes[name] { parents.insert(try place(found)) }
            }
        }
        variables.append(
            Variable(
                name: node.name, node: node, derivedFields: node.derivedFields, values: values, parents: parents.sorted(), location: node.location))
        position[node.name] = variables.count - 1
        return variables.count - 1
    }

    /// The number of what a table calls a parent: a node, or a derived value.
    private mutating func parent(
        _ name: String, of node: BayesianNetworkModel.Node, _ own: [String: DerivedField]
    ) throws(CompileError) -> Int {
        if let found = nodes[name] { return try place(found) }
        let isOwn = own[name] != nil
        let key = isOwn ? "\(node.name)\u{0}\(name)" : name
        if let known = derivedPosition[key] { return known }
        guard isOwn || context.scope.derivedField(name) != nil else { throw CompileError.unknownField(name, at: node.location) }
        var parents: Set<Int> = []
        for source in nodeNames(behind: [name], own) {
            if let found = nodes[source] { parents.insert(try place(found)) }
        }
        variables.append(
            Variable(
                name: name, node: nil, derivedFields: isOwn ? node.derivedFields : [], values: isOwn ? node.values(ofParent: name) : allValues(ofParent: name),
                parents: parents.sorted(), location: node.location))
        derivedPosition[key] = variables.count - 1
        return variables.count - 1
    }

    private mutating func allValues(ofParent name: String) -> [String] {
        if let known = derivedValues { return known[name] ?? [] }
        var found: [String: [String]] = [:]
        var seen: [String: Set<String>] = [:]
        for node in nodes.values.sorted(by: { $0.name < $1.name }) {
            for parent in node.parentValues where nodes[parent.parent] == nil && seen[parent.parent, default: []].insert(parent.value).inserted {
                found[parent.parent, default: []].append(parent.value)
            }
        }
        derivedValues = found
        return found[name] ?? []
    }

    /// The nodes that fields are computed from, through derived fields.
    private func nodeNames(behind fields: [String], _ own: [String: DerivedField]) -> [String] {
        var found: [String] = []
        var seen: Set<String> = []
        var left = fields
        while let name = left.popLast() {
            guard seen.insert(name).inserted else { continue }
            if nodes[name] != nil {
                found.append(name)
            } else if let field = own[name] ?? context.scope.derivedField(name) {
                left += field.expression.fieldNames
            }
        }
        return found.sorted()
    }

    /// For each combination of the discrete parents' values, which conditional holds, or -1; and those parents.
    func cells(of index: Int, parents: [[BayesianNetworkModel.ParentValue]]) throws(CompileError) -> (cells: [Int32], scope: [Int]) {
        let variable = variables[index]
        var scope: [Int] = []
        var inScope: Set<Int> = []
        var positions: [Int: [ExactText: Int]] = [:]
        var rows: [[(variable: Int, value: Int)]] = []
        for conditional in parents {
            var row: [(variable: Int, value: Int)] = []
            for parent in conditional {
                let at = position[parent.parent] ?? derivedPosition["\(variable.name)\u{0}\(parent.parent)"] ?? derivedPosition[parent.parent]
                if let at, positions[at] == nil {
                    positions[at] = Dictionary(variables[at].values.enumerated().map { (ExactText($0.element), $0.offset) }) { first, _ in first }
                }
                guard let at, !variables[at].isContinuous, let value = positions[at]?[ExactText(parent.value)] else {
                    throw CompileError("parent-value", "ParentValue \"\(parent.value)\" is no value of a discrete node \"\(parent.parent)\"", at: variable.location)
                }
                if inScope.insert(at).inserted { scope.append(at) }
                row.append((at, value))
            }
            rows.append(row)
        }
        var strides: [Int: Int] = [:]
        var size = 1
        for parent in scope.reversed() {
            strides[parent] = size
            size *= max(1, variables[parent].values.count)
            if size > Self.largestTable { throw CompileError("network-size", "the table of node \"\(variable.name)\" is too large", at: variable.location) }
        }
        var cells = [Int32](repeating: -1, count: size)
        for (number, row) in rows.enumerated() {
            let named = Set(row.map(\.variable))
            var at = [row.reduce(0) { $0 + (strides[$1.variable] ?? 0) * $1.value }]
            // A parent that a row does not name may have any value.
            for parent in scope where !named.contains(parent) {
                at = at.flatMap { start in variables[parent].values.indices.map { start + (strides[parent] ?? 0) * $0 } }
            }
            for cell in at where cells.indices.contains(cell) && cells[cell] < 0 { cells[cell] = Int32(truncatingIfNeeded: number) }
        }
        return (cells, scope)
    }
}

extension BayesianNetworkModel.Node {
    /// The values that the node's tables name of a parent.
    fileprivate func values(ofParent name: String) -> [String] {
        var seen: Set<String> = []
        return parentValues.filter { $0.parent == name && seen.insert($0.value).inserted }.map(\.value)
    }

    fileprivate var parentValues: [BayesianNetworkModel.ParentValue] {
        switch content {
        case .discrete(let conditionals): conditionals.flatMap(\.parents)
        case .continuous(let conditionals): conditionals.flatMap(\.parents)
        }
    }
}

extension Expression {
    /// The fields that the expression names.
    fileprivate var fieldNames: [String] {
        switch kind {
        case .constant: []
        case .fieldRef(let reference): [reference.field]
        case .normContinuous(let norm): [norm.field]
        case .normDiscrete(let norm): [norm.field]
        case .discretize(let discretize): [discretize.field]
        case .mapValues(let map): map.pairs.map(\.field)
        case .textIndex(let index): [index.textField] + index.term.fieldNames
        case .aggregate(let aggregate): [aggregate.field]
        case .lag(let lag): [lag.field]
        case .apply(let apply): apply.arguments.flatMap(\.fieldNames)
        }
    }
}

// https://dmg.org/pmml/v4-4-1/BayesianNetwork.html

import Evaluation
import ModelTree

extension Compiler {
    /// Infers the target, and every further target of the mining schema, from what each row has of the other nodes.
    func lowerBayesianNetwork(_ network: BayesianNetworkModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        let layout = try NetworkLayout(network, context)
        let named = context.model.miningSchema.fields.filter { $0.usageType == .target }.map(\.name).filter { layout.position[$0] != nil }
        let targets = named.isEmpty ? [context.target.name].compactMap { $0 } : named
        guard let first = targets.first else {
            throw CompileError("target", "the network has no target: no MiningField of usage target is one of its nodes", at: context.model.location)
        }
        var result = try infer(first, layout, context)
        for name in targets.dropFirst() where name != first { result.others.append(try infer(name, layout, context)) }
        return result
    }

    private func infer(_ name: String, _ layout: NetworkLayout, _ context: ModelContext) throws(CompileError) -> ModelResult {
        guard let at = layout.position[name] else {
            throw CompileError("target", "the target \"\(name)\" is not a node of the network", at: context.model.location)
        }
        var description = NetworkDescription(nodes: [], query: at)
        for index in layout.variables.indices { description.nodes.append(try describe(index, layout, context)) }
        let node = layout.variables[at]
        guard case .continuous(let conditionals) = node.node?.content else {
            let target = context.scope.dataField(name).map {
                TargetField(name: name, type: $0.dataType.valueType, opType: $0.opType.operational, values: $0.values.filter { $0.property == .valid })
            }
            let own = ModelContext(
                model: context.model, scope: context.scope, target: target ?? context.target, active: context.active, demand: context.demand)
            let probabilities = try feasible(description, context)
            var result = try classified(builder.highest(probabilities), node.values, own)
            result.probabilities = probabilities
            result.confidences = probabilities
            return result
        }
        // The expectation, over what the discrete parents may be.
        let (cells, scope) = try layout.cells(of: at, parents: conditionals.map(\.parents))
        description.nodes.append(
            NetworkDescription.Node(
                cardinality: conditionals.count, evidence: nil, parents: scope, scope: scope + [layout.variables.count],
                factor: .table(cells.flatMap { cell in conditionals.indices.map { $0 == Int(cell) ? 1 : 0 } })))
        description.query = layout.variables.count
        description.unobserved = at
        let weights = try feasible(description, context)
        let inner = try innerScope(of: at, layout, context)
        var terms: [LinearTerm] = []
        for (index, conditional) in conditionals.enumerated() {
            terms.append(.product([weights[index], try mean(of: conditional.distribution, inner)], coefficient: 1))
        }
        let value = builder.linear(intercept: 0, isFloat: context.model.isFloat, terms: terms)
        return ModelResult(value: TypedValue(value, numericType(of: context.target, context)), target: name)
    }

    private func feasible(_ description: NetworkDescription, _ context: ModelContext) throws(CompileError) -> [Register] {
        guard description.isFeasible else {
            throw CompileError("network-size", "exact inference in this network needs more than four million products a row, or it has more than 5,000 nodes", at: context.model.location)
        }
        return builder.infer(description)
    }

    // MARK: Nodes

    private func describe(_ index: Int, _ layout: NetworkLayout, _ context: ModelContext) throws(CompileError) -> NetworkDescription.Node {
        let variable = layout.variables[index]
        var node = NetworkDescription.Node(
            cardinality: variable.isContinuous ? 0 : max(1, variable.values.count), evidence: nil, parents: variable.parents, scope: [], factor: .unknown)
        let location = variable.location
        guard let source = variable.node else {
            // A derived value: known where the fields that it is computed from are.
            let inner = try innerScope(of: index, layout, context)
            node.evidence = position(of: try inner.value(of: variable.name, at: location, self), among: variable.values)
            return node
        }
        let isEvidence = layout.evidence.contains(source.name)
        switch source.content {
        case .discrete(let conditionals):
            if isEvidence { node.evidence = position(of: try context.scope.value(of: source.name, at: location, self), among: variable.values) }
            let (cells, scope) = try layout.cells(of: index, parents: conditionals.map(\.parents))
            let rows = conditionals.map { conditional in
                let stated = Dictionary(conditional.probabilities.map { (ExactText($0.value), $0.probability) }) { first, _ in first }
                return variable.values.map { stated[ExactText($0)] ?? 0 }
            }
            let none = [Double](repeating: 0, count: variable.values.count)
            node.scope = scope + [index]
            node.factor = .table(cells.flatMap { $0 < 0 ? none : rows[Int($0)] })
        case .continuous(let conditionals):
            guard isEvidence else { return node }
            let value = try numeric(context.scope.value(of: source.name, at: location, self), at: location).register
            let inner = try innerScope(of: index, layout, context)
            let (cells, scope) = try layout.cells(of: index, parents: conditionals.map(\.parents))
            var logarithms: [Register] = []
            for conditional in conditionals { logarithms.append(try logDensity(value, conditional.distribution, inner)) }
            node.evidence = value
            node.scope = scope
            node.factor = .densities(cells: cells, logarithms: logarithms)
        }
        return node
    }

    private func position(of value: TypedValue, among values: [String]) -> Register {
        value.isText
            ? builder.index(of: value.register, in: values)
            : builder.index(of: value.register, in: values.map { Literal.number($0, as: value.type) ?? .nan })
    }

    /// What a node's expressions see: the model's fields and the node's own derived fields; nodes that are not evidence are missing.
    private func innerScope(of index: Int, _ layout: NetworkLayout, _ context: ModelContext) throws(CompileError) -> Scope {
        let scope = Scope(.model, parent: context.scope, blockDepth: context.scope.blockDepth, isFloat: context.scope.isFloat)
        for variable in layout.variables {
            guard let node = variable.node, !layout.evidence.contains(node.name) else { continue }
            let type = context.scope.dataField(node.name)?.dataType.valueType ?? (variable.isContinuous ? .double : .string)
            scope.define(node.name, TypedValue(builder.missing(type.kind), type))
        }
        for field in layout.variables[index].derivedFields { scope.define(field) }
        return scope
    }

    // MARK: Distributions

    private func parameter(_ expression: Expression, _ scope: Scope) throws(CompileError) -> Register {
        try numeric(lower(expression, in: scope, expecting: .double), at: expression.location).register
    }

    private func logDensity(_ value: Register, _ distribution: BayesianNetworkModel.Distribution, _ scope: Scope) throws(CompileError) -> Register {
        switch distribution {
        case .normal(let mean, let variance): builder.logDensity(value, .normal, [try parameter(mean, scope), try parameter(variance, scope)])
        case .lognormal(let mean, let variance): builder.logDensity(value, .lognormal, [try parameter(mean, scope), try parameter(variance, scope)])
        case .triangular(let mean, let lower, let upper):
            builder.logDensity(value, .triangular, [try parameter(mean, scope), try parameter(lower, scope), try parameter(upper, scope)])
        case .uniform(let lower, let upper): builder.logDensity(value, .uniform, [try parameter(lower, scope), try parameter(upper, scope)])
        }
    }

    private func mean(of distribution: BayesianNetworkModel.Distribution, _ scope: Scope) throws(CompileError) -> Register {
        func weighted(_ a: Register, _ b: Register, _ share: (Double, Double)) -> Register {
            builder.linear(
                intercept: 0, isFloat: scope.isFloat,
                terms: [.power(a, exponent: 1, coefficient: share.0), .power(b, exponent: 1, coefficient: share.1)])
        }
        switch distribution {
        case .normal(let mean, _), .triangular(let mean, _, _): return try parameter(mean, scope)
        case .lognormal(let mean, let variance):
            return builder.normalize(weighted(try parameter(mean, scope), try parameter(variance, scope), (1, 0.5)), .exp, isFloat: scope.isFloat)
        case .uniform(let lower, let upper): return weighted(try parameter(lower, scope), try parameter(upper, scope), (0.5, 0.5))
        }
    }
}

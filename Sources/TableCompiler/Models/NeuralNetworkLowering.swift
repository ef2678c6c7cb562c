// https://dmg.org/pmml/v4-4-1/NeuralNetwork.html

import Evaluation
import ModelTree

extension Compiler {
    func lowerNeuralNetwork(_ network: NeuralNetwork, _ context: ModelContext) throws(CompileError) -> ModelResult {
        var inputs: [Register] = []
        for input in network.inputs {
            let value = try numeric(lower(input.field, in: context.scope), at: input.field.location)
            if let name = input.field.name, try context.scope.lookup(name, at: input.field.location, self) == nil {
                context.scope.define(name, value)
            }
            inputs.append(value.register)
        }
        let outputs = try neuralOutputs(of: network, context)
        let layers = try network.layers.map { (layer) throws(CompileError) in try lower(layer, context) }
        let activations = builder.neuralNetwork(inputs, layers, outputs: outputs.map(\.node), isFloat: context.model.isFloat)

        // Neurons by the field that they predict, in order of appearance.
        var fields: [String] = []
        var members: [String: [Int]] = [:]
        for (index, output) in outputs.enumerated() {
            if members[output.field] == nil { fields.append(output.field) }
            members[output.field, default: []].append(index)
        }
        if let name = context.target.name, let at = fields.firstIndex(of: name) { fields.insert(fields.remove(at: at), at: 0) }
        var results: [ModelResult] = []
        for (position, field) in fields.enumerated() {
            let own = position == 0 ? context : other(field, context)
            let chosen = members[field] ?? []
            let result = try neuralResult(chosen.map { outputs[$0] }, chosen.map { activations[$0] }, network, own)
            results.append(position == 0 ? result : try applyTargets(result, own))
        }
        var result = results.removeFirst()
        result.others = results
        return result
    }

    /// The same model seen as predicting another of its targets.
    private func other(_ field: String, _ context: ModelContext) -> ModelContext {
        var target = TargetField(name: field, type: .double, opType: .continuous, values: [])
        if let found = context.scope.dataField(field) {
            target.type = found.dataType.valueType
            target.opType = found.opType.operational
            target.values = found.values.filter { $0.property == .valid }
        }
        return ModelContext(model: context.model, scope: context.scope, target: target, active: context.active, demand: context.demand)
    }

    /// Category probabilities, or a number whose normalization is undone.
    private func neuralResult(
        _ outputs: [NeuralResult], _ activations: [Register], _ network: NeuralNetwork, _ context: ModelContext
    ) throws(CompileError) -> ModelResult {
        var categories: [String] = []
        var probabilities: [Register] = []
        var nodes: [Int] = []
        for (output, activation) in zip(outputs, activations) {
            guard let category = output.category else { continue }
            categories.append(category)
            probabilities.append(denormalized(activation, output.inverses))
            nodes.append(output.node)
        }
        if categories.isEmpty {
            guard !context.isClassification, let output = outputs.first, let activation = activations.first else {
                throw CompileError("neural-output", "classification needs a NormDiscrete in each NeuralOutput", at: context.model.location)
            }
            return ModelResult(
                value: TypedValue(denormalized(activation, output.inverses), numericType(of: context.target, context)),
                target: context.target.name)
        }
        if categories.count == 1, context.target.values.count == 2,
            let rest = context.target.values.first(where: { position(of: $0.value, in: categories, context.target.type) == nil })
        {
            // One neuron for two categories tells the probability of both.
            categories.append(rest.value)
            probabilities.append(builder.linear(
                intercept: 1, isFloat: context.model.isFloat, terms: [.power(probabilities[0], exponent: 1, coefficient: -1)]))
            nodes.append(nodes[0])
        }
        let index = builder.highest(probabilities)
        var result = try classified(index, categories, context)
        result.probabilities = probabilities
        result.confidences = probabilities
        let ids = network.inputs.map(\.id) + network.layers.flatMap(\.ids)
        let winners = nodes.map { $0 < ids.count ? ids[$0] : "" }
        result.features[.init(.entityId)] = TypedValue(builder.text(at: index, in: winners), .string)
        return result
    }

    /// A layer in runs of neurons with the same function.
    private func lower(_ layer: NeuralNetwork.Layer, _ context: ModelContext) throws(CompileError) -> NeuralLayer {
        var groups: [NeuralGroup] = []
        var start = 0
        while start < layer.count {
            var end = start + 1
            while end < layer.count, layer.activations[end] == layer.activations[start], layer.thresholds[end] == layer.thresholds[start] { end += 1 }
            groups.append(group(start..<end, of: layer))
            start = end
        }
        let normalization: NeuralNormalization =
            switch layer.normalization {
            case .none: .none
            case .simplemax: .simplemax
            case .softmax: .softmax
            }
        return NeuralLayer(normalization: normalization, groups: groups)
    }

    private func group(_ neurons: Range<Int>, of layer: NeuralNetwork.Layer) -> NeuralGroup {
        let isRadial = layer.activations[neurons.lowerBound] == .radialBasis
        let links = layer.starts[neurons.lowerBound]..<layer.starts[neurons.upperBound]
        var offsets = Array(layer.biases[neurons])
        var scales: [Double] = []
        if isRadial {
            for (place, neuron) in neurons.enumerated() {
                // No reader lets a radial basis neuron without a width pass.
                let width = layer.widths[neuron] ?? .nan
                scales.append(1 / (2 * width * width))
                let fanIn = Double(layer.starts[neuron + 1] - layer.starts[neuron])
                offsets[place] = fanIn * naturalLogarithm(layer.altitudes[neuron])
            }
        }
        return NeuralGroup(
            activation: Self.kernelActivation(layer.activations[neurons.lowerBound]), threshold: layer.thresholds[neurons.lowerBound],
            leakage: layer.leakage, offsets: offsets, scales: scales,
            starts: layer.starts[neurons.lowerBound...neurons.upperBound].map { Int32(truncatingIfNeeded: $0 - links.lowerBound) },
            sources: Array(layer.sources[links]), weights: Array(layer.weights[links]))
    }

    private static func kernelActivation(_ activation: NeuralNetwork.Activation) -> NeuralActivation {
        switch activation {
        case .threshold: .threshold
        case .logistic: .logistic
        case .tanh: .tanh
        case .identity: .identity
        case .exponential: .exponential
        case .reciprocal: .reciprocal
        case .square: .square
        case .gauss: .gauss
        case .sine: .sine
        case .cosine: .cosine
        case .elliott: .elliott
        case .arctan: .arctan
        case .rectifier: .rectifier
        case .radialBasis: .radialBasis
        }
    }
}

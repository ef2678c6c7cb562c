// https://dmg.org/pmml/v4-4-1/NeuralNetwork.html
import ModelTree

extension DocumentWriter {
    /// The layers say the rest themselves.
    func writeAttributes(_ network: NeuralNetwork) {
        out.attribute("activationFunction", (network.layers.first?.activations.first ?? .identity).rawValue)
        out.attribute("numberOfLayers", integer: network.layers.count)
    }

    func write(_ network: NeuralNetwork) {
        let activation = network.layers.first?.activations.first ?? .identity
        let ids = network.inputs.map(\.id) + network.layers.flatMap(\.ids)
        out.element("NeuralInputs") {
            out.attribute("numberOfInputs", integer: network.inputs.count)
            for input in network.inputs {
                out.element("NeuralInput") {
                    out.attribute("id", input.id)
                    write(input.field)
                }
            }
        }
        for layer in network.layers { for part in layer.parts() { write(layer, part, activation, ids) } }
        if network.outputs.isEmpty { return }
        out.element("NeuralOutputs") {
            out.attribute("numberOfOutputs", integer: network.outputs.count)
            for output in network.outputs where ids.indices.contains(output.node) {
                out.element("NeuralOutput", at: output.location) {
                    out.attribute("outputNeuron", ids[output.node])
                    write(output.field)
                }
            }
        }
    }

    /// - Parameters:
    ///   - part: neurons that have one activation function and threshold.
    ///   - activation: what the network says of all layers.
    private func write(_ layer: NeuralNetwork.Layer, _ part: Range<Int>, _ activation: NeuralNetwork.Activation, _ ids: [String]) {
        out.element("NeuralLayer", at: layer.location) {
            out.attribute("numberOfNeurons", integer: part.count)
            let own = layer.activations[part.lowerBound]
            if own != activation { out.attribute("activationFunction", own.rawValue) }
            let threshold = layer.thresholds[part.lowerBound]
            if threshold != 0 { out.attribute("threshold", number: threshold) }
            if part.count < layer.count, layer.normalization != .none {
                out.problem(.unwritableModel, "the neurons of a normalized NeuralLayer have several activation functions or thresholds, which was possible up to PMML 2.1")
            }
            if layer.normalization != .none { out.attribute("normalizationMethod", layer.normalization.rawValue) }
            if layer.leakage != 0 { out.extend("x-leakage", "\(layer.leakage)") }
            for index in part { writeNeuron(index, of: layer, ids) }
        }
    }

    private func writeNeuron(_ index: Int, of layer: NeuralNetwork.Layer, _ ids: [String]) {
        out.begin("Neuron")
        out.attribute("id", layer.ids[index])
        if layer.biases[index] != 0 { out.attribute("bias", number: layer.biases[index]) }
        out.attribute("width", number: layer.widths[index])
        if layer.altitudes[index] != 1 { out.attribute("altitude", number: layer.altitudes[index]) }
        for connection in layer.starts[index]..<layer.starts[index + 1] {
            let source = Int(layer.sources[connection])
            out.begin("Con")
            if ids.indices.contains(source) { out.attribute("from", ids[source]) }
            out.attribute("weight", number: layer.weights[connection])
            out.end()
        }
        out.end()
    }
}

extension NeuralNetwork.Layer {
    /// The layer cut where neurons of another activation function or threshold begin. Neurons of a layer do not see each other,
    /// and a neuron may see any layer before its own, so that the parts make up the same layer.
    fileprivate func parts() -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = 0
        for index in 1..<max(1, count) where activations[index] != activations[start] || thresholds[index] != thresholds[start] {
            parts.append(start..<index)
            start = index
        }
        return count == 0 ? [] : parts + [start..<count]
    }
}

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
        for layer in network.layers { write(layer, activation, ids) }
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

    /// - Parameter activation: what the network says of all layers.
    private func write(_ layer: NeuralNetwork.Layer, _ activation: NeuralNetwork.Activation, _ ids: [String]) {
        out.element("NeuralLayer", at: layer.location) {
            out.attribute("numberOfNeurons", integer: layer.count)
            let own = layer.activations.first ?? activation
            if own != activation { out.attribute("activationFunction", own.rawValue) }
            let threshold = layer.thresholds.first ?? 0
            if threshold != 0 { out.attribute("threshold", number: threshold) }
            if layer.activations.contains(where: { $0 != own }) || layer.thresholds.contains(where: { $0 != threshold }) {
                out.problem(.unwritableModel, "the neurons of a NeuralLayer have several activation functions or thresholds, which was possible up to PMML 2.1")
            }
            if layer.normalization != .none { out.attribute("normalizationMethod", layer.normalization.rawValue) }
            if layer.leakage != 0 { out.extend("x-leakage", "\(layer.leakage)") }
            for index in 0..<layer.count { writeNeuron(index, of: layer, ids) }
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

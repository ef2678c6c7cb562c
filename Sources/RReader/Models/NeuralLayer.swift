import ModelTree

extension NeuralNetwork.Layer {
    /// Adds a neuron.
    mutating func append(_ id: String, _ activation: NeuralNetwork.Activation, _ bias: Double, _ from: [Int32], _ values: [Double]) {
        ids.append(id)
        activations.append(activation)
        thresholds.append(0)
        biases.append(bias)
        widths.append(nil)
        altitudes.append(1)
        sources += from
        weights += values
        starts.append(sources.count)
    }
}

// https://dmg.org/pmml/v4-4-1/NeuralNetwork.html

extension NeuralKernel {
    /// Applies a group's activation function in place to the eight values of each of its neurons.
    func activate(_ group: Group, _ z: UnsafeMutablePointer<Double>, _ count: Int) {
        switch group.activation {
        case .identity: break
        case .threshold:
            let threshold = group.threshold
            for index in 0..<count { z[index] = z[index] > threshold ? 1 : 0 }
        case .logistic: VectorMath.logistic(z, count)
        case .tanh: VectorMath.tanh(z, count)
        case .exponential, .radialBasis: VectorMath.exponential(z, count)
        case .reciprocal: for index in 0..<count { z[index] = 1 / z[index] }
        case .square: for index in 0..<count { z[index] *= z[index] }
        case .gauss:
            for index in 0..<count { z[index] = -(z[index] * z[index]) }
            VectorMath.exponential(z, count)
        case .sine: for index in 0..<count { z[index] = CMath.sine(z[index]) }
        case .cosine: for index in 0..<count { z[index] = CMath.cosine(z[index]) }
        case .elliott: for index in 0..<count { z[index] = z[index] / (1 + z[index].magnitude) }
        case .arctan: for index in 0..<count { z[index] = 2 * CMath.arcTangent(z[index]) / .pi }
        case .rectifier:
            let leakage = group.leakage
            if leakage == 0 {
                for index in 0..<count { z[index] = z[index] < 0 ? 0 : z[index] }
            } else {
                for index in 0..<count { z[index] = z[index] < 0 ? z[index] * leakage : z[index] }
            }
        }
    }

    /// Shares of a layer's sum, of the activations themselves (simplemax) or of their exponentials (softmax).
    func normalize(_ layer: Layer, _ cells: UnsafeMutablePointer<Double>) {
        if layer.normalization == .none { return }
        let lanes = Self.lanes
        let nodes = UnsafeMutableRawPointer(cells + layer.first &* lanes).assumingMemoryBound(to: Lanes.self)
        if layer.normalization == .softmax {
            // Differences to the largest, so that nothing overflows.
            var largest = Lanes(repeating: -.infinity)
            for node in 0..<layer.count { largest.replace(with: nodes[node], where: nodes[node] .> largest) }
            for node in 0..<layer.count { nodes[node] -= largest }
            VectorMath.exponential(cells + layer.first &* lanes, layer.count &* lanes)
        }
        var sum = Lanes.zero
        for node in 0..<layer.count { sum += nodes[node] }
        for node in 0..<layer.count { nodes[node] /= sum }
    }
}

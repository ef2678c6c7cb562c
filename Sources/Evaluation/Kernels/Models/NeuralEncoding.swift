// https://dmg.org/pmml/v4-4-1/NeuralNetwork.html

/// Activation functions, numbered as the native file stores them.
public enum NeuralActivation: Int, Sendable, CaseIterable {
    case threshold = 0, logistic = 1, tanh = 2, identity = 3, exponential = 4, reciprocal = 5, square = 6, gauss = 7, sine = 8
    case cosine = 9, elliott = 10, arctan = 11, rectifier = 12, radialBasis = 13
}

/// What happens to the activations of a layer, numbered as the native file stores them.
public enum NeuralNormalization: Int, Sendable, CaseIterable {
    case none = 0, simplemax = 1, softmax = 2
}

/// Neurons of one layer that share a function.
public struct NeuralGroup: Sendable {
    public var activation: NeuralActivation
    public var threshold: Double
    public var leakage: Double
    /// Bias; for radial bases the summand fan-in · ln(altitude).
    public var offsets: [Double]
    /// Radial bases: 1 / (2 · width²). Else empty.
    public var scales: [Double]
    /// Connections of neuron i: `starts[i]..<starts[i + 1]`.
    public var starts: [Int32]
    public var sources: [Int32]
    public var weights: [Double]

    public init(
        activation: NeuralActivation, threshold: Double, leakage: Double, offsets: [Double], scales: [Double], starts: [Int32],
        sources: [Int32], weights: [Double]
    ) {
        self.activation = activation
        self.threshold = threshold
        self.leakage = leakage
        self.offsets = offsets
        self.scales = scales
        self.starts = starts
        self.sources = sources
        self.weights = weights
    }

    /// The first node and the number of nodes, when every neuron is connected once with each node of one run.
    var commonRun: (first: Int32, count: Int)? {
        guard activation != .radialBasis, let first = sources.min(), starts.count > 1 else { return nil }
        let count = Int(starts[1])
        guard count > 0 else { return nil }
        var seen = [Int32](repeating: -1, count: count)
        for neuron in 0..<offsets.count {
            guard Int(starts[neuron + 1] - starts[neuron]) == count else { return nil }
            for at in Int(starts[neuron])..<Int(starts[neuron + 1]) {
                let place = Int(sources[at]) - Int(first)
                guard place < count, seen[place] != Int32(neuron) else { return nil }
                seen[place] = Int32(neuron)
            }
        }
        return (first, count)
    }

    /// Weights for the run's nodes in ascending order, two neurons side by side; a last odd neuron stands beside zeros.
    func paired(_ run: (first: Int32, count: Int)) -> [Double] {
        var paired = [Double](repeating: 0, count: (offsets.count + 1) / 2 * 2 * run.count)
        for neuron in 0..<offsets.count {
            for at in Int(starts[neuron])..<Int(starts[neuron + 1]) {
                paired[(neuron / 2 * run.count + Int(sources[at] - run.first)) * 2 + neuron % 2] = weights[at]
            }
        }
        return paired
    }
}

public struct NeuralLayer: Sendable {
    public var normalization: NeuralNormalization
    public var groups: [NeuralGroup]
    public init(normalization: NeuralNormalization, groups: [NeuralGroup]) {
        self.normalization = normalization
        self.groups = groups
    }
}

extension ProgramBuilder {
    /// The activations of `outputs` (node numbers: inputs first, then the neurons in order).
    public func neuralNetwork(_ inputs: [Register], _ layers: [NeuralLayer], outputs: [Int], isFloat: Bool) -> [Register] {
        emit(NeuralKernel.name, outputs.map { _ in .number }, countFirst: true) { writer in
            writer.registers(inputs)
            writer.flag(isFloat)
            writer.int(layers.count)
            for layer in layers {
                writer.int(layer.normalization.rawValue)
                writer.int(layer.groups.count)
                for group in layer.groups { writer.group(group, isFloat: isFloat) }
            }
            writer.integers(outputs.map { Int32(truncatingIfNeeded: $0) })
        }
    }
}

extension OperandWriter {
    fileprivate mutating func group(_ group: NeuralGroup, isFloat: Bool) {
        int(group.activation.rawValue)
        number(group.threshold)
        number(group.leakage)
        numbers(group.offsets)
        // Binary32 adds up in the document's order.
        let run = isFloat ? nil : group.commonRun
        flag(run != nil)
        if let run {
            int(Int(run.first))
            int(run.count)
            numbers(group.paired(run))
        } else {
            numbers(group.scales)
            integers(group.starts)
            integers(group.sources)
            numbers(group.weights)
        }
    }
}

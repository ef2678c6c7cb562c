// https://dmg.org/pmml/v4-4-1/NeuralNetwork.html

/// `neural.forward`: the activations of some nodes of a neural network. Missing if any input is missing.
///
/// Eight rows pass through the whole network at a time: a node's eight values lie side by side, so that a weight is read
/// once for all of them and everything in between stays in the first cache.
struct NeuralKernel: Kernel {
    static let name = "neural.forward"
    static let lanes = 8
    typealias Lanes = SIMD8<Double>

    private let outputs: [Int32]
    private let inputs: [Int32]
    private let isFloat: Bool
    private let layers: [Layer]
    private let results: Slab<Int32>
    private let nodeCount: Int

    struct Layer {
        var normalization: NeuralNormalization
        var groups: [Group]
        var first: Int
        var count: Int
    }

    struct Group {
        var activation: NeuralActivation
        var threshold: Double
        var leakage: Double
        var first: Int
        var offsets: Slab<Double>
        var links: Links
    }

    enum Links {
        /// Every neuron sees the same run of nodes; weights in pairs of neurons.
        case run(first: Int, count: Int, weights: Slab<Double>)
        case lists(scales: Slab<Double>, starts: Slab<Int32>, sources: Slab<Int32>, weights: Slab<Double>)
    }

    init(from reader: inout OperandReader) throws(FormatError) {
        let count = try reader.int(in: 1...1_000_000)
        var outputs: [Int32] = []
        for _ in 0..<count { outputs.append(try reader.output(.number)) }
        self.outputs = outputs
        inputs = try reader.inputs(.number)
        isFloat = try reader.flag()
        var nodes = inputs.count
        var layers: [Layer] = []
        for _ in 0..<(try reader.int(in: 0...1_000_000)) {
            guard let normalization = NeuralNormalization(rawValue: try reader.int(in: 0...100)) else {
                throw reader.error("operand-range", "unknown normalization")
            }
            let first = nodes
            var groups: [Group] = []
            for _ in 0..<(try reader.int(in: 0...10_000_000)) {
                let group = try Self.group(&reader, first: nodes, known: first)
                nodes += group.offsets.count
                guard nodes < 100_000_000 else { throw reader.error("operand-range", "too many neurons") }
                groups.append(group)
            }
            layers.append(Layer(normalization: normalization, groups: groups, first: first, count: nodes - first))
        }
        self.layers = layers
        nodeCount = nodes
        results = try reader.integers()
        guard results.count == count else { throw reader.error("operand-range", "results and outputs differ in number") }
        for index in 0..<count where results[index] < 0 || Int(results[index]) >= nodes {
            throw reader.error("operand-range", "there is no node \(results[index])")
        }
    }

    /// - Parameter known: the number of nodes of the layers before; neurons may be connected with these only.
    private static func group(_ reader: inout OperandReader, first: Int, known: Int) throws(FormatError) -> Group {
        guard let activation = NeuralActivation(rawValue: try reader.int(in: 0...100)) else {
            throw reader.error("operand-range", "unknown activation function")
        }
        let threshold = try reader.number()
        let leakage = try reader.number()
        let offsets = try reader.numbers()
        let links: Links
        if try reader.flag() {
            let start = try reader.int(in: 0...Int(Int32.max))
            let count = try reader.int(in: 1...Int(Int32.max))
            let weights = try reader.numbers()
            guard start + count <= known, weights.count == (offsets.count + 1) / 2 * 2 * count, activation != .radialBasis else {
                throw reader.error("operand-range", "a layer's weights do not fit its nodes")
            }
            links = .run(first: start, count: count, weights: weights)
        } else {
            let scales = try reader.numbers()
            let starts = try reader.integers()
            let sources = try reader.integers()
            let weights = try reader.numbers()
            guard starts.count == offsets.count + 1, starts[0] == 0, Int(starts[offsets.count]) == sources.count,
                sources.count == weights.count, scales.count == (activation == .radialBasis ? offsets.count : 0)
            else { throw reader.error("operand-range", "a layer's weights do not fit its nodes") }
            for index in 0..<offsets.count where starts[index + 1] < starts[index] {
                throw reader.error("operand-range", "connections out of order")
            }
            for index in 0..<sources.count where sources[index] < 0 || Int(sources[index]) >= known {
                throw reader.error("operand-range", "there is no node \(sources[index]) yet")
            }
            links = .lists(scales: scales, starts: starts, sources: sources, weights: weights)
        }
        return Group(activation: activation, threshold: threshold, leakage: leakage, first: first, offsets: offsets, links: links)
    }

    func run(_ frame: Frame) {
        let rows = frame.count
        let lanes = Self.lanes
        let cells = frame.scratch.numbers(0, (nodeCount + 2) * lanes)
        let status = frame.status(outputs[0])
        for row in 0..<rows { status[row] = 0 }
        for register in inputs {
            let state = frame.status(register)
            for row in 0..<rows { status[row] |= state[row] & CellStatus.failed }
        }
        for register in outputs.dropFirst() {
            let other = frame.status(register)
            for row in 0..<rows { other[row] = status[row] }
        }
        let columns = frame.scratch.pointers(inputs.count + outputs.count)
        for (index, register) in inputs.enumerated() { columns[index] = frame.numbers(register) }
        for (index, register) in outputs.enumerated() { columns[inputs.count + index] = frame.numbers(register) }
        let (inputCount, outputCount) = (inputs.count, outputs.count)
        var start = 0
        while start < rows {
            let width = min(lanes, rows - start)
            for index in 0..<inputCount { VectorBlock.load(columns[index] + start, width, into: cells + index &* lanes) }
            if isFloat { VectorBlock.narrow(cells, inputCount &* lanes) }
            for layer in layers {
                for group in layer.groups { run(group, cells) }
                normalize(layer, cells)
            }
            for index in 0..<outputCount {
                VectorBlock.store(cells + Int(results[index]) &* lanes, width, into: columns[inputCount + index] + start)
            }
            start &+= lanes
        }
    }

    private func run(_ group: Group, _ cells: UnsafeMutablePointer<Double>) {
        switch group.links {
        case .run(let first, let count, let weights):
            VectorMath.layer(
                cells + first &* Self.lanes, weights.base, group.offsets.base, count, group.offsets.count, cells + group.first &* Self.lanes)
        case .lists(let scales, let starts, let sources, let weights): addLists(group, scales, starts, sources, weights, cells)
        }
        let target = cells + group.first &* Self.lanes
        let count = group.offsets.count &* Self.lanes
        activate(group, target, count)
        if isFloat { for index in 0..<count { target[index] = Double(Float(target[index])) } }
    }

    private func addLists(
        _ group: Group, _ scales: Slab<Double>, _ starts: Slab<Int32>, _ sources: Slab<Int32>, _ weights: Slab<Double>,
        _ cells: UnsafeMutablePointer<Double>
    ) {
        let nodes = UnsafeMutableRawPointer(cells).assumingMemoryBound(to: Lanes.self)
        let target = nodes + group.first
        for neuron in 0..<group.offsets.count {
            let links = Int(starts[neuron])..<Int(starts[neuron + 1])
            let offset = group.offsets[neuron]
            if group.activation == .radialBasis {
                var sum = Lanes.zero
                for link in links {
                    let difference = narrowed(nodes[Int(sources[link])] - narrowed(Lanes(repeating: weights[link])))
                    sum = narrowed(sum + narrowed(difference * difference))
                }
                target[neuron] = offset - sum * scales[neuron]
            } else if isFloat {
                var sum = Lanes.zero
                for link in links {
                    sum = narrowed(sum + narrowed(nodes[Int(sources[link])] * narrowed(Lanes(repeating: weights[link]))))
                }
                target[neuron] = narrowed(sum + narrowed(Lanes(repeating: offset)))
            } else {
                var sum = Lanes(repeating: offset)
                for link in links { sum += nodes[Int(sources[link])] * Lanes(repeating: weights[link]) }
                target[neuron] = sum
            }
        }
    }

    @inline(__always)
    private func narrowed(_ value: Lanes) -> Lanes { isFloat ? Lanes(SIMD8<Float>(value)) : value }
}

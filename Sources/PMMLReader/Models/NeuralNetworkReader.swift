// https://dmg.org/pmml/v4-4-1/NeuralNetwork.html
import ModelTree

/// What a network says of all its layers, a layer of its neurons.
struct NeuronDefaults {
    /// nil if every layer has to say so itself.
    var activation: NeuralNetwork.Activation?
    var normalization: NeuralNetwork.Normalization
    var threshold: Double
    var width: Double?
    var altitude: Double
    var leakage: Double
}

/// `NeuralNetwork`
final class NeuralNetworkReader: ModelReader {
    private var network = NeuralNetwork()
    private let defaults: NeuronDefaults
    /// Node numbers of inputs and neurons.
    private var nodes: [String: Int] = [:]
    private var nodeCount = 0

    override init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceiveModel) throws {
        defaults = NeuronDefaults(
            activation: try attributes.choice(.activationFunction),
            normalization: try attributes.choice(.normalizationMethod) ?? .none, threshold: try attributes.number(.threshold) ?? 0,
            width: try attributes.number(.width), altitude: try attributes.number(.altitude) ?? 1,
            leakage: try attributes.number(.xLeakage) ?? 0)
        attributes.ignore(.numberOfLayers)
        try super.init(document, attributes, receive)
        if defaults.activation == nil { document.warn(.missingActivationFunction, "NeuralNetwork has no activationFunction; its layers' own are taken") }
    }

    override func content(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .neuralInputs:
            attributes.ignore(.numberOfInputs)
            return .inPlace
        case .neuralInput:
            let id = try attributes.requiredString(.id)
            return .reader(NodeFieldReader(document) { [unowned self] field in
                network.inputs.append(NeuralNetwork.Input(id: id, field: field))
                add(id)
            })
        case .neuralLayer:
            if network.inputs.isEmpty { throw problem(.missingElement("NeuralInputs before the first NeuralLayer", in: name)) }
            return .reader(try NeuralLayerReader(document, attributes, defaults, node: { [unowned self] in nodes[$0] }) { [unowned self] in
                network.layers.append($0)
                for id in $0.ids { add(id) }
            })
        case .neuralOutputs:
            attributes.ignore(.numberOfOutputs)
            return .inPlace
        case .neuralOutput:
            let id = try attributes.requiredString(.outputNeuron)
            guard let node = nodes[id] else { throw attributes.badValue(.outputNeuron, id, expected: ["the id of a neuron"]) }
            let place = document.here()
            return .reader(NodeFieldReader(document) { [unowned self] in
                network.outputs.append(NeuralNetwork.Output(node: node, field: $0, location: place))
            })
        default: return nil
        }
    }

    private func add(_ id: String) {
        nodes[id] = nodeCount
        nodeCount += 1
    }

    override func kind() throws -> ModelKind {
        if network.inputs.isEmpty { throw problem(.missingElement("NeuralInputs", in: name)) }
        if network.layers.isEmpty { throw problem(.missingElement("a NeuralLayer", in: name)) }
        return .neuralNetwork(network)
    }
}

/// `NeuralInput` and `NeuralOutput`: a DerivedField, or, before 2.1, the bare expression.
final class NodeFieldReader: ElementReader {
    private var field: DerivedField?
    private let receive: (DerivedField) throws -> Void

    init(_ document: DocumentReader, _ receive: @escaping (DerivedField) throws -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        if element == .derivedField {
            try once(field != nil)
            return .reader(try DerivedFieldReader(document, attributes) { [unowned self] in field = $0 })
        }
        return try soleExpression(element, attributes, isRepeated: field != nil) { [unowned self] in
            field = DerivedField(name: nil, opType: .continuous, dataType: .double, expression: $0, location: place)
        }
    }

    override func end() throws { try receive(try required(field, "a DerivedField")) }
}

/// `NeuralLayer` with its `Neuron` and `Con`
final class NeuralLayerReader: ElementReader {
    private var layer: NeuralNetwork.Layer
    private var defaults: NeuronDefaults
    private let node: (String) -> Int?
    private let receive: (NeuralNetwork.Layer) throws -> Void
    private var isInNeuron = false

    /// - Parameter node: the number of the node with an id, among the inputs and the layers before this one.
    init(
        _ document: DocumentReader, _ attributes: Attributes, _ network: NeuronDefaults, node: @escaping (String) -> Int?,
        _ receive: @escaping (NeuralNetwork.Layer) throws -> Void
    ) throws {
        self.node = node
        self.receive = receive
        defaults = NeuronDefaults(
            activation: try attributes.choice(.activationFunction) ?? network.activation,
            normalization: try attributes.choice(.normalizationMethod) ?? network.normalization,
            threshold: try attributes.number(.threshold) ?? network.threshold, width: try attributes.number(.width) ?? network.width,
            altitude: try attributes.number(.altitude) ?? network.altitude, leakage: try attributes.number(.xLeakage) ?? network.leakage)
        attributes.ignore(.numberOfNeurons)
        layer = NeuralNetwork.Layer(normalization: defaults.normalization, leakage: defaults.leakage)
        super.init(document)
        layer.location = place
    }

    override func extend(_ name: String, _ value: String) throws {
        if name == Attribute.xLeakage.rawValue, let leakage = Double(value) { layer.leakage = leakage }
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        // Version 2.1 had an element of its own for radial basis functions.
        case .neuron where !isInNeuron, .rbfNeuron where !isInNeuron:
            isInNeuron = true
            layer.ids.append(try attributes.requiredString(.id))
            layer.biases.append(try attributes.number(.bias) ?? 0)
            // Up to version 2.1 a neuron could have a function of its own.
            let function = element == .rbfNeuron ? .radialBasis : defaults.activation
            guard let activation = try attributes.choice(.activationFunction) ?? function else { throw attributes.missingAttribute(.activationFunction) }
            layer.activations.append(activation)
            layer.thresholds.append(try attributes.number(.threshold) ?? defaults.threshold)
            layer.altitudes.append(try attributes.number(.altitude) ?? defaults.altitude)
            let width = try attributes.number(.width) ?? defaults.width
            if activation == .radialBasis, width == nil { throw attributes.missingAttribute(.width) }
            layer.widths.append(width)
            return .inPlace
        case .con where isInNeuron:
            let id = try attributes.requiredString(.from)
            // Connections back from later layers would make a row depend on the row before.
            guard let source = node(id) else {
                throw attributes.badValue(.from, id, expected: ["the ids of the inputs and of the neurons in layers before"])
            }
            layer.sources.append(Int32(truncatingIfNeeded: source))
            layer.weights.append(try attributes.requiredNumber(.weight))
            return .leaf
        default: return nil
        }
    }

    override func end(of element: Element) throws {
        isInNeuron = false
        layer.starts.append(layer.sources.count)
    }

    override func end() throws {
        if layer.ids.isEmpty { throw problem(.missingElement("a Neuron", in: name)) }
        try receive(layer)
    }
}

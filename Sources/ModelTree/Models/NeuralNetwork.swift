// https://dmg.org/pmml/v4-4-1/NeuralNetwork.html

public struct NeuralNetwork: Sendable {
    public enum Activation: String, Sendable, CaseIterable {
        case threshold, logistic, tanh, identity, exponential, reciprocal, square
        case gauss = "Gauss"
        case sine, cosine
        case elliott = "Elliott"
        case arctan, rectifier, radialBasis
    }
    public enum Normalization: String, Sendable, CaseIterable { case none, simplemax, softmax }

    /// An input node: the field that it shows to the network.
    public struct Input: Sendable {
        public var id: String
        public var field: DerivedField
        public init(id: String, field: DerivedField) {
            self.id = id
            self.field = field
        }
    }

    /// A neuron whose activation is a result, and the normalization that is to be undone.
    public struct Output: Sendable {
        /// Node number of the neuron.
        public var node: Int
        public var field: DerivedField
        public var location: SourceLocation
        public init(node: Int, field: DerivedField, location: SourceLocation = .none) {
            self.node = node
            self.field = field
            self.location = location
        }
    }

    /// The neurons of a layer, in one block per attribute; what network and layer say of them has been filled in.
    public struct Layer: Sendable {
        public var normalization: Normalization
        public var ids: [String] = []
        public var activations: [Activation] = []
        public var thresholds: [Double] = []
        /// Slope of the rectifier below 0 (vendor markup `x-leakage`).
        public var leakage: Double
        public var biases: [Double] = []
        public var widths: [Double?] = []
        public var altitudes: [Double] = []
        /// Connections of neuron i: `starts[i]..<starts[i + 1]`.
        public var starts: [Int] = [0]
        /// Node numbers: inputs first, then the neurons in document order.
        public var sources: [Int32] = []
        public var weights: [Double] = []
        public var location: SourceLocation

        public init(normalization: Normalization, leakage: Double = 0, location: SourceLocation = .none) {
            self.normalization = normalization
            self.leakage = leakage
            self.location = location
        }
        public var count: Int { ids.count }
    }

    public var inputs: [Input]
    public var layers: [Layer]
    public var outputs: [Output]
    public init(inputs: [Input] = [], layers: [Layer] = [], outputs: [Output] = []) {
        self.inputs = inputs
        self.layers = layers
        self.outputs = outputs
    }
}

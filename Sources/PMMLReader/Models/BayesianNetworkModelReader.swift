// https://dmg.org/pmml/v4-4-1/BayesianNetwork.html
import ModelTree

/// `BayesianNetworkModel`
final class BayesianNetworkModelReader: ModelReader {
    private var nodes: [BayesianNetworkModel.Node]?

    override init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceiveModel) throws {
        // Both describe the producer's work: inference here is exact whatever they say.
        attributes.ignore(.modelType, .inferenceMethod)
        try super.init(document, attributes, receive)
    }

    override func content(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .bayesianNetworkNodes else { return nil }
        try once(nodes != nil)
        return .reader(BayesianNetworkNodesReader(document) { [unowned self] in nodes = $0 })
    }

    override func kind() throws -> ModelKind {
        .bayesianNetwork(BayesianNetworkModel(nodes: try required(nodes, "BayesianNetworkNodes")))
    }
}

/// `BayesianNetworkNodes`
final class BayesianNetworkNodesReader: ElementReader {
    private var nodes: [BayesianNetworkModel.Node] = []
    private let receive: ([BayesianNetworkModel.Node]) -> Void

    init(_ document: DocumentReader, _ receive: @escaping ([BayesianNetworkModel.Node]) -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .discreteNode: return .reader(try DiscreteNodeReader(document, attributes) { [unowned self] in nodes.append($0) })
        case .continuousNode: return .reader(try ContinuousNodeReader(document, attributes) { [unowned self] in nodes.append($0) })
        default: return nil
        }
    }

    override func end() throws {
        if nodes.isEmpty { throw problem(.missingElement("a node", in: name)) }
        receive(nodes)
    }
}

/// `DiscreteNode`
final class DiscreteNodeReader: ElementReader {
    private let node: String
    private var derivedFields: [DerivedField] = []
    private var conditionals: [BayesianNetworkModel.DiscreteConditional] = []
    private var prior = BayesianNetworkModel.DiscreteConditional()
    private var open: BayesianNetworkModel.DiscreteConditional?
    private let receive: (BayesianNetworkModel.Node) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (BayesianNetworkModel.Node) -> Void) throws {
        self.receive = receive
        node = try attributes.requiredString(.name)
        attributes.ignore(.count)
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .derivedField where open == nil:
            return .reader(try DerivedFieldReader(document, attributes) { [unowned self] in derivedFields.append($0) })
        case .discreteConditionalProbability where open == nil:
            attributes.ignore(.count)
            open = BayesianNetworkModel.DiscreteConditional()
            return .inPlace
        case .parentValue where open != nil:
            open?.parents.append(try parentValue(attributes))
            return .leaf
        case .valueProbability:
            let value = BayesianNetworkModel.ValueProbability(
                value: try attributes.requiredString(.value), probability: try attributes.requiredNumber(.probability))
            if open == nil { prior.probabilities.append(value) } else { open?.probabilities.append(value) }
            return .leaf
        default: return nil
        }
    }

    override func end(of element: Element) throws {
        if let open { conditionals.append(open) }
        open = nil
    }

    override func end() throws {
        if !prior.probabilities.isEmpty { conditionals.append(prior) }
        if conditionals.isEmpty { throw problem(.missingElement("a ValueProbability", in: name)) }
        receive(BayesianNetworkModel.Node(name: node, derivedFields: derivedFields, content: .discrete(conditionals), location: place))
    }
}

extension ElementReader {
    /// `ParentValue`
    fileprivate func parentValue(_ attributes: Attributes) throws -> BayesianNetworkModel.ParentValue {
        BayesianNetworkModel.ParentValue(parent: try attributes.requiredString(.parent), value: try attributes.requiredString(.value))
    }
}

/// `ContinuousNode`
final class ContinuousNodeReader: ElementReader {
    private let node: String
    private var derivedFields: [DerivedField] = []
    private var conditionals: [BayesianNetworkModel.ContinuousConditional] = []
    private var parents: [BayesianNetworkModel.ParentValue]?
    private var isDistributionOpen = false
    private let receive: (BayesianNetworkModel.Node) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (BayesianNetworkModel.Node) -> Void) throws {
        self.receive = receive
        node = try attributes.requiredString(.name)
        attributes.ignore(.count)
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        if isDistributionOpen {
            switch element {
            case .normalDistributionForBN, .lognormalDistributionForBN, .triangularDistributionForBN, .uniformDistributionForBN:
                return .reader(NetworkDistributionReader(document, element) { [unowned self] in
                    conditionals.append(BayesianNetworkModel.ContinuousConditional(parents: parents ?? [], distribution: $0))
                })
            default: return nil
            }
        }
        switch element {
        case .derivedField where parents == nil:
            return .reader(try DerivedFieldReader(document, attributes) { [unowned self] in derivedFields.append($0) })
        case .continuousConditionalProbability where parents == nil:
            attributes.ignore(.count)
            parents = []
            return .inPlace
        case .parentValue where parents != nil:
            parents?.append(try parentValue(attributes))
            return .leaf
        case .continuousDistribution:
            isDistributionOpen = true
            return .inPlace
        default: return nil
        }
    }

    override func end(of element: Element) throws {
        if element == .continuousDistribution { isDistributionOpen = false } else { parents = nil }
    }

    override func end() throws {
        if conditionals.isEmpty { throw problem(.missingElement("a ContinuousDistribution", in: name)) }
        receive(BayesianNetworkModel.Node(name: node, derivedFields: derivedFields, content: .continuous(conditionals), location: place))
    }
}

/// The distributions of continuous nodes; their parameters are expressions.
final class NetworkDistributionReader: ElementReader {
    private let kind: Element
    private var mean: Expression?
    private var variance: Expression?
    private var lower: Expression?
    private var upper: Expression?
    private let receive: (BayesianNetworkModel.Distribution) -> Void

    init(_ document: DocumentReader, _ kind: Element, _ receive: @escaping (BayesianNetworkModel.Distribution) -> Void) {
        self.kind = kind
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .mean where kind != .uniformDistributionForBN:
            try once(mean != nil)
            return .reader(SoleExpressionReader(document) { [unowned self] in mean = $0 })
        case .variance where kind == .normalDistributionForBN || kind == .lognormalDistributionForBN:
            try once(variance != nil)
            return .reader(SoleExpressionReader(document) { [unowned self] in variance = $0 })
        case .lower where kind == .triangularDistributionForBN || kind == .uniformDistributionForBN:
            try once(lower != nil)
            return .reader(SoleExpressionReader(document) { [unowned self] in lower = $0 })
        case .upper where kind == .triangularDistributionForBN || kind == .uniformDistributionForBN:
            try once(upper != nil)
            return .reader(SoleExpressionReader(document) { [unowned self] in upper = $0 })
        default: return nil
        }
    }

    override func end() throws {
        switch kind {
        case .normalDistributionForBN: receive(.normal(mean: try required(mean, "Mean"), variance: try required(variance, "Variance")))
        case .lognormalDistributionForBN: receive(.lognormal(mean: try required(mean, "Mean"), variance: try required(variance, "Variance")))
        case .triangularDistributionForBN:
            receive(.triangular(mean: try required(mean, "Mean"), lower: try required(lower, "Lower"), upper: try required(upper, "Upper")))
        default: receive(.uniform(lower: try required(lower, "Lower"), upper: try required(upper, "Upper")))
        }
    }
}

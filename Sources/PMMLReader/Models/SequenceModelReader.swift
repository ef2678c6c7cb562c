// https://dmg.org/pmml/v4-4-1/Sequence.html
import ModelTree

/// `SequenceModel`
final class SequenceModelReader: ModelReader {
    private var model = SequenceModel()
    private var hasConstraints = false

    override init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceiveModel) throws {
        // What the mining was told (as attributes until 3.0), and what it found.
        attributes.ignore(
            .numberOfTransactions, .maxNumberOfItemsPerTransaction, .avgNumberOfItemsPerTransaction, .numberOfTransactionGroups,
            .maxNumberOfTAsPerTAGroup, .avgNumberOfTAsPerTAGroup, .minimumSupport, .minimumConfidence, .lengthLimit, .numberOfItems)
        attributes.ignore(.numberOfSets, .numberOfSequences, .numberOfRules, .timeWindowWidth, .minimumTime, .maximumTime)
        try super.init(document, attributes, receive)
    }

    override func content(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .constraints:
            try once(hasConstraints)
            hasConstraints = true
            model.constraints = try constraints(attributes)
            return .leaf
        case .item:
            model.items.append(try item(attributes))
            return .leaf
        case .itemset: return .reader(try ItemsetReader(document, attributes) { [unowned self] in model.itemsets.append($0) })
        case .setPredicate: return .reader(try SetPredicateReader(document, attributes) { [unowned self] in model.predicates.append($0) })
        case .sequence: return .reader(try SequenceReader(document, attributes) { [unowned self] in model.sequences.append($0) })
        case .sequenceRule: return .reader(try SequenceRuleReader(document, attributes) { [unowned self] in model.rules.append($0) })
        default: return nil
        }
    }

    private func constraints(_ attributes: Attributes) throws -> SequenceModel.Constraints {
        // Rules outside these bounds were never written.
        attributes.ignore(
            .minimumNumberOfItems, .maximumNumberOfItems, .minimumNumberOfAntecedentItems, .maximumNumberOfAntecedentItems,
            .minimumNumberOfConsequentItems, .maximumNumberOfConsequentItems, .minimumSupport, .minimumConfidence, .minimumLift)
        func range(_ least: Attribute, _ most: Attribute) throws -> ClosedRange<Double> {
            let low = try attributes.number(least) ?? 0
            let high = try attributes.number(most) ?? .infinity
            guard low <= high else { throw document.error(.outOfRange("\(high)", in: "Constraints@\(most.rawValue)", expected: "at least \(low)")) }
            return low...high
        }
        var found = SequenceModel.Constraints()
        found.totalTime = try range(.minimumTotalSequenceTime, .maximumTotalSequenceTime)
        found.itemsetSeparation = try range(.minimumItemsetSeparationTime, .maximumItemsetSeparationTime)
        found.ruleSeparation = try range(.minimumAntConsSeparationTime, .maximumAntConsSeparationTime)
        return found
    }

    override func kind() throws -> ModelKind {
        if model.sequences.isEmpty { throw problem(.missingElement("a Sequence", in: name)) }
        return .sequence(model)
    }
}

/// `SetPredicate`
final class SetPredicateReader: ElementReader {
    private enum Operator: String, CaseIterable { case supersetOf }
    private let id: String
    private let field: String
    private var values: [String]?
    private let receive: (SetPredicate) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (SetPredicate) -> Void) throws {
        self.receive = receive
        id = try attributes.requiredString(.id)
        field = try attributes.requiredString(.field)
        _ = try attributes.choice(.operator, of: Operator.self)
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .array else { return nil }
        try once(values != nil)
        return .reader(try StringArrayReader(document, attributes) { [unowned self] in values = $0 })
    }

    override func end() throws { receive(SetPredicate(id: id, field: field, values: try required(values, "an Array"))) }
}

extension ElementReader {
    /// `Delimiter`
    fileprivate func delimiter(_ attributes: Attributes) throws -> Delimiter {
        Delimiter(window: try attributes.requiredChoice(.delimiter), gap: try attributes.requiredChoice(.gap))
    }

    /// `Time` tells which times were found, not which are asked for.
    fileprivate func time(_ attributes: Attributes) -> Reading {
        attributes.ignore(.min, .max, .mean, .standardDeviation)
        return .leaf
    }
}

/// `Sequence`
final class SequenceReader: ElementReader {
    private var sequence: ItemSequence
    private var next: Delimiter?
    private let receive: (ItemSequence) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (ItemSequence) -> Void) throws {
        self.receive = receive
        attributes.ignore(.numberOfSets, .occurrence)
        sequence = ItemSequence(id: try attributes.requiredString(.id), support: attributes.informationalNumber(.support))
        super.init(document)
        sequence.location = place
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .setReference:
            if !sequence.sets.isEmpty, next == nil { throw problem(.missingElement("a Delimiter between two SetReferences", in: name)) }
            sequence.sets.append((sequence.sets.isEmpty ? nil : next, try attributes.requiredString(.setId)))
            next = nil
            return .leaf
        case .delimiter:
            next = try delimiter(attributes)
            return .leaf
        case .time: return time(attributes)
        default: return nil
        }
    }

    override func end() throws {
        if sequence.sets.isEmpty { throw problem(.missingElement("a SetReference", in: name)) }
        receive(sequence)
    }
}

/// `SequenceRule`
final class SequenceRuleReader: ElementReader {
    private let id: String
    private let support: Double
    private let confidence: Double
    private let lift: Double?
    private let occurrence: Int?
    private var antecedent: String?
    private var consequent: String?
    private var delimiter: Delimiter?
    private let receive: (SequenceRule) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (SequenceRule) -> Void) throws {
        self.receive = receive
        attributes.ignore(.numberOfSets)
        occurrence = attributes.informationalInteger(.occurrence)
        id = try attributes.requiredString(.id)
        support = try attributes.requiredNumber(.support)
        confidence = try attributes.requiredNumber(.confidence)
        lift = try attributes.number(.lift)
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .antecedentSequence:
            try once(antecedent != nil)
            return .reader(SequenceReferenceReader(document) { [unowned self] in antecedent = $0 })
        case .consequentSequence:
            try once(consequent != nil)
            return .reader(SequenceReferenceReader(document) { [unowned self] in consequent = $0 })
        case .delimiter:
            try once(delimiter != nil)
            delimiter = try delimiter(attributes)
            return .leaf
        case .time: return time(attributes)
        default: return nil
        }
    }

    override func end() throws {
        receive(
            SequenceRule(
                id: id, antecedent: try required(antecedent, "an AntecedentSequence"), consequent: try required(consequent, "a ConsequentSequence"),
                delimiter: try required(delimiter, "a Delimiter"), support: support, confidence: confidence, lift: lift,
                occurrence: occurrence, location: place))
    }
}

/// `AntecedentSequence`, `ConsequentSequence`
final class SequenceReferenceReader: ElementReader {
    private var id: String?
    private let receive: (String) -> Void

    init(_ document: DocumentReader, _ receive: @escaping (String) -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .sequenceReference:
            try once(id != nil)
            id = try attributes.requiredString(.seqId)
            return .leaf
        case .time: return time(attributes)
        default: return nil
        }
    }

    override func end() throws { receive(try required(id, "a SequenceReference")) }
}

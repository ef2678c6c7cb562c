// https://dmg.org/pmml/v4-4-1/RuleSet.html
import ModelTree

/// `RuleSetModel`
final class RuleSetModelReader: ModelReader {
    private var ruleSet: RuleSetModel?

    override func content(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .ruleSet else { return nil }
        try once(ruleSet != nil)
        return .reader(try RuleSetReader(document, attributes) { [unowned self] in ruleSet = $0 })
    }

    override func kind() throws -> ModelKind { .ruleSet(try required(ruleSet, "a RuleSet")) }
}

/// `RuleSet`
final class RuleSetReader: ElementReader {
    private var ruleSet: RuleSetModel
    private let receive: (RuleSetModel) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (RuleSetModel) -> Void) throws {
        self.receive = receive
        ruleSet = RuleSetModel(
            defaultScore: try attributes.string(.defaultScore), defaultConfidence: try attributes.number(.defaultConfidence))
        // What the set did on its training data.
        attributes.ignore(.recordCount, .nbCorrect)
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .ruleSelectionMethod:
            ruleSet.criteria.append(try attributes.requiredChoice(.criterion))
            return .leaf
        case .scoreDistribution:
            ruleSet.distributions.append(try scoreDistribution(attributes))
            return .leaf
        default: return try rule(element, attributes) { [unowned self] in ruleSet.rules.append($0) }
        }
    }

    override func end() throws {
        if ruleSet.criteria.isEmpty { throw problem(.missingElement("a RuleSelectionMethod", in: name)) }
        receive(ruleSet)
    }
}

extension ElementReader {
    /// Reads a child that is a rule; nil when it is none.
    fileprivate func rule(
        _ element: Element, _ attributes: Attributes, _ receive: @escaping (RuleSetModel.Rule) -> Void
    ) throws -> Reading? {
        switch element {
        case .simpleRule: .reader(try SimpleRuleReader(document, attributes, receive))
        case .compoundRule: .reader(CompoundRuleReader(document, receive))
        default: nil
        }
    }

    /// `ScoreDistribution` of a rule.
    fileprivate func scoreDistribution(_ attributes: Attributes) throws -> RuleSetModel.ScoreDistribution {
        RuleSetModel.ScoreDistribution(
            value: try attributes.requiredString(.value), recordCount: try attributes.requiredNumber(.recordCount),
            confidence: try attributes.number(.confidence), probability: try attributes.number(.probability))
    }
}

/// `SimpleRule`
final class SimpleRuleReader: ElementReader {
    private let id: String?
    private let score: String
    private let confidence: Double
    private let weight: Double
    private var predicate: Predicate?
    private var distributions: [RuleSetModel.ScoreDistribution] = []
    private let receive: (RuleSetModel.Rule) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (RuleSetModel.Rule) -> Void) throws {
        self.receive = receive
        id = try attributes.string(.id)
        score = try attributes.requiredString(.score)
        confidence = try attributes.number(.confidence) ?? 1
        weight = try attributes.number(.weight) ?? 1
        // What the rule did on its training data; confidence and weight say what it is worth.
        attributes.ignore(.recordCount, .nbCorrect)
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        if element == .scoreDistribution {
            distributions.append(try scoreDistribution(attributes))
            return .leaf
        }
        return try solePredicate(element, attributes, isRepeated: predicate != nil) { [unowned self] in predicate = $0 }
    }

    override func end() throws {
        receive(
            .simple(
                RuleSetModel.SimpleRule(
                    id: id, predicate: try required(predicate, "a predicate"), score: score, confidence: confidence, weight: weight,
                    distributions: distributions, location: place)))
    }
}

/// `CompoundRule`
final class CompoundRuleReader: ElementReader {
    private var predicate: Predicate?
    private var rules: [RuleSetModel.Rule] = []
    private let receive: (RuleSetModel.Rule) -> Void

    init(_ document: DocumentReader, _ receive: @escaping (RuleSetModel.Rule) -> Void) {
        self.receive = receive
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        if let reading = try rule(element, attributes, { [unowned self] in rules.append($0) }) { return reading }
        return try solePredicate(element, attributes, isRepeated: predicate != nil) { [unowned self] in predicate = $0 }
    }

    override func end() throws {
        if rules.isEmpty { throw problem(.missingElement("a rule", in: name)) }
        receive(.compound(try required(predicate, "a predicate"), rules, place))
    }
}

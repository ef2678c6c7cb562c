import Evaluation
import ModelTree

/// What a lowered model can tell: its prediction, and everything that its outputs may ask for.
struct ModelResult {
    /// The predicted value, after Targets.
    var value: TypedValue
    /// The target's name, if there is one.
    var target: String?
    /// Classification: the categories in the order of `probabilities`.
    var categories: [String] = []
    /// Index of the predicted category.
    var categoryIndex: Register?
    /// One number per category; empty if the model has none.
    var probabilities: [Register] = []
    var confidences: [Register] = []
    /// Whether a missing confidence may be read as the probability.
    var confidenceIsProbability = false
    /// Further features, by kind and the category, entity or rank that is meant.
    var features: [FeatureKey: TypedValue] = [:]
    /// Rules that outputs may rank and tell of.
    var rules: RuleResult?
    /// Own OutputFields and those of inner models that show through, in order.
    var outputs: [(field: OutputField, value: TypedValue)] = []
    /// Results of inner models by segment id.
    var segments: [String: ModelResult] = [:]
    /// Whether it stands in for the result of a model that has an error.
    var isStandIn = false
    /// Whether what Targets says of the number has been done already.
    var isRescaled = false
    /// Further targets of a model with several.
    var others: [ModelResult] = []

    struct FeatureKey: Hashable, Comparable {
        var feature: ResultFeature
        var value: String?
        var rank: Int
        init(_ feature: ResultFeature, _ value: String? = nil, rank: Int = 1) {
            self.feature = feature
            self.value = value
            self.rank = rank
        }

        static func < (a: FeatureKey, b: FeatureKey) -> Bool {
            (a.feature.rawValue, a.value ?? "", a.rank) < (b.feature.rawValue, b.value ?? "", b.rank)
        }
    }

    /// In an order that is the same in every run: instructions are written in it.
    var sortedFeatures: [(key: FeatureKey, value: TypedValue)] { features.sorted { $0.key < $1.key } }

    init(value: TypedValue, target: String?) {
        self.value = value
        self.target = target
    }

    /// The same result with every register replaced.
    func map(_ change: (Register) -> Register) -> ModelResult {
        func changed(_ value: TypedValue) -> TypedValue {
            var copy = value
            copy.register = change(value.register)
            return copy
        }
        var copy = self
        copy.value = changed(value)
        copy.categoryIndex = categoryIndex.map(change)
        copy.probabilities = probabilities.map(change)
        copy.confidences = confidences.map(change)
        for (key, value) in sortedFeatures { copy.features[key] = changed(value) }
        copy.rules?.inputs = (rules?.inputs ?? []).map(change)
        copy.outputs = outputs.map { ($0.field, changed($0.value)) }
        for (id, segment) in segments.sorted(by: { $0.key < $1.key }) { copy.segments[id] = segment.map(change) }
        copy.others = others.map { $0.map(change) }
        return copy
    }
}

/// What is wanted of a model's result beyond its value; what nobody wants is not computed.
struct Demand: OptionSet {
    let rawValue: Int
    static let probabilities = Demand(rawValue: 1)
    static let confidences = Demand(rawValue: 2)
    static let entity = Demand(rawValue: 4)
    static let display = Demand(rawValue: 8)
    static let everything = Demand(rawValue: 15)

    /// What OutputFields without a segment id ask for.
    static func of(_ outputs: [OutputField]) -> Demand {
        outputs.reduce(into: Demand()) { demand, output in
            if output.segmentId == nil { demand.formUnion(of(output.feature)) }
        }
    }

    /// The same by segment id, with an entry for each segment that any of them names.
    static func bySegment(_ outputs: [OutputField]) -> [String: Demand] {
        outputs.reduce(into: [:]) { demands, output in
            if let id = output.segmentId { demands[id, default: []].formUnion(of(output.feature)) }
        }
    }

    private static func of(_ feature: ResultFeature) -> Demand {
        switch feature {
        case .probability, .residual: .probabilities
        case .confidence: [.confidences, .probabilities]
        case .entityId, .ruleValue, .ruleId, .rule: .entity
        default: []
        }
    }
}

/// The field that a model predicts.
struct TargetField {
    var name: String?
    var type: ValueType
    var opType: OperationalType
    /// Listed valid values, in document order.
    var values: [FieldValue]
}

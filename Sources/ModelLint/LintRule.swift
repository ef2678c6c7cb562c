import ModelTree

/// What ``ModelLint`` looks for: things that a document may say and a model may be scored by, and that its author hardly meant.
public enum LintRule: String, Sendable, CaseIterable {
    case duplicateFunction = "duplicate-function"
    case duplicateID = "duplicate-id"
    case duplicateModel = "duplicate-model"
    case duplicateOutput = "duplicate-output"
    case duplicatePredictor = "duplicate-predictor"
    case duplicateRow = "duplicate-row"
    case duplicateValue = "duplicate-value"
    case duplicateDerivedField = "duplicate-derived-field"
    case emptyInterval = "empty-interval"
    case impossibleComparison = "impossible-comparison"
    case missingDefaultAttribute = "missing-default-attribute"
    case missingDefaultChild = "missing-default-child"
    case missingDefaultScore = "missing-default-score"
    case missingDefaultSegment = "missing-default-segment"
    case missingDefaultValue = "missing-default-value"
    case missingLimits = "missing-limits"
    case missingScore = "missing-score"
    case overlappingBins = "overlapping-bins"
    case probabilityRange = "probability-range"
    case probabilitySum = "probability-sum"
    case recordCount = "record-count"
    case segmentWeight = "segment-weight"
    case shadowedField = "shadowed-field"
    case shadowedFunction = "shadowed-function"
    case targetAsInput = "target-as-input"
    case textAsNumber = "text-as-number"
    case unlistedValue = "unlisted-value"
    case unreachableAttribute = "unreachable-attribute"
    case unreachableNode = "unreachable-node"
    case unreachableRule = "unreachable-rule"
    case unreachableSegment = "unreachable-segment"
    case unusedDataField = "unused-data-field"
    case unusedDerivedField = "unused-derived-field"
    case unusedFunction = "unused-function"
    case unusedMiningField = "unused-mining-field"

    /// Warnings are most likely mistakes; notes are worth knowing.
    public var severity: Diagnostic.Severity {
        switch self {
        case .missingDefaultAttribute, .missingDefaultScore, .missingDefaultSegment, .missingDefaultValue, .unusedDataField,
            .unusedDerivedField, .unusedFunction, .unusedMiningField: .note
        default: .warning
        }
    }

    public var meaning: String {
        switch self {
        case .duplicateFunction: "two DefineFunctions have one name; the first counts"
        case .duplicateID: "two nodes, segments, rules, items, itemsets, sequences, clusters, neurons, characteristics, parameters or categories of a model have one id or name"
        case .duplicateModel: "two models have one `modelName`, by which the first is found"
        case .duplicateOutput: "two OutputFields have one name; the first is written"
        case .duplicatePredictor: "a RegressionTable has two terms for one field and exponent, or value; both are added"
        case .duplicateRow: "two rows of a MapValues are for the same values; the first counts"
        case .duplicateValue: "a field lists one value twice"
        case .duplicateDerivedField: "two DerivedFields of one dictionary have one name; the last counts"
        case .emptyInterval: "an interval holds no number, or no number lies between two limits"
        case .impossibleComparison: "a predicate asks whether a field of whole numbers equals a fraction"
        case .missingDefaultAttribute: "a Characteristic of a Scorecard has no Attribute for a missing value; such a row has no score"
        case .missingDefaultChild: "`missingValueStrategy` is `defaultChild`, but a Node with children names none"
        case .missingDefaultScore: "a RuleSet has no `defaultScore`; rows that fire no rule have no result"
        case .missingDefaultSegment: "of the segments of `selectFirst` none applies always; a row that none takes has no result"
        case .missingDefaultValue: "a MapValues or Discretize has no `defaultValue`; what it does not list has no value"
        case .missingLimits: "outliers are treated, but no limit says which values those are"
        case .overlappingBins: "two bins of a Discretize hold the same numbers; the first counts"
        case .segmentWeight: "weights of segments are negative or not finite, or all 0: no mean can be taken by them"
        case .targetAsInput: "the target of a model is an active field of it, too: it predicts what it is told"
        case .textAsNumber: "a function computes with a text that is no number; every such row fails"
        case .unlistedValue: "a predicate, a term or a score names a value that its field does not list, and so can never have"
        case .missingScore: "a leaf has neither a score nor a ScoreDistribution"
        case .probabilityRange: "a probability is below 0 or above 1"
        case .probabilitySum: "the probabilities of a distribution do not sum to 1, by more than 0.001"
        case .recordCount: "a Node's `recordCount` is not the sum of its ScoreDistributions'"
        case .shadowedField: "a field has the name of another one, which cannot be seen where it is"
        case .shadowedFunction: "a DefineFunction has the name of a built-in function"
        case .unreachableAttribute: "an Attribute of a Scorecard can never hold"
        case .unreachableNode: "no row reaches a Node: its predicate contradicts those above it, or a sibling before it takes all rows"
        case .unreachableRule: "a rule can never fire, or never first"
        case .unreachableSegment: "a Segment can never apply"
        case .unusedDataField: "no model uses a DataField"
        case .unusedDerivedField: "nothing uses a DerivedField"
        case .unusedFunction: "nothing calls a DefineFunction"
        case .unusedMiningField: "a model that is not inside another lists a field as active, and nothing in it uses the field; callers are asked for it all the same"
        }
    }

    /// What mends it, in general.
    public var fix: String {
        switch self {
        case .duplicateFunction, .duplicateModel, .duplicateOutput, .duplicateDerivedField: "rename or remove one of the two"
        case .duplicateID: "give each an id of its own"
        case .duplicatePredictor: "add the two coefficients up in one term, if both are meant"
        case .duplicateRow, .duplicateValue: "remove one of the two"
        case .emptyInterval: "exchange or correct the margins"
        case .impossibleComparison: "correct the value, or the field's dataType"
        case .missingDefaultAttribute: "add an Attribute with isMissing, or one with True in the end"
        case .missingDefaultChild: "add the attribute defaultChild"
        case .missingDefaultScore: "add the attribute defaultScore"
        case .missingDefaultSegment: "add a last Segment whose predicate is True"
        case .missingDefaultValue: "add the attribute defaultValue"
        case .missingLimits: "add lowValue, highValue or both, or write outliers=\"asIs\""
        case .missingScore: "add the attribute score"
        case .overlappingBins: "correct the margins"
        case .segmentWeight: "correct the weights"
        case .targetAsInput: "leave it out as an active field"
        case .textAsNumber: "write a number, or another function"
        case .unlistedValue: "correct the value, or list it in the DataField"
        case .probabilityRange: "correct the probability"
        case .probabilitySum: "correct the probabilities"
        case .recordCount: "correct the recordCount"
        case .shadowedField, .shadowedFunction: "rename it"
        case .unreachableAttribute, .unreachableNode, .unreachableRule, .unreachableSegment: "remove it, or correct its predicate"
        case .unusedDataField, .unusedDerivedField, .unusedFunction: "remove it"
        case .unusedMiningField: "remove it, or give it usageType=\"supplementary\""
        }
    }
}

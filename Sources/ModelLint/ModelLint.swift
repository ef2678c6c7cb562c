import ModelTree

/// Finds what is most likely a mistake in a document that can be read.
public enum ModelLint {
    /// More findings of one rule than this are not kept: what a producer does wrong it does wrong everywhere.
    public static let limit = 100

    /// - Parameters:
    ///   - usage: what the compiler found to be used; nil where the document could not be compiled, so that nobody knows.
    ///   - builtInFunctions: names that DefineFunctions should not have.
    /// - Returns: the findings, rule by rule.
    public static func findings(in document: Document, usage: FieldUsage?, builtInFunctions: Set<String>) -> [Diagnostic] {
        var findings = Findings()
        checkNames(document, builtInFunctions, &findings)
        let scope = FieldScope(document)
        for model in document.models { check(model, scope, &findings) }
        for field in document.dataDictionary.fields { checkValues(field, &findings) }
        for field in document.transformations.derivedFields { checkExpression(field.expression, scope, &findings) }
        for function in document.transformations.functions { checkExpression(function.body, scope.inside(function), &findings) }
        if let usage { checkUsage(document, usage, &findings) }
        return findings.all
    }

    /// Everything about one model and the models in it.
    static func check(_ model: Model, _ outer: FieldScope, _ findings: inout Findings) {
        let scope = outer.inside(model)
        checkSchema(model, &findings)
        for field in model.localTransformations.derivedFields { checkExpression(field.expression, scope, &findings) }
        for output in model.output { if let expression = output.expression { checkExpression(expression, scope, &findings) } }
        for target in model.targets {
            checkProbabilities(target.values.compactMap(\.priorProbability), "the prior probabilities of the target", target.location, &findings)
        }
        checkComparisons(model, scope, &findings)
        switch model.kind {
        case .tree(let tree):
            checkTree(tree, scope, &findings)
            checkScores(tree.nodes, of: model, scope, &findings)
        case .mining(let mining):
            checkSegments(mining, scope, &findings)
            checkWeights(mining, &findings)
        case .ruleSet(let rules): checkRules(rules, model, scope, &findings)
        case .scorecard(let card):
            checkCharacteristics(card, scope, &findings)
            checkIDs(card.characteristics.map { ($0.name, $0.location) }, "Characteristic", &findings)
        case .regression(let regression):
            checkIDs(regression.tables.map { ($0.targetCategory, $0.location) }, "RegressionTable", &findings)
            for table in regression.tables { checkPredictors(table, target: model.listedTarget(scope), scope, &findings) }
        case .neuralNetwork(let network):
            let inputs = network.inputs.map { (Optional($0.id), $0.field.location) }
            checkIDs(inputs + network.layers.flatMap { layer in layer.ids.map { (Optional($0), layer.location) } }, "neuron", &findings)
        case .bayesianNetwork(let network): checkNetwork(network, &findings)
        case .association(let association):
            checkIDs(association.items.map { ($0.id, model.location) }, "Item", &findings)
            checkIDs(association.itemsets.map { ($0.id, $0.location) }, "Itemset", &findings)
            checkIDs(association.rules.map { ($0.id, $0.location) }, "AssociationRule", &findings)
        case .sequence(let sequences):
            checkIDs(sequences.items.map { ($0.id, model.location) }, "Item", &findings)
            checkIDs(sequences.itemsets.map { ($0.id, $0.location) }, "Itemset", &findings)
            checkIDs(sequences.sequences.map { ($0.id, $0.location) }, "Sequence", &findings)
            checkIDs(sequences.rules.map { ($0.id, $0.location) }, "SequenceRule", &findings)
        case .clustering(let clustering): checkIDs(clustering.clusters.map { ($0.id, $0.location) }, "Cluster", &findings)
        default: break
        }
        for inner in model.innerModels { check(inner, scope, &findings) }
    }
}

/// What has been found so far.
struct Findings {
    private(set) var all: [Diagnostic] = []
    private var counts: [LintRule: Int] = [:]

    mutating func add(_ rule: LintRule, _ message: String, at location: SourceLocation, fix: String? = nil) {
        let count = counts[rule, default: 0] + 1
        counts[rule] = count
        if count > ModelLint.limit { return }
        all.append(Diagnostic(id: rule.rawValue, severity: rule.severity, message: message, location: location, fix: fix ?? rule.fix))
    }

    /// Whether further findings of a rule would be kept.
    func wants(_ rule: LintRule) -> Bool { counts[rule, default: 0] < ModelLint.limit }
}

extension Model {
    /// The models directly inside this one.
    var innerModels: [Model] {
        switch kind {
        case .mining(let mining): mining.segments.map(\.model)
        case .anomalyDetection(let anomaly): [anomaly.model]
        case .tree(let tree): tree.nodes.embedded
        default: []
        }
    }

    /// This model and all models inside it.
    var withInnerModels: [Model] { [self] + innerModels.flatMap(\.withInnerModels) }
}

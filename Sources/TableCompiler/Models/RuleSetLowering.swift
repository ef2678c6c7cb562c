// https://dmg.org/pmml/v4-4-1/RuleSet.html

import Evaluation
import ModelTree

extension Compiler {
    /// The rules that fire, as the first RuleSelectionMethod says.
    func lowerRuleSet(_ ruleSet: RuleSetModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        let criterion: RuleCriterion = switch ruleSet.criteria.first ?? .firstHit {
        case .firstHit: .firstHit
        case .weightedMax: .weightedMax
        case .weightedSum: .weightedSum
        }
        var rules: [(rule: RuleSetModel.SimpleRule, condition: Register)] = []
        try flatten(ruleSet.rules, under: nil, into: &rules, context)
        // Ties between sums go by the order of the target's values.
        var found = CategoryList(context.isClassification ? context.target.values.map(\.value) : [], context.target.type)
        let entries = rules.map { (condition: $0.condition, weight: $0.rule.weight, confidence: $0.rule.confidence, score: found.add(placing: $0.rule.score)) }
        let defaultScore = ruleSet.defaultScore.map { found.add(placing: $0) }
        let scores = found.values
        func select(rank: Int) -> (rule: Register, score: Register, confidence: Register) {
            builder.selectRule(
                entries, criterion, rank: rank, scoreCount: scores.count, defaultScore: defaultScore,
                defaultConfidence: ruleSet.defaultConfidence)
        }
        let first = select(rank: 1)
        var result = try scored(first.score, scores, context)
        result.features[.init(.confidence)] = TypedValue(first.confidence, .double)
        // A rule without an id is known by its number.
        let names = rules.indices.map { rules[$0].rule.id ?? String($0 + 1) }
        let id = TypedValue(builder.text(at: first.rule, in: names), .string)
        result.features[.init(.entityId)] = id
        result.features[.init(.ruleId)] = id
        result.features[.init(.ruleValue)] = id
        for rank in Set(context.model.output.filter { $0.segmentId == nil && $0.rank > 1 && $0.rank <= 1_000 }.map(\.rank)).sorted() {
            let next = select(rank: rank)
            result.features[.ranked(.predictedValue, rank)] = try scored(next.score, scores, context).value
            result.features[.ranked(.confidence, rank)] = TypedValue(next.confidence, .double)
            result.features[.ranked(.entityId, rank)] = TypedValue(builder.text(at: next.rule, in: names), .string)
        }
        if context.isClassification { try addDistributions(ruleSet, rules.map(\.rule), first, scores, to: &result, context) }
        return result
    }

    /// A compound rule's condition holds for every rule in it.
    private func flatten(
        _ rules: [RuleSetModel.Rule], under outer: TypedValue?, into flat: inout [(rule: RuleSetModel.SimpleRule, condition: Register)],
        _ context: ModelContext
    ) throws(CompileError) {
        func joined(_ predicate: Predicate) throws(CompileError) -> TypedValue {
            let own = try lower(predicate, in: context.scope)
            return outer.map { join(.and, [$0, own]) } ?? own
        }
        for rule in rules {
            switch rule {
            case .simple(let simple): flat.append((simple, try joined(simple.predicate).register))
            case .compound(let predicate, let inner, let location):
                let condition = try joined(predicate)
                try nested(at: location) { () throws(CompileError) in try flatten(inner, under: condition, into: &flat, context) }
            }
        }
    }

    private func scored(_ index: Register, _ scores: [String], _ context: ModelContext) throws(CompileError) -> ModelResult {
        if context.isClassification { return try classified(index, scores, context) }
        var numbers: [Double] = []
        for score in scores {
            guard let number = Literal.number(score, as: ValueType.double) else { throw CompileError.notANumber(score, what: "the score", at: context.model.location) }
            numbers.append(number)
        }
        return ModelResult(
            value: TypedValue(builder.number(at: index, in: numbers), numericType(of: context.target, context)), target: context.target.name)
    }

    /// Probabilities: what the chosen rule's ScoreDistribution says, or the RuleSet's where no rule fires.
    private func addDistributions(
        _ ruleSet: RuleSetModel, _ rules: [RuleSetModel.SimpleRule],
        _ found: (rule: Register, score: Register, confidence: Register), _ scores: [String], to result: inout ModelResult,
        _ context: ModelContext
    ) throws(CompileError) {
        guard !ruleSet.distributions.isEmpty || rules.contains(where: { !$0.distributions.isEmpty }) else { return }
        try TreeScores.refuseLarge(nodes: rules.count + 1, classes: scores.count, at: context.model.location)
        // Behind the rules stands the case that none fires.
        let isDefault = builder.masked(builder.constant(Double(rules.count)), where: builder.emit("value.present", .number) { $0.register(found.score) })
        let row = builder.coalesce([found.rule, isDefault])
        let shares = (rules.map(\.distributions) + [ruleSet.distributions]).map { Self.shares($0, scores) { position(of: $0, in: scores, context.target.type) } }
        result.probabilities = scores.indices.map { score in builder.number(at: row, in: shares.map { $0.isEmpty ? .nan : $0[score] }) }
    }

    private static func shares(
        _ distributions: [RuleSetModel.ScoreDistribution], _ scores: [String], _ position: (String) -> Int?
    ) -> [Double] {
        if distributions.isEmpty { return [] }
        var shares = [Double](repeating: 0, count: scores.count)
        let total = distributions.reduce(0) { $0 + $1.recordCount }
        for one in distributions {
            guard let at = position(one.value) else { continue }
            shares[at] = one.probability ?? (total > 0 ? one.recordCount / total : .nan)
        }
        return shares
    }
}

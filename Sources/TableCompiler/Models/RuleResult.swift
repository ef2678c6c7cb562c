// https://dmg.org/pmml/v4-4-1/Output.html

import Evaluation
import ModelTree

/// Rules as a model's outputs tell of them, and which of them a record fires.
struct RuleResult {
    /// What the model says of one rule.
    struct Rule {
        var id: String
        var antecedent: [String]
        var consequent: [String]
        var support: Double?
        var confidence: Double?
        var lift: Double?
        var leverage: Double?
        var affinity: Double?

        /// `{Cracker}->{Water}`
        var text: String { "{\(antecedent.joined(separator: ", "))}->{\(consequent.joined(separator: ", "))}" }
    }
    var rules: [Rule]
    /// The type of items.
    var itemType: ValueType
    /// The registers from which rules fire.
    var inputs: [Register]
    /// Emits the list of fired rules, best first.
    var fired: (_ inputs: [Register], RuleSelection, _ order: [Int]) -> Register
}

extension OutputField.Algorithm {
    var selection: RuleSelection {
        switch self {
        case .recommendation: .recommendation
        case .exclusiveRecommendation: .exclusiveRecommendation
        case .ruleAssociation: .ruleAssociation
        }
    }
}

extension Compiler {
    /// The rule feature that an output asks for, or nil if it asks for none.
    func ruleFeature(of field: OutputField) -> OutputField.RuleFeature? {
        switch field.feature {
        case .ruleValue: field.ruleFeature
        case .predictedValue, .consequent: .consequent
        case .antecedent: .antecedent
        case .rule: .rule
        case .ruleId, .entityId: .ruleId
        case .confidence: .confidence
        case .support: .support
        case .lift: .lift
        case .leverage: .leverage
        case .affinity, .entityAffinity: .affinity
        default: nil
        }
    }

    /// A feature of the rule with the output's rank, or of all rules up to it (of all, for rank 0) where the output is multi-valued.
    func lowerRuleOutput(_ feature: OutputField.RuleFeature, _ field: OutputField, _ result: RuleResult) throws(CompileError) -> TypedValue {
        let rules = result.rules
        ruleOutputs += 1
        try CompileError.refuseLarge(
            ruleOutputs, times: rules.count, few: 50, most: 5_000_000, at: field.location, "\(rules.count) rules times \(ruleOutputs) outputs are more than 5 million")
        let fired = result.fired(result.inputs, field.algorithm.selection, ranking(rules, field.rankBasis, field.rankOrder))
        let numbers: [Double?]? = switch feature {
        case .confidence: rules.map(\.confidence)
        case .support: rules.map(\.support)
        case .lift: rules.map(\.lift)
        case .leverage: rules.map(\.leverage)
        case .affinity: rules.map(\.affinity)
        case .antecedent, .consequent, .rule, .ruleId: nil
        }
        var value: TypedValue
        if field.isMultiValued {
            if field.rank < 0 { throw rankError(field, "at least 0") }
            if let numbers {
                value = TypedValue(builder.replaced(fired, most: field.rank, by: numbers), .double, elementType: .double)
            } else {
                let texts = rules.map { rule -> String in
                    switch feature {
                    case .antecedent: "{\(rule.antecedent.joined(separator: ", "))}"
                    case .consequent: "{\(rule.consequent.joined(separator: ", "))}"
                    case .rule: rule.text
                    default: rule.id
                    }
                }
                value = TypedValue(builder.replaced(fired, most: field.rank, by: texts), .string, elementType: .string)
            }
        } else {
            if field.rank < 1 { throw rankError(field, "at least 1 where isMultiValued is 0") }
            let rule = builder.element(fired, field.rank)
            if let numbers {
                value = TypedValue(builder.number(at: rule, of: numbers), .double)
            } else {
                switch feature {
                case .rule: value = TypedValue(builder.text(at: rule, in: rules.map(\.text)), .string)
                case .antecedent: value = itemsets(at: rule, rules.map(\.antecedent), result.itemType)
                case .consequent: value = itemsets(at: rule, rules.map(\.consequent), result.itemType)
                default: value = TypedValue(builder.text(at: rule, in: rules.map(\.id)), .string)
                }
            }
        }
        return value
    }

    private func itemsets(at rule: Register, _ itemsets: [[String]], _ type: ValueType) -> TypedValue {
        if type.kind == .text { return TypedValue(builder.list(at: rule, in: itemsets), .string, elementType: .string) }
        let numbers = itemsets.map { $0.map { Literal.number($0, as: type) ?? .nan } }
        return TypedValue(builder.list(at: rule, in: numbers), type, elementType: type)
    }

    private func rankError(_ field: OutputField, _ expected: String) -> CompileError {
        CompileError("output-rank", "OutputField \"\(field.name)\" has rank \(field.rank), expected \(expected)", at: field.location)
    }

    /// The rules from the best to the worst; equal ones in document order, those without the number last.
    private func ranking(_ rules: [RuleResult.Rule], _ basis: OutputField.RankBasis, _ order: OutputField.RankOrder) -> [Int] {
        let numbers = rules.map { rule in
            switch basis {
            case .confidence: rule.confidence
            case .support: rule.support
            case .lift: rule.lift
            case .leverage: rule.leverage
            case .affinity: rule.affinity
            }
        }
        let known = rules.indices.filter { numbers[$0] != nil }.sorted { a, b in
            let (x, y) = (numbers[a] ?? 0, numbers[b] ?? 0)
            if x == y { return a < b }
            return order == .descending ? x > y : x < y
        }
        return known + rules.indices.filter { numbers[$0] == nil }
    }
}

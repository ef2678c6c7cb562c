// https://dmg.org/pmml/v4-4-1/Sequence.html

import Evaluation
import ModelTree

extension Compiler {
    /// A row is a transaction of its group; rows of a group come in order of time. What the rules say of a row rests on its
    /// group's transactions up to and with it.
    ///
    /// The standard says what a rule means, but no output of the model: rules are told of as those of an AssociationModel are. A
    /// rule is recommended if its antecedent has happened, exclusively if the whole rule has not; with `ruleAssociation`, if the
    /// whole rule has. Without an order field, transactions are one unit of time apart; with one, rows of the same time are one
    /// transaction. `Time` elements tell which times were found; the times that `Constraints` ask for are asked for here too.
    func lowerSequence(_ model: SequenceModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        let fields = context.model.miningSchema.fields
        let severalFields = fields.count { $0.usageType == .active } > 1
        var items = model.items
        var itemsets = model.itemsets
        for predicate in model.predicates {
            var ids: [String] = []
            for (index, value) in predicate.values.enumerated() {
                let id = "\(predicate.id)\u{0}\(index)"
                items.append(Item(id: id, value: value, field: severalFields ? predicate.field : nil, category: value))
                ids.append(id)
            }
            itemsets.append(Itemset(id: predicate.id, items: ids, location: context.model.location))
        }
        let places = try ItemPlaces(items, itemsets, context)
        let sources = try itemSources(places, context)
        var table = RuleTable()
        table.itemCount = places.items.count
        table.itemsets = places.itemsets

        var sequences: [String: ItemSequence] = [:]
        for sequence in model.sequences where sequences[sequence.id] == nil { sequences[sequence.id] = sequence }
        var patterns: [SequencePattern] = []
        var rules: [RuleResult.Rule] = []
        let sizes = sequences.mapValues { $0.sets.reduce(0) { $0 + 1 + places.size(of: $1.id) } }
        try refuseLarge(model.rules.reduce(0) { $0 + (sizes[$1.antecedent] ?? 0) + (sizes[$1.consequent] ?? 0) }, "sets and items", context)
        for rule in model.rules {
            guard let antecedent = sequences[rule.antecedent], let consequent = sequences[rule.consequent] else {
                throw CompileError(
                    "unknown-sequence", "SequenceRule \"\(rule.id)\" refers to sequence \"\(sequences[rule.antecedent] == nil ? rule.antecedent : rule.consequent)\", which does not exist",
                    at: rule.location)
            }
            let before = try steps(antecedent, places, model.constraints)
            var after = try steps(consequent, places, model.constraints)
            after[0] = step(after[0].itemset, rule.delimiter, model.constraints.ruleSeparation)
            patterns.append(SequencePattern(antecedent: before, consequent: after))
            rules.append(RuleResult.Rule(
                id: rule.id, antecedent: before.map { text(places.values(of: $0.itemset)) }, consequent: after.map { text(places.values(of: $0.itemset)) },
                support: rule.support, confidence: rule.confidence, lift: rule.lift))
        }
        let group = try fields.first { $0.usageType == .group }.map { (field) throws(CompileError) in
            try context.scope.value(of: field.name, at: field.location, self).register
        }
        if let group, group.kind == .list {
            throw CompileError("sequence-group", "the group field of SequenceModel is a collection", at: context.model.location)
        }
        let order = try fields.first { $0.usageType == .order }.map { (field) throws(CompileError) in
            try number(field.name, context, at: field.location)
        }
        builder.schema.isStateful = true
        let total = model.constraints.totalTime
        let inputs = sources.map(\.register) + [group, order].compactMap { $0 }
        let result = RuleResult(rules: rules, itemType: .string, inputs: inputs) { [builder] inputs, selection, ranking in
            let bound = zip(sources, inputs).map { source, register in
                var copy = source
                copy.register = register
                return copy
            }
            var others = inputs.dropFirst(sources.count)
            let groupRegister = group == nil ? nil : others.popFirst()
            return builder.firedSequences(
                table, bound, patterns, selection, group: groupRegister, time: order == nil ? nil : others.popFirst(), active: context.active,
                totalTime: total, order: ranking)
        }
        return try ruleResult(result, context)
    }

    private func steps(
        _ sequence: ItemSequence, _ places: ItemPlaces, _ constraints: SequenceModel.Constraints
    ) throws(CompileError) -> [SequencePattern.Step] {
        var steps: [SequencePattern.Step] = []
        for set in sequence.sets {
            steps.append(step(try places.itemset(set.id, at: sequence.location), set.delimiter, constraints.itemsetSeparation))
        }
        return steps
    }

    private func step(_ itemset: Int, _ delimiter: Delimiter?, _ separation: ClosedRange<Double>) -> SequencePattern.Step {
        SequencePattern.Step(
            itemset: itemset, isSameTime: delimiter?.window == .sameTimeWindow, isNext: delimiter?.gap == .no,
            least: separation.lowerBound, most: separation.upperBound)
    }

    /// A set of one item is told as the item.
    private func text(_ items: [String]) -> String { items.count == 1 ? items[0] : "{\(items.joined(separator: ", "))}" }
}

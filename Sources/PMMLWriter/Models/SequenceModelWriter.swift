// https://dmg.org/pmml/v4-4-1/Sequence.html
import ModelTree

extension DocumentWriter {
    func write(_ model: SequenceModel) {
        write(model.constraints)
        for item in model.items { write(item) }
        for itemset in model.itemsets { write(itemset) }
        for predicate in model.predicates {
            out.element("SetPredicate") {
                out.attribute("id", predicate.id)
                out.attribute("field", predicate.field)
                out.attribute("operator", "supersetOf")
                write(strings: predicate.values)
            }
        }
        for sequence in model.sequences { write(sequence) }
        let lengths = Dictionary(model.sequences.map { ($0.id, $0.sets.count) }, uniquingKeysWith: { first, _ in first })
        for rule in model.rules { write(rule, sets: (lengths[rule.antecedent] ?? 0) + (lengths[rule.consequent] ?? 0)) }
    }

    private func write(_ constraints: SequenceModel.Constraints) {
        let ranges = [constraints.totalTime, constraints.itemsetSeparation, constraints.ruleSeparation]
        if ranges.allSatisfy({ $0 == 0 ... .infinity }) { return }
        out.element("Constraints") {
            range(constraints.totalTime, "minimumTotalSequenceTime", "maximumTotalSequenceTime")
            range(constraints.itemsetSeparation, "minimumItemsetSeparationTime", "maximumItemsetSeparationTime")
            range(constraints.ruleSeparation, "minimumAntConsSeparationTime", "maximumAntConsSeparationTime")
        }
    }

    private func range(_ range: ClosedRange<Double>, _ least: StaticString, _ most: StaticString) {
        if range.lowerBound != 0 { out.attribute(least, number: range.lowerBound) }
        if range.upperBound != .infinity { out.attribute(most, number: range.upperBound) }
    }

    private func write(_ sequence: ItemSequence) {
        out.element("Sequence", at: sequence.location) {
            out.attribute("id", sequence.id)
            out.attribute("numberOfSets", integer: sequence.sets.count)
            out.attribute("support", number: sequence.support)
            for set in sequence.sets {
                if let delimiter = set.delimiter { write(delimiter) }
                out.element("SetReference") { out.attribute("setId", set.id) }
            }
        }
    }

    private func write(_ delimiter: Delimiter) {
        out.element("Delimiter") {
            out.attribute("delimiter", delimiter.window.rawValue)
            out.attribute("gap", delimiter.gap.rawValue)
        }
    }

    private func write(_ rule: SequenceRule, sets: Int) {
        out.element("SequenceRule", at: rule.location) {
            out.attribute("id", rule.id)
            out.attribute("numberOfSets", integer: sets)
            // Required, whether or not anybody knows it.
            out.attribute("occurrence", integer: rule.occurrence ?? 0)
            out.attribute("support", number: rule.support)
            out.attribute("confidence", number: rule.confidence)
            out.attribute("lift", number: rule.lift)
            out.element("AntecedentSequence") { out.element("SequenceReference") { out.attribute("seqId", rule.antecedent) } }
            write(rule.delimiter)
            out.element("ConsequentSequence") { out.element("SequenceReference") { out.attribute("seqId", rule.consequent) } }
        }
    }
}

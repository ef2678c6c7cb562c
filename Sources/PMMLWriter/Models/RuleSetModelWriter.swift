// https://dmg.org/pmml/v4-4-1/RuleSet.html
import ModelTree

extension DocumentWriter {
    func write(_ ruleSet: RuleSetModel) {
        out.element("RuleSet") {
            out.attribute("defaultScore", ruleSet.defaultScore)
            out.attribute("defaultConfidence", number: ruleSet.defaultConfidence)
            for criterion in ruleSet.criteria { out.element("RuleSelectionMethod") { out.attribute("criterion", criterion.rawValue) } }
            for entry in ruleSet.distributions { write(entry) }
            for rule in ruleSet.rules { write(rule) }
        }
    }

    private func write(_ rule: RuleSetModel.Rule) {
        switch rule {
        case .simple(let simple):
            out.element("SimpleRule", at: simple.location) {
                out.attribute("id", simple.id)
                out.attribute("score", simple.score)
                if simple.confidence != 1 { out.attribute("confidence", number: simple.confidence) }
                if simple.weight != 1 { out.attribute("weight", number: simple.weight) }
                write(simple.predicate)
                for entry in simple.distributions { write(entry) }
            }
        case .compound(let predicate, let rules, let location):
            out.element("CompoundRule", at: location) {
                write(predicate)
                for rule in rules { write(rule) }
            }
        }
    }

    private func write(_ entry: RuleSetModel.ScoreDistribution) {
        out.element("ScoreDistribution") {
            out.attribute("value", entry.value)
            out.attribute("recordCount", number: entry.recordCount)
            out.attribute("confidence", share: entry.confidence)
            out.attribute("probability", share: entry.probability)
        }
    }
}

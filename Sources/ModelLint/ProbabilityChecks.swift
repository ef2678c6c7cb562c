import ModelTree

extension ModelLint {
    /// Producers print few digits, so that sums are a little off.
    private static let tolerance = 1e-3

    static func checkProbabilities(_ probabilities: [Double], _ what: String, _ place: SourceLocation, _ findings: inout Findings) {
        if probabilities.isEmpty { return }
        if let wrong = probabilities.first(where: { !(0...1).contains($0) }) {
            return findings.add(.probabilityRange, "of \(what) one is \(wrong.short)", at: place)
        }
        let sum = probabilities.reduce(0, +)
        if (sum - 1).magnitude > tolerance { findings.add(.probabilitySum, "\(what) sum to \(sum.short)", at: place) }
    }

    // https://dmg.org/pmml/v4-4-1/BayesianNetwork.html
    static func checkNetwork(_ network: BayesianNetworkModel, _ findings: inout Findings) {
        for node in network.nodes {
            guard case .discrete(let conditionals) = node.content else { continue }
            for conditional in conditionals {
                let parents = conditional.parents.map { "\($0.parent) = \($0.value)" }.joined(separator: ", ")
                let what = "the probabilities of node \"\(node.name)\"" + (parents.isEmpty ? "" : " where \(parents)")
                checkProbabilities(conditional.probabilities.map(\.probability), what, node.location, &findings)
            }
        }
    }

    // https://dmg.org/pmml/v4-4-1/Regression.html
    static func checkPredictors(_ table: RegressionTable, target: String?, _ scope: FieldScope, _ findings: inout Findings) {
        if let target, let category = table.targetCategory {
            checkValue(category, of: target, in: "targetCategory", scope, table.location, &findings)
        }
        var known: Set<String> = []
        for term in table.numericPredictors where !known.insert("\(term.field)^\(term.exponent)").inserted {
            findings.add(.duplicatePredictor, "field \"\(term.field)\" has a term before this one; both are added", at: term.location)
        }
        var categories: Set<[String]> = []
        for term in table.categoricalPredictors { checkValue(term.value, of: term.field, in: "the term", scope, term.location, &findings) }
        for term in table.categoricalPredictors where !categories.insert([term.field, term.value]).inserted {
            findings.add(.duplicatePredictor, "value \"\(term.value)\" of field \"\(term.field)\" has a term before this one; both are added", at: term.location)
        }
    }
}

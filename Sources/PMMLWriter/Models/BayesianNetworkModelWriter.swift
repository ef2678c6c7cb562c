// https://dmg.org/pmml/v4-4-1/BayesianNetwork.html
import ModelTree

extension DocumentWriter {
    func write(_ network: BayesianNetworkModel) {
        out.element("BayesianNetworkNodes") {
            for node in network.nodes {
                switch node.content {
                case .discrete(let conditionals):
                    out.element("DiscreteNode", at: node.location) {
                        out.attribute("name", node.name)
                        for field in node.derivedFields { write(field) }
                        for conditional in conditionals { write(conditional) }
                    }
                case .continuous(let conditionals):
                    out.element("ContinuousNode", at: node.location) {
                        out.attribute("name", node.name)
                        for field in node.derivedFields { write(field) }
                        for conditional in conditionals { write(conditional) }
                    }
                }
            }
        }
    }

    private func write(_ conditional: BayesianNetworkModel.DiscreteConditional) {
        if conditional.parents.isEmpty { return write(conditional.probabilities) }
        out.element("DiscreteConditionalProbability") {
            write(conditional.parents)
            write(conditional.probabilities)
        }
    }

    private func write(_ probabilities: [BayesianNetworkModel.ValueProbability]) {
        for value in probabilities {
            out.element("ValueProbability") {
                out.attribute("value", value.value)
                out.attribute("probability", share: value.probability)
            }
        }
    }

    private func write(_ parents: [BayesianNetworkModel.ParentValue]) {
        for parent in parents {
            out.element("ParentValue") {
                out.attribute("parent", parent.parent)
                out.attribute("value", parent.value)
            }
        }
    }

    private func write(_ conditional: BayesianNetworkModel.ContinuousConditional) {
        if conditional.parents.isEmpty { return out.element("ContinuousDistribution") { write(conditional.distribution) } }
        out.element("ContinuousConditionalProbability") {
            write(conditional.parents)
            out.element("ContinuousDistribution") { write(conditional.distribution) }
        }
    }

    private func write(_ distribution: BayesianNetworkModel.Distribution) {
        switch distribution {
        case .normal(let mean, let variance):
            out.element("NormalDistributionForBN") {
                out.element("Mean") { write(mean) }
                out.element("Variance") { write(variance) }
            }
        case .lognormal(let mean, let variance):
            out.element("LognormalDistributionForBN") {
                out.element("Mean") { write(mean) }
                out.element("Variance") { write(variance) }
            }
        case .triangular(let mean, let lower, let upper):
            out.element("TriangularDistributionForBN") {
                out.element("Mean") { write(mean) }
                out.element("Lower") { write(lower) }
                out.element("Upper") { write(upper) }
            }
        case .uniform(let lower, let upper):
            out.element("UniformDistributionForBN") {
                out.element("Lower") { write(lower) }
                out.element("Upper") { write(upper) }
            }
        }
    }
}

// https://dmg.org/pmml/v4-4-1/NaiveBayes.html
import ModelTree

extension NaiveBayesModel {
    private var hasCounts: Bool {
        inputs.contains { if case .counts = $0.content { true } else { false } }
    }

    /// Continuous inputs of the extension before 4.2 have the least number as their threshold: a model of nothing else can
    /// say so itself.
    fileprivate func isPlain(in version: PMMLVersion) -> Bool { version >= .v4_2 && !hasCounts && inputs.allSatisfy(\.isExtension) }

    func threshold(in version: PMMLVersion) -> Double { isPlain(in: version) ? .leastNonzeroMagnitude : threshold }
}

extension DocumentWriter {
    func write(_ bayes: NaiveBayesModel) {
        let isPlain = bayes.isPlain(in: version)
        if !isPlain, bayes.inputs.allSatisfy(\.isExtension) {
            out.problem(.newerMarkup, "TargetValueStats is new in PMML 4.2, and a BayesInput with PairCounts, beside which an Extension could hold it, is not there")
        }
        out.element("BayesInputs") {
            // Extensions come first; each says where its input stands among all, for sums depend on their order.
            for (index, input) in bayes.inputs.enumerated() where input.isExtension && !isPlain {
                out.element("Extension") {
                    out.attribute("name", "x-position")
                    out.attribute("value", integer: index)
                    write(input)
                }
            }
            for input in bayes.inputs where !input.isExtension || isPlain { write(input) }
        }
        out.element("BayesOutput") {
            out.attribute("fieldName", bayes.targetField ?? models.last?.miningSchema.fields.first { $0.usageType == .target }?.name ?? "")
            write(bayes.targetCounts)
        }
    }

    private func write(_ input: NaiveBayesModel.Input) {
        out.element("BayesInput", at: input.location) {
            out.attribute("fieldName", input.field)
            switch input.content {
            case .counts(let pairs):
                if let derived = input.derivedField { write(derived) }
                for pair in pairs {
                    out.element("PairCounts") {
                        out.attribute("value", pair.value)
                        write(pair.counts)
                    }
                }
            case .statistics(let statistics):
                if input.derivedField != nil {
                    out.problem(.unwritableModel, "a BayesInput with TargetValueStats can have no DerivedField")
                }
                write(statistics)
            }
        }
    }

    private func write(_ statistics: [NaiveBayesModel.TargetValueStat]) {
        out.element("TargetValueStats") {
            for statistic in statistics {
                out.element("TargetValueStat") {
                    out.attribute("value", statistic.value)
                    switch statistic.distribution {
                    case .any(let mean, let variance): write(ContinuousDistribution.any(mean: mean, variance: variance))
                    case .gaussian(let mean, let variance): write(ContinuousDistribution.gaussian(mean: mean, variance: variance))
                    case .poisson(let mean): write(ContinuousDistribution.poisson(mean: mean))
                    case .uniform(let lower, let upper): write(ContinuousDistribution.uniform(lower: lower, upper: upper))
                    }
                }
            }
        }
    }

    private func write(_ counts: [NaiveBayesModel.TargetValueCount]) {
        out.element("TargetValueCounts") {
            for count in counts {
                out.element("TargetValueCount") {
                    out.attribute("value", count.value)
                    out.attribute("count", number: count.count)
                }
            }
        }
    }

    /// https://dmg.org/pmml/v4-4-1/Statistics.html#xsdGroup_CONTINUOUS-DISTRIBUTION-TYPES
    func write(_ distribution: ContinuousDistribution) {
        switch distribution {
        case .any(let mean, let variance):
            out.element("AnyDistribution") {
                out.attribute("mean", number: mean)
                out.attribute("variance", number: variance)
            }
        case .gaussian(let mean, let variance):
            out.element("GaussianDistribution") {
                out.attribute("mean", number: mean)
                out.attribute("variance", number: variance)
            }
        case .poisson(let mean): out.element("PoissonDistribution") { out.attribute("mean", number: mean) }
        case .uniform(let lower, let upper):
            out.element("UniformDistribution") {
                out.attribute("lower", number: lower)
                out.attribute("upper", number: upper)
            }
        }
    }
}

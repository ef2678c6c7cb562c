import ModelTree

// Segments, rules and attributes: all are tried in their order.

extension ModelLint {
    static func checkSegments(_ mining: MiningModel, _ scope: FieldScope, _ findings: inout Findings) {
        checkIDs(mining.segments.map { ($0.id, $0.location) }, "Segment", &findings)
        var isTaken = false
        for segment in mining.segments {
            let name = segment.id.map { "Segment \"\($0)\"" } ?? "the Segment"
            if isTaken {
                findings.add(.unreachableSegment, "\(name) never applies: a Segment before it takes all rows", at: segment.location)
            } else if Reach().after(segment.predicate, scope) == nil {
                findings.add(.unreachableSegment, "\(name) never applies: its predicate cannot be true", at: segment.location)
            }
            if mining.method == .selectFirst, segment.predicate.isAlways { isTaken = true }
        }
        if mining.method == .selectFirst, !isTaken, let last = mining.segments.last, !last.predicate.canTakeMissing {
            findings.add(.missingDefaultSegment, "no Segment takes all rows; a row that none takes has no result", at: last.location)
        }
    }

    static func checkRules(_ rules: RuleSetModel, _ model: Model, _ scope: FieldScope, _ findings: inout Findings) {
        if rules.defaultScore == nil {
            findings.add(.missingDefaultScore, "the RuleSet has no defaultScore; a row that fires no rule has no result", at: model.location)
        }
        var ids: [(String?, SourceLocation)] = []
        var isTaken = false
        func check(_ list: [RuleSetModel.Rule], _ reach: Reach, isConditional: Bool, _ findings: inout Findings) {
            for rule in list {
                switch rule {
                case .simple(let simple):
                    ids.append((simple.id, simple.location))
                    let name = simple.id.map { "rule \"\($0)\"" } ?? "the rule"
                    if isTaken {
                        findings.add(.unreachableRule, "\(name) never fires first: a rule before it fires always", at: simple.location)
                    } else if reach.after(simple.predicate, scope) == nil {
                        findings.add(.unreachableRule, "\(name) never fires: its predicate cannot be true here", at: simple.location)
                    }
                    if rules.criteria.first == .firstHit, simple.predicate.isAlways, !isConditional { isTaken = true }
                    checkDistributions(simple.distributions, simple.location, &findings)
                case .compound(let predicate, let inner, let place):
                    guard let reached = reach.after(predicate, scope) else {
                        findings.add(.unreachableRule, "no rule of the CompoundRule ever fires: its predicate cannot be true here", at: place)
                        continue
                    }
                    check(inner, reached, isConditional: isConditional || !predicate.isAlways, &findings)
                }
            }
        }
        check(rules.rules, Reach(), isConditional: false, &findings)
        checkIDs(ids, "rule", &findings)
        checkDistributions(rules.distributions, model.location, &findings)
    }

    private static func checkDistributions(_ list: [RuleSetModel.ScoreDistribution], _ place: SourceLocation, _ findings: inout Findings) {
        let probabilities = list.compactMap(\.probability)
        if !list.isEmpty, probabilities.count == list.count { checkProbabilities(probabilities, "the probabilities of the rule", place, &findings) }
    }

    static func checkCharacteristics(_ card: Scorecard, _ scope: FieldScope, _ findings: inout Findings) {
        for characteristic in card.characteristics {
            var isTaken = false
            var before: Set<ExactText> = []
            for attribute in characteristic.attributes {
                if isTaken {
                    findings.add(.unreachableAttribute, "the Attribute never holds: one before it always does", at: attribute.location)
                } else if Reach().after(attribute.predicate, scope) == nil {
                    findings.add(.unreachableAttribute, "the Attribute never holds: its predicate cannot be true", at: attribute.location)
                } else if !before.insert(ExactText(attribute.predicate.key)).inserted {
                    findings.add(.unreachableAttribute, "the Attribute never holds first: one before it has the same predicate", at: attribute.location)
                }
                if attribute.predicate.isAlways { isTaken = true }
            }
            if !characteristic.attributes.contains(where: \.predicate.canTakeMissing) {
                let name = characteristic.name.map { "Characteristic \"\($0)\"" } ?? "the Characteristic"
                findings.add(.missingDefaultAttribute, "\(name) has no Attribute for a missing value; such a row has no score", at: characteristic.location)
            }
        }
    }
}

import ModelTree

// https://dmg.org/pmml/v4-4-1/TreeModel.html#predicates

extension ModelLint {
    /// Predicates that ask whether a field equals a value that it never has. Values that are not of the field's type at all are errors, or no comparisons.
    static func checkComparisons(_ model: Model, _ scope: FieldScope, _ findings: inout Findings) {
        switch model.kind {
        case .tree(let tree):
            let nodes = tree.nodes
            for index in nodes.nodes.indices {
                guard findings.wants(.impossibleComparison) || findings.wants(.unlistedValue) else { return }
                check(nodes.predicate(of: index), nodes.location(of: index), scope, &findings)
            }
        case .mining(let mining): for segment in mining.segments { check(segment.predicate, segment.location, scope, &findings) }
        case .ruleSet(let rules): check(rules.rules, scope, &findings)
        case .scorecard(let card):
            for attribute in card.characteristics.flatMap(\.attributes) { check(attribute.predicate, attribute.location, scope, &findings) }
        default: break
        }
    }

    private static func check(_ rules: [RuleSetModel.Rule], _ scope: FieldScope, _ findings: inout Findings) {
        for rule in rules {
            switch rule {
            case .simple(let simple): check(simple.predicate, simple.location, scope, &findings)
            case .compound(let predicate, let inner, let place):
                check(predicate, place, scope, &findings)
                check(inner, scope, &findings)
            }
        }
    }

    /// - Parameter place: where the predicate is, if it does not say so itself.
    private static func check(_ predicate: Predicate, _ place: SourceLocation, _ scope: FieldScope, _ findings: inout Findings) {
        switch predicate {
        case .always, .never: break
        case .simple(let simple):
            guard simple.op == .equal || simple.op == .notEqual, let value = simple.value else { return }
            check(value, simple.field, simple.location == .none ? place : simple.location, scope, &findings)
        case .set(let set): for value in set.values { check(value, set.field, set.location == .none ? place : set.location, scope, &findings) }
        case .compound(_, let parts, let own): for part in parts { check(part, own == .none ? place : own, scope, &findings) }
        }
    }

    private static func check(_ value: String, _ field: String, _ place: SourceLocation, _ scope: FieldScope, _ findings: inout Findings) {
        if scope.isWholeAgainstFraction(field, value) {
            findings.add(.impossibleComparison, "field \"\(field)\" is compared with \"\(value)\", which it never is: it is of type integer", at: place)
        }
        checkValue(value, of: field, in: "the predicate", scope, place, &findings)
    }

    /// A value that stands for one of a field's.
    static func checkValue(_ value: String, of field: String, in what: String, _ scope: FieldScope, _ place: SourceLocation, _ findings: inout Findings) {
        if scope.lacks(value, field) {
            findings.add(.unlistedValue, "\(what) names the value \"\(value)\", which field \"\(field)\" does not list", at: place)
        }
    }

    /// The categories that a tree predicts.
    static func checkScores(_ nodes: TreeNodes, of model: Model, _ scope: FieldScope, _ findings: inout Findings) {
        guard let target = model.listedTarget(scope) else { return }
        for (index, node) in nodes.nodes.enumerated() {
            guard findings.wants(.unlistedValue) else { return }
            if let score = nodes.string(node.score) { checkValue(score, of: target, in: "the score", scope, nodes.location(of: index), &findings) }
        }
    }
}

extension Model {
    /// The target of a classification that lists its categories.
    func listedTarget(_ scope: FieldScope) -> String? {
        guard functionName == .classification else { return nil }
        let targets = miningSchema.fields.filter { $0.usageType == .target }
        return targets.count == 1 && scope.lists(targets[0].name) ? targets[0].name : nil
    }
}

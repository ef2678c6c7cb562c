import ModelTree

// https://dmg.org/pmml/v4-4-1/TreeModel.html#predicates

extension ModelLint {
    /// Predicates that ask whether a field equals a value that it never has. Values that are not of the field's type at all are errors, or no comparisons.
    static func checkComparisons(_ model: Model, _ types: FieldTypes, _ findings: inout Findings) {
        switch model.kind {
        case .tree(let tree):
            for index in tree.nodes.nodes.indices {
                guard findings.wants(.impossibleComparison) else { return }
                check(tree.nodes.predicate(of: index), tree.nodes.location(of: index), types, &findings)
            }
        case .mining(let mining): for segment in mining.segments { check(segment.predicate, segment.location, types, &findings) }
        case .ruleSet(let rules): check(rules.rules, types, &findings)
        case .scorecard(let card):
            for attribute in card.characteristics.flatMap(\.attributes) { check(attribute.predicate, attribute.location, types, &findings) }
        default: break
        }
    }

    private static func check(_ rules: [RuleSetModel.Rule], _ types: FieldTypes, _ findings: inout Findings) {
        for rule in rules {
            switch rule {
            case .simple(let simple): check(simple.predicate, simple.location, types, &findings)
            case .compound(let predicate, let inner, let place):
                check(predicate, place, types, &findings)
                check(inner, types, &findings)
            }
        }
    }

    /// - Parameter place: where the predicate is, if it does not say so itself.
    private static func check(_ predicate: Predicate, _ place: SourceLocation, _ types: FieldTypes, _ findings: inout Findings) {
        switch predicate {
        case .always, .never: break
        case .simple(let simple):
            guard simple.op == .equal || simple.op == .notEqual, let value = simple.value else { return }
            check(value, simple.field, simple.location == .none ? place : simple.location, types, &findings)
        case .set(let set): for value in set.values { check(value, set.field, set.location == .none ? place : set.location, types, &findings) }
        case .compound(_, let parts, let own): for part in parts { check(part, own == .none ? place : own, types, &findings) }
        }
    }

    private static func check(_ value: String, _ field: String, _ place: SourceLocation, _ types: FieldTypes, _ findings: inout Findings) {
        guard types.isWholeAgainstFraction(field, value) else { return }
        findings.add(.impossibleComparison, "field \"\(field)\" is compared with \"\(value)\", which it never is: it is of type integer", at: place)
    }
}

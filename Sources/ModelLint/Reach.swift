import ModelTree

/// What is known of the fields of a row that satisfies some predicates, to tell whether there can be such a row.
struct Reach {
    /// What is known of one field.
    struct Field {
        var low = -Double.infinity
        var lowIsOpen = false
        var high = Double.infinity
        var highIsOpen = false
        /// The only texts that are left; nil: all but `excluded`.
        var allowed: Set<ExactText>?
        var excluded: Set<ExactText> = []
        var mustBeMissing = false
        var mustBeThere = false

        var isEmpty: Bool {
            if mustBeMissing { return mustBeThere }
            return low > high || (low == high && (lowIsOpen || highIsOpen)) || allowed?.isEmpty == true
        }

        mutating func raise(_ value: Double, isOpen: Bool) {
            if value > low { (low, lowIsOpen) = (value, isOpen) } else if value == low, isOpen { lowIsOpen = true }
        }

        mutating func lower(_ value: Double, isOpen: Bool) {
            if value < high { (high, highIsOpen) = (value, isOpen) } else if value == high, isOpen { highIsOpen = true }
        }

        mutating func allow(_ values: Set<ExactText>) {
            // In time with `values`, however many are excluded.
            allowed = (allowed.map { $0.intersection(values) } ?? values).filter { !excluded.contains($0) }
        }

        mutating func exclude(_ values: Set<ExactText>) {
            // Every node below has these sets: of very many texts, what comes after goes unremarked.
            if excluded.count < Reach.mostTexts { excluded.formUnion(values) }
            if let count = allowed?.count, count <= Reach.mostTexts { allowed?.subtract(values) }
        }
    }

    /// Each node has its own copy, so that of more nothing is kept.
    private static let mostTexts = 100
    private static let mostFields = 100

    /// A tree tests few fields on one path, so that they are looked up one by one.
    private var fields: [(name: String, known: Field)] = []

    /// What is known after a predicate was true; nil if it cannot be.
    func after(_ predicate: Predicate, _ scope: FieldScope) -> Reach? {
        switch predicate {
        case .always: return self
        case .never: return nil
        case .simple(let simple): return after(simple, scope)
        case .set(let set):
            if scope.isText(set.field) {
                return changing(set.field) { known in
                    known.mustBeThere = true
                    if set.isIn { known.allow(Set(set.values.map(ExactText.init))) } else { known.exclude(Set(set.values.map(ExactText.init))) }
                }
            }
            return changing(set.field) { $0.mustBeThere = true }
        case .compound(.and, let parts, _):
            var reach: Reach? = self
            for part in parts { reach = reach?.after(part, scope) }
            return reach
        case .compound(.or, let parts, _):
            var only: Reach?
            for part in parts {
                guard let reach = after(part, scope) else { continue }
                if only != nil { return self }
                only = reach
            }
            return parts.isEmpty ? self : only
        // Of what is true of a surrogate's later parts, or of an odd number of parts, nothing simple is known.
        case .compound: return self
        }
    }

    private func after(_ simple: SimplePredicate, _ scope: FieldScope) -> Reach? {
        let text = simple.value ?? ""
        let number = scope.number(text, simple.field)
        let isOrdered = scope.isOrdered(simple.field)
        return changing(simple.field) { known in
            switch simple.op {
            case .lessThan where isOrdered, .lessOrEqual where isOrdered, .greaterThan where isOrdered, .greaterOrEqual where isOrdered: break
            case .isMissing:
                known.mustBeMissing = true
                return
            case .isNotMissing: break
            case .equal:
                if let number {
                    known.raise(number, isOpen: false)
                    known.lower(number, isOpen: false)
                } else if scope.isText(simple.field) {
                    known.allow([ExactText(text)])
                }
            case .notEqual: if scope.isText(simple.field) { known.exclude([ExactText(text)]) }
            case .lessThan: if let number { known.lower(number, isOpen: true) }
            case .lessOrEqual: if let number { known.lower(number, isOpen: false) }
            case .greaterThan: if let number { known.raise(number, isOpen: true) }
            case .greaterOrEqual: if let number { known.raise(number, isOpen: false) }
            }
            known.mustBeThere = true
        }
    }

    private func changing(_ name: String, _ change: (inout Field) -> Void) -> Reach? {
        let at = fields.firstIndex { $0.name == name }
        var known = at.map { fields[$0].known } ?? Field()
        change(&known)
        if known.isEmpty { return nil }
        var changed = self
        if let at {
            changed.fields[at].known = known
        } else if fields.count < Self.mostFields {
            changed.fields.append((name, known))
        }
        return changed
    }
}

extension Predicate {
    /// Whether it is true of every row.
    var isAlways: Bool { if case .always = self { true } else { false } }

    /// Whether it can be true where a field is missing.
    var canTakeMissing: Bool {
        switch self {
        case .always: true
        case .never, .set: false
        case .simple(let simple): simple.op == .isMissing
        case .compound(.and, let parts, _): parts.allSatisfy(\.canTakeMissing)
        case .compound(_, let parts, _): parts.contains(where: \.canTakeMissing)
        }
    }

    /// The predicate as text, to find that it stands twice.
    var key: String {
        switch self {
        case .always: "1"
        case .never: "0"
        case .simple(let simple): "\(simple.field)\u{1F}\(simple.op.rawValue)\u{1F}\(simple.value ?? "")"
        case .set(let set): "\(set.field)\u{1F}\(set.isIn)\u{1F}" + set.values.joined(separator: "\u{1F}")
        case .compound(let op, let parts, _): "\(op.rawValue)(" + parts.map(\.key).joined(separator: "\u{1E}") + ")"
        }
    }
}

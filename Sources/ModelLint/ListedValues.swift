import ModelTree

/// The values of the fields that can have no others: what a predicate, a term or a score may name.
struct ListedValues {
    private var values: [String: Set<ExactText>] = [:]
    /// Fields whose values are compared as numbers.
    private var numbers: Set<String> = []

    init(_ document: Document) {
        for field in document.dataDictionary.fields where field.intervals.isEmpty && values[field.name] == nil {
            let valid = field.values.filter { $0.property == .valid }.map(\.value)
            switch field.dataType {
            case .string: break
            case .integer, .float, .double: numbers.insert(field.name)
            default: continue
            }
            if !valid.isEmpty { values[field.name] = Set(valid.map { ExactText(plain($0, field.name)) }) }
        }
        // What one model lets through reaches the models inside it.
        for model in document.models.flatMap(\.withInnerModels) {
            for field in model.miningSchema.fields {
                if field.invalidValueTreatment == .asIs { values[field.name] = nil }
                for other in [field.missingValueReplacement, field.invalidValueReplacement] {
                    guard let other else { continue }
                    let key = ExactText(plain(other, field.name))
                    values[field.name]?.insert(key)
                }
            }
        }
    }

    /// Those seen inside a model: its own fields, and the results of its segments, may hide the listed ones.
    func inside(_ model: Model) -> ListedValues {
        var inner = self
        for name in model.localTransformations.derivedFields.compactMap(\.name) { inner.values[name] = nil }
        for name in model.innerModels.flatMap({ $0.output.map(\.name) }) { inner.values[name] = nil }
        return inner
    }

    /// Those seen inside a function: its parameters may have any values.
    func without(_ function: DefineFunction) -> ListedValues {
        var inner = self
        for parameter in function.parameters { inner.values[parameter.name] = nil }
        return inner
    }

    /// Whether a field lists values.
    func lists(_ field: String) -> Bool { values[field] != nil }

    /// Whether a field lists values, and this one is not among them.
    func lacks(_ value: String, _ field: String) -> Bool { values[field].map { !$0.contains(ExactText(plain(value, field))) } ?? false }

    /// Whether a field lists nothing but texts that are no numbers.
    func isNeverANumber(_ field: String) -> Bool { values[field]?.allSatisfy { Double($0.text) == nil } ?? false }

    /// 1, 1.0 and 1e0 are one number.
    private func plain(_ value: String, _ field: String) -> String { numbers.contains(field) ? Double(value)?.description ?? value : value }
}

extension ModelLint {
    /// A value that stands for one of a field's.
    static func checkValue(_ value: String, of field: String, in what: String, _ listed: ListedValues, _ place: SourceLocation, _ findings: inout Findings) {
        if listed.lacks(value, field) {
            findings.add(.unlistedValue, "\(what) names the value \"\(value)\", which field \"\(field)\" does not list", at: place)
        }
    }

    /// The values that a predicate compares fields with.
    static func checkValues(_ predicate: Predicate, _ listed: ListedValues, _ place: SourceLocation, _ findings: inout Findings) {
        switch predicate {
        case .always, .never: break
        case .simple(let simple):
            if simple.op == .equal || simple.op == .notEqual, let value = simple.value {
                checkValue(value, of: simple.field, in: "the predicate", listed, simple.location == .none ? place : simple.location, &findings)
            }
        case .set(let set):
            if listed.lists(set.field) {
                let place = set.location == .none ? place : set.location
                for value in set.values { checkValue(value, of: set.field, in: "the predicate", listed, place, &findings) }
            }
        case .compound(_, let parts, let own): for part in parts { checkValues(part, listed, own == .none ? place : own, &findings) }
        }
    }

    /// The values that a tree's predicates and scores name.
    static func checkValues(_ nodes: TreeNodes, of model: Model, _ listed: ListedValues, _ findings: inout Findings) {
        let isListed = nodes.fieldNames.map(listed.lists)
        let target = model.listedTarget(listed)
        for (index, node) in nodes.nodes.enumerated() {
            guard findings.wants(.unlistedValue) else { return }
            let at = Int(node.field)
            switch node.predicate {
            case .equal, .notEqual:
                if isListed.indices.contains(at), isListed[at], let value = nodes.string(node.value) {
                    checkValue(value, of: nodes.fieldNames[at], in: "the predicate", listed, nodes.location(of: index), &findings)
                }
            case .other:
                if nodes.predicates.indices.contains(at) { checkValues(nodes.predicates[at], listed, nodes.location(of: index), &findings) }
            default: break
            }
            if let target, let score = nodes.string(node.score) {
                checkValue(score, of: target, in: "the score", listed, nodes.location(of: index), &findings)
            }
        }
    }
}

extension Model {
    /// The target of a classification that lists its categories.
    func listedTarget(_ listed: ListedValues) -> String? {
        guard functionName == .classification else { return nil }
        let targets = miningSchema.fields.filter { $0.usageType == .target }
        return targets.count == 1 && listed.lists(targets[0].name) ? targets[0].name : nil
    }
}

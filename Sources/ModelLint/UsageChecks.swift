import ModelTree

extension ModelLint {
    /// What nothing uses.
    static func checkUsage(_ document: Document, _ usage: FieldUsage, _ findings: inout Findings) {
        let scored = document.models.filter(\.isScorable)
        // A model that cannot be scored has not been compiled.
        guard scored.count == document.models.count else { return }
        let models = document.models.flatMap(\.withInnerModels)
        var listed = usage.dataFields
        for model in models {
            listed.formUnion(model.miningSchema.fields.map(\.name))
            listed.formUnion(model.targets.compactMap(\.field))
            // A network's nodes are fields, those that the row does not tell as well.
            if case .bayesianNetwork(let network) = model.kind { listed.formUnion(network.nodes.map(\.name)) }
        }
        if !models.isEmpty {
            for field in document.dataDictionary.fields where !listed.contains(field.name) {
                findings.add(.unusedDataField, "no model uses DataField \"\(field.name)\"", at: field.location)
            }
            checkDerived(document.transformations.derivedFields, usage, &findings)
        }
        for function in document.transformations.functions where !usage.functions.contains(function.name) {
            findings.add(.unusedFunction, "nothing calls function \"\(function.name)\"", at: function.location)
        }
        for model in models { checkDerived(model.localTransformations.derivedFields, usage, &findings) }
        // Of a model inside another nobody is asked for its fields, and ensembles give all their members the same list.
        for model in document.models {
            for field in model.miningSchema.fields where field.usageType == .active && !usage.miningFields.contains(field.location) {
                findings.add(
                    .unusedMiningField, "\(model.element) does not use its active field \"\(field.name)\"", at: field.location)
            }
        }
    }

    private static func checkDerived(_ fields: [DerivedField], _ usage: FieldUsage, _ findings: inout Findings) {
        for field in fields where !usage.derivedFields.contains(field.location) {
            guard let name = field.name else { continue }
            findings.add(.unusedDerivedField, "nothing uses DerivedField \"\(name)\"", at: field.location)
        }
    }
}

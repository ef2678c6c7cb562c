import ModelTree

extension ModelLint {
    /// Names and ids that stand twice, and names that hide others.
    static func checkNames(_ document: Document, _ builtIns: Set<String>, _ findings: inout Findings) {
        var functions: Set<String> = []
        for function in document.transformations.functions {
            if builtIns.contains(function.name) {
                findings.add(
                    .shadowedFunction, "function \"\(function.name)\" has the name of a built-in function", at: function.location,
                    fix: "rename it, and its calls")
            }
            checkIDs(function.parameters.map { ($0.name, function.location) }, "ParameterField", &findings)
            if !functions.insert(function.name).inserted {
                findings.add(.duplicateFunction, "there is a function \"\(function.name)\" before this one, which counts", at: function.location)
            }
        }
        var models: Set<String> = []
        for model in document.models {
            if let name = model.modelName, !models.insert(name).inserted {
                findings.add(.duplicateModel, "a model before this one is named \"\(name)\", too", at: model.location)
            }
        }
        let data = Set(document.dataDictionary.fields.map(\.name))
        checkDerived(document.transformations.derivedFields, hiding: data, "DataField", &findings)
        let global = data.union(document.transformations.derivedFields.compactMap(\.name))
        for model in document.models { checkNames(model, seen: global, &findings) }
    }

    private static func checkNames(_ model: Model, seen: Set<String>, _ findings: inout Findings) {
        checkDerived(model.localTransformations.derivedFields, hiding: seen, "field", &findings)
        var outputs: Set<String> = []
        for output in model.output {
            if !outputs.insert(output.name).inserted {
                findings.add(.duplicateOutput, "there is an OutputField \"\(output.name)\" before this one, which counts", at: output.location)
            }
        }
        // What a segment puts out is seen by those after it, in place of the field.
        let inner = seen.union(model.localTransformations.derivedFields.compactMap(\.name))
        for one in model.innerModels {
            if case .mining(let mining) = model.kind, mining.method == .modelChain || mining.method == .multiModelChain {
                let targets = Set(one.miningSchema.fields.filter { $0.usageType == .target }.map(\.name))
                for output in one.output where inner.contains(output.name) && !targets.contains(output.name) {
                    findings.add(
                        .shadowedField, "OutputField \"\(output.name)\" hides the field of that name from the segments after it", at: output.location)
                }
            }
            checkNames(one, seen: inner, &findings)
        }
    }

    private static func checkDerived(_ fields: [DerivedField], hiding others: Set<String>, _ what: String, _ findings: inout Findings) {
        var own: Set<String> = []
        for field in fields {
            guard let name = field.name else { continue }
            if !own.insert(name).inserted {
                findings.add(.duplicateDerivedField, "there is a DerivedField \"\(name)\" before this one, which counts no more", at: field.location)
            } else if others.contains(name) {
                findings.add(.shadowedField, "DerivedField \"\(name)\" hides the \(what) of that name", at: field.location)
            }
        }
    }

    static func checkValues(_ field: DataField, _ findings: inout Findings) {
        var known: Set<ExactText> = []
        for value in field.values where !known.insert(ExactText(value.value)).inserted {
            findings.add(.duplicateValue, "DataField \"\(field.name)\" lists the value \"\(value.value)\" twice", at: field.location)
        }
        if field.intervals.contains(where: \.isEmpty) {
            findings.add(.emptyInterval, "an interval of DataField \"\(field.name)\" holds no number", at: field.location)
        }
    }

    static func checkIDs(_ ids: [(id: String?, place: SourceLocation)], _ what: String, _ findings: inout Findings) {
        var known: Set<String> = []
        for (id, place) in ids {
            guard let id, !known.insert(id).inserted else { continue }
            findings.add(.duplicateID, "there is a \(what) of the id or name \"\(id)\" before this one", at: place)
        }
    }
}

// https://dmg.org/pmml/v4-4-1/Targets.html
import ModelTree

extension DocumentWriter {
    func write(_ targets: [Target], of model: Model) {
        if targets.isEmpty { return }
        out.element("Targets") {
            for target in targets { write(target, of: model) }
        }
    }

    private func write(_ target: Target, of model: Model) {
        out.element("Target", at: target.location) {
            let field = target.field ?? (version < .v4_3 ? implicitTarget(of: model) : nil)
            if field == nil { out.requires("no field") }
            out.attribute("field", field)
            out.attribute("optype", target.opType?.rawValue)
            out.attribute("castInteger", target.castInteger?.rawValue)
            out.attribute("min", number: target.min)
            out.attribute("max", number: target.max)
            if target.rescaleConstant != 0 { out.attribute("rescaleConstant", number: target.rescaleConstant) }
            if target.rescaleFactor != 1 { out.attribute("rescaleFactor", number: target.rescaleFactor) }
            for value in target.values {
                out.element("TargetValue") {
                    out.attribute("value", value.value)
                    out.attribute("displayValue", value.displayValue)
                    out.attribute("priorProbability", share: value.priorProbability)
                    out.attribute("defaultValue", number: value.defaultValue)
                }
            }
        }
    }

    /// The target that is meant where none is named, which was not possible before 4.3: the model's own, or that of the model
    /// around it, if a number is then still what it was.
    private func implicitTarget(of model: Model) -> String? {
        func target(_ model: Model) -> String? { model.miningSchema.fields.first { $0.usageType == .target }?.name }
        if let own = target(model) { return own }
        guard model.functionName == .regression, let outer = models.dropLast().reversed().compactMap(target).first else { return nil }
        switch types[outer] {
        case .double, .string, .boolean: return outer
        default: return nil
        }
    }
}

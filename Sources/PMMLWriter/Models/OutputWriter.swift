// https://dmg.org/pmml/v4-4-1/Output.html
import ModelTree

extension DocumentWriter {
    func write(_ fields: [OutputField], of model: Model) {
        if fields.isEmpty { return }
        out.element("Output") {
            for field in fields { write(field, of: model) }
        }
    }

    private func write(_ field: OutputField, of model: Model) {
        let field = respelled(field, of: model)
        out.element("OutputField", at: field.location) {
            let type = field.dataType ?? (version >= .v4_3 ? types.type(of: field, model) : nil)
            if type == nil, version >= .v4_3 {
                out.problem(.unwritableModel, "OutputField \"\(field.name)\" has no dataType, which PMML asks for since 4.3, and none follows from its feature")
            }
            writeAttributes(field, type)
            extend(dataType: type)
            if field.feature == .report { out.extend("x-feature", field.feature.rawValue) }
            if let report = field.reportField { out.extend("x-reportField", report) }
            if !field.isFinalResult, version < .v4_3 { out.extend("x-isFinalResult", "false") }
            if let decisions = field.decisions { write(decisions) }
            if let expression = field.expression { write(expression) }
            // They follow an expression.
            if field.expression != nil, out.knows(child: "Value") { for value in field.values { write(value) } }
        }
        if let type = field.dataType ?? types.type(of: field, model) { types.define(field.name, type) }
    }

    private func writeAttributes(_ field: OutputField, _ type: DataType?) {
        out.attribute("name", field.name)
        out.attribute("displayName", field.displayName)
        out.attribute("optype", field.opType?.rawValue)
        write(dataType: type)
        out.attribute("targetField", field.targetField)
        if field.feature == .report {
            out.attribute("feature", ResultFeature.warning.rawValue)
        } else if field.feature != .predictedValue {
            out.attribute("feature", field.feature.rawValue)
        }
        out.attribute("value", field.value)
        if field.ruleFeature != .consequent { out.attribute("ruleFeature", field.ruleFeature.rawValue) }
        if field.algorithm != .exclusiveRecommendation { out.attribute("algorithm", field.algorithm.rawValue) }
        if field.rank != 1 { out.attribute("rank", integer: field.rank) }
        if field.rankBasis != .confidence { out.attribute("rankBasis", field.rankBasis.rawValue) }
        if field.rankOrder != .descending { out.attribute("rankOrder", field.rankOrder.rawValue) }
        if field.isMultiValued { out.attribute("isMultiValued", "1") }
        out.attribute("segmentId", field.segmentId)
        if !field.isFinalResult, version >= .v4_3 { out.attribute("isFinalResult", flag: false) }
    }

    private func write(_ decisions: Decisions) {
        out.element("Decisions") {
            out.attribute("businessProblem", decisions.businessProblem)
            out.attribute("description", decisions.description)
            for decision in decisions.decisions {
                out.element("Decision") {
                    out.attribute("value", decision.value)
                    out.attribute("displayValue", decision.displayValue)
                    out.attribute("description", decision.description)
                }
            }
        }
    }

    /// Features under the names that they had in older versions.
    private func respelled(_ field: OutputField, of model: Model) -> OutputField {
        var field = field
        if version < .v4_2, version >= .v4_0, model.hasRules, let feature = OutputField.RuleFeature(rawValue: field.feature.rawValue) {
            field.feature = .ruleValue
            field.ruleFeature = feature
        }
        if version < .v4_1, field.feature == .affinity { field.feature = .entityAffinity }
        return field
    }
}

extension Model {
    /// Whether its results are rules between items.
    fileprivate var hasRules: Bool {
        switch kind {
        case .association, .sequence: true
        default: false
        }
    }
}

extension FieldTypes {
    /// The type that an output has when it states none; nil where it does not follow from the document alone.
    func type(of field: OutputField, _ model: Model) -> DataType? {
        switch field.feature {
        case .predictedValue:
            let target = field.targetField ?? model.miningSchema.fields.first { $0.usageType == .target }?.name
            if let target, let type = self[target] { return type }
            return model.functionName == .regression || model.functionName == .timeSeries ? (model.isFloat ? .float : .double) : .string
        case .transformedValue, .decision: return field.expression.flatMap(type)
        case .probability, .affinity, .residual, .standardError, .clusterAffinity, .entityAffinity, .confidence, .support, .lift, .leverage,
            .standardDeviation, .confidenceIntervalLower, .confidenceIntervalUpper:
            return .double
        case .predictedDisplayValue, .clusterId, .entityId, .warning, .reasonCode, .antecedent, .consequent, .rule, .ruleId, .report:
            return .string
        case .ruleValue: return field.ruleFeature.isNumber ? .double : .string
        }
    }
}

extension OutputField.RuleFeature {
    fileprivate var isNumber: Bool {
        switch self {
        case .confidence, .support, .lift, .leverage, .affinity: true
        case .antecedent, .consequent, .rule, .ruleId: false
        }
    }
}

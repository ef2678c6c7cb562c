// https://dmg.org/pmml/v4-4-1/MiningSchema.html

import Evaluation
import ModelTree

extension Compiler {
    /// Opens a model's scope: its mining fields with their treatments, then its derived fields.
    ///
    /// - Parameters:
    ///   - active: where given, the condition under which the model applies to a row.
    ///   - isOutermost: whether the model's fields come straight from outside.
    func openScope(_ model: Model, in parent: Scope, active: Register?, isOutermost: Bool) throws(CompileError) -> Scope {
        let scope = Scope(.model, parent: parent, blockDepth: builder.depth, isFloat: model.isFloat)
        if isOutermost { outermostScope = scope }
        var required: [(name: String, register: Register)] = []
        for field in model.miningSchema.fields {
            switch field.usageType {
            case .target, .frequencyWeight, .analysisWeight: continue
            case .active, .supplementary, .group, .order: break
            }
            let dataField = parent.dataField(field.name)
            var value: TypedValue
            if isOutermost, let dataField {
                value = rawInput(dataField, usage: field.usageType.rawValue)
            } else if let found = try parent.lookup(field.name, at: field.location, self) {
                value = found
            } else {
                // Some exporters list fields that do not exist; one that is used is missed where it is used.
                warn("unknown-mining-field", "MiningField \"\(field.name)\" names no field; it is left out, and whatever uses it is refused", at: field.location)
                continue
            }
            if let opType = field.opType {
                value.opType = opType.operational
                // The order comes and goes with it.
                value.order = opType == .ordinal ? dataField?.values.order ?? value.order : nil
            }
            let treatment = treatment(of: field, dataField, value, isOutermost: isOutermost)
            if !treatment.isIdentity {
                value.register = value.register.kind == .list
                    ? builder.treatItems(value.register, treatment, isText: value.holdsTexts) : builder.treat(value.register, treatment)
            }
            scope.define(field.name, value)
            let fails = (treatment.checksValidity && treatment.invalid != .asMissing && treatment.invalid != .asValue) || treatment.requiresValue
            if fails, field.usageType == .active {
                required.append((field.name, value.register))
            }
        }
        builder.require(required, where: active)
        for field in model.localTransformations.derivedFields { scope.define(field) }
        return scope
    }

    private func treatment(of field: MiningField, _ dataField: DataField?, _ value: TypedValue, isOutermost: Bool) -> FieldTreatment {
        var treatment = FieldTreatment(field: field.name)
        treatment.requiresValue = field.missingValueTreatment == .returnInvalid
        switch field.invalidValueTreatment {
        case .returnInvalid: treatment.invalid = .returnInvalid
        case .asIs: treatment.invalid = .asIs
        case .asMissing: treatment.invalid = .asMissing
        case .asValue: treatment.invalid = .asValue
        }
        // A value that an outer model has let through is not judged again by an inner one that says nothing of its own.
        treatment.checksValidity = isOutermost || field.invalidValueTreatment != .returnInvalid
        switch field.outliers {
        case .asIs: treatment.outliers = .asIs
        case .asMissingValues: treatment.outliers = .asMissing
        case .asExtremeValues: treatment.outliers = .asExtreme
        }
        treatment.low = field.lowValue ?? -.infinity
        treatment.high = field.highValue ?? .infinity
        if value.holdsTexts {
            treatment.missingReplacementText = field.missingValueReplacement
            treatment.invalidReplacementText = field.invalidValueReplacement
            treatment.outliers = .asIs
        } else {
            treatment.missingReplacement = field.missingValueReplacement.flatMap { number($0, value.type, "missingValueReplacement", field.location) }
            treatment.invalidReplacement = field.invalidValueReplacement.flatMap { number($0, value.type, "invalidValueReplacement", field.location) }
        }
        if let dataField, treatment.checksValidity || isOutermost { addValues(of: dataField, to: &treatment, value) }
        return treatment
    }

    private func addValues(of field: DataField, to treatment: inout FieldTreatment, _ value: TypedValue) {
        if value.holdsTexts {
            treatment.validTexts = field.values.validTexts
            treatment.invalidTexts = field.values.filter { $0.property == .invalid }.map(\.value)
            treatment.missingTexts = field.values.filter { $0.property == .missing }.map(\.value)
            return
        }
        func numbers(_ property: FieldValue.Property) -> [Double] {
            field.values.filter { $0.property == property }.compactMap { number($0.value, value.type, "Value", field.location, isWarning: property == .valid) }
                .filter { !$0.isNaN }
        }
        treatment.validNumbers = numbers(.valid)
        treatment.invalidNumbers = numbers(.invalid)
        treatment.missingNumbers = numbers(.missing)
        for interval in field.intervals {
            treatment.intervals += [
                interval.leftMargin ?? -.infinity, interval.rightMargin ?? .infinity,
                interval.leftMargin == nil || interval.closure.includesLeft ? 1 : 0,
                interval.rightMargin == nil || interval.closure.includesRight ? 1 : 0,
            ]
        }
    }

    private func number(_ text: String, _ type: ValueType, _ what: String, _ location: SourceLocation, isWarning: Bool = true) -> Double? {
        if let number = Literal.number(text, as: type) { return number }
        if isWarning { warn("impossible-value", "\(what) \"\(text)\" is no value of type \(type.name); it is ignored", at: location) }
        return nil
    }
}

// https://dmg.org/pmml/v4-4-1/MiningSchema.html
import ModelTree

extension DocumentWriter {
    func write(_ schema: MiningSchema) {
        out.element("MiningSchema") {
            for field in schema.fields { write(field) }
        }
    }

    private func write(_ field: MiningField) {
        let field = respelled(field)
        out.element("MiningField", at: field.location) {
            out.attribute("name", field.name)
            if let usage = spelling(of: field.usageType) { out.attribute("usageType", usage) }
            out.attribute("optype", field.opType?.rawValue)
            out.attribute("importance", share: field.importance)
            if field.outliers != .asIs { out.attribute("outliers", field.outliers.rawValue) }
            out.attribute("lowValue", number: field.lowValue)
            out.attribute("highValue", number: field.highValue)
            out.attribute("missingValueReplacement", field.missingValueReplacement)
            out.attribute("missingValueTreatment", field.missingValueTreatment?.rawValue)
            if field.invalidValueTreatment != .returnInvalid { out.attribute("invalidValueTreatment", field.invalidValueTreatment.rawValue) }
            out.attribute("invalidValueReplacement", field.invalidValueReplacement)
        }
    }

    private func spelling(of usage: MiningField.UsageType) -> String? {
        switch usage {
        case .active: nil
        case .target: version < .v4_2 ? "predicted" : usage.rawValue
        case .frequencyWeight, .analysisWeight: version < .v4_0 ? MiningField.UsageType.supplementary.rawValue : usage.rawValue
        case .supplementary, .group, .order: usage.rawValue
        }
    }

    /// Before 4.4 an invalid value had no replacement of its own: it could count as missing, and be replaced as such.
    private func respelled(_ field: MiningField) -> MiningField {
        var field = field
        if version >= .v4_4 { return field }
        if field.invalidValueTreatment != .asValue {
            // Without asValue it has no part.
            field.invalidValueReplacement = nil
        } else if let value = field.invalidValueReplacement, field.missingValueReplacement == value {
            field.invalidValueTreatment = .asMissing
            field.invalidValueReplacement = nil
        }
        return field
    }
}

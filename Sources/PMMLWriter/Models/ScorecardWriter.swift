// https://dmg.org/pmml/v4-4-1/Scorecard.html
import ModelTree

extension DocumentWriter {
    func writeAttributes(_ scorecard: Scorecard) {
        if scorecard.initialScore != 0 { out.attribute("initialScore", number: scorecard.initialScore) }
        if !scorecard.usesReasonCodes { out.attribute("useReasonCodes", flag: false) }
        if scorecard.reasonCodeAlgorithm != .pointsBelow { out.attribute("reasonCodeAlgorithm", scorecard.reasonCodeAlgorithm.rawValue) }
        out.attribute("baselineScore", number: scorecard.baselineScore)
        if scorecard.baselineMethod != .other { out.attribute("baselineMethod", scorecard.baselineMethod.rawValue) }
    }

    func write(_ scorecard: Scorecard) {
        out.element("Characteristics") {
            for characteristic in scorecard.characteristics {
                out.element("Characteristic", at: characteristic.location) {
                    out.attribute("name", characteristic.name)
                    out.attribute("reasonCode", characteristic.reasonCode)
                    out.attribute("baselineScore", number: characteristic.baselineScore)
                    for attribute in characteristic.attributes { write(attribute) }
                }
            }
        }
    }

    private func write(_ attribute: Scorecard.Attribute) {
        out.element("Attribute", at: attribute.location) {
            out.attribute("reasonCode", attribute.reasonCode)
            if case .number(let score) = attribute.partialScore { out.attribute("partialScore", number: score) }
            write(attribute.predicate)
            if case .expression(let expression) = attribute.partialScore { out.element("ComplexPartialScore") { write(expression) } }
        }
    }
}

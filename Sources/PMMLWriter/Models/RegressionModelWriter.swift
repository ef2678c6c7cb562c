// https://dmg.org/pmml/v4-4-1/Regression.html
import ModelTree

extension DocumentWriter {
    func writeAttributes(_ regression: RegressionModel) {
        if regression.normalization != .none { out.attribute("normalizationMethod", regression.normalization.rawValue) }
        out.attribute("targetFieldName", regression.targetFieldName)
    }

    func write(_ table: RegressionTable) {
        out.element("RegressionTable", at: table.location) {
            out.attribute("intercept", number: table.intercept)
            out.attribute("targetCategory", table.targetCategory)
            for predictor in table.numericPredictors {
                out.element("NumericPredictor", at: predictor.location) {
                    out.attribute("name", predictor.field)
                    if predictor.exponent != 1 { out.attribute("exponent", integer: predictor.exponent) }
                    out.attribute("coefficient", number: predictor.coefficient)
                }
            }
            for predictor in table.categoricalPredictors { write(predictor) }
            for term in table.predictorTerms {
                out.element("PredictorTerm", at: term.location) {
                    out.attribute("name", term.name)
                    out.attribute("coefficient", number: term.coefficient)
                    for field in term.fields { write(FieldRef(field: field)) }
                }
            }
        }
    }

    func write(_ predictor: RegressionTable.CategoricalPredictor) {
        out.element("CategoricalPredictor", at: predictor.location) {
            out.attribute("name", predictor.field)
            out.attribute("value", predictor.value)
            out.attribute("coefficient", number: predictor.coefficient)
        }
    }
}

// https://dmg.org/pmml/v4-4-1/TimeSeriesModel.html#xsdElement_StateSpaceModel
import ModelTree

extension DocumentWriter {
    func write(_ model: StateSpaceModel) {
        out.element("StateSpaceModel", at: model.location) {
            out.attribute("variance", number: model.variance)
            if model.intercept != 0 { out.attribute("intercept", number: model.intercept) }
            // The schema has one; those of several targets stand in an extension.
            if model.psi.count > 1 {
                out.element("Extension") {
                    out.attribute("name", "x-PsiVector")
                    for psi in model.psi { write(psi) }
                }
            }
            out.element("StateVector") { write(numbers: model.state) }
            if let matrix = model.transition { out.element("TransitionMatrix") { write(matrix) } }
            if let matrix = model.measurement { out.element("MeasurementMatrix") { write(matrix) } }
            if !model.interceptVector.isEmpty {
                out.element("InterceptVector") {
                    if model.interceptIsObserved { out.attribute("type", "observation") }
                    write(numbers: model.interceptVector)
                }
            }
            if let matrix = model.stateCovariance { out.element("PredictedStateCovarianceMatrix") { write(matrix) } }
            if let matrix = model.noiseCovariance { out.element("SelectedStateCovarianceMatrix") { write(matrix) } }
            if let matrix = model.observationVariance { out.element("ObservationVarianceMatrix") { write(matrix) } }
            if model.psi.count == 1 { write(model.psi[0]) }
        }
    }

    private func write(_ psi: StateSpaceModel.PsiVector) {
        out.element("PsiVector") {
            out.attribute("targetField", psi.targetField)
            out.attribute("variance", number: psi.variance)
            write(numbers: psi.weights)
        }
    }
}

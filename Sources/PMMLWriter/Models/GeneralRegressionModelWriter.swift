// https://dmg.org/pmml/v4-4-1/GeneralRegression.html
import ModelTree

extension DocumentWriter {
    func writeAttributes(_ regression: GeneralRegressionModel) {
        out.attribute("targetVariableName", regression.targetVariableName)
        out.attribute("modelType", regression.modelType.rawValue)
        out.attribute("targetReferenceCategory", regression.targetReferenceCategory)
        out.attribute("cumulativeLink", regression.cumulativeLink?.rawValue)
        if regression.linkFunction != .cauchit { out.attribute("linkFunction", regression.linkFunction?.rawValue) }
        out.attribute("linkParameter", number: regression.linkParameter)
        out.attribute("trialsVariable", regression.trials.field)
        out.attribute("trialsValue", integer: regression.trials.value.flatMap { Int(exactly: $0) })
        if let trials = regression.trials.value, Int(exactly: trials) == nil {
            out.problem(.unwritableModel, "GeneralRegressionModel@trialsValue is no integer")
        }
        out.attribute("distribution", regression.distribution?.rawValue)
        out.attribute("distParameter", number: regression.distParameter)
        out.attribute("offsetVariable", regression.offset.field)
        out.attribute("offsetValue", number: regression.offset.value)
        out.attribute("modelDF", number: regression.modelDF)
        out.attribute("endTimeVariable", regression.endTimeVariable)
        out.attribute("startTimeVariable", regression.startTimeVariable)
        out.attribute("subjectIDVariable", regression.subjectIDVariable)
        out.attribute("statusVariable", regression.statusVariable)
        out.attribute("baselineStrataVariable", regression.baselineStrataVariable)
    }

    func write(_ regression: GeneralRegressionModel) {
        out.element("ParameterList") {
            for parameter in regression.parameters {
                out.element("Parameter") {
                    out.attribute("name", parameter.name)
                    out.attribute("label", parameter.label)
                    if parameter.referencePoint != 0 { out.attribute("referencePoint", number: parameter.referencePoint) }
                }
            }
        }
        if !regression.factors.isEmpty { out.element("FactorList") { for factor in regression.factors { write(factor) } } }
        if !regression.covariates.isEmpty { out.element("CovariateList") { for covariate in regression.covariates { write(covariate) } } }
        out.element("PPMatrix") {
            for cell in regression.predictorCells {
                out.element("PPCell", at: cell.location) {
                    out.attribute("value", cell.value)
                    out.attribute("predictorName", cell.predictor)
                    out.attribute("parameterName", cell.parameter)
                    out.attribute("targetCategory", cell.targetCategory)
                }
            }
        }
        if !regression.covariances.isEmpty {
            out.element("PCovMatrix") {
                for cell in regression.covariances {
                    out.element("PCovCell") {
                        out.attribute("pRow", cell.row.parameter)
                        out.attribute("pCol", cell.column.parameter)
                        out.attribute("tRow", cell.row.targetCategory)
                        out.attribute("tCol", cell.column.targetCategory)
                        out.attribute("value", number: cell.value)
                    }
                }
            }
        }
        out.element("ParamMatrix") {
            for cell in regression.coefficients {
                out.element("PCell") {
                    out.attribute("targetCategory", cell.targetCategory)
                    out.attribute("parameterName", cell.parameter)
                    out.attribute("beta", number: cell.beta)
                }
            }
        }
        if let baseline = regression.baseline { write(baseline) }
    }

    private func write(_ predictor: GeneralRegressionModel.Predictor) {
        out.element("Predictor", at: predictor.location) {
            out.attribute("name", predictor.name)
            if !predictor.categories.isEmpty {
                out.element("Categories") {
                    for category in predictor.categories { out.element("Category") { out.attribute("value", category) } }
                }
            }
            if let contrasts = predictor.contrasts { write(contrasts) }
        }
    }

    private func write(_ baseline: GeneralRegressionModel.Baseline) {
        out.element("BaseCumHazardTables") {
            if baseline.tables.count == 1, baseline.tables[0].stratum == nil {
                out.attribute("maxTime", number: baseline.tables[0].maxTime)
                return write(baseline.tables[0].steps)
            }
            for table in baseline.tables {
                out.element("BaselineStratum") {
                    out.attribute("value", table.stratum ?? "")
                    out.attribute("label", table.label)
                    // Required; without a limit every time is known.
                    out.attribute("maxTime", number: table.maxTime ?? .infinity)
                    write(table.steps)
                }
            }
        }
    }

    private func write(_ steps: [GeneralRegressionModel.Baseline.Step]) {
        for step in steps {
            out.element("BaselineCell") {
                out.attribute("time", number: step.time)
                out.attribute("cumHazard", number: step.hazard)
            }
        }
    }
}

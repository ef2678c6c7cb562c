// https://dmg.org/pmml/v4-4-1/TimeSeriesModel.html#xsdElement_ARIMA
import ModelTree

extension DocumentWriter {
    func write(_ arima: ARIMA) {
        out.element("ARIMA", at: arima.location) {
            out.attribute("RMSE", number: arima.rmse)
            if arima.transformation != .none { out.attribute("transformation", arima.transformation.rawValue) }
            if arima.constantTerm != 0 { out.attribute("constantTerm", number: arima.constantTerm) }
            if arima.predictionMethod != .conditionalLeastSquares { out.attribute("predictionMethod", arima.predictionMethod.rawValue) }
            out.element("NonseasonalComponent") {
                out.attribute("p", integer: arima.nonseasonal.factor.ar.count)
                out.attribute("d", integer: arima.nonseasonal.differences)
                out.attribute("q", integer: arima.nonseasonal.factor.ma.count)
                write(arima.nonseasonal.factor)
            }
            if let seasonal = arima.seasonal {
                out.element("SeasonalComponent") {
                    out.attribute("P", integer: seasonal.factor.ar.count)
                    out.attribute("D", integer: seasonal.differences)
                    out.attribute("Q", integer: seasonal.factor.ma.count)
                    out.attribute("period", integer: seasonal.period)
                    write(seasonal.factor)
                }
            }
            for regressor in arima.regressors { write(regressor) }
            for outlier in arima.outliers {
                out.element("OutlierEffect") {
                    out.attribute("type", outlier.kind.rawValue)
                    out.attribute("startTime", number: outlier.startTime)
                    out.attribute("magnitude", number: outlier.magnitude)
                    out.attribute("dampingCoefficient", number: outlier.damping)
                }
            }
        }
    }

    private func write(_ regressor: DynamicRegressor) {
        out.element("DynamicRegressor", at: regressor.location) {
            out.attribute("field", regressor.field)
            if regressor.transformation != .none { out.attribute("transformation", regressor.transformation.rawValue) }
            if regressor.delay != 0 { out.attribute("delay", integer: regressor.delay) }
            if regressor.futureValues != .constant { out.attribute("futureValuesMethod", regressor.futureValues.rawValue) }
            out.attribute("targetField", regressor.targetField)
            if !regressor.numerator.isEmpty { out.element("Numerator") { write(regressor.numerator) } }
            if !regressor.denominator.isEmpty { out.element("Denominator") { write(regressor.denominator) } }
            if regressor.values == nil && regressor.transferValues.isEmpty { return }
            out.element("RegressorValues") {
                if let values = regressor.values { write(values) }
                if !regressor.transferValues.isEmpty { out.element("TransferFunctionValues") { write(numbers: regressor.transferValues) } }
            }
        }
    }

    private func write(_ polynomial: DynamicRegressor.Polynomial) {
        if polynomial.nonseasonal != nil || polynomial.differences != 0 {
            out.element("NonseasonalFactor") {
                if polynomial.differences != 0 { out.attribute("difference", integer: polynomial.differences) }
                write(numbers: polynomial.nonseasonal ?? [])
            }
        }
        if polynomial.seasonal.isEmpty && polynomial.seasonalDifferences == 0 { return }
        out.element("SeasonalFactor") {
            if polynomial.seasonalDifferences != 0 { out.attribute("difference", integer: polynomial.seasonalDifferences) }
            write(numbers: polynomial.seasonal)
        }
    }

    private func write(_ factor: ARMAFactor) {
        if !factor.ar.isEmpty { out.element("AR") { write(numbers: factor.ar) } }
        if factor.ma.isEmpty && factor.residuals.isEmpty { return }
        writeMA(factor)
    }

    private func writeMA(_ factor: ARMAFactor) {
        out.element("MA") {
            if !factor.ma.isEmpty { out.element("MACoefficients") { write(numbers: factor.ma) } }
            if !factor.residuals.isEmpty { out.element("Residuals") { write(numbers: factor.residuals) } }
        }
    }

    func write(_ garch: GARCH) {
        out.element("GARCH", at: garch.location) {
            out.element("ARMAPart") {
                if garch.constant != 0 { out.attribute("constant", number: garch.constant) }
                out.attribute("p", integer: garch.factor.ar.count)
                out.attribute("q", integer: garch.factor.ma.count)
                out.element("AR") { write(numbers: garch.factor.ar) }
                writeMA(garch.factor)
            }
            out.element("GARCHPart") {
                if garch.varianceConstant != 0 { out.attribute("constant", number: garch.varianceConstant) }
                // GARCH(p, q) has p variances and q squares.
                out.attribute("gp", integer: garch.varianceCoefficients.count)
                out.attribute("gq", integer: garch.squareCoefficients.count)
                out.element("ResidualSquareCoefficients") {
                    if !garch.residuals.isEmpty { out.element("Residuals") { write(numbers: garch.residuals) } }
                    if !garch.squareCoefficients.isEmpty { out.element("MACoefficients") { write(numbers: garch.squareCoefficients) } }
                }
                out.element("VarianceCoefficients") {
                    if !garch.variances.isEmpty { out.element("PastVariances") { write(numbers: garch.variances) } }
                    if !garch.varianceCoefficients.isEmpty { out.element("MACoefficients") { write(numbers: garch.varianceCoefficients) } }
                }
            }
        }
    }
}

extension DynamicRegressor.Polynomial {
    /// Whether it is the number one, which needs no element.
    fileprivate var isEmpty: Bool { nonseasonal == nil && seasonal.isEmpty && differences == 0 && seasonalDifferences == 0 }
}

// https://dmg.org/pmml/v4-4-1/TimeSeriesModel.html
extension Standard {
    static let timeSeriesModel = Page("TimeSeriesModel", """
        TimeSeriesModel modelName functionName=%function algorithmName bestFit=ARIMA| ExponentialSmoothing| SeasonalTrendDecomposition|
            SpectralAnalysis| StateSpaceModel| GARCH isScorable > Extension MiningSchema Output ModelStats ModelExplanation LocalTransformations
            TimeSeries SpectralAnalysis ARIMA ExponentialSmoothing SeasonalTrendDecomposition StateSpaceModel GARCH ModelVerification
        TimeSeries usage=original|logical|prediction startTime endTime interpolationMethod=none|linear|exponentialSpline|cubicSpline field >
            TimeAnchor TimeValue
        TimeValue index time value standardError > Timestamp
        TimeAnchor type=dateTimeMillisecondsSince[0]| dateTimeMillisecondsSince[1960]| dateTimeMillisecondsSince[1970]|
            dateTimeMillisecondsSince[1980]| dateTimeSecondsSince[0]| dateTimeSecondsSince[1960]| dateTimeSecondsSince[1970]|
            dateTimeSecondsSince[1980]| dateDaysSince[0]| dateDaysSince[1960]| dateDaysSince[1970]| dateDaysSince[1980]| dateMonthsSince[0]|
            dateMonthsSince[1960]| dateMonthsSince[1970]| dateMonthsSince[1980]| dateYearsSince[0] offset stepsize displayName > TimeCycle
            TimeException
        TimeCycle length type=includeAll|includeFromTo|excludeFromTo|includeSet|excludeSet displayName > Array
        TimeException type=exclude|include count > Array
        ExponentialSmoothing RMSE transformation=none|logarithmic|squareroot > Level Trend_ExpoSmooth Seasonality_ExpoSmooth TimeValue
        Level alpha smoothedValue
        Trend_ExpoSmooth trend=additive|damped_additive|multiplicative|damped_multiplicative|polynomial_exponential gamma phi smoothedValue
            > Array
        Seasonality_ExpoSmooth type=additive|multiplicative period unit phase delta > Array
        ARIMA RMSE transformation=none|logarithmic|squareroot constantTerm predictionMethod=conditionalLeastSquares|exactLeastSquares >
            Extension NonseasonalComponent SeasonalComponent DynamicRegressor MaximumLikelihoodStat OutlierEffect
        NonseasonalComponent p d q > Extension AR MA
        SeasonalComponent P D Q period > Extension AR MA
        AR > Extension Array
        MA > Extension MACoefficients Residuals
        MACoefficients > Extension Array
        Residuals > Extension Array
        DynamicRegressor field transformation=none|logarithmic|squareroot delay
            futureValuesMethod=constant|trend|stored|otherModel|userSupplied targetField > Extension Numerator Denominator RegressorValues
        Numerator > Extension NonseasonalFactor SeasonalFactor
        Denominator > Extension NonseasonalFactor SeasonalFactor
        SeasonalFactor difference maximumOrder > Extension Array
        NonseasonalFactor difference maximumOrder > Extension Array
        RegressorValues > Extension TimeSeries TrendCoefficients TransferFunctionValues
        TrendCoefficients > Extension REAL-SparseArray
        TransferFunctionValues > Array
        MaximumLikelihoodStat method=kalman|thetaRecursion periodDeficit > KalmanState ThetaRecursionState
        KalmanState > FinalOmega FinalStateVector HVector
        FinalOmega > Matrix
        FinalStateVector > Array
        HVector > Array
        ThetaRecursionState > FinalNoise FinalPredictedNoise FinalTheta FinalNu
        FinalNoise > Array
        FinalPredictedNoise > Array
        FinalTheta > Theta
        Theta i j theta
        FinalNu > Array
        OutlierEffect type=additive|level|transient|seasonalAdditive|trend|innovational startTime magnitude dampingCoefficient > Extension
        GARCH > Extension ARMAPart GARCHPart
        ARMAPart constant p q > Extension AR MA
        GARCHPart constant gp gq > Extension ResidualSquareCoefficients VarianceCoefficients
        ResidualSquareCoefficients > Extension Residuals MACoefficients
        VarianceCoefficients > Extension PastVariances MACoefficients
        PastVariances > Extension Array
        StateSpaceModel variance period intercept > Extension StateVector TransitionMatrix MeasurementMatrix InterceptVector
            PredictedStateCovarianceMatrix SelectedStateCovarianceMatrix ObservationVarianceMatrix PsiVector DynamicRegressor
        StateVector > Extension Array
        TransitionMatrix > Extension Matrix
        MeasurementMatrix > Extension Matrix
        InterceptVector type=state|observation > Extension Array
        PredictedStateCovarianceMatrix > Extension Matrix
        SelectedStateCovarianceMatrix > Extension Matrix
        ObservationVarianceMatrix > Extension Matrix
        PsiVector targetField variance > Extension Array
        SpectralAnalysis > Extension
        SeasonalTrendDecomposition > Extension
        """)
}

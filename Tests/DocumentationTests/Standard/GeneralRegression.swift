// https://dmg.org/pmml/v4-4-1/GeneralRegression.html
extension Standard {
    static let generalRegression = Page("GeneralRegression", """
        GeneralRegressionModel targetVariableName modelType=regression| generalLinear| multinomialLogistic| ordinalMultinomial|
            generalizedLinear| CoxRegression modelName functionName=%function algorithmName targetReferenceCategory
            cumulativeLink=logit|probit|cloglog|loglog|cauchit linkFunction=cloglog|identity|log|logc|logit|loglog|negbin|oddspower|power|probit
            linkParameter trialsVariable trialsValue distribution=binomial|gamma|igauss|negbin|normal|poisson|tweedie distParameter
            offsetVariable offsetValue modelDF endTimeVariable startTimeVariable subjectIDVariable statusVariable baselineStrataVariable
            isScorable > Extension MiningSchema Output ModelStats ModelExplanation Targets LocalTransformations ParameterList FactorList
            CovariateList PPMatrix PCovMatrix ParamMatrix EventValues BaseCumHazardTables ModelVerification
        ParameterList > Extension Parameter
        Parameter name label referencePoint > Extension
        FactorList > Extension Predictor
        CovariateList > Extension Predictor
        Predictor name contrastMatrixType > Extension Categories Matrix
        Categories > Extension Category
        Category value > Extension
        PPMatrix > Extension PPCell
        PPCell value predictorName parameterName targetCategory > Extension
        PCovMatrix type=model|robust > Extension PCovCell
        PCovCell pRow pCol tRow tCol value targetCategory > Extension
        ParamMatrix > Extension PCell
        PCell targetCategory parameterName beta df > Extension
        BaseCumHazardTables maxTime > Extension BaselineStratum BaselineCell
        BaselineStratum value label maxTime > Extension BaselineCell
        BaselineCell time cumHazard > Extension
        EventValues > Extension Value Interval
        """)
}

// https://dmg.org/pmml/v4-4-1/Regression.html
extension Standard {
    static let regression = Page("Regression", """
        RegressionModel modelName functionName=%function algorithmName
            modelType=linearRegression|stepwisePolynomialRegression|logisticRegression targetFieldName normalizationMethod=%normalization
            isScorable > Extension MiningSchema Output ModelStats ModelExplanation Targets LocalTransformations RegressionTable
            ModelVerification
        RegressionTable intercept targetCategory > Extension NumericPredictor CategoricalPredictor PredictorTerm
        NumericPredictor name exponent coefficient > Extension
        CategoricalPredictor name value coefficient > Extension
        PredictorTerm name coefficient > Extension FieldRef
        """)
}

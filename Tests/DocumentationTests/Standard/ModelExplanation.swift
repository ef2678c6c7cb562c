// https://dmg.org/pmml/v4-4-1/ModelExplanation.html
extension Standard {
    static let modelExplanation = Page("ModelExplanation", """
        ModelExplanation > Extension PredictiveModelQuality ClusteringModelQuality Correlations
        PredictiveModelQuality targetField dataName dataUsage=training|test|validation meanError meanAbsoluteError meanSquaredError
            rootMeanSquaredError r-squared adj-r-squared sumSquaredError sumSquaredRegression numOfRecords numOfRecordsWeighted numOfPredictors
            degreesOfFreedom fStatistic AIC BIC AICc accuracy AUC precision recall specificity F1 F2 Fhalf > Extension ConfusionMatrix LiftData
            ROC
        ClusteringModelQuality dataName SSE SSB > Extension
        LiftData targetFieldValue targetFieldDisplayValue rankingQuality > Extension ModelLiftGraph OptimumLiftGraph RandomLiftGraph
        ModelLiftGraph > Extension LiftGraph
        OptimumLiftGraph > Extension LiftGraph
        RandomLiftGraph > Extension LiftGraph
        LiftGraph > Extension XCoordinates YCoordinates BoundaryValues BoundaryValueMeans
        XCoordinates > Extension Array
        YCoordinates > Extension Array
        BoundaryValues > Extension Array
        BoundaryValueMeans > Extension Array
        ROC positiveTargetFieldValue positiveTargetFieldDisplayValue negativeTargetFieldValue negativeTargetFieldDisplayValue > Extension
            ROCGraph
        ROCGraph > Extension XCoordinates YCoordinates BoundaryValues
        ConfusionMatrix > Extension ClassLabels Matrix
        ClassLabels > Extension Array
        Correlations > Extension CorrelationFields CorrelationValues CorrelationMethods
        CorrelationFields > Extension Array
        CorrelationValues > Extension Matrix
        CorrelationMethods > Extension Matrix
        """)
}

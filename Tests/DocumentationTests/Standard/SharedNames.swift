extension Standard {
    /// Values that several attributes may have, and elements that stand together in several places.
    static let shared: [String: String] = [
        "activation": "threshold logistic tanh identity exponential reciprocal square Gauss sine cosine Elliott arctan rectifier radialBasis",
        "comparison": "absDiff gaussSim delta equal table",
        "dataType": """
            string integer binary float double boolean date time dateTime dateDaysSince[0] dateDaysSince[1960] dateDaysSince[1970]
            dateDaysSince[1980] timeSeconds dateTimeSecondsSince[0] dateTimeSecondsSince[1960] dateTimeSecondsSince[1970]
            dateTimeSecondsSince[1980]
            """,
        "feature": """
            predictedValue predictedDisplayValue transformedValue decision probability topCategories affinity residual
            standardError standardDeviation clusterId clusterAffinity entityId entityAffinity warning ruleValue reasonCode
            antecedent consequent rule ruleId confidence support lift leverage confidenceIntervalLower confidenceIntervalUpper
            """,
        "function": "associationRules sequences classification regression clustering timeSeries mixed",
        "invalidTreatment": "returnInvalid asIs asMissing asValue",
        "missingStrategy": "lastPrediction nullPrediction defaultChild weightedConfidence aggregateNodes none",
        "neuralNormalization": "none simplemax softmax",
        "noTrueChild": "returnNullPrediction returnLastPrediction",
        "normalization": "none simplemax softmax logit probit cloglog exp loglog cauchit",
        "optype": "categorical ordinal continuous",
        "outliers": "asIs asMissingValues asExtremeValues",
        "expressions": "Constant FieldRef NormContinuous NormDiscrete Discretize MapValues TextIndex Apply Aggregate Lag",
        "predicates": "SimplePredicate CompoundPredicate SimpleSetPredicate True False",
        "models": """
            AnomalyDetectionModel AssociationModel BayesianNetworkModel BaselineModel ClusteringModel DeepNetwork
            GaussianProcessModel GeneralRegressionModel MiningModel NaiveBayesModel NearestNeighborModel NeuralNetwork
            RegressionModel RuleSetModel SequenceModel Scorecard SupportVectorMachineModel TextModel TimeSeriesModel TreeModel
            """,
    ]
}

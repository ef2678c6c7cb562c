// https://dmg.org/pmml/v4-4-1/Changes.html, and the pages of that name of the versions before

/// What the versions after 3.2 added and removed, as far as models that are scored can have it: the one table of which the
/// writer, its messages and docs/conversion.md are made.
public enum VersionFacts {
    public static let all: [VersionFact] = document + data + expressions + outputs + trees + regressions + others + series

    private static let models = [
        "AnomalyDetectionModel", "AssociationModel", "BaselineModel", "BayesianNetworkModel", "ClusteringModel",
        "GaussianProcessModel", "GeneralRegressionModel", "MiningModel", "NaiveBayesModel", "NearestNeighborModel", "NeuralNetwork",
        "RegressionModel", "RuleSetModel", "Scorecard", "SequenceModel", "SupportVectorMachineModel", "TextModel",
        "TimeSeriesModel", "TreeModel",
    ]

    private static let document: [VersionFact] =
        models.map { .attribute("isScorable", of: $0, .v4_1, .leavesOut) }
        + models.map { .values(["timeSeries"], of: "functionName", in: $0, .v4_0) }
        + models.map { .values(["mixed"], of: "functionName", in: $0, .v4_1) }
        + [.attribute("modelVersion", of: "Header", .v4_3, .leavesOut)]

    private static let data: [VersionFact] = [
        .rule("Interval and Value together", of: "DataField", .v4_1),
        .values(["target"], of: "usageType", in: "MiningField", .v4_2, .rewritten("usageType=\"predicted\"")),
        .values(["frequencyWeight", "analysisWeight"], of: "usageType", in: "MiningField", .v4_0, .rewritten("usageType=\"supplementary\"")),
        .values(
            ["asValue"], of: "invalidValueTreatment", in: "MiningField", .v4_4,
            .rewritten("`asMissing`, where missingValueReplacement is the same value")),
        .attribute("invalidValueReplacement", of: "MiningField", .v4_4, .rewritten("part of asMissing, as for asValue")),
        .values(["returnInvalid"], of: "missingValueTreatment", in: "MiningField", .v4_4),
    ]

    private static let expressions: [VersionFact] = [
        .attribute("displayName", of: "ParameterField", .v4_4, .leavesOut),
        .attribute("missing", of: "Constant", .v4_4, .rewritten("an `if` whose condition is false, from 4.0 on")),
        .attribute("mapMissingTo", of: "FieldRef", .v4_1, .rewritten("`if` and `isMissing`, in 4.0")),
        .attribute("mapMissingTo", of: "Apply", .v4_1, .rewritten("`if` and `isMissing`, in 4.0, where the arguments are fields and constants")),
        .attribute("defaultValue", of: "Apply", .v4_2, .rewritten("`if` and `isMissing`, from 4.0 on")),
        .attribute("invalidValueTreatment", of: "Apply", .v4_1),
        .element("TextIndex", .v4_2),
        .element("Lag", .v4_3),
        .attribute("aggregate", of: "Lag", .v4_4),
        .values(
            [
                "isMissing", "isNotMissing", "equal", "notEqual", "lessThan", "lessOrEqual", "greaterThan", "greaterOrEqual", "isIn",
                "isNotIn", "and", "or", "not", "if",
            ], of: "function", in: "Apply", .v4_0),
        .values(["product"], of: "function", in: "Apply", .v4_1, .rewritten("`*`, `if` and `isMissing`, in 4.0, where the arguments are fields and constants")),
        .values(["median", "lowercase"], of: "function", in: "Apply", .v4_1),
        .values(["concat", "matches", "replace"], of: "function", in: "Apply", .v4_2),
        .values(
            ["normalCDF", "normalPDF", "stdNormalCDF", "stdNormalPDF", "erf", "normalIDF", "stdNormalIDF"], of: "function", in: "Apply",
            .v4_3),
        .values(
            ["isValid", "isNotValid"], of: "function", in: "Apply", .v4_4,
            .rewritten("`isNotMissing` and `isMissing`, from 4.0 on, unless a field keeps invalid values as they are")),
        .values(["modulo"], of: "function", in: "Apply", .v4_4, .rewritten("`x - y * floor(x / y)`, where both are integers")),
        .values(
            [
                "expm1", "hypot", "ln1p", "rint", "sin", "asin", "sinh", "cos", "acos", "cosh", "tan", "atan", "tanh", "stringLength",
            ], of: "function", in: "Apply", .v4_4),
    ]

    private static let outputs: [VersionFact] = [
        .attribute("isFinalResult", of: "OutputField", .v4_3, .rewritten("an Extension of that name")),
        .child("Value", of: "OutputField", .v4_4, .leavesOut),
        .attribute("segmentId", of: "OutputField", .v4_1),
        .attribute("algorithm", of: "OutputField", .v4_0),
        .attribute("ruleFeature", of: "OutputField", .v4_0),
        .attribute("rankBasis", of: "OutputField", .v4_0),
        .attribute("rankOrder", of: "OutputField", .v4_0),
        .attribute("isMultiValued", of: "OutputField", .v4_0),
        .values(["leverage", "affinity"], of: "rankBasis", in: "OutputField", .v4_1),
        .values(["leverage", "affinity"], of: "ruleFeature", in: "OutputField", .v4_1),
        .values(["ruleValue"], of: "feature", in: "OutputField", .v4_0),
        .values(["affinity"], of: "feature", in: "OutputField", .v4_1, .rewritten("entityAffinity")),
        .values(["transformedValue", "decision", "reasonCode"], of: "feature", in: "OutputField", .v4_1),
        .values(
            ["antecedent", "consequent", "rule", "ruleId", "confidence", "support", "lift", "leverage"], of: "feature", in: "OutputField", .v4_2,
            .rewritten("feature=\"ruleValue\" with a ruleFeature, in models of rules, from 4.0 on")),
        .values(["standardDeviation", "confidenceIntervalLower", "confidenceIntervalUpper"], of: "feature", in: "OutputField", .v4_4),
        .rule("no dataType", of: "OutputField", .v4_4_1, .rewritten("the type that follows from the feature; the standard asks for it since 4.3")),
        .rule("no field", of: "Target", .v4_3, .rewritten("the target of the model, or of the one around it where that is a double or no number")),
    ]

    private static let trees: [VersionFact] = [
        .element("Segmentation", .v4_0, .rewritten("trees and regressions inside the MiningModel, for a chain without conditions")),
        .attribute(
            "missingPredictionTreatment", of: "Segmentation", .v4_4,
            .rewritten("nothing where a missing prediction leads to a missing result anyway, as in sums and averages, and in chains that end in a regression over all predictions")),
        .attribute("missingThreshold", of: "Segmentation", .v4_4),
        .values(
            ["modelChain"], of: "multipleModelMethod", in: "Segmentation", .v4_1,
            .rewritten("trees and regressions inside the MiningModel, where no segment has a condition")),
        .values(["weightedMedian", "weightedSum"], of: "multipleModelMethod", in: "Segmentation", .v4_4),
        .child("Output", of: "DecisionTree", .v4_0),
        .child("Targets", of: "DecisionTree", .v4_0),
        .child("Output", of: "Regression", .v4_0),
        .child("Targets", of: "Regression", .v4_0),
        .element("Scorecard", .v4_1),
        .element("ComplexPartialScore", .v4_2),
    ]

    private static let regressions: [VersionFact] = [
        .attribute("name", of: "PredictorTerm", .v4_1, .leavesOut),
        .child("Matrix", of: "Predictor", .v4_0),
        .element("Categories", .v4_1),
        .attribute("referencePoint", of: "Parameter", .v4_0),
        .values(["CoxRegression"], of: "modelType", in: "GeneralRegressionModel", .v4_0),
        .values(["tweedie"], of: "distribution", in: "GeneralRegressionModel", .v4_0),
        .attribute("targetReferenceCategory", of: "GeneralRegressionModel", .v4_0),
        .attribute("endTimeVariable", of: "GeneralRegressionModel", .v4_0),
        .attribute("baselineStrataVariable", of: "GeneralRegressionModel", .v4_0),
        .attribute("startTimeVariable", of: "GeneralRegressionModel", .v4_0, .leavesOut),
        .attribute("statusVariable", of: "GeneralRegressionModel", .v4_0, .leavesOut),
        .attribute("subjectIDVariable", of: "GeneralRegressionModel", .v4_0, .leavesOut),
        .attribute("modelDF", of: "GeneralRegressionModel", .v4_0, .leavesOut),
        .element("BaseCumHazardTables", .v4_0),
    ]

    private static let others: [VersionFact] = [
        .element("AnomalyDetectionModel", .v4_4),
        .child("Output", of: "AssociationModel", .v4_0),
        .child("ModelVerification", of: "AssociationModel", .v4_1, .leavesOut),
        .attribute("leverage", of: "AssociationRule", .v4_1, .leavesOut),
        .attribute("affinity", of: "AssociationRule", .v4_1, .leavesOut),
        .attribute("field", of: "Item", .v4_3),
        .attribute("category", of: "Item", .v4_3),
        .element("BayesianNetworkModel", .v4_3),
        .attribute("id", of: "Cluster", .v4_1),
        .element("GaussianProcessModel", .v4_3),
        .attribute("algorithmName", of: "GaussianProcessModel", .v4_4, .leavesOut),
        .element("TargetValueStats", .v4_2),
        .element("NearestNeighborModel", .v4_1),
        .values(["rectifier"], of: "activationFunction", in: "NeuralNetwork", .v4_3),
        .values(["rectifier"], of: "activationFunction", in: "NeuralLayer", .v4_3),
        .attribute("maxWins", of: "SupportVectorMachineModel", .v4_3),
        .attribute("classificationMethod", of: "SupportVectorMachineModel", .v4_0),
        .attribute("threshold", of: "SupportVectorMachineModel", .v4_0),
        .attribute("alternateTargetCategory", of: "SupportVectorMachine", .v4_0),
        .attribute("threshold", of: "SupportVectorMachine", .v4_0),
        .removedAttribute(
            "alternateBinaryTargetCategory", of: "SupportVectorMachineModel", .v4_0,
            .rewritten("alternateTargetCategory, threshold and maxWins, from 4.3 on")),
        .child("CategoricalPredictor", of: "VectorFields", .v4_3),
    ]

    private static let series: [VersionFact] = [
        .element("TimeSeriesModel", .v4_0),
        .element("BaselineModel", .v4_1),
        .values(["polynomial_exponential"], of: "trend", in: "Trend_ExpoSmooth", .v4_1),
        .values(["StateSpaceModel", "GARCH"], of: "bestFit", in: "TimeSeriesModel", .v4_4),
        .attribute("field", of: "TimeSeries", .v4_4),
        .attribute("RMSE", of: "ARIMA", .v4_4),
        .attribute("transformation", of: "ARIMA", .v4_4),
        .attribute("constantTerm", of: "ARIMA", .v4_4),
        .attribute("predictionMethod", of: "ARIMA", .v4_4),
        .element("NonseasonalComponent", .v4_4),
        .element("SeasonalComponent", .v4_4),
        .element("OutlierEffect", .v4_4),
        .element("DynamicRegressor", .v4_4),
        .element("StateSpaceModel", .v4_4),
        .element("GARCH", .v4_4),
    ]
}

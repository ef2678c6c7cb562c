import PMMLWriter

// https://dmg.org/pmml/v4-4-1/Changes.html, and the pages of that name of the versions before

/// When markup came into PMML: the facts that converting needs, and those that no converter asks for.
///
/// Markup is named `Element`, `Element@attribute`, `Element@attribute=value`, and `Parent/Child` for a place that is newer than the child. What is not
/// here is as old as its element, and elements that are not here are in version 3.0.
enum MarkupHistory {
    /// The version that first had each piece of markup.
    static let added: [String: DocumentVersion] = {
        var found: [String: DocumentVersion] = [:]
        for (version, markup) in others { for name in markup.split(whereSeparator: \.isWhitespace) { found[String(name)] = version } }
        for fact in VersionFacts.all {
            guard let version = fact.added.flatMap({ DocumentVersion($0.rawValue) }) else { continue }
            switch fact.kind {
            case .element: found[fact.element] = version
            case .child: found["\(fact.element)/\(fact.member)"] = version
            case .attribute where fact.values.isEmpty: found["\(fact.element)@\(fact.member)"] = version
            case .attribute: for value in fact.values { found["\(fact.element)@\(fact.member)=\(value)"] = version }
            case .rule: break
            }
        }
        return found
    }()

    /// What `VersionFacts` does not have: versions that are not written, and markup that no score depends on or that only stands inside what is as new.
    private static let others: [(DocumentVersion, String)] = [
        (DocumentVersion(3, 1), """
            Constraints VectorFields Sequence/Time Time@standardDeviation
            Constant@dataType ParameterField@dataType Discretize@dataType MapValues@dataType MiningField@invalidValueTreatment
            TreeModel@missingValueStrategy TreeModel@missingValuePenalty TreeModel@noTrueChildStrategy
            DecisionTree@missingValueStrategy DecisionTree@missingValuePenalty DecisionTree@noTrueChildStrategy
            Node@defaultChild ScoreDistribution@confidence
            GeneralRegressionModel@cumulativeLink GeneralRegressionModel@modelType=ordinalMultinomial
            RegressionModel@normalizationMethod=loglog RegressionModel@normalizationMethod=cauchit
            Regression@normalizationMethod=loglog Regression@normalizationMethod=cauchit
            SequenceModel@numberOfTransactionGroups SequenceModel@maxNumberOfTAsPerTAGroup SequenceModel@avgNumberOfTAsPerTAGroup SequenceRule@lift
            SupportVectorMachine@targetCategory SupportVectorMachineModel@alternateBinaryTargetCategory
            Target@min Target@max Target@rescaleConstant Target@rescaleFactor
            """),
        (DocumentVersion(3, 2), """
            ClusteringField@isCenterField Neuron@altitude NormContinuous@mapMissingTo NormContinuous@outliers PCovMatrix@type
            GeneralRegressionModel@distribution GeneralRegressionModel@distParameter GeneralRegressionModel@linkFunction
            GeneralRegressionModel@linkParameter GeneralRegressionModel@offsetValue GeneralRegressionModel@offsetVariable
            GeneralRegressionModel@trialsValue GeneralRegressionModel@trialsVariable GeneralRegressionModel@modelType=generalizedLinear
            OutputField@feature=entityId OutputField@feature=entityAffinity ResultField@feature=entityId ResultField@feature=entityAffinity
            TargetValue@displayValue Node/Partition TargetValue/Partition
            TreeModel@missingValueStrategy=aggregateNodes DecisionTree@missingValueStrategy=aggregateNodes
            """),
        (DocumentVersion(4, 0), """
            Segment TimeSeries ARIMA ExponentialSmoothing Level Trend_ExpoSmooth Seasonality_ExpoSmooth SpectralAnalysis SeasonalTrendDecomposition
            TimeAnchor TimeCycle TimeException TimeValue BaselineStratum BaselineCell EventValues
            ModelExplanation PredictiveModelQuality ClusteringModelQuality LiftData LiftGraph ModelLiftGraph OptimumLiftGraph RandomLiftGraph
            ROC ROCGraph XCoordinates YCoordinates BoundaryValues BoundaryValueMeans ConfusionMatrix ClassLabels
            Correlations CorrelationFields CorrelationMethods CorrelationValues Anova AnovaRow
            Counts@cardinality PartitionFieldStats@weighted UnivariateStats@weighted Predictor@contrastMatrixType
            DecisionTree/ModelStats Regression/ModelStats ResultField@feature=ruleValue
            """),
        (DocumentVersion(4, 1), """
            Characteristics Characteristic Attribute Decisions Decision Baseline Alternate TestDistributions CountTable NormalizedCountTable
            FieldValue FieldValueCount AnyDistribution GaussianDistribution PoissonDistribution UniformDistribution
            KNNInputs KNNInput TrainingInstances InstanceFields InstanceField Category MultivariateStats MultivariateStat
            PredictiveModelQuality@degreesOfFreedom PredictiveModelQuality@fStatistic PredictiveModelQuality@numOfPredictors
            PredictiveModelQuality@numOfRecords PredictiveModelQuality@numOfRecordsWeighted PredictiveModelQuality@rootMeanSquaredError
            PredictiveModelQuality@sumSquaredError PredictiveModelQuality@sumSquaredRegression PredictiveModelQuality@adj-r-squared
            PredictiveModelQuality@AIC PredictiveModelQuality@AICc PredictiveModelQuality@BIC TimeSeriesModel/ModelExplanation
            OutputField/Constant OutputField/FieldRef OutputField/NormContinuous OutputField/NormDiscrete OutputField/Discretize
            OutputField/MapValues OutputField/Apply OutputField/Aggregate
            ResultField@feature=affinity ResultField@feature=transformedValue ResultField@feature=decision ResultField@feature=reasonCode
            """),
        (DocumentVersion(4, 2), """
            TargetValueStat TextIndexNormalization ChildParent/FieldColumnPair
            ResultField@feature=antecedent ResultField@feature=consequent ResultField@feature=rule ResultField@feature=ruleId
            ResultField@feature=confidence ResultField@feature=support ResultField@feature=lift ResultField@feature=leverage
            """),
        (DocumentVersion(4, 3), """
            BlockIndicator Lambda RadialBasisKernel ARDSquaredExponentialKernel AbsoluteExponentialKernel GeneralizedExponentialKernel
            BayesianNetworkNodes DiscreteNode ContinuousNode DiscreteConditionalProbability ContinuousConditionalProbability ContinuousDistribution
            ParentValue ValueProbability NormalDistributionForBN LognormalDistributionForBN TriangularDistributionForBN UniformDistributionForBN
            Mean Variance Lower Upper
            """),
        (DocumentVersion(4, 4), """
            AR MA ARMAPart MACoefficients NonseasonalFactor SeasonalFactor Numerator Denominator RegressorValues TrendCoefficients
            TransferFunctionValues MaximumLikelihoodStat Residuals GARCHPart ResidualSquareCoefficients VarianceCoefficients PastVariances
            StateVector FinalStateVector TransitionMatrix MeasurementMatrix PsiVector InterceptVector HVector PredictedStateCovarianceMatrix
            SelectedStateCovarianceMatrix ObservationVarianceMatrix KalmanState ThetaRecursionState Theta FinalTheta FinalNu FinalOmega
            FinalNoise FinalPredictedNoise VariableWeight MeanClusterDistances
            BayesianNetworkModel@modelType BayesianNetworkModel@inferenceMethod Apply@invalidValueTreatment=asValue
            ResultField@feature=standardDeviation ResultField@feature=confidenceIntervalLower ResultField@feature=confidenceIntervalUpper
            PredictiveModelQuality@accuracy PredictiveModelQuality@AUC PredictiveModelQuality@precision PredictiveModelQuality@recall
            PredictiveModelQuality@specificity PredictiveModelQuality@F1 PredictiveModelQuality@F2 PredictiveModelQuality@Fhalf
            DeepNetwork NetworkLayer LayerParameters LayerWeights LayerBias TrainingParameters Losses Metrics Optimizers
            SGD RMSprop Adagrad Adadelta Adam Adamax Nadam
            DataField@dataType=binary DerivedField@dataType=binary DefineFunction@dataType=binary ParameterField@dataType=binary
            Constant@dataType=binary Discretize@dataType=binary MapValues@dataType=binary OutputField@dataType=binary ResultField@dataType=binary
            DataField@mimeType DerivedField@datasetName DerivedField@trainingBackend DerivedField@architectureName
            OutputField@feature=topCategories ResultField@feature=topCategories OutputField@numTopCategories
            """),
    ]
}

/// The numbers of a version, as a document states it.
struct DocumentVersion: Comparable, Sendable {
    private let numbers: [Int]

    init(_ numbers: Int...) { self.numbers = numbers }

    /// nil for what is no version.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Int($0) }
        guard !numbers.isEmpty, numbers.count == parts.count else { return nil }
        self.numbers = numbers
    }

    var text: String { numbers.map(String.init).joined(separator: ".") }

    static func < (a: DocumentVersion, b: DocumentVersion) -> Bool { a.numbers.lexicographicallyPrecedes(b.numbers) }
}

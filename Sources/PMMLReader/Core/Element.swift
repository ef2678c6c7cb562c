/// The elements of PMML that the reader knows by name. The raw value is the element's name.
enum Element: String, CaseIterable {
    case unknown = ""

    case pmml = "PMML"
    case `extension` = "Extension"

    // Header
    case header = "Header"
    case application = "Application"
    case annotation = "Annotation"
    case timestamp = "Timestamp"
    case miningBuildTask = "MiningBuildTask"

    // Data
    case dataDictionary = "DataDictionary"
    case dataField = "DataField"
    case value = "Value"
    case interval = "Interval"
    case taxonomy = "Taxonomy"
    case miningSchema = "MiningSchema"
    case miningField = "MiningField"
    case inlineTable = "InlineTable"
    case tableLocator = "TableLocator"
    case row
    case array = "Array"
    case realSparseArray = "REAL-SparseArray"
    case intSparseArray = "INT-SparseArray"
    case indices = "Indices"
    case realEntries = "REAL-Entries"
    case intEntries = "INT-Entries"
    case matrix = "Matrix"
    case matCell = "MatCell"

    // Transformations and functions
    case transformationDictionary = "TransformationDictionary"
    case localTransformations = "LocalTransformations"
    case defineFunction = "DefineFunction"
    case parameterField = "ParameterField"
    case derivedField = "DerivedField"

    // Expressions
    case constant = "Constant"
    case fieldRef = "FieldRef"
    case normContinuous = "NormContinuous"
    case linearNorm = "LinearNorm"
    case normDiscrete = "NormDiscrete"
    case discretize = "Discretize"
    case discretizeBin = "DiscretizeBin"
    case mapValues = "MapValues"
    case fieldColumnPair = "FieldColumnPair"
    case textIndex = "TextIndex"
    case textIndexNormalization = "TextIndexNormalization"
    case aggregate = "Aggregate"
    case lag = "Lag"
    case blockIndicator = "BlockIndicator"
    case apply = "Apply"

    // What all models share
    case modelStats = "ModelStats"
    case modelExplanation = "ModelExplanation"
    case output = "Output"
    case outputField = "OutputField"
    case decisions = "Decisions"
    case decision = "Decision"
    case targets = "Targets"
    case target = "Target"
    case targetValue = "TargetValue"
    case partition = "Partition"
    case modelVerification = "ModelVerification"
    case verificationFields = "VerificationFields"
    case verificationField = "VerificationField"

    // Predicates
    case simplePredicate = "SimplePredicate"
    case simpleSetPredicate = "SimpleSetPredicate"
    case compoundPredicate = "CompoundPredicate"
    case `true` = "True"
    case `false` = "False"

    // Models that are read
    case treeModel = "TreeModel"
    case node = "Node"
    case scoreDistribution = "ScoreDistribution"
    case decisionTree = "DecisionTree"
    case regressionModel = "RegressionModel"
    case regression = "Regression"
    case regressionTable = "RegressionTable"
    case numericPredictor = "NumericPredictor"
    case categoricalPredictor = "CategoricalPredictor"
    case predictorTerm = "PredictorTerm"
    case resultField = "ResultField"
    case miningModel = "MiningModel"
    case segmentation = "Segmentation"
    case segment = "Segment"

    case anomalyDetectionModel = "AnomalyDetectionModel"
    case meanClusterDistances = "MeanClusterDistances"
    case associationModel = "AssociationModel"
    case item = "Item"
    case itemset = "Itemset"
    case itemRef = "ItemRef"
    case associationRule = "AssociationRule"
    case baselineModel = "BaselineModel"
    case testDistributions = "TestDistributions"
    case baseline = "Baseline"
    case alternate = "Alternate"
    case anyDistribution = "AnyDistribution"
    case gaussianDistribution = "GaussianDistribution"
    case poissonDistribution = "PoissonDistribution"
    case uniformDistribution = "UniformDistribution"
    case countTable = "CountTable"
    case normalizedCountTable = "NormalizedCountTable"
    case fieldValue = "FieldValue"
    case fieldValueCount = "FieldValueCount"
    case sequenceModel = "SequenceModel"
    case constraints = "Constraints"
    case setPredicate = "SetPredicate"
    case sequence = "Sequence"
    case setReference = "SetReference"
    case delimiter = "Delimiter"
    case time = "Time"
    case sequenceRule = "SequenceRule"
    case antecedentSequence = "AntecedentSequence"
    case consequentSequence = "ConsequentSequence"
    case sequenceReference = "SequenceReference"
    case textModel = "TextModel"
    case textDictionary = "TextDictionary"
    case textCorpus = "TextCorpus"
    case textDocument = "TextDocument"
    case documentTermMatrix = "DocumentTermMatrix"
    case textModelNormalization = "TextModelNormalization"
    case textModelSimiliarity = "TextModelSimiliarity"

    // Scorecards, rule sets, Bayes
    case bayesianNetworkModel = "BayesianNetworkModel"
    case bayesianNetworkNodes = "BayesianNetworkNodes"
    case discreteNode = "DiscreteNode"
    case discreteConditionalProbability = "DiscreteConditionalProbability"
    case parentValue = "ParentValue"
    case valueProbability = "ValueProbability"
    case continuousNode = "ContinuousNode"
    case continuousConditionalProbability = "ContinuousConditionalProbability"
    case continuousDistribution = "ContinuousDistribution"
    case triangularDistributionForBN = "TriangularDistributionForBN"
    case normalDistributionForBN = "NormalDistributionForBN"
    case lognormalDistributionForBN = "LognormalDistributionForBN"
    case uniformDistributionForBN = "UniformDistributionForBN"
    case mean = "Mean"
    case variance = "Variance"
    case lower = "Lower"
    case upper = "Upper"
    case naiveBayesModel = "NaiveBayesModel"
    case bayesInputs = "BayesInputs"
    case bayesInput = "BayesInput"
    case bayesOutput = "BayesOutput"
    case pairCounts = "PairCounts"
    case targetValueCounts = "TargetValueCounts"
    case targetValueCount = "TargetValueCount"
    case targetValueStats = "TargetValueStats"
    case targetValueStat = "TargetValueStat"
    case ruleSetModel = "RuleSetModel"
    case ruleSet = "RuleSet"
    case ruleSelectionMethod = "RuleSelectionMethod"
    case simpleRule = "SimpleRule"
    case compoundRule = "CompoundRule"
    case scorecard = "Scorecard"
    case characteristics = "Characteristics"
    case characteristic = "Characteristic"
    case attribute = "Attribute"
    case complexPartialScore = "ComplexPartialScore"

    case generalRegressionModel = "GeneralRegressionModel"
    case parameterList = "ParameterList"
    case parameter = "Parameter"
    case factorList = "FactorList"
    case covariateList = "CovariateList"
    case predictor = "Predictor"
    case categories = "Categories"
    case category = "Category"
    case ppMatrix = "PPMatrix"
    case ppCell = "PPCell"
    case pCovMatrix = "PCovMatrix"
    case pCovCell = "PCovCell"
    case paramMatrix = "ParamMatrix"
    case pCell = "PCell"
    case eventValues = "EventValues"
    case baseCumHazardTables = "BaseCumHazardTables"
    case baselineStratum = "BaselineStratum"
    case baselineCell = "BaselineCell"

    // Models that are known but not read
    case clusteringModel = "ClusteringModel"
    case gaussianProcessModel = "GaussianProcessModel"
    case nearestNeighborModel = "NearestNeighborModel"
    case neuralNetwork = "NeuralNetwork"
    case supportVectorMachineModel = "SupportVectorMachineModel"
    case timeSeriesModel = "TimeSeriesModel"

    /// A model of a kind that is known but not read.
    var isUnsupportedModel: Bool {
        switch self {
        case .clusteringModel,
            .gaussianProcessModel, .nearestNeighborModel, .neuralNetwork,
            .supportVectorMachineModel, .timeSeriesModel:
            true
        default: false
        }
    }

    /// Describes the model or its making, wherever it stands, and has no part in its answers.
    var isInformational: Bool {
        switch self {
        case .miningBuildTask, .annotation, .taxonomy, .modelStats, .modelExplanation, .partition: true
        default: false
        }
    }
}

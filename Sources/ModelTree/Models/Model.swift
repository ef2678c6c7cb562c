// https://dmg.org/pmml/v4-4-1/GeneralStructure.html

/// A model element: what all kinds share, and its own content.
public struct Model: Sendable {
    /// The element's name, `TreeModel`.
    public var element: String
    public var modelName: String?
    public var functionName: MiningFunction
    public var algorithmName: String?
    public var isScorable: Bool
    /// `x-mathContext="float"`: the model computes in binary32.
    public var isFloat: Bool
    public var miningSchema: MiningSchema
    public var output: [OutputField]
    public var targets: [Target]
    public var localTransformations: Transformations
    public var verification: ModelVerification?
    public var kind: ModelKind
    public var location: SourceLocation

    public init(
        element: String, modelName: String? = nil, functionName: MiningFunction, algorithmName: String? = nil,
        isScorable: Bool = true, isFloat: Bool = false, miningSchema: MiningSchema = MiningSchema(), output: [OutputField] = [],
        targets: [Target] = [], localTransformations: Transformations = Transformations(),
        verification: ModelVerification? = nil, kind: ModelKind, location: SourceLocation = .none
    ) {
        self.element = element
        self.modelName = modelName
        self.functionName = functionName
        self.algorithmName = algorithmName
        self.isScorable = isScorable
        self.isFloat = isFloat
        self.miningSchema = miningSchema
        self.output = output
        self.targets = targets
        self.localTransformations = localTransformations
        self.verification = verification
        self.kind = kind
        self.location = location
    }
}

/// The kinds of model, one case for each element of the standard.
public indirect enum ModelKind: Sendable {
    case tree(TreeModel)
    case regression(RegressionModel)
    case generalRegression(GeneralRegressionModel)
    case mining(MiningModel)
    case timeSeries(TimeSeriesModel)
    case anomalyDetection(AnomalyDetectionModel)
    case association(AssociationModel)
    case baseline(BaselineModel)
    case sequence(SequenceModel)
    case text(TextModel)
    case scorecard(Scorecard)
    case ruleSet(RuleSetModel)
    case naiveBayes(NaiveBayesModel)
    case bayesianNetwork(BayesianNetworkModel)
    case neuralNetwork(NeuralNetwork)
    case supportVectorMachine(SupportVectorMachineModel)
    case clustering(ClusteringModel)
    case nearestNeighbor(NearestNeighborModel)
    case gaussianProcess(GaussianProcessModel)
}

/// https://dmg.org/pmml/v4-4-1/ModelVerification.html
public struct ModelVerification: Sendable {
    public struct Field: Sendable {
        public var field: String
        /// The element name of the field's cells in the table.
        public var column: String
        /// Relative tolerance.
        public var precision: Double
        /// Numbers whose absolute value is at or under it count as zero.
        public var zeroThreshold: Double
        public init(field: String, column: String, precision: Double = 1e-6, zeroThreshold: Double = 1e-16) {
            self.field = field
            self.column = column
            self.precision = precision
            self.zeroThreshold = zeroThreshold
        }
    }
    public var fields: [Field]
    public var table: InlineTable
    public init(fields: [Field], table: InlineTable) {
        self.fields = fields
        self.table = table
    }
}

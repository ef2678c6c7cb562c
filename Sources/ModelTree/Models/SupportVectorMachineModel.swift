// https://dmg.org/pmml/v4-4-1/SupportVectorMachine.html

public struct SupportVectorMachineModel: Sendable {
    public enum Representation: String, Sendable, CaseIterable {
        case supportVectors = "SupportVectors"
        case coefficients = "Coefficients"
    }
    public enum ClassificationMethod: String, Sendable, CaseIterable {
        case oneAgainstAll = "OneAgainstAll"
        case oneAgainstOne = "OneAgainstOne"
    }
    /// x and y are the vectors; ⟨x, y⟩ is their scalar product.
    public enum Kernel: Sendable {
        /// ⟨x, y⟩
        case linear
        /// (gamma · ⟨x, y⟩ + coef0)^degree
        case polynomial(gamma: Double, coef0: Double, degree: Double)
        /// exp(−gamma · ‖x − y‖²)
        case radialBasis(gamma: Double)
        /// tanh(gamma · ⟨x, y⟩ + coef0)
        case sigmoid(gamma: Double, coef0: Double)
    }
    /// A component of the vectors.
    public enum VectorField: Sendable {
        case field(FieldRef, SourceLocation)
        /// The coefficient where the field has the value, else 0.
        case category(RegressionTable.CategoricalPredictor)
    }
    public struct Machine: Sendable {
        public var targetCategory: String?
        public var alternateTargetCategory: String?
        public var threshold: Double?
        /// Positions in `vectors`; empty where the coefficients belong to the vector fields.
        public var vectors: [Int]
        public var coefficients: [Double]
        public var absoluteValue: Double
        public var location: SourceLocation
        public init(
            targetCategory: String?, alternateTargetCategory: String?, threshold: Double?, vectors: [Int] = [], coefficients: [Double] = [],
            absoluteValue: Double = 0, location: SourceLocation = .none
        ) {
            self.targetCategory = targetCategory
            self.alternateTargetCategory = alternateTargetCategory
            self.threshold = threshold
            self.vectors = vectors
            self.coefficients = coefficients
            self.absoluteValue = absoluteValue
            self.location = location
        }
    }

    public var representation: Representation
    /// nil: not stated.
    public var classificationMethod: ClassificationMethod?
    /// nil: not stated.
    public var threshold: Double?
    public var maxWins: Bool
    /// The category of low values, in versions 3.1 and 3.2.
    public var alternateBinaryTargetCategory: String?
    public var kernel: Kernel
    /// nil: the active fields of the mining schema, as before version 3.1.
    public var fields: [VectorField]?
    /// All vectors of the dictionary, each with its stated length; to be filled up with zeros.
    public var vectors: [[Double]]
    public var machines: [Machine]

    public init(
        representation: Representation = .supportVectors, classificationMethod: ClassificationMethod? = nil, threshold: Double? = nil,
        maxWins: Bool = false, alternateBinaryTargetCategory: String? = nil, kernel: Kernel = .linear, fields: [VectorField]? = nil,
        vectors: [[Double]] = [], machines: [Machine] = []
    ) {
        self.representation = representation
        self.classificationMethod = classificationMethod
        self.threshold = threshold
        self.maxWins = maxWins
        self.alternateBinaryTargetCategory = alternateBinaryTargetCategory
        self.kernel = kernel
        self.fields = fields
        self.vectors = vectors
        self.machines = machines
    }
}

// https://dmg.org/pmml/v4-4-1/Regression.html

public struct RegressionModel: Sendable {
    public enum Normalization: String, Sendable, CaseIterable {
        case none, simplemax, softmax, logit, probit, cloglog, exp, loglog, cauchit
    }
    public var normalization: Normalization
    /// The deprecated attribute targetFieldName.
    public var targetFieldName: String?
    public var tables: [RegressionTable]
    public init(normalization: Normalization = .none, targetFieldName: String? = nil, tables: [RegressionTable]) {
        self.normalization = normalization
        self.targetFieldName = targetFieldName
        self.tables = tables
    }
}

public struct RegressionTable: Sendable {
    public struct NumericPredictor: Sendable {
        public var field: String
        public var exponent: Int
        public var coefficient: Double
        public var location: SourceLocation
        public init(field: String, exponent: Int = 1, coefficient: Double, location: SourceLocation = .none) {
            self.field = field
            self.exponent = exponent
            self.coefficient = coefficient
            self.location = location
        }
    }
    public struct CategoricalPredictor: Sendable {
        public var field: String
        public var value: String
        public var coefficient: Double
        public var location: SourceLocation
        public init(field: String, value: String, coefficient: Double, location: SourceLocation = .none) {
            self.field = field
            self.value = value
            self.coefficient = coefficient
            self.location = location
        }
    }
    public struct PredictorTerm: Sendable {
        public var name: String?
        public var coefficient: Double
        public var fields: [String]
        public var location: SourceLocation
        public init(name: String? = nil, coefficient: Double, fields: [String], location: SourceLocation = .none) {
            self.name = name
            self.coefficient = coefficient
            self.fields = fields
            self.location = location
        }
    }
    public var intercept: Double
    public var targetCategory: String?
    public var numericPredictors: [NumericPredictor]
    public var categoricalPredictors: [CategoricalPredictor]
    public var predictorTerms: [PredictorTerm]
    public var location: SourceLocation
    public init(
        intercept: Double, targetCategory: String? = nil, numericPredictors: [NumericPredictor] = [],
        categoricalPredictors: [CategoricalPredictor] = [], predictorTerms: [PredictorTerm] = [], location: SourceLocation = .none
    ) {
        self.intercept = intercept
        self.targetCategory = targetCategory
        self.numericPredictors = numericPredictors
        self.categoricalPredictors = categoricalPredictors
        self.predictorTerms = predictorTerms
        self.location = location
    }
}

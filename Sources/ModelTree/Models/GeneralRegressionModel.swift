// https://dmg.org/pmml/v4-4-1/GeneralRegression.html

public struct GeneralRegressionModel: Sendable {
    public enum ModelType: String, Sendable, CaseIterable {
        case regression, generalLinear, multinomialLogistic, ordinalMultinomial, generalizedLinear, CoxRegression
    }
    /// The inverse of a cumulative link is a distribution function.
    public enum CumulativeLink: String, Sendable, CaseIterable { case logit, probit, cloglog, loglog, cauchit }
    public enum LinkFunction: String, Sendable, CaseIterable {
        case cloglog, identity, log, logc, logit, loglog, negbin, oddspower, power, probit
        /// Not in the standard's list, though R's binomial family has it.
        case cauchit
    }
    public enum Distribution: String, Sendable, CaseIterable { case binomial, gamma, igauss, negbin, normal, poisson, tweedie }
    /// A number that is a field's value or stated in the document; the field counts if both are there.
    public struct Quantity: Sendable {
        public var field: String?
        public var value: Double?
        public init(field: String? = nil, value: Double? = nil) {
            self.field = field
            self.value = value
        }
    }

    public var modelType: ModelType
    /// The attribute targetVariableName of PMML 2 and 3.
    public var targetVariableName: String?
    public var targetReferenceCategory: String?
    public var cumulativeLink: CumulativeLink?
    public var linkFunction: LinkFunction?
    public var linkParameter: Double?
    public var distribution: Distribution?
    public var distParameter: Double?
    /// What is added to the linear predictor.
    public var offset = Quantity()
    /// What a predicted share is multiplied by.
    public var trials = Quantity()
    public var endTimeVariable: String?
    public var baselineStrataVariable: String?
    /// How the training data were laid out; they change no score.
    public var startTimeVariable: String?
    public var statusVariable: String?
    public var subjectIDVariable: String?
    public var modelDF: Double?

    public var parameters: [Parameter] = []
    public var factors: [Predictor] = []
    public var covariates: [Predictor] = []
    public var predictorCells: [PredictorCell] = []
    public var coefficients: [Coefficient] = []
    public var covariances: [Covariance] = []
    public var baseline: Baseline?

    public init(modelType: ModelType) { self.modelType = modelType }

    public struct Parameter: Sendable {
        public var name: String
        public var label: String?
        /// Cox regression: the parameter's value to which the baseline belongs.
        public var referencePoint: Double
        public init(name: String, label: String? = nil, referencePoint: Double = 0) {
            self.name = name
            self.label = label
            self.referencePoint = referencePoint
        }
    }

    /// A factor or covariate.
    public struct Predictor: Sendable {
        public var name: String
        /// The categories that the matrix's rows stand for; empty: those of the field.
        public var categories: [String]
        /// The contrast matrix of a factor.
        public var contrasts: Matrix?
        public var location: SourceLocation
        public init(name: String, categories: [String] = [], contrasts: Matrix? = nil, location: SourceLocation = .none) {
            self.name = name
            self.categories = categories
            self.contrasts = contrasts
            self.location = location
        }
    }

    /// `PPCell`: a predictor's part in a parameter, which is the product of its cells.
    public struct PredictorCell: Sendable {
        public var parameter: String
        public var predictor: String
        /// A factor's category, or a covariate's exponent.
        public var value: String
        public var targetCategory: String?
        public var location: SourceLocation
        public init(parameter: String, predictor: String, value: String, targetCategory: String? = nil, location: SourceLocation = .none) {
            self.parameter = parameter
            self.predictor = predictor
            self.value = value
            self.targetCategory = targetCategory
            self.location = location
        }
    }

    /// `PCell`
    public struct Coefficient: Sendable {
        public var parameter: String
        /// nil: the coefficient is that of all categories.
        public var targetCategory: String?
        public var beta: Double
        public init(parameter: String, targetCategory: String? = nil, beta: Double) {
            self.parameter = parameter
            self.targetCategory = targetCategory
            self.beta = beta
        }
    }

    /// `PCovCell`
    public struct Covariance: Sendable {
        /// A parameter, and the category of the target in whose equation it stands, nil if it stands in all.
        public struct Entry: Sendable, Hashable {
            public var parameter: String
            public var targetCategory: String?
            public init(parameter: String, targetCategory: String? = nil) {
                self.parameter = parameter
                self.targetCategory = targetCategory
            }
        }
        public var row: Entry
        public var column: Entry
        public var value: Double
        public init(row: Entry, column: Entry, value: Double) {
            self.row = row
            self.column = column
            self.value = value
        }
    }

    /// `BaseCumHazardTables`
    public struct Baseline: Sendable {
        public struct Step: Sendable {
            public var time: Double
            public var hazard: Double
            public init(time: Double, hazard: Double) {
                self.time = time
                self.hazard = hazard
            }
        }
        public struct Table: Sendable {
            /// The stratum; nil in a model without strata.
            public var stratum: String?
            public var label: String?
            /// After it nothing is known; nil: there is no limit.
            public var maxTime: Double?
            public var steps: [Step]
            public init(stratum: String? = nil, label: String? = nil, maxTime: Double? = nil, steps: [Step] = []) {
                self.stratum = stratum
                self.label = label
                self.maxTime = maxTime
                self.steps = steps
            }
        }
        public var tables: [Table]
        public init(tables: [Table]) { self.tables = tables }
    }
}

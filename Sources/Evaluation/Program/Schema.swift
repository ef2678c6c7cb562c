/// How an input or result may be used. https://dmg.org/pmml/v4-4-1/DataDictionary.html
public enum OperationalType: UInt8, Sendable {
    /// Values that are equal or not.
    case categorical = 0
    /// Values with an order.
    case ordinal = 1
    /// Numbers on a scale.
    case continuous = 2

    /// The PMML name.
    public var name: String {
        switch self {
        case .categorical: "categorical"
        case .ordinal: "ordinal"
        case .continuous: "continuous"
        }
    }
}

/// A field that a model takes from outside.
public struct InputField: Sendable {
    /// The field's name.
    public var name: String
    /// What people call the field.
    public var displayName: String?
    /// What its values are.
    public var type: ValueType
    /// How they may be used.
    public var opType: OperationalType
    /// `active`, `supplementary`, `group`, `target` …: the field's usage in the model.
    public var usage: String
    /// The register that the caller fills.
    public var register: Register
    /// What a list register's elements are; nil for plain columns.
    public var elementType: ValueType?
    /// Valid values as the document writes them.
    public var values: [String]
    /// Texts that mean "missing" in this field, beside the reader's own (`Value property="missing"`).
    public var missingValues: [String]
    /// Valid intervals, as text (`[0, 100)`).
    public var intervals: [String]
    /// Whether a result depends on the field; one that nothing reads need not be given.
    public var isRequired: Bool

    public init(
        name: String, displayName: String? = nil, type: ValueType, opType: OperationalType, usage: String, register: Register,
        elementType: ValueType? = nil, values: [String] = [], missingValues: [String] = [], intervals: [String] = [],
        isRequired: Bool = true
    ) {
        self.name = name
        self.displayName = displayName
        self.type = type
        self.opType = opType
        self.usage = usage
        self.register = register
        self.elementType = elementType
        self.values = values
        self.missingValues = missingValues
        self.intervals = intervals
        self.isRequired = isRequired
    }
}

/// A field that a model gives.
public struct ResultField: Sendable {
    /// What a result is to the model.
    public enum Role: UInt8, Sendable {
        /// The predicted value under the target's name.
        case target = 0
        /// An OutputField.
        case output = 1
        /// A derived field, given only when asked for.
        case derived = 2
    }
    /// The field's name.
    public var name: String
    /// What people call the field.
    public var displayName: String?
    /// What its values are.
    public var type: ValueType
    /// How they may be used.
    public var opType: OperationalType
    /// The target, an output, or a derived field.
    public var role: Role
    /// The PMML result feature (`predictedValue`, `probability`, …); empty for derived fields.
    public var feature: String
    /// The category that a probability or confidence speaks of.
    public var value: String?
    /// The register that holds it after a run.
    public var register: Register
    /// What a list register's elements are.
    public var elementType: ValueType?
    /// Whether it is among the results when nothing is selected.
    public var isDefault: Bool

    public init(
        name: String, displayName: String? = nil, type: ValueType, opType: OperationalType, role: Role, feature: String,
        value: String? = nil, register: Register, elementType: ValueType? = nil, isDefault: Bool = true
    ) {
        self.name = name
        self.displayName = displayName
        self.type = type
        self.opType = opType
        self.role = role
        self.feature = feature
        self.value = value
        self.register = register
        self.elementType = elementType
        self.isDefault = isDefault
    }
}

/// The document's own test records. https://dmg.org/pmml/v4-4-1/ModelVerification.html
public struct VerificationTable: Sendable {
    /// A field of the records: an input, or a result with its tolerances.
    public struct Field: Sendable {
        /// The field's name in the model.
        public var name: String
        /// How far, relative to the expected number, a result may be off.
        public var precision: Double
        /// The magnitude up to which numbers count as 0.
        public var zeroThreshold: Double
        public init(name: String, precision: Double, zeroThreshold: Double) {
            self.name = name
            self.precision = precision
            self.zeroThreshold = zeroThreshold
        }
    }
    /// The columns of the records.
    public var fields: [Field]
    /// One cell per field; nil where the record has none.
    public var rows: [[String?]]
    public init(fields: [Field] = [], rows: [[String?]] = []) {
        self.fields = fields
        self.rows = rows
    }
}

/// A line of a model's structure, for `inspect`: `Segment 3`, `TreeModel, 127 nodes`, indented by depth.
public struct StructureLine: Sendable {
    /// How deep the line is indented, from 0.
    public var depth: Int
    /// The line without its indentation.
    public var text: String
    public init(depth: Int, text: String) {
        self.depth = depth
        self.text = text
    }
}

/// What a model says of itself.
public struct Schema: Sendable {
    /// What the model takes, in the order of its data dictionary.
    public var inputs: [InputField] = []
    /// What it gives: targets, outputs, and the derived fields that can be asked for.
    public var results: [ResultField] = []
    /// `element`, `function`, `modelName`, `pmmlVersion`, `application`, … in a fixed order.
    public var properties: [(name: String, value: String)] = []
    /// The model's parts, as `pommel inspect` prints them.
    public var structure: [StructureLine] = []
    /// What the document has beyond the standard: `Extension` elements and attributes with `x-`, by name.
    public var vendorMarkup: [String] = []
    /// The document's own test records, if it has any.
    public var verification: VerificationTable?
    /// Whether rows depend on the rows before them (Lag, CUSUM), so that they must be scored in order by one worker.
    public var isStateful = false

    public init() {}

    /// A property by its name; nil where the document does not say.
    public func property(_ name: String) -> String? { properties.first { $0.name == name }?.value }
}

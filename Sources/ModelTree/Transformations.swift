// https://dmg.org/pmml/v4-4-1/Transformations.html

/// Derived fields and functions, of the whole document (`TransformationDictionary`) or of a model (`LocalTransformations`).
public struct Transformations: Sendable {
    public var derivedFields: [DerivedField]
    /// Empty in LocalTransformations.
    public var functions: [DefineFunction]
    public init(derivedFields: [DerivedField] = [], functions: [DefineFunction] = []) {
        self.derivedFields = derivedFields
        self.functions = functions
    }
}

public struct DerivedField: Sendable {
    /// nil where the standard lets a DerivedField have no name (inside a model, as in NeuralInput).
    public var name: String?
    public var displayName: String?
    public var opType: OpType
    public var dataType: DataType
    public var expression: Expression
    /// `Value` children: the order of an ordinal derived field.
    public var values: [FieldValue]
    public var location: SourceLocation
    public init(
        name: String?, displayName: String? = nil, opType: OpType, dataType: DataType, expression: Expression,
        values: [FieldValue] = [], location: SourceLocation = .none
    ) {
        self.name = name
        self.displayName = displayName
        self.opType = opType
        self.dataType = dataType
        self.expression = expression
        self.values = values
        self.location = location
    }
}

/// https://dmg.org/pmml/v4-4-1/Functions.html#xsdElement_DefineFunction
public struct DefineFunction: Sendable {
    public struct Parameter: Sendable {
        public var name: String
        public var opType: OpType?
        public var dataType: DataType?
        public var displayName: String?
        public init(name: String, opType: OpType? = nil, dataType: DataType? = nil, displayName: String? = nil) {
            self.name = name
            self.opType = opType
            self.dataType = dataType
            self.displayName = displayName
        }
    }
    public var name: String
    public var opType: OpType
    public var dataType: DataType?
    public var parameters: [Parameter]
    public var body: Expression
    public var location: SourceLocation
    public init(name: String, opType: OpType, dataType: DataType?, parameters: [Parameter], body: Expression, location: SourceLocation = .none) {
        self.name = name
        self.opType = opType
        self.dataType = dataType
        self.parameters = parameters
        self.body = body
        self.location = location
    }
}

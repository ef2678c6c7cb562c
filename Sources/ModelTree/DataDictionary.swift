// https://dmg.org/pmml/v4-4-1/DataDictionary.html

/// The fields that a document's models may take from outside.
public struct DataDictionary: Sendable {
    public var fields: [DataField]
    public init(fields: [DataField] = []) { self.fields = fields }
}

/// A field of the data: its type, and which values it may have.
public struct DataField: Sendable {
    public var name: String
    public var displayName: String?
    public var opType: OpType
    public var dataType: DataType
    public var isCyclic: Bool
    /// Listed values, in document order; that order is the order of an ordinal field.
    public var values: [FieldValue]
    public var intervals: [Interval]
    public var location: SourceLocation

    public init(
        name: String, displayName: String? = nil, opType: OpType, dataType: DataType, isCyclic: Bool = false,
        values: [FieldValue] = [], intervals: [Interval] = [], location: SourceLocation = .none
    ) {
        self.name = name
        self.displayName = displayName
        self.opType = opType
        self.dataType = dataType
        self.isCyclic = isCyclic
        self.values = values
        self.intervals = intervals
        self.location = location
    }
}

/// A `Value` of a field. https://dmg.org/pmml/v4-4-1/DataDictionary.html#xsdElement_Value
public struct FieldValue: Sendable {
    public enum Property: String, Sendable, CaseIterable { case valid, invalid, missing }
    public var value: String
    public var displayValue: String?
    public var property: Property

    public init(value: String, displayValue: String? = nil, property: Property = .valid) {
        self.value = value
        self.displayValue = displayValue
        self.property = property
    }
}

extension [FieldValue] {
    /// Those that are valid, as text.
    public var validTexts: [String] { filter { $0.property == .valid }.map(\.value) }
    /// The order that they give to an ordinal field; nil without any: then it is that of the type.
    public var order: [String]? { validTexts.isEmpty ? nil : validTexts }
}

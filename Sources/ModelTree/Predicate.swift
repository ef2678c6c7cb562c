// https://dmg.org/pmml/v4-4-1/TreeModel.html#predicates

public enum SimpleOperator: String, Sendable, CaseIterable {
    case equal, notEqual, lessThan, lessOrEqual, greaterThan, greaterOrEqual, isMissing, isNotMissing
}

public struct SimplePredicate: Sendable {
    public var field: String
    public var op: SimpleOperator
    /// nil for isMissing and isNotMissing.
    public var value: String?
    public var location: SourceLocation
    public init(field: String, op: SimpleOperator, value: String?, location: SourceLocation = .none) {
        self.field = field
        self.op = op
        self.value = value
        self.location = location
    }
}

public struct SimpleSetPredicate: Sendable {
    public var field: String
    /// true: isIn, false: isNotIn.
    public var isIn: Bool
    public var values: [String]
    public var location: SourceLocation
    public init(field: String, isIn: Bool, values: [String], location: SourceLocation = .none) {
        self.field = field
        self.isIn = isIn
        self.values = values
        self.location = location
    }
}

public enum BooleanOperator: String, Sendable, CaseIterable { case or, and, xor, surrogate }

/// A condition on a row, with the three values true, false and unknown.
public indirect enum Predicate: Sendable {
    case always
    case never
    case simple(SimplePredicate)
    case set(SimpleSetPredicate)
    case compound(BooleanOperator, [Predicate], SourceLocation)
}

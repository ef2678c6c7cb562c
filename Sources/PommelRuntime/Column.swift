/// A column of a table: a value for each row.
public enum Column: Sendable, Hashable {
    /// Numbers of any numeric type; a NaN is a missing value.
    case numbers([Double])
    /// Texts, and dates and times in ISO 8601; nil is a missing value.
    case strings([String?])
    /// Truth values; nil is a missing value.
    case booleans([Bool?])
    /// Values of any kind, or of several: lists, for one.
    case values([Value])

    /// The rows.
    public var count: Int {
        switch self {
        case .numbers(let numbers): numbers.count
        case .strings(let texts): texts.count
        case .booleans(let flags): flags.count
        case .values(let values): values.count
        }
    }

    /// The value of a row; missing outside the column.
    public subscript(row: Int) -> Value {
        guard row >= 0, row < count else { return .missing }
        switch self {
        case .numbers(let numbers): return numbers[row].isNaN ? .missing : .number(numbers[row])
        case .strings(let texts): return texts[row].map(Value.string) ?? .missing
        case .booleans(let flags): return flags[row].map(Value.boolean) ?? .missing
        case .values(let values): return values[row]
        }
    }
}

extension Column: ExpressibleByArrayLiteral {
    /// A column of ``values(_:)``.
    public init(arrayLiteral elements: Value...) { self = .values(elements) }
}

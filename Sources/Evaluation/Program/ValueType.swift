/// What a value is: PMML's data types, numbered as the native file stores them. Numbers are never reused.
///
/// https://dmg.org/pmml/v4-4-1/DataDictionary.html#xsdType_DATATYPE
public enum ValueType: UInt8, Sendable, CaseIterable {
    /// Text.
    case string = 0
    /// Whole numbers, exact up to 2⁵³ − 1.
    case integer = 1
    /// IEEE 754 binary32.
    case float = 2
    /// IEEE 754 binary64.
    case double = 3
    /// `true` and `false`.
    case boolean = 4
    /// Days since 1970-01-01.
    case date = 5
    /// Seconds since midnight.
    case time = 6
    /// Seconds since 1970-01-01T00:00:00.
    case dateTime = 7
    /// `dateDaysSince[…]`: days, a plain number.
    case days = 8
    /// `timeSeconds` and `dateTimeSecondsSince[…]`: seconds, a plain number.
    case seconds = 9

    /// Dates, times and moments, each counted in a unit of its own.
    public var isTemporal: Bool { self == .date || self == .time || self == .dateTime }

    /// How a register holds such a value.
    public var kind: RegisterKind { self == .string ? .text : .number }

    /// The PMML name; the epochs of ``days`` and ``seconds`` are not part of the type.
    public var name: String {
        switch self {
        case .string: "string"
        case .integer: "integer"
        case .float: "float"
        case .double: "double"
        case .boolean: "boolean"
        case .date: "date"
        case .time: "time"
        case .dateTime: "dateTime"
        case .days: "dateDaysSince"
        case .seconds: "timeSeconds"
        }
    }

    /// The magnitude up to which every value of the type is held as it is: whole numbers beyond it would be rounded.
    public var largest: Double { self == .integer ? 0x1p53 - 1 : .infinity }

    /// Whether values are counted on a scale and can be added.
    public var isNumeric: Bool { self == .integer || self == .float || self == .double || self == .days || self == .seconds }
}

/// How a register stores its column.
public enum RegisterKind: UInt8, Sendable {
    /// `Double`s: every numeric, boolean and time type; a `float` holds only binary32 values.
    case number = 0
    /// `Int32` codes of strings.
    case text = 1
    /// `Int32` indices of lists in the frame.
    case list = 2
}

/// One column of a program: its number, and what it holds.
public struct Register: Sendable, Hashable {
    /// Its number in the program.
    public let index: Int32
    /// What its cells are.
    public let kind: RegisterKind
    public init(index: Int32, kind: RegisterKind) {
        self.index = index
        self.kind = kind
    }
}

/// The state of one cell; a set of bits beside the value.
public enum CellStatus {
    /// There is no value.
    public static let missing: UInt8 = 1
    /// The value is kept although it is invalid (`invalidValueTreatment="asIs"`).
    public static let invalid: UInt8 = 2
    /// The cell has a text that is no value of the field's type: `missing` and `invalid` together. Only input registers hold
    /// it; a number register's value is then the text's string code.
    public static let unreadable: UInt8 = 3
    /// There is no value and the row fails if the result depends on it; always together with `missing`.
    public static let failure: UInt8 = 4
    /// A failing cell: `failure` and `missing`.
    public static let failed: UInt8 = 5
}

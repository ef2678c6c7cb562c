import Evaluation
import ModelTree

/// A register and what its values mean to PMML.
struct TypedValue {
    var register: Register
    var type: ValueType
    var opType: OperationalType
    /// What the elements of a list register are; nil for plain values.
    var elementType: ValueType?
    /// For ordinal fields, the values in ascending order, as text.
    var order: [String]?
    /// Whether a cell may be a failure (see ``CellStatus/failure``) rather than merely missing.
    var mayFail = false

    init(_ register: Register, _ type: ValueType, _ opType: OperationalType? = nil, elementType: ValueType? = nil, order: [String]? = nil) {
        self.register = register
        self.type = type
        self.opType = opType ?? (type == .string || type == .boolean ? .categorical : .continuous)
        self.elementType = elementType
        self.order = order
    }

    var isText: Bool { register.kind == .text }
    /// Whether the value, or each item of a collection, is a text.
    var holdsTexts: Bool { register.kind == .list ? (elementType ?? type).kind == .text : isText }
}

extension DataType {
    /// How values of this type are held.
    var valueType: ValueType {
        switch self {
        case .string: .string
        case .integer: .integer
        case .float: .float
        case .double: .double
        case .boolean: .boolean
        case .date: .date
        case .time: .time
        case .dateTime: .dateTime
        case .timeSeconds, .dateTimeSecondsSince0, .dateTimeSecondsSince1960, .dateTimeSecondsSince1970,
            .dateTimeSecondsSince1980, .dateTimeSecondsSince1990, .dateTimeSecondsSince2000, .dateTimeSecondsSince2010,
            .dateTimeSecondsSince2020:
            .seconds
        case .dateDaysSince0, .dateDaysSince1960, .dateDaysSince1970, .dateDaysSince1980, .dateDaysSince1990,
            .dateDaysSince2000, .dateDaysSince2010, .dateDaysSince2020:
            .days
        }
    }
}

extension OpType {
    var operational: OperationalType {
        switch self {
        case .categorical: .categorical
        case .ordinal: .ordinal
        case .continuous: .continuous
        }
    }
}

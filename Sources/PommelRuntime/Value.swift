import Evaluation

/// A value of a record: what goes into a model and what comes out.
public enum Value: Sendable, Hashable {
    /// There is no value.
    case missing
    /// Any number; a NaN counts as missing.
    case number(Double)
    /// A truth value; a numeric field takes it as 1 or 0.
    case boolean(Bool)
    /// Text, also for dates and times, in ISO 8601. A number's text is taken as the number where a field is numeric.
    case string(String)
    /// Several values in one field: a collection, or an input that takes a list.
    case list([Value])
}

extension Value: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByNilLiteral, ExpressibleByArrayLiteral
{
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(integerLiteral value: Int) { self = .number(Double(value)) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
    public init(nilLiteral: ()) { self = .missing }
    public init(arrayLiteral elements: Value...) { self = .list(elements) }
}

extension Value: CustomStringConvertible {
    /// The text that a table holds for the value; empty when it is missing.
    public var description: String {
        switch self {
        case .missing: ""
        case .number(let number): NumberPrinting.text(number)
        case .boolean(let flag): flag ? "true" : "false"
        case .string(let text): text
        case .list(let items): "[" + items.map(\.description).joined(separator: ",") + "]"
        }
    }

    /// The number by which a register of a type holds the value; nil when it is no value of the type.
    package func number(as type: ValueType) -> Double? {
        switch self {
        case .missing, .list: return nil
        case .boolean(let flag): return flag ? 1 : 0
        case .number(let number):
            switch type {
            case .float: return Double(Float(number))
            case .boolean: return number == 0 || number == 1 ? number : nil
            default: return number.magnitude > type.largest ? nil : number
            }
        case .string(var text):
            return text.withUTF8 { utf8 in
                switch type {
                case .boolean: NumberParsing.boolean(utf8).map { $0 ? 1 : 0 }
                case .date, .time, .dateTime: Temporal.parse(utf8, as: type)
                case .float: NumberParsing.float(utf8).map(Double.init)
                default: NumberParsing.double(utf8).flatMap { $0.magnitude > type.largest ? nil : $0 }
                }
            }
        }
    }

    /// The value that a register's number stands for.
    package init(_ number: Double, of type: ValueType) {
        switch type {
        case .boolean: self = .boolean(number != 0)
        case .date, .time, .dateTime: self = .string(Temporal.text(number, as: type))
        default: self = .number(number)
        }
    }
}

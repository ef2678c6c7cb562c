import Evaluation
import ModelTree

/// Values that a document writes as text, read as the type of the field that they are compared with or assigned to.
enum Literal {
    /// The number that `text` means as a value of `type`; nil if it means none.
    ///
    /// Booleans are 1 and 0; a float is rounded to binary32.
    static func number(_ text: String, as type: ValueType) -> Double? {
        switch type {
        case .boolean:
            switch text {
            case "true", "TRUE", "True", "1", "1.0": return 1
            case "false", "FALSE", "False", "0", "0.0": return 0
            default: return NumberParsing.double(text)
            }
        case .float: return NumberParsing.double(text).map { Double(Float($0)) }
        case .date, .time, .dateTime: return Temporal.parse(text, as: type)
        case .string, .integer, .double, .days, .seconds: return NumberParsing.double(text)
        }
    }

    /// The type that a constant without a declared one has: integer, double, boolean or string by its form.
    static func inferredType(_ text: String) -> ValueType {
        if let number = NumberParsing.double(text) {
            return text.utf8.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2d || $0 == 0x2b }) && number.isFinite ? .integer : .double
        }
        if text == "true" || text == "false" { return .boolean }
        return .string
    }
}

import Evaluation
import ModelTree

// https://dmg.org/pmml/v4-4-1/DataDictionary.html#xsdType_DATATYPE

extension DataType {
    /// The year whose first of January is 0: of `dateDaysSince[…]` and `dateTimeSecondsSince[…]`; nil for the other types.
    ///
    /// Year 0 is the one before year 1 of the proleptic Gregorian calendar (ISO 8601).
    var epochYear: Int? {
        switch self {
        case .dateDaysSince0, .dateTimeSecondsSince0: 0
        case .dateDaysSince1960, .dateTimeSecondsSince1960: 1960
        case .dateDaysSince1970, .dateTimeSecondsSince1970: 1970
        case .dateDaysSince1980, .dateTimeSecondsSince1980: 1980
        case .dateDaysSince1990, .dateTimeSecondsSince1990: 1990
        case .dateDaysSince2000, .dateTimeSecondsSince2000: 2000
        case .dateDaysSince2010, .dateTimeSecondsSince2010: 2010
        case .dateDaysSince2020, .dateTimeSecondsSince2020: 2020
        case .string, .integer, .float, .double, .boolean, .date, .time, .dateTime, .timeSeconds: nil
        }
    }
}

extension Compiler {
    /// An input whose type has an epoch, with the dates and times among its cells counted from it; any other as it is.
    func datesCounted(_ input: Register, _ type: DataType) -> Register {
        guard let year = type.epochYear else { return input }
        // The column is shared by all models, so it is computed outside of every condition.
        return builder.hoisted(to: 0) {
            builder.emit("temporal.epoch", .number) {
                $0.register(input)
                $0.flag(type.valueType == .days)
                $0.int(year)
            }
        }
    }
}

extension Literal {
    /// As ``number(_:as:)``, but for a type with an epoch a date or time is counted from it.
    static func number(_ text: String, as type: DataType) -> Double? {
        switch type.valueType {
        case .days: Temporal.days(text, epochYear: type.epochYear ?? 1970)
        case .seconds: Temporal.seconds(text, epochYear: type.epochYear)
        default: number(text, as: type.valueType)
        }
    }
}

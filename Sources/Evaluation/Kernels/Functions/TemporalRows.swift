// https://dmg.org/pmml/v4-4-1/BuiltinFunctions.html#dateDaysSinceYear

/// The operations are those of the kernels on dates and times. A `temporal` argument is two operands: its register, then the
/// raw value of its ``ValueType``.
extension Builtins {
    static let temporal: [Builtin] = [
        Builtin("formatDatetime", [.temporal, .text], .always(.string), operation: "temporal.format",
            "the date or time as text, by a pattern of strftime"),
        Builtin("dateDaysSinceYear", [.temporal, .number], .always(.integer), operation: "temporal.daysSinceYear",
            "days from January 1 of the year to the date; negative before it"),
        Builtin("dateSecondsSinceYear", [.temporal, .number], .always(.integer), operation: "temporal.secondsSinceYear",
            "seconds from January 1 of the year, 00:00:00, to the date and time"),
        Builtin("dateSecondsSinceMidnight", [.temporal], .always(.integer), operation: "temporal.secondsSinceMidnight",
            "seconds from midnight to the time"),
    ]
}

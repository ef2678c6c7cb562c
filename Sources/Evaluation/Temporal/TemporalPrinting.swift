extension Temporal {
    /// Writes a value of a temporal type in ISO 8601: `2024-02-29`, `13:05:00`, `2024-02-29T13:05:00.25`.
    ///
    /// Fractions of seconds are written to the microsecond, without trailing zeros. `days` and `seconds` are plain numbers,
    /// and so is everything that no calendar holds.
    public static func format(_ value: Double, as type: ValueType, into writer: inout ByteWriter) {
        switch type {
        case .date:
            guard let day = CivilDay(days: value) else { return writer.append(number: value) }
            append(day, into: &writer)
        case .time:
            guard value >= 0, value < 1e12 else { return writer.append(number: value) }
            appendTime(microseconds: Int((value * 1e6).rounded()), into: &writer)
        case .dateTime:
            guard let moment = Moment(dateTime: value) else { return writer.append(number: value) }
            append(moment.day, into: &writer)
            writer.append(0x54)
            appendTime(microseconds: moment.microseconds, into: &writer)
        case .string, .integer, .float, .double, .boolean, .days, .seconds:
            writer.append(number: value)
        }
    }

    /// The text of a value of a temporal type.
    public static func text(_ value: Double, as type: ValueType) -> String {
        var writer = ByteWriter()
        format(value, as: type, into: &writer)
        return writer.text()
    }

    private static func append(_ day: CivilDay, into writer: inout ByteWriter) {
        if day.year < 0 { writer.append(0x2d) }
        append(padded: day.year.magnitude, 4, into: &writer)
        writer.append(0x2d)
        append(padded: day.month.magnitude, 2, into: &writer)
        writer.append(0x2d)
        append(padded: day.day.magnitude, 2, into: &writer)
    }

    private static func appendTime(microseconds: Int, into writer: inout ByteWriter) {
        let seconds = microseconds / 1_000_000
        append(padded: UInt(seconds / 3600), 2, into: &writer)
        writer.append(0x3a)
        append(padded: UInt(seconds / 60 % 60), 2, into: &writer)
        writer.append(0x3a)
        append(padded: UInt(seconds % 60), 2, into: &writer)
        var fraction = microseconds % 1_000_000
        if fraction == 0 { return }
        var width = 6
        while fraction % 10 == 0 {
            fraction /= 10
            width -= 1
        }
        writer.append(0x2e)
        append(padded: UInt(fraction), width, into: &writer)
    }

    /// Writes a number with at least `width` digits, filled with zeros or with `fill`.
    static func append(padded value: UInt, _ width: Int, fill: UInt8 = 0x30, into writer: inout ByteWriter) {
        var limit: UInt = 10
        var length = 1
        while value >= limit, length < 19 {
            length += 1
            limit = limit &* 10
        }
        while length < width {
            writer.append(fill)
            length += 1
        }
        writer.append(integer: Int(truncatingIfNeeded: value))
    }
}

/// A point in time as a calendar and a clock show it.
struct Moment {
    var day: CivilDay
    /// Since midnight.
    var microseconds: Int

    /// nil for what no calendar holds.
    init?(dateTime seconds: Double) {
        guard abs(seconds) < 3e15 else { return nil }
        // Whole seconds apart from their fraction, which would drown in one product.
        let whole = seconds.rounded(.down)
        var days = (whole / Temporal.secondsPerDay).rounded(.down)
        var rest = Int(whole - days * Temporal.secondsPerDay) &* 1_000_000 &+ Int(((seconds - whole) * 1e6).rounded())
        if rest >= 86_400_000_000 {
            rest = rest &- 86_400_000_000
            days += 1
        }
        guard let day = CivilDay(days: days) else { return nil }
        self.day = day
        microseconds = rest
    }

    /// The midnight that begins a day.
    init?(date days: Double) {
        guard let day = CivilDay(days: days) else { return nil }
        self.day = day
        microseconds = 0
    }

    var hour: Int { microseconds / 3_600_000_000 }
    var minute: Int { microseconds / 60_000_000 % 60 }
    var second: Int { microseconds / 1_000_000 % 60 }
}

// https://dmg.org/pmml/v4-4-1/DataDictionary.html#xsdType_DATATYPE

/// Dates and times: ISO 8601 texts to and from the numbers that registers hold.
///
/// A `date` is days since 1970-01-01, a `time` seconds since midnight, a `dateTime` seconds since 1970-01-01T00:00:00,
/// all in the proleptic Gregorian calendar without leap seconds. A text without a zone is wall time and kept as it
/// stands; one with a zone (`Z`, `+02:00`) is brought to UTC, as XML Schema orders such values. The calendar day of a
/// `date` does not move whatever zone follows it.
public enum Temporal {
    public static let secondsPerDay = 86_400.0

    /// The number that `text` means as a value of `type`, or nil if it means none.
    ///
    /// - `date`: `YYYY-MM-DD`; a time may follow if it is midnight.
    /// - `time`: `hh:mm[:ss[.fff]]`, at most 24:00:00.
    /// - `dateTime`: a date, then `T` or a blank and a time; a date alone is its midnight.
    /// - `days`: a number, or a date counted from 1970-01-01. See ``days(_:epochYear:)`` for other epochs.
    /// - `seconds`: a number, or a time of day, whose hours may exceed 24. See ``seconds(_:epochYear:)``.
    ///
    /// Blanks around the text are ignored. Types that are not temporal give nil.
    public static func parse(_ text: UnsafeBufferPointer<UInt8>, as type: ValueType) -> Double? {
        switch type {
        case .date: return date(text)
        case .time: return time(text, longest: 24)
        case .dateTime: return dateTime(text)
        case .days: return days(text, epochYear: 1970)
        case .seconds: return seconds(text, epochYear: nil)
        case .string, .integer, .float, .double, .boolean: return nil
        }
    }

    public static func parse(_ text: String, as type: ValueType) -> Double? {
        var text = text
        return text.withUTF8 { parse($0, as: type) }
    }

    /// A value of `dateDaysSince[epochYear]`: a number stands for itself, a date is counted from that year's first of January.
    public static func days(_ text: UnsafeBufferPointer<UInt8>, epochYear: Int) -> Double? {
        if let number = NumberParsing.double(text) { return number }
        return date(text).map { $0 - epochDays(epochYear) }
    }

    /// A value of `dateTimeSecondsSince[epochYear]`, or of `timeSeconds` if there is no epoch: a number stands for itself.
    public static func seconds(_ text: UnsafeBufferPointer<UInt8>, epochYear: Int?) -> Double? {
        if let number = NumberParsing.double(text) { return number }
        guard let epochYear else { return time(text, longest: 999_999_999) }
        return dateTime(text).map { $0 - epochDays(epochYear) * secondsPerDay }
    }

    public static func days(_ text: String, epochYear: Int) -> Double? {
        var text = text
        return text.withUTF8 { days($0, epochYear: epochYear) }
    }

    public static func seconds(_ text: String, epochYear: Int?) -> Double? {
        var text = text
        return text.withUTF8 { seconds($0, epochYear: epochYear) }
    }

    /// Days from 1970-01-01 to the first of January of `year`. Year 0 is the one before year 1, as in ISO 8601.
    public static func epochDays(_ year: Int) -> Double {
        guard CivilDay.years.contains(year) else { return .nan }
        return Double(CivilDay(year: year, month: 1, day: 1).number)
    }

    private static func date(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        var scanner = TemporalScanner(text)
        guard let day = scanner.day() else { return nil }
        if scanner.timeFollows() {
            guard let time = scanner.timeOfDay(longest: 24), time == 0 else { return nil }
        }
        guard scanner.zone() != nil, scanner.isAtEnd else { return nil }
        return Double(day.number)
    }

    private static func time(_ text: UnsafeBufferPointer<UInt8>, longest: Int) -> Double? {
        var scanner = TemporalScanner(text)
        guard let time = scanner.timeOfDay(longest: longest), let zone = scanner.zone(), scanner.isAtEnd else { return nil }
        if zone.isGiven, zone.seconds != 0 {
            // A clock shows the UTC time of day, whatever day that is.
            let shifted = (time - Double(zone.seconds)).truncatingRemainder(dividingBy: secondsPerDay)
            return shifted < 0 ? shifted + secondsPerDay : shifted
        }
        return time
    }

    private static func dateTime(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        var scanner = TemporalScanner(text)
        guard let day = scanner.day() else { return nil }
        var time = 0.0
        if scanner.timeFollows() {
            guard let found = scanner.timeOfDay(longest: 24) else { return nil }
            time = found
        }
        guard let zone = scanner.zone(), scanner.isAtEnd else { return nil }
        return Double(day.number) * secondsPerDay + time - Double(zone.seconds)
    }
}

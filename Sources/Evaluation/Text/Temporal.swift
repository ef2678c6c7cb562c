/// Dates and times from and to ISO 8601 text, as the numbers that registers hold.
///
/// `date` is days since 1970-01-01, `time` seconds since midnight, `dateTime` seconds since 1970-01-01T00:00:00, in the
/// proleptic Gregorian calendar and without leap seconds. A `dateTime` with a zone is brought to UTC; one without is taken as it
/// stands. https://dmg.org/pmml/v4-4-1/DataDictionary.html
public enum Temporal {
    /// The value of the text as a `date`, `time` or `dateTime`; nil when it is not written so.
    ///
    /// A date and a time are parted by `T` or a blank. Where a date is asked for, a time after it is left off; where a
    /// `dateTime` is asked for, a date alone means its midnight. Hours of a `time` may exceed 23, for durations.
    public static func parse(_ text: UnsafeBufferPointer<UInt8>, as type: ValueType) -> Double? {
        let (start, end) = NumberParsing.trimmed(text)
        var scanner = Scanner(text: text, index: start, end: end)
        switch type {
        case .time:
            guard let seconds = scanner.time(highestHour: 999_999), scanner.isAtEnd else { return nil }
            return seconds
        case .date, .dateTime:
            guard let days = scanner.date() else { return nil }
            if scanner.isAtEnd { return type == .date ? Double(days) : Double(days) * 86_400 }
            guard scanner.skip(UInt8(ascii: "T")) || scanner.skip(UInt8(ascii: "t")) || scanner.skip(32),
                let seconds = scanner.time(highestHour: 24), let zone = scanner.zone(), scanner.isAtEnd
            else { return nil }
            return type == .date ? Double(days) : Double(days) * 86_400 + seconds - Double(zone)
        default:
            return nil
        }
    }

    /// As above, for a `String`.
    public static func parse(_ text: String, as type: ValueType) -> Double? {
        var text = text
        return text.withUTF8 { parse($0, as: type) }
    }

    /// Days from 1970-01-01 to a day of the Gregorian calendar. The month is taken as it is, from 1 to 12.
    public static func days(year: Int, month: Int, day: Int) -> Int {
        // Years that start in March put the leap day at their end; 400 of them have 146,097 days.
        let shifted = month <= 2 ? year &- 1 : year
        let era = (shifted >= 0 ? shifted : shifted &- 399) / 400
        let yearOfEra = shifted &- era &* 400
        let dayOfYear = (153 &* (month > 2 ? month &- 3 : month &+ 9) &+ 2) / 5 &+ day &- 1
        let dayOfEra = yearOfEra &* 365 &+ yearOfEra / 4 &- yearOfEra / 100 &+ dayOfYear
        return era &* 146_097 &+ dayOfEra &- 719_468
    }

    /// The day of the Gregorian calendar that lies so many days after 1970-01-01.
    public static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days &+ 719_468
        let era = (shifted >= 0 ? shifted : shifted &- 146_096) / 146_097
        let dayOfEra = shifted &- era &* 146_097
        let yearOfEra = (dayOfEra &- dayOfEra / 1_460 &+ dayOfEra / 36_524 &- dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra &- (365 &* yearOfEra &+ yearOfEra / 4 &- yearOfEra / 100)
        let shiftedMonth = (5 &* dayOfYear &+ 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth &+ 3 : shiftedMonth &- 9
        let year = yearOfEra &+ era &* 400 &+ (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear &- (153 &* shiftedMonth &+ 2) / 5 &+ 1)
    }

    /// The number of days in a month of the Gregorian calendar.
    public static func daysInMonth(year: Int, month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Appends a value as ISO 8601 text: `2010-02-18`, `13:05:00`, `2010-02-18T13:05:00.25`. A number too large to be a date is
    /// written as a number.
    public static func write(_ value: Double, as type: ValueType, to out: inout ByteWriter) {
        guard value.magnitude < 1e14 else {
            out.append(number: value)
            return
        }
        switch type {
        case .date:
            writeDate(Int(value.rounded(.down)), to: &out)
        case .time:
            writeTime(value, to: &out)
        case .dateTime:
            let days = (value / 86_400).rounded(.down)
            writeDate(Int(days), to: &out)
            out.append(UInt8(ascii: "T"))
            writeTime(value - days * 86_400, to: &out)
        default:
            out.append(number: value)
        }
    }

    /// A value as ISO 8601 text.
    public static func text(_ value: Double, as type: ValueType) -> String {
        var out = ByteWriter(capacity: 64)
        write(value, as: type, to: &out)
        return out.text()
    }

    private static func writeDate(_ days: Int, to out: inout ByteWriter) {
        let date = civil(days: days)
        if date.year < 0 { out.append(UInt8(ascii: "-")) }
        pad(Int(date.year.magnitude), 4, to: &out)
        out.append(UInt8(ascii: "-"))
        pad(date.month, 2, to: &out)
        out.append(UInt8(ascii: "-"))
        pad(date.day, 2, to: &out)
    }

    private static func writeTime(_ seconds: Double, to out: inout ByteWriter) {
        if seconds < 0 { out.append(UInt8(ascii: "-")) }
        let magnitude = seconds.magnitude
        let whole = Int(magnitude.rounded(.down))
        pad(whole / 3600, 2, to: &out)
        out.append(UInt8(ascii: ":"))
        pad(whole / 60 % 60, 2, to: &out)
        out.append(UInt8(ascii: ":"))
        pad(whole % 60, 2, to: &out)
        let microseconds = Int(((magnitude - Double(whole)) * 1e6).rounded(.down))
        if microseconds > 0 {
            out.append(UInt8(ascii: "."))
            var digits = 6
            var rest = microseconds
            while rest % 10 == 0 {
                rest /= 10
                digits -= 1
            }
            pad(rest, digits, to: &out)
        }
    }

    private static func pad(_ value: Int, _ width: Int, to out: inout ByteWriter) {
        var bound = 1
        for _ in 1..<max(width, 1) {
            bound &*= 10
            if value < bound { out.append(UInt8(ascii: "0")) }
        }
        out.append(integer: value)
    }

    /// Reads the parts of a date or time one after the other.
    private struct Scanner {
        let text: UnsafeBufferPointer<UInt8>
        var index: Int
        let end: Int

        var isAtEnd: Bool { index == end }

        mutating func skip(_ byte: UInt8) -> Bool {
            guard index < end, text[index] == byte else { return false }
            index &+= 1
            return true
        }

        /// A whole number of `width` digits.
        mutating func digits(_ width: ClosedRange<Int>) -> Int? {
            var value = 0
            var count = 0
            while index < end, text[index] &- 48 <= 9, count < width.upperBound {
                value = value * 10 + Int(text[index] &- 48)
                index &+= 1
                count &+= 1
            }
            return count >= width.lowerBound ? value : nil
        }

        mutating func date() -> Int? {
            let isNegative = skip(UInt8(ascii: "-"))
            guard let year = digits(4...9), skip(UInt8(ascii: "-")), let month = digits(1...2), 1...12 ~= month,
                skip(UInt8(ascii: "-")), let day = digits(1...2)
            else { return nil }
            let signed = isNegative ? -year : year
            guard day >= 1, day <= daysInMonth(year: signed, month: month) else { return nil }
            return days(year: signed, month: month, day: day)
        }

        mutating func time(highestHour: Int) -> Double? {
            guard let hour = digits(1...6), hour <= highestHour, skip(UInt8(ascii: ":")), let minute = digits(2...2), minute < 60
            else { return nil }
            var seconds = 0.0
            if skip(UInt8(ascii: ":")) {
                // 60 is a leap second.
                guard let whole = digits(2...2), whole <= 60 else { return nil }
                seconds = Double(whole)
                if skip(UInt8(ascii: ".")) {
                    let start = index
                    guard let fraction = digits(1...12) else { return nil }
                    var scale = 1.0
                    for _ in start..<index { scale *= 10 }
                    seconds += Double(fraction) / scale
                }
            }
            if highestHour == 24 && hour == 24 && (minute != 0 || seconds != 0) { return nil }
            return Double(hour) * 3600 + Double(minute) * 60 + seconds
        }

        /// The offset from UTC in seconds; 0 when none is written.
        mutating func zone() -> Int? {
            if isAtEnd || skip(UInt8(ascii: "Z")) || skip(UInt8(ascii: "z")) { return 0 }
            let isNegative = index < end && text[index] == UInt8(ascii: "-")
            guard isNegative || (index < end && text[index] == UInt8(ascii: "+")) else { return nil }
            index &+= 1
            guard let hours = digits(2...2), hours <= 18 else { return nil }
            var minutes = 0
            if !isAtEnd {
                _ = skip(UInt8(ascii: ":"))
                guard let written = digits(2...2), written < 60 else { return nil }
                minutes = written
            }
            return (hours * 3600 + minutes * 60) * (isNegative ? -1 : 1)
        }
    }
}

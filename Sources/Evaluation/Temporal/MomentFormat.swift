// https://dmg.org/pmml/v4-4-1/BuiltinFunctions.html#formatDatetime: the directives are those of POSIX strftime.

extension Moment {
    private static let months: [StaticString] = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]
    private static let weekdays: [StaticString] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

    /// Writes the moment by a strftime pattern, as the POSIX locale has it; `%z` and `%Z` write nothing, as no zone is known.
    ///
    /// A directive that strftime does not have is written as it stands. `%f` (six digits of microseconds) is Python's.
    func format(_ pattern: UnsafeBufferPointer<UInt8>, into writer: inout ByteWriter) {
        var at = 0
        while at < pattern.count {
            let byte = pattern[at]
            at += 1
            guard byte == 0x25, at < pattern.count else {
                writer.append(byte)
                continue
            }
            let start = at - 1
            var directive = pattern[at]
            at += 1
            // %E and %O ask for the locale's other digits, of which the POSIX locale has none.
            if directive == 0x45 || directive == 0x4f, at < pattern.count {
                directive = pattern[at]
                at += 1
            }
            if !write(directive, into: &writer) { writer.append(UnsafeBufferPointer(rebasing: pattern[start..<at])) }
        }
    }

    private func write(_ directive: UInt8, into writer: inout ByteWriter) -> Bool {
        switch Unicode.Scalar(directive) {
        case "a": Moment.append(Moment.weekdays[day.weekday], 3, into: &writer)
        case "A": writer.append(Moment.weekdays[day.weekday])
        case "b", "h": Moment.append(Moment.months[day.month - 1], 3, into: &writer)
        case "B": writer.append(Moment.months[day.month - 1])
        case "c": format("%a %b %e %H:%M:%S %Y", into: &writer)
        case "C": number(CivilDay.floor(day.year, 100), 2, into: &writer)
        case "d": number(day.day, 2, into: &writer)
        case "D", "x": format("%m/%d/%y", into: &writer)
        case "e": number(day.day, 2, fill: 0x20, into: &writer)
        case "f": number(microseconds % 1_000_000, 6, into: &writer)
        case "F": format("%Y-%m-%d", into: &writer)
        case "g": number(day.isoWeek.year - CivilDay.floor(day.isoWeek.year, 100) * 100, 2, into: &writer)
        case "G": number(day.isoWeek.year, 4, into: &writer)
        case "H": number(hour, 2, into: &writer)
        case "I": number(hour % 12 == 0 ? 12 : hour % 12, 2, into: &writer)
        case "j": number(day.dayOfYear, 3, into: &writer)
        case "k": number(hour, 2, fill: 0x20, into: &writer)
        case "l": number(hour % 12 == 0 ? 12 : hour % 12, 2, fill: 0x20, into: &writer)
        case "m": number(day.month, 2, into: &writer)
        case "M": number(minute, 2, into: &writer)
        case "n": writer.append(0x0a)
        case "p": writer.append(hour < 12 ? "AM" : "PM")
        case "P": writer.append(hour < 12 ? "am" : "pm")
        case "r": format("%I:%M:%S %p", into: &writer)
        case "R": format("%H:%M", into: &writer)
        case "s": writer.append(integer: day.number * 86_400 + microseconds / 1_000_000)
        case "S": number(second, 2, into: &writer)
        case "t": writer.append(0x09)
        case "T", "X": format("%H:%M:%S", into: &writer)
        case "u": number(day.weekday == 0 ? 7 : day.weekday, 1, into: &writer)
        case "U": number((day.dayOfYear + 6 - day.weekday) / 7, 2, into: &writer)
        case "V": number(day.isoWeek.week, 2, into: &writer)
        case "w": number(day.weekday, 1, into: &writer)
        case "W": number((day.dayOfYear + 6 - (day.weekday + 6) % 7) / 7, 2, into: &writer)
        case "y": number(day.year - CivilDay.floor(day.year, 100) * 100, 2, into: &writer)
        case "Y": number(day.year, 4, into: &writer)
        case "z", "Z": break
        case "%": writer.append(0x25)
        default: return false
        }
        return true
    }

    private func format(_ pattern: StaticString, into writer: inout ByteWriter) {
        format(UnsafeBufferPointer(start: pattern.utf8Start, count: pattern.utf8CodeUnitCount), into: &writer)
    }

    private static func append(_ word: StaticString, _ length: Int, into writer: inout ByteWriter) {
        writer.append(UnsafeBufferPointer(start: word.utf8Start, count: min(length, word.utf8CodeUnitCount)))
    }

    private func number(_ value: Int, _ width: Int, fill: UInt8 = 0x30, into writer: inout ByteWriter) {
        if value < 0 { writer.append(0x2d) }
        Temporal.append(padded: value.magnitude, width, fill: fill, into: &writer)
    }
}

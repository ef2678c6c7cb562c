/// Reads the parts of an ISO 8601 text from left to right.
struct TemporalScanner {
    private let text: UnsafeBufferPointer<UInt8>
    private var at: Int
    private let end: Int

    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
        (at, end) = NumberParsing.trimmed(text)
    }

    var isAtEnd: Bool { at == end }

    private var next: UInt8 { at < end ? text[at] : 0 }

    private mutating func accept(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        at += 1
        return true
    }

    /// A whole number of `fewest` to `most` digits; at most nine.
    private mutating func digits(_ fewest: Int, _ most: Int) -> Int? {
        var value = 0
        var count = 0
        while count < most, at < end {
            let digit = text[at] &- 0x30
            guard digit <= 9 else { break }
            value = value &* 10 &+ Int(digit)
            count += 1
            at += 1
        }
        return count >= fewest ? value : nil
    }

    /// `[-]YYYY-MM-DD`
    mutating func day() -> CivilDay? {
        let isNegative = accept(0x2d)
        guard let year = digits(4, 8), accept(0x2d), let month = digits(2, 2), accept(0x2d), let day = digits(2, 2) else { return nil }
        let signed = isNegative ? -year : year
        guard (1...12).contains(month), day >= 1, day <= CivilDay.length(ofMonth: month, year: signed) else { return nil }
        return CivilDay(year: signed, month: month, day: day)
    }

    /// Passes over the `T` or the blanks between a date and a time; whether a time follows.
    mutating func timeFollows() -> Bool {
        if accept(0x54) || accept(0x74) { return true }
        let before = at
        while accept(0x20) || accept(0x09) {}
        if at > before, next &- 0x30 <= 9 { return true }
        at = before
        return false
    }

    /// `hh:mm[:ss[.fff]]` in seconds, of at most `longest` whole hours. A second of 60 (a leap second) is the next minute.
    mutating func timeOfDay(longest: Int) -> Double? {
        guard let hours = digits(longest > 24 ? 1 : 2, longest > 24 ? 9 : 2), hours <= longest else { return nil }
        guard accept(0x3a), let minutes = digits(2, 2), minutes < 60 else { return nil }
        var seconds = 0.0
        if accept(0x3a) {
            let start = at
            guard let whole = digits(2, 2), whole <= 60 else { return nil }
            seconds = Double(whole)
            if next == 0x2e || next == 0x2c {
                // A comma is as good as a point to ISO 8601, but not to the number parser.
                let isComma = next == 0x2c
                at += 1
                let first = at
                while at < end, text[at] &- 0x30 <= 9 { at += 1 }
                guard at > first else { return nil }
                let written = UnsafeBufferPointer(rebasing: text[start..<at])
                if isComma {
                    seconds = written.map { $0 == 0x2c ? 0x2e : $0 }.withUnsafeBufferPointer { NumberParsing.double($0) } ?? seconds
                } else {
                    seconds = NumberParsing.double(written) ?? seconds
                }
            }
        }
        let total = Double(hours &* 3600 &+ minutes &* 60) + seconds
        // 24:00 is the end of a day and nothing comes after it.
        if longest == 24, total > 86_400 || (hours == 24 && total != 86_400) { return nil }
        return total
    }

    /// Seconds east of UTC; 0 without a zone; nil for a zone that is none.
    mutating func zone() -> (seconds: Int, isGiven: Bool)? {
        let before = at
        while accept(0x20) {}
        if accept(0x5a) || accept(0x7a) { return (0, true) }
        let isWest = next == 0x2d
        guard accept(0x2b) || accept(0x2d) else {
            at = before
            return (0, false)
        }
        guard let hours = digits(2, 2) else { return nil }
        var minutes = 0
        if accept(0x3a) || next &- 0x30 <= 9 {
            guard let found = digits(2, 2), found < 60 else { return nil }
            minutes = found
        }
        let offset = hours &* 3600 &+ minutes &* 60
        // https://www.w3.org/TR/xmlschema-2/#dateTime-timezones
        if offset > 14 &* 3600 { return nil }
        return (isWest ? -offset : offset, true)
    }
}

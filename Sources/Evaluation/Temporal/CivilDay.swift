/// A day of the proleptic Gregorian calendar, and its number counted from 1970-01-01.
///
/// The rules of today's calendar are carried back without end, as ISO 8601 does; year 0 is the year before year 1.
public struct CivilDay: Sendable, Equatable {
    public var year: Int
    /// 1 to 12.
    public var month: Int
    /// 1 to 31.
    public var day: Int

    public init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// Years that the arithmetic takes: far more than `Double` seconds resolve, far fewer than overflow.
    static let years = -99_999_999...99_999_999

    /// Days from 1970-01-01 to this day; negative before it.
    public var number: Int {
        // Years begin in March here, so that the leap day is the last of its year; eras have 400 years of 146,097 days.
        let shifted = month <= 2 ? year &- 1 : year
        let era = CivilDay.floor(shifted, 400)
        let yearOfEra = shifted &- era &* 400
        let dayOfYear = (153 &* (month > 2 ? month &- 3 : month &+ 9) &+ 2) / 5 &+ day &- 1
        return era &* 146_097 &+ yearOfEra &* 365 &+ yearOfEra / 4 &- yearOfEra / 100 &+ dayOfYear &- 719_468
    }

    /// The day with a number, which must be that of a day in ``years``.
    init(number: Int) {
        let fromMarch0 = number &+ 719_468
        let era = CivilDay.floor(fromMarch0, 146_097)
        let dayOfEra = fromMarch0 &- era &* 146_097
        let yearOfEra = (dayOfEra &- dayOfEra / 1_460 &+ dayOfEra / 36_524 &- dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra &- (365 &* yearOfEra &+ yearOfEra / 4 &- yearOfEra / 100)
        let fromMarch = (5 &* dayOfYear &+ 2) / 153
        day = dayOfYear &- (153 &* fromMarch &+ 2) / 5 &+ 1
        month = fromMarch < 10 ? fromMarch &+ 3 : fromMarch &- 9
        year = yearOfEra &+ era &* 400 &+ (month <= 2 ? 1 : 0)
    }

    /// The day on which a count of days since 1970-01-01 falls; nil for what is no day (not finite, or absurdly far away).
    public init?(days: Double) {
        let whole = days.rounded(.down)
        guard whole > -36_000_000_000, whole < 36_000_000_000, let number = Int(exactly: whole) else { return nil }
        self.init(number: number)
    }

    /// The day of the month that `month` of `year` ends with.
    public static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    public static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    /// 0 is Sunday.
    public var weekday: Int {
        let shifted = number &+ 4
        return shifted &- CivilDay.floor(shifted, 7) &* 7
    }

    /// 1 is the first of January.
    public var dayOfYear: Int { number &- CivilDay(year: year, month: 1, day: 1).number &+ 1 }

    /// Year and week by ISO 8601: weeks begin on Monday, and a week belongs to the year that has its Thursday.
    public var isoWeek: (year: Int, week: Int) {
        let thursday = CivilDay(number: number &+ 3 &- (weekday &+ 6) % 7)
        return (thursday.year, (thursday.dayOfYear &- 1) / 7 &+ 1)
    }

    static func floor(_ value: Int, _ divisor: Int) -> Int {
        let quotient = value / divisor
        return value % divisor < 0 ? quotient &- 1 : quotient
    }
}

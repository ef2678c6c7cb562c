import Testing

@testable import Evaluation

@Suite struct TemporalTests {
    // Values by Python's datetime, which counts in the same calendar.
    @Test(arguments: [
        ("0001-01-01", -719162), ("0004-02-29", -718008), ("1582-10-15", -141427), ("1600-03-01", -135080),
        ("9999-12-31", 2932896), ("1969-12-31", -1), ("1970-01-01", 0), ("1960-01-01", -3653), ("2020-01-01", 18262),
    ])
    func days(_ text: String, _ number: Int) {
        #expect(Temporal.parse(text, as: .date) == Double(number))
        #expect(Temporal.text(Double(number), as: .date) == text)
    }

    @Test func everyDayComesBack() {
        for number in stride(from: -800_000, through: 800_000, by: 7) {
            let day = CivilDay(number: number)
            #expect(day.number == number)
            #expect((1...12).contains(day.month) && (1...CivilDay.length(ofMonth: day.month, year: day.year)).contains(day.day))
        }
    }

    @Test func dateTimes() {
        #expect(Temporal.parse("2004-08-20T13:05:09", as: .dateTime) == 1_093_007_109)
        #expect(Temporal.parse(" 2004-08-20 13:05:09 ", as: .dateTime) == 1_093_007_109)
        #expect(Temporal.parse("2004-08-20T13:05:09Z", as: .dateTime) == 1_093_007_109)
        #expect(Temporal.parse("2004-08-20T15:05:09+02:00", as: .dateTime) == 1_093_007_109)
        #expect(Temporal.parse("2004-08-20T08:35:09-0430", as: .dateTime) == 1_093_007_109)
        #expect(Temporal.parse("2004-08-21T03:05:09+14:00", as: .dateTime) == 1_093_007_109)
        #expect(Temporal.parse("2004-08-20T13:05:09.25", as: .dateTime) == 1_093_007_109.25)
        #expect(Temporal.parse("2004-08-20", as: .dateTime) == 1_092_960_000)
        #expect(Temporal.parse("1959-12-31T23:59:59", as: .dateTime) == -315_619_201)
        #expect(Temporal.parse("1998-12-31T23:59:60", as: .dateTime) == Temporal.parse("1999-01-01", as: .dateTime))
        #expect(Temporal.parse("1998-12-31T24:00:00", as: .dateTime) == Temporal.parse("1999-01-01", as: .dateTime))
        #expect(Temporal.text(1_093_007_109.25, as: .dateTime) == "2004-08-20T13:05:09.25")
        #expect(Temporal.text(-0.5, as: .dateTime) == "1969-12-31T23:59:59.5")
        // Less than half a microsecond before midnight.
        #expect(Temporal.text(86_399.9999999, as: .dateTime) == "1970-01-02T00:00:00")
        // A count of days is a number, and is printed as one.
        #expect(Temporal.text(12_345.5, as: .days) == "12345.5")
    }

    @Test func times() {
        #expect(Temporal.parse("05:23:30", as: .time) == 19410)
        #expect(Temporal.parse("05:23", as: .time) == 19380)
        #expect(Temporal.parse("23:30:00-01:00", as: .time) == 1800)
        #expect(Temporal.parse("01:00:00+02:00", as: .time) == 82_800)
        #expect(Temporal.parse("02:00:00+02:00", as: .time) == 0)
        #expect(Temporal.parse("25:00:00", as: .time) == nil)
        #expect(Temporal.parse("25:00:00", as: .seconds) == 90_000)
        #expect(Temporal.parse("100", as: .seconds) == 100)
        #expect(Temporal.text(19410, as: .time) == "05:23:30")
        #expect(Temporal.text(19410.5, as: .time) == "05:23:30.5")
    }

    @Test func epochs() {
        #expect(Temporal.days("1960-01-03", epochYear: 1960) == 2)
        #expect(Temporal.days("16000", epochYear: 1960) == 16000)
        #expect(Temporal.seconds("1960-01-03T03:30:03", epochYear: 1960) == 185_403)
        #expect(Temporal.seconds("1959-12-31T23:59:59", epochYear: 1960) == -1)
        // Year 0 is a leap year.
        #expect(Temporal.days("0001-01-01", epochYear: 0) == 366)
    }

    @Test(arguments: [
        "", "2004", "2004-08", "2004-13-01", "2004-00-01", "2003-02-29", "1900-02-29", "2004-08-32", "2004-08-00", "2004/08/20",
        "20040820", "2004-08-20x", "2004-08-20T", "2004-08-20T1:00:00", "2004-08-20T13:60:00", "2004-08-20T13:05:61",
        "2004-08-20T13:05:09+", "2004-08-20T13:05:09+2:00", "2004-08-20T13:05:09+02:60", "2004-08-20T13:05:09+14:01", "2004-08-20T13:05:09-15:00", "2004-08-20T24:00:01", "999999999999-01-01", "--2004-01-01",
        "2004-08-20T13:05:09.", "2004-08-20T13:05:0é",
    ])
    func noDateTimes(_ text: String) {
        #expect(Temporal.parse(text, as: .dateTime) == nil)
    }

    @Test func dates() {
        #expect(Temporal.parse("2004-08-20 00:00:00", as: .date) == 12650)
        #expect(Temporal.parse("2004-08-20T00:00:00", as: .date) == 12650)
        #expect(Temporal.parse("2004-08-20Z", as: .date) == 12650)
        #expect(Temporal.parse("2004-08-20T00:00:01", as: .date) == nil)
    }

    // Texts by Python's strftime in the C locale.
    @Test(arguments: [
        ("2004-08-20T13:05:09", ["Fri Friday Aug August 20 20 233", "13:05:09 01 PM 04 20", "33 33 5 5 2004-W34 04", "08/20/04 2004-08-20 13:05:09 13:05 01:05:09 PM Fri Aug 20 13:05:09 2004 %"]),
        ("1999-12-31T00:00:00", ["Fri Friday Dec December 31 31 365", "00:00:00 12 AM 99 19", "52 52 5 5 1999-W52 99", "12/31/99 1999-12-31 00:00:00 00:00 12:00:00 AM Fri Dec 31 00:00:00 1999 %"]),
        ("2000-02-29T23:59:59", ["Tue Tuesday Feb February 29 29 060", "23:59:59 11 PM 00 20", "09 09 2 2 2000-W09 00", "02/29/00 2000-02-29 23:59:59 23:59 11:59:59 PM Tue Feb 29 23:59:59 2000 %"]),
        ("1960-01-03T03:30:03", ["Sun Sunday Jan January 03  3 003", "03:30:03 03 AM 60 19", "01 00 7 0 1959-W53 59", "01/03/60 1960-01-03 03:30:03 03:30 03:30:03 AM Sun Jan  3 03:30:03 1960 %"]),
        ("1900-01-01T12:00:00", ["Mon Monday Jan January 01  1 001", "12:00:00 12 PM 00 19", "00 01 1 1 1900-W01 00", "01/01/00 1900-01-01 12:00:00 12:00 12:00:00 PM Mon Jan  1 12:00:00 1900 %"]),
        ("2021-01-03T09:07:00", ["Sun Sunday Jan January 03  3 003", "09:07:00 09 AM 21 20", "01 00 7 0 2020-W53 20", "01/03/21 2021-01-03 09:07:00 09:07 09:07:00 AM Sun Jan  3 09:07:00 2021 %"]),
        ("2024-12-30T18:30:00", ["Mon Monday Dec December 30 30 365", "18:30:00 06 PM 24 20", "52 53 1 1 2025-W01 25", "12/30/24 2024-12-30 18:30:00 18:30 06:30:00 PM Mon Dec 30 18:30:00 2024 %"]),
        ("2023-01-01T00:30:00", ["Sun Sunday Jan January 01  1 001", "00:30:00 12 AM 23 20", "01 00 7 0 2022-W52 22", "01/01/23 2023-01-01 00:30:00 00:30 12:30:00 AM Sun Jan  1 00:30:00 2023 %"]),
    ])
    func strftime(_ text: String, _ expected: [String]) throws {
        let patterns = ["%a %A %b %B %d %e %j", "%H:%M:%S %I %p %y %C", "%U %W %u %w %G-W%V %g", "%D %F %T %R %r %c %%"]
        let seconds = try #require(Temporal.parse(text, as: .dateTime))
        for (pattern, wanted) in zip(patterns, expected) { #expect(formatted(seconds, pattern) == wanted) }
    }

    @Test func strangePatterns() {
        #expect(formatted(0, "%") == "%")
        #expect(formatted(0, "100%") == "100%")
        #expect(formatted(0, "%!%Q") == "%!%Q")
        #expect(formatted(0.25, "%Ey %Od %f") == "70 01 250000")
        #expect(formatted(0, "день %d") == "день 01")
    }

    private func formatted(_ seconds: Double, _ pattern: String) -> String? {
        var writer = ByteWriter()
        var pattern = pattern
        guard let moment = Moment(dateTime: seconds) else { return nil }
        pattern.withUTF8 { moment.format($0, into: &writer) }
        return writer.text()
    }
}

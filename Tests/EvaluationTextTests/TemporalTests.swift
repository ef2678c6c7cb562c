import Testing

@testable import Evaluation

@Suite struct TemporalTests {
    @Test func dates() {
        #expect(Temporal.parse("1970-01-01", as: .date) == 0)
        #expect(Temporal.parse("2000-02-29", as: .date) == 11_016)
        #expect(Temporal.parse("1960-01-01", as: .date) == -3653)
        #expect(Temporal.parse("2010-02-18T23:59:59", as: .date) == Temporal.parse("2010-02-18", as: .date))
        for text in ["1900-02-29", "2010-13-01", "2010-00-01", "2010-01-32", "10-01-01", "2010/01/01", "2010-01-01x", "", "14000"] {
            #expect(Temporal.parse(text, as: .date) == nil, "\(text)")
        }
    }

    @Test func times() {
        #expect(Temporal.parse("00:00:01", as: .time) == 1)
        #expect(Temporal.parse("13:05:00.25", as: .time) == 47_100.25)
        #expect(Temporal.parse("30:00", as: .time) == 108_000)
        #expect(Temporal.parse("12:60:00", as: .time) == nil)
    }

    @Test func dateTimes() {
        #expect(Temporal.parse("1970-01-02 00:00:01", as: .dateTime) == 86_401)
        #expect(Temporal.parse("1970-01-02T00:00:01Z", as: .dateTime) == 86_401)
        #expect(Temporal.parse("1970-01-01T01:00:00+01:00", as: .dateTime) == 0)
        #expect(Temporal.parse("1970-01-02", as: .dateTime) == 86_400)
        #expect(Temporal.parse("1969-12-31T23:59:59", as: .dateTime) == -1)
        #expect(Temporal.parse("1970-01-01T24:00:00", as: .dateTime) == 86_400)
        #expect(Temporal.parse("1970-01-01T24:00:01", as: .dateTime) == nil)
        #expect(Temporal.parse("1970-01-01T", as: .dateTime) == nil)
    }

    @Test func writtenAsRead() {
        for text in ["1970-01-01", "2000-02-29", "1600-12-31", "0001-01-01", "-0044-03-15", "12345-06-07"] {
            #expect(Temporal.parse(text, as: .date).map { Temporal.text($0, as: .date) } == text)
        }
        #expect(Temporal.text(47_100.25, as: .time) == "13:05:00.25")
        #expect(Temporal.text(-1, as: .dateTime) == "1969-12-31T23:59:59")
        #expect(Temporal.text(1e300, as: .dateTime) == "1e+300")
    }

    @Test func everyDay() {
        var wrong = 0
        for day in stride(from: -800_000, through: 800_000, by: 7) {
            let date = Temporal.civil(days: day)
            if Temporal.days(year: date.year, month: date.month, day: date.day) != day { wrong += 1 }
        }
        #expect(wrong == 0)
    }
}

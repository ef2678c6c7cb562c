import Testing

@testable import Evaluation

@Suite struct SeriesTests {
    private func lag(_ batches: [[Double?]], n: Int, _ summary: LagSummary = .none) throws -> [Double?] {
        var bench = Bench(capacity: 8)
        let value = bench.input(.number)
        let result = bench.builder.emit("lag.number", .number) {
            $0.register(value)
            $0.int(n)
            $0.int(summary.rawValue)
            $0.registers([])
        }
        let frame = try bench.frame([result])
        var found: [Double?] = []
        for batch in batches {
            frame.begin()
            frame.fill(value, batch)
            frame.run()
            found += frame.numberColumn(result)
        }
        return found
    }

    @Test func lags() throws {
        #expect(try lag([[1, 2, 3, 4]], n: 1) == [nil, 1, 2, 3])
        #expect(try lag([[1, 2, 3, 4]], n: 2) == [nil, nil, 1, 2])
        #expect(try lag([[1, 2], [3], [], [4, 5]], n: 2) == [nil, nil, 1, 2, 3])
        #expect(try lag([[1, nil, 3, 4]], n: 1) == [nil, 1, nil, 3])
    }

    @Test func summaries() throws {
        let rows: [[Double?]] = [[4, 1, 7], [2, 5]]
        #expect(try lag(rows, n: 3, .average) == [nil, nil, nil, 4, 10.0 / 3])
        #expect(try lag(rows, n: 3, .max) == [nil, nil, nil, 7, 7])
        #expect(try lag(rows, n: 3, .min) == [nil, nil, nil, 1, 1])
        #expect(try lag(rows, n: 3, .median) == [nil, nil, nil, 4, 2])
        #expect(try lag(rows, n: 2, .median) == [nil, nil, 2.5, 4, 4.5])
        #expect(try lag(rows, n: 3, .product) == [nil, nil, nil, 28, 14])
        #expect(try lag(rows, n: 3, .sum) == [nil, nil, nil, 12, 10])
        #expect(try lag(rows, n: 3, .standardDeviation)[3] == 3)
        #expect(try lag([[1, nil, 3]], n: 2, .sum) == [nil, nil, 1])
    }

    @Test func blocks() throws {
        var bench = Bench()
        let value = bench.input(.text)
        let block = bench.input(.text)
        let result = bench.builder.emit("lag.text", .text) {
            $0.register(value)
            $0.int(1)
            $0.int(0)
            $0.registers([block])
        }
        let frame = try bench.frame([result])
        var found: [String?] = []
        for (values, blocks) in [(["a", "b", "c"], ["x", "x", "y"]), (["d", "e"], ["y", "x"])] {
            frame.begin()
            frame.fill(value, values)
            frame.fill(block, blocks)
            frame.run()
            found += frame.textColumn(result)
        }
        #expect(found == [nil, "a", nil, "c", nil])
    }

    @Test func listAggregates() throws {
        for (function, expected) in [
            (ListAggregation.count, [3.0, 0, nil, 1]), (.sum, [7.5, nil, nil, 3]), (.average, [2.5, nil, nil, 3]),
            (.min, [1, nil, nil, 3]), (.max, [4, nil, nil, 3]),
        ] as [(ListAggregation, [Double?])] {
            var bench = Bench()
            let list = bench.input(.list)
            let result = bench.builder.emit("list.aggregate", .number) {
                $0.register(list)
                $0.int(function.rawValue)
            }
            let frame = try bench.frame([result])
            frame.begin()
            for (row, items) in ([[1, 2.5, 4], [], nil, [.nan, 3]] as [[Double]?]).enumerated() {
                frame.codes(list.index)[row] = items.map { frame.makeList($0) } ?? -1
                frame.status(list.index)[row] = items == nil ? CellStatus.missing : 0
            }
            frame.count = 4
            frame.run()
            #expect(frame.numberColumn(result) == expected)
        }
    }

    @Test func dateFunctions() throws {
        var bench = Bench()
        let moment = bench.input(.number)
        let year = bench.builder.constant(1960)
        let pattern = bench.builder.constant("%m/%d/%y")
        func temporal(_ name: String, _ kind: RegisterKind, _ type: ValueType, _ other: Register?) -> Register {
            bench.builder.emit(name, kind) {
                $0.register(moment)
                $0.int(Int(type.rawValue))
                if let other { $0.register(other) }
            }
        }
        let days = temporal("temporal.daysSinceYear", .number, .dateTime, year)
        let seconds = temporal("temporal.secondsSinceYear", .number, .dateTime, year)
        let midnight = temporal("temporal.secondsSinceMidnight", .number, .dateTime, nil)
        let text = temporal("temporal.format", .text, .dateTime, pattern)
        let frame = try bench.frame([days, seconds, midnight, text])
        frame.begin()
        frame.fill(moment, ["1960-01-03T03:30:03", "1959-12-31T23:59:59", "2003-04-01T05:23:30"].map { Temporal.parse($0, as: .dateTime) } + [nil])
        frame.run()
        #expect(frame.numberColumn(days) == [2, -1, 15796, nil])
        #expect(frame.numberColumn(seconds) == [185_403, -1, 1_364_793_810, nil])
        #expect(frame.numberColumn(midnight) == [12603, 86399, 19410, nil])
        #expect(frame.textColumn(text) == ["01/03/60", "12/31/59", "04/01/03", nil])
    }

    /// The texts of cells that are no numbers are read; a number and a missing cell are what they are, whatever text has their number as its code.
    @Test func epochTexts() throws {
        var bench = Bench()
        let days = bench.input(.number)
        let read = bench.builder.emit("temporal.epoch", .number) {
            $0.register(days)
            $0.flag(true)
            $0.int(1960)
        }
        let frame = try bench.frame([read])
        frame.begin()
        let code = Double(frame.intern("1960-01-03"))
        frame.fill(days, [code, code, nil, code])
        for (row, status) in [CellStatus.unreadable, 0, CellStatus.missing, CellStatus.missing].enumerated() { frame.status(days.index)[row] = status }
        frame.numbers(days.index)[2] = code
        frame.run()
        #expect(frame.numberColumn(read) == [2, code, nil, nil])
    }
}

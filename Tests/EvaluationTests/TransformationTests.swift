import Evaluation
import ModelTree
import Testing

@testable import TableCompiler

/// https://dmg.org/pmml/v4-4-1/Transformations.html
@Suite struct TransformationTests {
    private func norm(_ outliers: NormOutliers, mapMissingTo: Double? = nil) -> Expression {
        Expression(.normContinuous(NormContinuous(
            field: "x", mapMissingTo: mapMissingTo, outliers: outliers, points: [(0, 0), (10, 1), (20, 3)])))
    }

    @Test func normContinuous() throws {
        let x = TestField("x", .double, [0, 5, 10, 15, 20, -10, 30, .missing])
        #expect(try evaluate(norm(.asIs), x) == [0, 0.5, 1, 2, 3, -1, 5, .missing])
        #expect(try evaluate(norm(.asMissingValues, mapMissingTo: 9), x) == [0, 0.5, 1, 2, 3, .missing, .missing, 9])
        #expect(try evaluate(norm(.asExtremeValues), x) == [0, 0.5, 1, 2, 3, 0, 3, .missing])
    }

    @Test func normDiscrete() throws {
        let c = TestField("c", .string, ["red", "green", .missing])
        #expect(try evaluate(Expression(.normDiscrete(NormDiscrete(field: "c", value: "red"))), c) == [1, 0, .missing])
        #expect(try evaluate(Expression(.normDiscrete(NormDiscrete(field: "c", value: "red", mapMissingTo: 0.5))), c) == [1, 0, 0.5])
    }

    @Test func discretize() throws {
        func bin(_ closure: Interval.Closure, _ left: Double?, _ right: Double?, _ value: String) -> (interval: Interval, value: String) {
            (Interval(closure: closure, leftMargin: left, rightMargin: right), value)
        }
        let bins = [bin(.openOpen, nil, 0, "below"), bin(.closedClosed, 0, 1, "low"), bin(.openClosed, 1, 5, "high")]
        let x = TestField("x", .double, [-1, 0, 1, 1.5, 5, 6, .missing])
        #expect(
            try evaluate(Expression(.discretize(Discretize(field: "x", bins: bins))), x)
                == ["below", "low", "low", "high", "high", .missing, .missing])
        #expect(
            try evaluate(Expression(.discretize(Discretize(field: "x", mapMissingTo: "none", defaultValue: "far", bins: bins))), x)
                == ["below", "low", "low", "high", "high", "far", "none"])
        let numbers = [bin(.openClosed, nil, 5, "1"), bin(.openClosed, 5, nil, "2")]
        #expect(
            try evaluate(Expression(.discretize(Discretize(field: "x", dataType: .integer, bins: numbers))), TestField("x", .double, [5, 5.0001])) == [1, 2])
        // Bins out of order and touching at a point that belongs to none of them.
        let loose = [bin(.openOpen, 3, 4, "b"), bin(.openOpen, 1, 3, "a")]
        #expect(try evaluate(Expression(.discretize(Discretize(field: "x", bins: loose))), TestField("x", .double, [2, 3, 3.5])) == ["a", .missing, "b"])
        let touching = [bin(.closedOpen, 1, 3, "a"), bin(.openOpen, 3, 4, "b"), bin(.closedOpen, 4, 5, "c")]
        #expect(
            try evaluate(Expression(.discretize(Discretize(field: "x", bins: touching))), TestField("x", .double, [2, 3, 3.5, 4, 5, 0]))
                == ["a", .missing, "b", "c", .missing, .missing])
    }

    @Test func mapValues() throws {
        let table = InlineTable(
            columns: ["k", "g", "v"], rows: [["1", "m", "one"], ["2", "m", "two"], ["2", "f", "deux"], ["3", nil, "never"], ["4", "m", nil]], location: .none)
        let map = { (other: String?, missing: String?) in
            Expression(.mapValues(MapValues(
                mapMissingTo: missing, defaultValue: other, outputColumn: "v", pairs: [("i", "k"), ("s", "g")], table: table)))
        }
        let i = TestField("i", .integer, [1, 2, 2, 3, 4, .missing])
        let s = TestField("s", .string, ["m", "m", "f", "m", "m", "m"])
        #expect(try evaluate(map(nil, nil), i, s) == ["one", "two", "deux", .missing, .missing, .missing])
        #expect(try evaluate(map("other", "none"), i, s) == ["one", "two", "deux", "other", .missing, "none"])
    }

    @Test func largeMapValues() throws {
        let rows: [[String?]] = (0..<100_000).map { ["k\($0)", "\($0)"] }
        let table = InlineTable(columns: ["k", "v"], rows: rows, location: .none)
        let map = Expression(.mapValues(MapValues(outputColumn: "v", dataType: .integer, pairs: [("s", "k")], table: table)))
        #expect(try evaluate(map, TestField("s", .string, ["k99999", "k0", "x"])) == [99999, 0, .missing])
    }

    @Test func constants() throws {
        #expect(try evaluate(.constant("abc")) == ["abc"])
        #expect(try evaluate(.constant("2")) == [2])
        #expect(try evaluate(.constant("2", .string)) == ["2"])
        #expect(try evaluate(Expression(.constant(Constant(value: "", isMissing: true)))) == [.missing])
        #expect(try evaluate(.constant("INF", .double)) == [.number(.infinity)])
    }

    private func derived(_ type: DataType, _ field: TestField) throws -> [TestCell] {
        try TestRun([field]) { compiler, scope throws(CompileError) in
            try compiler.lower(DerivedField(name: "d", opType: .continuous, dataType: type, expression: .field(field.name)), in: scope)
        }.cells
    }

    @Test func casts() throws {
        #expect(try derived(.integer, TestField("x", .double, [3, 2.5, 2.4])) == [3, 3, 2])
        #expect(try derived(.string, TestField("x", .double, [3, 2.5, 1e300, .missing])) == ["3", "2.5", "1e+300", .missing])
        #expect(try derived(.double, TestField("x", .string, ["2.5", "abc", .missing])) == [2.5, .failure, .missing])
        #expect(try derived(.float, TestField("x", .double, [0.1])) == [.number(Double(Float(0.1)))])
        #expect(try derived(.string, TestField("x", .boolean, [true, false])) == ["true", "false"])
        #expect(try derived(.boolean, TestField("x", .string, ["true", "0", "maybe"])) == [true, false, .failure])
        #expect(try derived(.double, TestField("x", .boolean, [true])) == [1])
        #expect(try derived(.date, TestField("x", .string, ["1970-01-11", "x"])) == [10, .failure])
        #expect(try derived(.dateDaysSince1960, TestField("x", .string, ["1960-01-04"])) == [3])
        #expect(try derived(.date, TestField("x", .dateTime, [864_000.5, -1])) == [10, -1])
    }

    @Test func definedFunctions() throws {
        let square = DefineFunction(
            name: "square", opType: .continuous, dataType: .double, parameters: [.init(name: "v", dataType: .double)],
            body: .apply("*", .field("v"), .field("v")))
        let twice = DefineFunction(
            name: "fourth", opType: .continuous, dataType: nil, parameters: [.init(name: "v")],
            body: .apply("square", .apply("square", .field("v"))))
        let x = TestField("x", .string, ["3"])
        #expect(try evaluate(.apply("fourth", .field("x")), x, functions: [square, twice]) == [81])
        let endless = DefineFunction(
            name: "f", opType: .continuous, dataType: nil, parameters: [.init(name: "v")], body: .apply("f", .field("v")))
        #expect(throws: CompileError.self) { try evaluate(.apply("f", .field("x")), x, functions: [endless]) }
        // Doubling at each of 40 levels would be 2^40 expansions without sharing.
        var deep: [DefineFunction] = [square]
        for level in 0..<40 {
            let inner = level == 0 ? "square" : "g\(level - 1)"
            deep.append(DefineFunction(
                name: "g\(level)", opType: .continuous, dataType: nil, parameters: [.init(name: "v")],
                body: .apply("max", .apply(inner, .field("v")), .apply(inner, .field("v")))))
        }
        #expect(try evaluate(.apply("g39", .constant("2")), functions: deep) == [4])
    }

    @Test func predicates() throws {
        let x = TestField("x", .double, [1, 5, .missing])
        let c = TestField("c", .string, ["a", .missing, "b"])
        func test(_ predicate: Predicate) throws -> [TestCell] {
            try TestRun([x, c]) { compiler, scope throws(CompileError) in try compiler.lower(predicate, in: scope) }.cells
        }
        let small = Predicate.simple(SimplePredicate(field: "x", op: .lessThan, value: "3"))
        let isA = Predicate.set(SimpleSetPredicate(field: "c", isIn: true, values: ["a", "z"]))
        #expect(try test(small) == [true, false, .missing])
        #expect(try test(isA) == [true, .missing, false])
        #expect(try test(.compound(.and, [small, isA], .none)) == [true, false, false])
        #expect(try test(.compound(.or, [small, isA], .none)) == [true, .missing, .missing])
        #expect(try test(.compound(.xor, [small, isA], .none)) == [false, .missing, .missing])
        #expect(try test(.compound(.surrogate, [small, isA, .always], .none)) == [true, false, false])
        #expect(try test(.simple(SimplePredicate(field: "c", op: .isMissing, value: nil))) == [false, true, false])
        #expect(try test(.compound(.and, [.always, .never], .none)) == [false, false, false])
    }
}

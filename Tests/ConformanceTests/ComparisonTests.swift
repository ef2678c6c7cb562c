import Testing

@testable import Conformance
@testable import Pommel

@Suite struct ComparisonTests {
    private let tolerance = Tolerance(relative: 1e-6, absolute: 1e-9)

    @Test(arguments: [
        (JSON.string("1.0"), JSON.number(1)), (.string("INF"), .string("INF")), (.string("Inf"), .string("INF")), (.null, .string("")),
        (.string("True"), .boolean(true)), (.string("[1,\"a\"]"), .array([.number(1), .string("a")])),
        (.string("1000000"), .number(1_000_000.5)), (.string("a"), .string("a")),
    ])
    func agrees(_ wanted: JSON, _ found: JSON) {
        #expect(Comparison.agree(wanted, found, tolerance))
    }

    @Test(arguments: [
        (JSON.string("1"), JSON.null), (.null, .number(0)), (.string("a"), .string("A")), (.string("1"), .number(1.0001)),
        (.string("[1]"), .array([.number(1), .number(2)])), (.string("INF"), .string("-INF")), (.string("true"), .boolean(false)),
    ])
    func differs(_ wanted: JSON, _ found: JSON) {
        #expect(!Comparison.agree(wanted, found, tolerance))
    }

    @Test func delimitedText() throws {
        let text = "\u{feff}a,\"b,\"\"c\"\n1,\r\n\"x\ny\",2\n"
        let table = try #require(ExpectedTable(Array(text.utf8), path: "expected.csv"))
        #expect(table.columns == ["a", "b,\"c"])
        #expect(table.rows == [["a": .string("1"), "b,\"c": .null], ["a": .string("x\ny"), "b,\"c": .string("2")]])
    }

    @Test func oneColumnOfMissingValues() throws {
        let table = try #require(ExpectedTable(Array("y\n\"\"\n\n3\n".utf8), path: "expected.csv"))
        #expect(table.rows == [["y": .null], ["y": .string("3")]])
    }
}

import Testing

@testable import PMMLReader

private func double(_ text: String) -> Double? { Array(text.utf8).withUnsafeBufferPointer { NumberText.double($0) } }
private func integer(_ text: String) -> Int? { Array(text.utf8).withUnsafeBufferPointer { NumberText.integer($0) } }

@Suite struct NumberTextTests {
    @Test(arguments: [
        ("0", 0), ("-0.5", -0.5), ("+.5", 0.5), ("15E-1", 1.5), (" 7.\n", 7), ("1e22", 1e22), ("1e23", 1e23),
        ("0.1", 0.1), ("123456789012345678", 123_456_789_012_345_680), ("4.9e-324", .leastNonzeroMagnitude),
        ("2.2250738585072011e-308", Double.leastNormalMagnitude.nextDown), ("0.000000000000000000000000000001", 1e-30), ("9007199254740993", 9007199254740992),
        ("1e400", .infinity), ("-INF", -.infinity), ("Infinity", .infinity), ("1e-99999999999999999999", 0),
    ])
    func numbers(_ text: String, _ value: Double) { #expect(double(text) == value) }

    @Test func negativeZero() { #expect(double("-0")?.sign == .minus) }
    @Test func notANumber() { #expect(double("NaN")?.isNaN == true) }

    @Test(arguments: ["", " ", ".", "-", "1,5", "1e", "1e+", "0x10", "1 2", "1f", "--1", "e5", "infinit"])
    func noNumbers(_ text: String) { #expect(double(text) == nil) }

    @Test func integers() {
        #expect(integer("12") == 12)
        #expect(integer("3.0") == 3)
        #expect(integer("3.5") == nil)
        #expect(integer("1e30") == nil)
        #expect(integer("NaN") == nil)
    }

    /// The fast path and the standard library agree.
    @Test func roundTrips() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let value = Double(bitPattern: generator.next())
            if value.isFinite { #expect(double("\(value)") == value) }
            let short = Double(Int.random(in: -999_999...999_999)) / 1000
            #expect(double("\(short)") == short)
        }
    }
}

@Suite struct ArrayTextTests {
    private func strings(_ text: String) -> [String]? { Array(text.utf8).withUnsafeBufferPointer { ArrayText.strings($0) } }

    @Test func values() {
        #expect(strings("") == [])
        #expect(strings(" a\n \"b c\"\t\"\" ") == ["a", "b c", ""])
        #expect(strings(#""say \"hi\"" C:\dir"#) == [#"say "hi""#, #"C:\dir"#])
        #expect(strings("\"open") == nil)
    }
}

import Testing

@testable import DecimalText

private func double(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { NumberParsing.double($0) }
}

private func float(_ text: String) -> Float? {
    var text = text
    return text.withUTF8 { NumberParsing.float($0) }
}

private func integer(_ text: String) -> Int64? {
    var text = text
    return text.withUTF8 { NumberParsing.integer($0) }
}

private func boolean(_ text: String) -> Bool? {
    var text = text
    return text.withUTF8 { NumberParsing.boolean($0) }
}

@Suite struct NumberParsingTests {
    @Test(arguments: [
        "0", "-0", "1", "3.0", "0.1", "1e22", "1e23", "9007199254740993", "9007199254740992", "9007199254740991",
        "9007199254740993.00000000000000000000000000001", "8.5e-310", "5e-324", "2.4703282292062327e-324",
        "2.4703282292062328e-324", "1.7976931348623157e308", "1.7976931348623158e308", "1.7976931348623159e308",
        "2.2250738585072011e-308", "2.2250738585072014e-308", "6929495644600919.5", "3.7455744005952583e15",
        "0.1234567890123456789012345678901234567890", "100000000000000000000000000000", "1448997445238699",
        "7.2057594037927933e16", "1e-400", "0.000000000000000000000000000000000000000000000001e30", ".5", "5.", "+7",
        "1E+5", "1e-05", "4.35", "2.675", "1.0000000000000002", "123456789012345678", "18014398509481985",
        "9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616", "1e1", "1e01",
    ])
    func agreesWithTheStandardLibrary(_ text: String) throws {
        let expected = try #require(Double(text.hasSuffix(".") ? text + "0" : text))
        #expect(double(text)?.bitPattern == expected.bitPattern)
        let narrow = try #require(Float(text.hasSuffix(".") ? text + "0" : text))
        #expect(float(text)?.bitPattern == narrow.bitPattern)
    }

    @Test func agreesOnRandomNumbers() {
        var generator = SystemRandomNumberGenerator()
        var wrong: [String] = []
        for _ in 0..<40_000 {
            let bits = Double(bitPattern: generator.next())
            if !bits.isFinite { continue }
            let digits = UInt64.random(in: 0...UInt64.max, using: &generator) >> UInt64.random(in: 0..<64, using: &generator)
            let exponent = Int.random(in: -345...310, using: &generator)
            let single = Float(bitPattern: UInt32(truncatingIfNeeded: generator.next()))
            for text in [
                bits.description, "\(digits)e\(exponent)", "\(digits).\(digits)", "0.\(digits)\(digits)e\(exponent)",
                single.isFinite ? single.description : "1", single.isFinite ? Double(single.nextUp / 2 + single / 2).description : "1",
            ] {
                if double(text)?.bitPattern != Double(text)?.bitPattern { wrong.append("double \(text)") }
                if float(text)?.bitPattern != Float(text)?.bitPattern { wrong.append("float \(text)") }
            }
        }
        #expect(wrong.prefix(5) == [])
    }

    @Test func halfWayBetweenTwoFloats() {
        // Nearest binary64 is exactly half way between two binary32 numbers; the text is not.
        #expect(float("1.00000005960464477540") == Float(1).nextUp)
        #expect(float("1.00000005960464477538") == 1)
        #expect(float("16777217") == 16_777_216)
        #expect(float("16777217.00000000000000000000001") == 16_777_218)
        #expect(float("3.5e38") == .infinity)
    }

    @Test func namedNumbers() {
        #expect(double("INF") == .infinity)
        #expect(double("-inf") == -.infinity)
        #expect(double(" Infinity ") == .infinity)
        #expect(double("NaN")?.isNaN == true)
        #expect(float("nan")?.isNaN == true)
        #expect(double("1e400") == .infinity)
        #expect(double("-1e999999999999999999999") == -.infinity)
        #expect(double("1e-999999999999999999999") == 0)
        #expect(double("0e999999999999999999999") == 0)
        #expect(double("-0")?.sign == .minus)
    }

    @Test(arguments: [
        "", " ", "+", "-", ".", "e5", "1e", "1e+", "0x10", "0x1p3", "1,5", "1 2", "--1", "1.2.3", "abc", "1f", "1d", "infin",
        "1_000", "\u{0661}", "NaN(5)", "N\u{0}", "1e5.0",
    ])
    func refuses(_ text: String) {
        #expect(double(text) == nil)
        #expect(float(text) == nil)
    }

    @Test func longDigits() {
        let many = String(repeating: "1", count: 5000)
        #expect(double("0." + many) == Double("0." + many))
        #expect(double(many) == .infinity)
        #expect(double(many + "e-5000") == Double("0." + many))
        #expect(double("0." + String(repeating: "0", count: 5000) + "1e5001") == 1)
    }

    @Test func integers() {
        #expect(integer("3") == 3)
        #expect(integer(" -9223372036854775808 ") == .min)
        #expect(integer("9223372036854775808") == nil)
        #expect(integer("3.0") == nil)
        #expect(integer("+") == nil)
    }

    @Test func booleans() {
        #expect(boolean("TRUE") == true)
        #expect(boolean("false") == false)
        #expect(boolean("1.0") == true)
        #expect(boolean("0") == false)
        #expect(boolean("2") == nil)
        #expect(boolean("yes") == nil)
        #expect(boolean("") == nil)
    }
}

import Testing

@testable import DecimalText

@Suite struct NumberPrintingTests {
    @Test func spelling() {
        #expect(NumberPrinting.text(3.0) == "3")
        #expect(NumberPrinting.text(-0.0) == "-0")
        #expect(NumberPrinting.text(0.1) == "0.1")
        #expect(NumberPrinting.text(-1234.5) == "-1234.5")
        #expect(NumberPrinting.text(Double.infinity) == "INF")
        #expect(NumberPrinting.text(-Double.infinity) == "-INF")
        #expect(NumberPrinting.text(Double.nan) == "NaN")
        #expect(NumberPrinting.text(Float(0.1)) == "0.1")
        #expect(NumberPrinting.text(0.00001) == "1e-05")
        #expect(NumberPrinting.text(1e300) == "1e+300")
        #expect(NumberPrinting.text(Double.leastNonzeroMagnitude) == "5e-324")
    }

    /// The text that the standard library gives, without the ".0" of whole numbers.
    private func plain(_ text: String) -> String {
        text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    @Test func agreesWithTheStandardLibrary() {
        var generator = SystemRandomNumberGenerator()
        var wrong: [String] = []
        for _ in 0..<40_000 {
            let digits = Double(Int64.random(in: -1_000_000_000...1_000_000_000, using: &generator))
            let power = Double(sign: .plus, exponent: Int.random(in: -1074...1023, using: &generator), significand: 1)
            for value in [
                Double(bitPattern: generator.next()), digits, digits / 1000, digits / 7, digits * 1e7, power, power.nextDown,
                Double.random(in: -1...1, using: &generator),
            ] where value.isFinite {
                if NumberPrinting.text(value) != plain(value.description) { wrong.append(value.description) }
            }
            let single = Float(bitPattern: UInt32(truncatingIfNeeded: generator.next()))
            for value in [single, Float(power), Float(digits), Float(digits / 7), Float(digits / 100)] where value.isFinite {
                if NumberPrinting.text(value) != plain(value.description) { wrong.append("float \(value.description)") }
            }
        }
        #expect(wrong.prefix(5) == [])
    }

    @Test(arguments: [
        (1e22, "1" + String(repeating: "0", count: 22)), (-1.25e17, "-125000000000000000"), (12_345_678_901_234_567_000.0, "12345678901234567000"),
        (18_014_398_509_481_984.0, "18014398509481984"), (0.25, "0.25"), (-0.000_012_5, "-0.0000125"), (1e-20, "0." + String(repeating: "0", count: 19) + "1"),
        (3, "3"), (.nan, nil), (-.infinity, nil),
    ] as [(Double, String?)])
    func withoutAnExponent(_ value: Double, _ text: String?) {
        let found = NumberPrinting.decimalText(value)
        #expect(found == text)
        if let found { #expect(Double(found) == value) }
    }

    @Test func writerGrows() {
        var writer = ByteWriter(capacity: 1)
        for number in 0..<1000 {
            writer.append(integer: number)
            writer.append(UInt8(ascii: ","))
        }
        #expect(writer.text() == (0..<1000).map { "\($0)," }.joined())
        writer.truncate(to: 3)
        writer.append(number: 0.25)
        writer.append(number: Float(0.1))
        writer.append("é")
        #expect(writer.text() == "0,10.250.1é")
    }
}

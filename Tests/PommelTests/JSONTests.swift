import Testing

@testable import Pommel

@Suite struct JSONTests {
    @Test func roundTrip() throws {
        let text = #"{"a":[1,2.5,-3e-05,"x\"\n€",true,null],"b":{},"c":[]}"#
        let value = try #require(JSON(Array(text.utf8)))
        #expect(value.printed() == text)
        #expect(value["a"]?.items?.count == 6)
    }

    @Test func indented() {
        #expect(JSON.members(["a": .int(1), "left out": nil, "b": .array([.boolean(false)])]).printed(indented: true) == "{\n \"a\": 1,\n \"b\": [\n  false\n ]\n}")
    }

    @Test(arguments: ["", "{", "[1,]", "{\"a\"}", "tru", "\"x", "1 2", String(repeating: "[", count: 5000)])
    func malformed(_ text: String) {
        #expect(JSON(Array(text.utf8)) == nil)
    }
}

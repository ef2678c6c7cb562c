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

    /// A text that is no JSON: of every kind of token, of nesting, and of bytes.
    private static let texts: KeyValuePairs<String, String> = [
        "nothing": "", "a blank": " ", "an open object": "{", "an open array": "[", "a closing bracket": "]", "no value": "{\"a\"}", "no value after the colon": "{\"a\":}",
        "no name": "{:1}", "a bare name": "{a:1}", "no comma": "{\"a\":1 \"b\":2}", "a comma at an object's end": "{\"a\":1,}", "a comma at an array's end": "[1,]",
        "a comma at an array's start": "[,1]", "two commas": "[1,,2]", "the other bracket": "[1}", "two values": "1 2", "a letter behind": "{}x", "a remark": "[1] // one",
        "a cut name": "tru", "a longer name": "nullx", "other capitals": "True", "an unknown name": "INF", "an open string": "\"x", "a string that ends in an escape": "\"x\\",
        "an escaped end": "\"x\\\"", "an unknown escape": "\"\\x41\"", "a short escape": "\"\\u12\"", "an escape of no digits": "\"\\u12g4\"", "a line break in a string": "\"a\nb\"",
        "a tab in a string": "\"a\tb\"", "a zero byte in a string": "\"a\0b\"", "single quotes": "'a'", "a leading zero": "01", "a plus": "+1", "no digit before the point": ".5",
        "no digit after the point": "1.", "no digit in the exponent": "1e", "a sign for an exponent": "1e+", "hexadecimal": "0x10", "two points": "1.2.3", "a minus": "-", "two minuses": "--1",
        "a separator": "1_000", "201 brackets": String(repeating: "[", count: 201) + String(repeating: "]", count: 201), "brackets without end": String(repeating: "[", count: 1 << 20),
        "objects without end": String(repeating: "{\"a\":", count: 1 << 18), "names without end": String(repeating: "[\"a\",", count: 1 << 18),
    ]
    private static let bytes: KeyValuePairs<String, [UInt8]> = [
        "a lone continuation byte": [34, 0x80, 34], "an overlong form": [34, 0xc0, 0xaf, 34], "a surrogate in UTF-8": [34, 0xed, 0xa0, 0x80, 34],
        "a cut character": [34, 0xe2, 0x82], "a character cut by the quote": [34, 0xe2, 0x82, 34], "Latin-1": [34, 0xe4, 34], "beyond Unicode": [34, 0xf4, 0x90, 0x80, 0x80, 34],
        "bad bytes in a name": [123, 34, 0xff, 34, 58, 49, 125], "UTF-16": [0xff, 0xfe, 91, 0, 93, 0], "a mark alone": [0xef, 0xbb, 0xbf], "two marks": [0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf, 49],
    ]
    static let broken: [(name: String, text: [UInt8])] = texts.map { ($0.key, Array($0.value.utf8)) } + bytes.map { ($0.key, $0.value) }

    @Test(arguments: broken.indices)
    func malformed(_ index: Int) {
        #expect(JSON(Self.broken[index].text) == nil, "\(Self.broken[index].name)")
    }

    static let odd: [(text: String, value: JSON)] = [
        (" [ 1 , 2 ]\r\n\t", JSON.array([.number(1), .number(2)])), ("\u{feff}1", .number(1)),
        ("1e999", .number(.infinity)), ("-1e999", .number(-.infinity)), ("1e-999", .number(0)), ("-0", .number(-0.0)), ("0.1e+1", .number(1)), ("Infinity", .number(.infinity)),
        (String(repeating: "9", count: 100_000), .number(.infinity)), ("0." + String(repeating: "0", count: 100_000) + "1", .number(0)),
        ("1" + String(repeating: "0", count: 308) + "e-308", .number(1)), ("9007199254740993", .number(9_007_199_254_740_992)),
        (#""\ud83d\ude00 \ud83d \/""#, .string("\u{1f600} \u{fffd} /")), ("\"\u{7f}\u{0301}\"", .string("\u{7f}\u{0301}")),
        (String(repeating: "[", count: 200) + "1" + String(repeating: "]", count: 200), nested),
    ]
    private static let nested: JSON = (0..<200).reduce(.number(1)) { inner, _ in .array([inner]) }

    @Test(arguments: odd.indices)
    func unusual(_ index: Int) {
        #expect(JSON(Array(Self.odd[index].text.utf8)) == Self.odd[index].value, "\(Self.odd[index].text.prefix(40))")
    }

    /// Of members with one name the last counts; all are kept.
    @Test func sameNames() throws {
        let value = try #require(JSON(Array(#"{"a":1,"b":2,"a":3,"\u0061":4}"#.utf8)))
        #expect(value["a"] == .number(4))
        #expect(value.printed() == #"{"a":1,"b":2,"a":3,"a":4}"#)
    }

    /// Every text that is shorter than the whole is none.
    @Test func everyLength() {
        let whole = Array(#"{"a":[1,"x\"\u20ac\n"],"b":{"c":[{}]}}"#.utf8)
        for end in 0..<whole.count { #expect(JSON(Array(whole[..<end])) == nil, "\(end)") }
        #expect(JSON(whole) != nil)
    }
}

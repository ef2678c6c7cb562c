import Testing

@testable import RReader

/// UBJSON that is damaged, or made to cost more than it is long: each is refused.
@Suite struct BoosterFormatTests {
    private func parse(_ text: String) throws(RReadError) -> BoosterValue {
        try UBJSON.parse(Array(text.utf8), at: RValue(.null, path: "raw", in: RFile()))
    }

    @Test func arrays() throws {
        let value = try parse("{i\u{1}a[$i#i\u{3}\u{1}\u{2}\u{3}i\u{1}b[TF]i\u{1}c[#i\u{2}TZ}")
        #expect(value["a"]?.numbers == [1, 2, 3])
        if case .array(let items)? = value["b"] { #expect(items.count == 2) } else { Issue.record("b is no array") }
        if case .array(let items)? = value["c"] { #expect(items.count == 2) } else { Issue.record("c is no array") }
    }

    private func parseJSON(_ text: String) throws(RReadError) -> BoosterValue {
        try BoosterJSON.parse(Array(text.utf8), at: RValue(.null, path: "raw", in: RFile()))
    }

    /// What XGBoost itself does not write, and JSON has.
    @Test func json() throws {
        let value = try parseJSON(#"{ "a" : [1, "2", null, true, false, {}, []], "n": -1.5e2, "b": null, "names": ["x\"y\\/", "\u00fc\ud83d\ude00\n\t\r\b\f"] }"#)
        #expect(value["n"]?.number == -150 && value["none"] == nil && value["n"]?["x"] == nil && value["n"]?.text == nil)
        guard case .array(let items)? = value["a"], items.count == 7, case .null = items[2], case .truth(true) = items[3], case .truth(false) = items[4],
            case .object(let none) = items[5], none.isEmpty, case .array(let names)? = value["names"], case .null? = value["b"]
        else {
            Issue.record("\(value)")
            return
        }
        #expect(items[0].number == 1 && items[1].number == 2)
        #expect(names.map(\.text) == ["x\"y\\/", "ü😀\n\t\r\u{8}\u{c}"])
    }

    @Test(arguments: [
        "", "nul", "tru", "fals", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{a:1}", "[", "[1", "[1 2]", "\"", "\"\\", "\"\\u12", "\"\\u12g4\"", "\"\\ud83d\"", "\"\\ud83d\\u0041\"",
        "--1", String(repeating: "[", count: 100),
    ])
    func damagedJSON(_ text: String) {
        let error = #expect(throws: RReadError.self) { try parseJSON(text) }
        #expect(error?.kind == .inconsistent)
    }

    /// Fuzzing found the first: an array of values without content and without an end.
    @Test(arguments: [
        "[$T", "[$TT", "[$T]", "[$T#i\u{7f}", "[$N#L\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}", "[$i\u{1}\u{2}]", "[$i#i\u{7f}\u{1}", "[#i\u{7f}T", "[$[#i\u{2}]", "[", "[T",
        "{", "{i\u{1}a", "{i\u{1}aT", "{$i#i\u{1}", "Si\u{7f}a", "[#SiT", "q", "", String(repeating: "[", count: 100), "L\u{1}",
    ])
    func damaged(_ text: String) {
        let error = #expect(throws: RReadError.self) { try parse(text) }
        #expect(error?.kind == .inconsistent)
    }
}

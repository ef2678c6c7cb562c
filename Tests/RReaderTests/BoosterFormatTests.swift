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

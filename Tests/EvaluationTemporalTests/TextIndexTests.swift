import Testing

@testable import Evaluation

@Suite struct TextIndexTests {
    private static let plain = TextTokenizer.Settings(separator: "\\s+", wordPattern: nil, isCaseSensitive: false)

    private func words(_ text: String, _ settings: TextTokenizer.Settings = plain) throws -> [String] {
        try TextTokenizer(settings).words(of: text)
    }

    @Test func cutting() throws {
        #expect(try words("\"dog, (dog) dog. 'dog'\"") == ["dog", "dog", "dog", "dog"])
        #expect(try words("  Dogs\tdog-house -- C++ \n") == ["dogs", "dog-house", "c"])
        #expect(try words("Привет, «МИР»!\u{a0}Ещё…") == ["привет", "мир", "ещё"])
        #expect(try words("") == [])
        #expect(try words("don't STOP", .init(separator: "\\s+", wordPattern: "\\w+", isCaseSensitive: true)) == ["don", "t", "STOP"])
        #expect(try words("naïve x мир a1", .init(separator: "", wordPattern: "(?u)\\b\\w\\w+\\b", isCaseSensitive: false)) == ["naïve", "мир", "a1"])
        #expect(try words("user-friendly app", .init(separator: "[\\s\\-]", wordPattern: nil, isCaseSensitive: false)) == ["user", "friendly", "app"])
    }

    @Test(arguments: [true, false])
    func illFormedTextsAreMended(_ isCaseSensitive: Bool) {
        var bytes: [UInt8] = []
        let text: [UInt8] = [0x61, 0xff, 0x42]
        text.withUnsafeBufferPointer { #expect(!TextTokenizer.copy($0, into: &bytes, isCaseSensitive: isCaseSensitive)) }
        #expect(String(validating: bytes, as: UTF8.self) == (isCaseSensitive ? "a\u{fffd}B" : "a\u{fffd}b"))
    }

    @Test func brokenPatterns() {
        #expect(throws: TextPattern.Failure.self) { try TextTokenizer(.init(separator: "[", wordPattern: nil, isCaseSensitive: true)) }
        #expect(TextPattern.problem("(") != nil)
        #expect(TextPattern.problem("a+") == nil)
    }

    private func weigh(
        _ texts: [String?], _ term: String, _ weight: TermWeight = .termFrequency, distance: Int = 0, best: Bool = false
    ) throws -> [Double?] {
        var bench = Bench()
        let text = bench.input(.text)
        let words = bench.builder.emit("text.words", .list) {
            $0.register(text)
            $0.tokenizer(Self.plain)
        }
        let termWords = try self.words(term)
        let constant = bench.builder.constant(term)
        let result: Register
        if distance == 0 {
            result = bench.builder.emit("text.count", .number) {
                $0.register(words)
                $0.int(weight.rawValue)
                $0.codes(termWords)
            }
        } else {
            result = bench.builder.emit("text.match", .number) {
                $0.register(words)
                $0.register(constant)
                $0.int(weight.rawValue)
                $0.int(distance)
                $0.flag(best)
                $0.tokenizer(Self.plain)
            }
        }
        let frame = try bench.frame([result])
        // The second batch must not see the first one's words.
        frame.begin()
        frame.fill(text, ["dog dog dog", "a dog"] as [String?])
        frame.run()
        frame.begin()
        frame.fill(text, texts)
        frame.run()
        return frame.numberColumn(result)
    }

    @Test func counting() throws {
        let texts = ["my dog and a dog and a cat", "no cat here", nil, "A Dog.", ""]
        #expect(try weigh(texts, "dog") == [2, 0, nil, 1, 0])
        #expect(try weigh(texts, "Dog", .binary) == [1, 0, nil, 1, 0])
        #expect(try weigh(["my dog and the dog", "a dog and a cat"], "dog", .augmentedNormalizedTermFrequency) == [1, 0.75])
        let logarithms = try weigh(["my dog and a dog"], "dog", .logarithmic)
        #expect(abs((logarithms[0] ?? 0) - 0.47712125471966244) < 1e-15)
        #expect(try weigh(["a dog and a dog", "a", "dog a", "a a a"], "a dog") == [2, 0, 0, 0])
        #expect(try weigh(["a a a", "a", "a a"], "a a") == [2, 0, 1])
        // A phrase does not go on in the next row.
        #expect(try weigh(["the big", "dog", "big dog"], "big dog") == [0, 0, 1])
        #expect(try weigh(["unknown words"], "elsewhere") == [0])
    }

    @Test func misspelling() throws {
        let text = "I have a doog. My dog is white. The doog is friendly"
        #expect(try weigh([text], "dog", distance: 1) == [3])
        #expect(try weigh([text], "dog", distance: 1, best: true) == [1])
        #expect(try weigh(["my wite dgo", "my white dog"], "white dog", distance: 1) == [0, 1])
        #expect(try weigh(["my wite dog", "my wite dg"], "white dog", distance: 2) == [1, 1])
    }

    @Test(arguments: [("kitten", "sitting", 3), ("", "abc", 3), ("abc", "abc", 0), ("мир", "мор", 1), ("ab", "ba", 2)])
    func editDistance(_ a: String, _ b: String, _ expected: Int) {
        #expect(EditDistance.between(EditDistance.scalars(a.utf8), EditDistance.scalars(b.utf8), limit: 10) == expected)
        if expected > 0 {
            #expect(EditDistance.between(EditDistance.scalars(a.utf8), EditDistance.scalars(b.utf8), limit: expected - 1) == expected)
        }
    }

    private func find(_ texts: [String?], _ term: String, distance: Int = 0) throws -> [Double?] {
        var bench = Bench()
        let text = bench.input(.text)
        let constant = bench.builder.constant(term)
        let result = bench.builder.emit("text.find", .number) {
            $0.register(text)
            $0.register(constant)
            $0.optional(nil as Register?)
            $0.int(0)
            $0.int(distance)
            $0.flag(false)
            $0.flag(false)
        }
        let frame = try bench.frame([result])
        frame.begin()
        frame.fill(text, texts)
        frame.run()
        return frame.numberColumn(result)
    }

    @Test func findingInRawText() throws {
        #expect(try find(["abc xABCx", "ab c", nil, "aaa"], "abc") == [2, 0, nil, 0])
        #expect(try find(["aaa"], "aa") == [2])
        #expect(try find(["doog my dog", "cat"], "dog", distance: 1) == [2, 0])
    }

    private func normalize(
        _ texts: [String], _ rules: [(String, String, Bool)], recursive: Bool = false, tokenize: Bool = true, distance: Int = 0
    ) throws -> [String?] {
        var bench = Bench()
        let text = bench.input(.text)
        let result = bench.builder.emit("text.normalize", .text) {
            $0.register(text)
            $0.string("\\s+")
            $0.optional(nil as String?)
            $0.flag(false)
            $0.flag(tokenize)
            $0.flag(recursive)
            $0.int(distance)
            $0.normalizationRules(rules.map { (pattern: $0.0, replacement: $0.1, isRegex: $0.2) })
        }
        let frame = try bench.frame([result])
        frame.begin()
        frame.fill(text, texts)
        frame.run()
        return frame.textColumn(result)
    }

    @Test func normalizing() throws {
        let stems = [
            ("interfaces?", "interface", true), ("is|are|seem(ed|s?)|were", "be", true), ("user friendl(y|iness)", "user_friendly", true),
        ]
        #expect(try normalize(
            ["this is the interfaces, they ARE excellent!", "The interface seems user friendly", "this island", "(is)"], stems)
            == ["this be the interface, they be excellent!", "The interface be user_friendly", "this island", "(be)"])
        #expect(try normalize(["be bees bee"], [("be|bees", "x", true)]) == ["x x bee"])
        #expect(try normalize(["The Big dog, big-dog"], [("big dog", "hound", false)]) == ["The hound, big-dog"])
        #expect(try normalize(["a doog"], [("dog", "hound", false)], distance: 1) == ["a hound"])
        #expect(try normalize(["a.b axb"], [("a.b", "-", false)], tokenize: false) == ["- axb"])
        #expect(try normalize(["a b c d"], [("a b", "b", false), ("b c", "a", false)]) == ["a d"])
        #expect(try normalize(["x y y y"], [("x y", "x", false)]) == ["x y y"])
        #expect(try normalize(["x y y y"], [("x y", "x", false)], recursive: true) == ["x"])
        #expect(try normalize(["x"], [("x", "x x", false)], recursive: true) == [nil])
    }
}

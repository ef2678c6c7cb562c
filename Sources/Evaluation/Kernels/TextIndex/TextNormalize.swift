// https://dmg.org/pmml/v4-4-1/Transformations.html#xsdElement_TextIndexNormalization

/// `text.normalize`: rewrites a text by a table of replacements, row after row, before terms are looked up in it.
///
/// If the text is cut into words, a row matches whole words only: it begins where a word begins and ends where one ends.
/// A recursive table starts over until a whole pass changes nothing; a row fails if that never happens.
struct TextNormalize: Kernel {
    static let name = "text.normalize"
    let output: Int32
    let text: Int32
    let isRecursive: Bool
    private let rules: [NormalizationRule]
    private let tokenizer: TextTokenizer
    private let isTokenized: Bool
    private let isCaseSensitive: Bool
    private let limit: Int

    /// Passes of a recursive table after which it is taken to run for ever.
    private static let mostPasses = 1_000

    init(from reader: inout OperandReader) throws(FormatError) {
        output = try reader.output(.text)
        text = try reader.input(.text)
        let separator = try reader.string()
        let wordPattern = try reader.optionalString()
        let isCaseSensitive = try reader.flag()
        isTokenized = try reader.flag()
        isRecursive = try reader.flag()
        limit = try reader.int(in: 0...1_000_000)
        self.isCaseSensitive = isCaseSensitive
        do {
            // Words are cut from the text as it is, so that their places hold in it.
            tokenizer = try TextTokenizer(.init(separator: separator, wordPattern: wordPattern, isCaseSensitive: true))
        } catch {
            throw reader.error("pattern", "not a regular expression: \(error.message)")
        }
        var rules: [NormalizationRule] = []
        for _ in 0..<(try reader.int(in: 0...1_000_000)) {
            let chunk = try reader.codes()
            guard chunk.count % 3 == 0 else { throw reader.error("operand-range", "a replacement has three parts") }
            for at in stride(from: 0, to: chunk.count, by: 3) {
                let isRegex = reader.pools.strings.string(chunk[at + 2]) == "regex"
                do {
                    rules.append(try NormalizationRule(
                        pattern: reader.pools.strings.string(chunk[at]), replacement: reader.pools.strings.string(chunk[at + 1]),
                        isRegex: isRegex, isTokenized: isTokenized, isCaseSensitive: isCaseSensitive, tokenizer))
                } catch {
                    throw reader.error("pattern", "not a regular expression: \(error.message)")
                }
            }
        }
        self.rules = rules
    }

    func run(_ frame: Frame) {
        let (codes, inStatus) = (frame.codes(text), frame.status(text))
        let (results, status) = (frame.codes(output), frame.status(output))
        let worker = TextTokenizer.Worker(tokenizer)
        let matchers = rules.map { $0.pattern.map(TextPattern.Matcher.init) }
        for row in 0..<frame.count {
            results[row] = codes[row]
            status[row] = inStatus[row] & CellStatus.failed
            if inStatus[row] & CellStatus.missing != 0 { continue }
            worker.load(frame.text(codes[row]))
            let subject = NormalizedText(worker, isCaseSensitive: isCaseSensitive)
            let most = isRecursive ? subject.bytes.count * 8 + 65_536 : Frame.longestText
            var passes = 0
            var isChanged = false
            repeat {
                isChanged = false
                for (rule, matcher) in zip(rules, matchers) where subject.bytes.count <= most {
                    if subject.apply(rule, matcher, isTokenized: isTokenized, limit: limit) { isChanged = true }
                }
                passes += 1
            } while isChanged && isRecursive && passes < TextNormalize.mostPasses && subject.bytes.count <= most
            let isEndless = isChanged && isRecursive
            if isEndless || matchers.contains(where: { $0?.isExhausted ?? false }) {
                for matcher in matchers { matcher?.isExhausted = false }
                status[row] = CellStatus.failed
                frame.note(row: row, RowFailure(
                    id: isEndless ? "normalization-endless" : "regex-limit",
                    message: isEndless ? "the recursive text normalization does not come to an end" : "a text normalization takes too many steps"))
                continue
            }
            if let made = subject.bytes.withUnsafeBufferPointer({ frame.keep($0, row: row) }) { results[row] = made } else { status[row] = CellStatus.failed }
        }
    }
}

extension OperandWriter {
    /// Writes the replacements; in chunks that are short enough for equal tables to be stored once.
    public mutating func normalizationRules(_ rules: [(pattern: String, replacement: String, isRegex: Bool)]) {
        let size = 20
        int((rules.count + size - 1) / size)
        for start in stride(from: 0, to: rules.count, by: size) {
            codes(rules[start..<min(start + size, rules.count)].flatMap { [$0.pattern, $0.replacement, $0.isRegex ? "regex" : ""] })
        }
    }
}

/// A row of a normalization table.
struct NormalizationRule: Sendable {
    /// nil: the rule's words are compared one by one.
    let pattern: TextPattern?
    let words: [[UInt8]]
    let characters: [[UInt32]]
    let replacement: [UInt8]

    init(
        pattern: String, replacement: String, isRegex: Bool, isTokenized: Bool, isCaseSensitive: Bool, _ tokenizer: TextTokenizer
    ) throws(TextPattern.Failure) {
        self.replacement = Array(replacement.utf8)
        if isRegex || !isTokenized {
            self.pattern = try TextPattern(isRegex ? pattern : TextPattern.escaped(pattern), isCaseSensitive: isCaseSensitive)
            words = []
            characters = []
        } else {
            self.pattern = nil
            words = tokenizer.words(of: pattern).map { Array((isCaseSensitive ? $0 : $0.lowercased()).utf8) }
            characters = words.map(EditDistance.scalars)
        }
    }
}

/// A text on its way through the table.
private final class NormalizedText {
    var bytes: [UInt8]
    private let worker: TextTokenizer.Worker
    private let isCaseSensitive: Bool
    /// The words of `bytes`; nil until they are needed.
    private var words: [Range<Int>]?
    private var folded: [[UInt8]]?

    init(_ worker: TextTokenizer.Worker, isCaseSensitive: Bool) {
        self.worker = worker
        self.isCaseSensitive = isCaseSensitive
        bytes = worker.bytes
    }

    /// Applies a rule once; whether the text is another now.
    func apply(_ rule: NormalizationRule, _ matcher: TextPattern.Matcher?, isTokenized: Bool, limit: Int) -> Bool {
        let found: [Range<Int>]
        if let matcher {
            found = isTokenized ? wholeWordMatches(matcher) : matches(matcher)
        } else {
            found = sequences(rule, limit)
        }
        if found.isEmpty { return false }
        var changed: [UInt8] = []
        var end = 0
        for range in found where changed.count <= Frame.longestText {
            changed.append(contentsOf: bytes[end..<range.lowerBound])
            changed.append(contentsOf: rule.replacement)
            end = range.upperBound
        }
        changed.append(contentsOf: bytes[end...])
        if changed == bytes { return false }
        bytes = changed
        words = nil
        folded = nil
        return true
    }

    private func cut() -> [Range<Int>] {
        if let words { return words }
        bytes.withUnsafeBufferPointer { worker.load($0) }
        worker.cut()
        words = worker.ranges
        return worker.ranges
    }

    private func matches(_ matcher: TextPattern.Matcher) -> [Range<Int>] {
        bytes.withUnsafeBufferPointer { text in
            var found: [Range<Int>] = []
            var from = 0
            while let match = matcher.first(in: text, from: from) {
                if match.isEmpty {
                    guard match.lowerBound < text.count else { break }
                    from = TextTokenizer.next(text, match.lowerBound)
                } else {
                    found.append(match)
                    from = match.upperBound
                }
            }
            return found
        }
    }

    /// Matches from the beginning of a word to the end of one.
    private func wholeWordMatches(_ matcher: TextPattern.Matcher) -> [Range<Int>] {
        // Most rules match nowhere, and then the words need not be known.
        let start = bytes.withUnsafeBufferPointer { matcher.first(in: $0, from: 0)?.lowerBound }
        guard let start else { return [] }
        let words = cut()
        return bytes.withUnsafeBufferPointer { text in
            var found: [Range<Int>] = []
            var from = start
            for (number, word) in words.enumerated() where word.lowerBound >= from {
                guard let match = matcher.first(in: text, from: word.lowerBound) else { break }
                from = match.lowerBound
                if match.lowerBound != word.lowerBound { continue }
                guard let end = wordEnd(of: match, in: words, from: number, text, matcher) else { continue }
                found.append(word.lowerBound..<end)
                from = max(end, from + 1)
            }
            return found
        }
    }

    /// Longest run of words that a pattern is tried on when its first match ends inside a word.
    private static let longestRun = 8

    /// Where a match that begins with a word ends with one; nil if it does not.
    private func wordEnd(
        of match: Range<Int>, in words: [Range<Int>], from number: Int, _ text: UnsafeBufferPointer<UInt8>, _ matcher: TextPattern.Matcher
    ) -> Int? {
        var at = number
        while at < words.count, words[at].upperBound < match.upperBound { at += 1 }
        if at < words.count, words[at].upperBound == match.upperBound { return match.upperBound }
        // Another alternative of the pattern may fit the words: `be|bees` first finds `be` in `bees`.
        for last in (number..<min(number + NormalizedText.longestRun, words.count)).reversed() {
            let cutOff = UnsafeBufferPointer(rebasing: text[..<words[last].upperBound])
            if matcher.matchesToEnd(cutOff, from: words[number].lowerBound) { return cutOff.count }
        }
        return nil
    }

    /// Where the words of the rule stand in the text one after another, no more than `limit` edits away in all.
    private func sequences(_ rule: NormalizationRule, _ limit: Int) -> [Range<Int>] {
        let length = rule.words.count
        let words = cut()
        if length == 0 || words.count < length { return [] }
        let texts = foldedWords(words)
        var found: [Range<Int>] = []
        var at = 0
        while at + length <= words.count {
            var sum = 0
            var position = 0
            while position < length, sum <= limit {
                if texts[at + position] != rule.words[position] {
                    sum += limit == 0 ? 1 : EditDistance.between(rule.characters[position], EditDistance.scalars(texts[at + position]), limit: limit)
                }
                position += 1
            }
            if sum <= limit {
                found.append(words[at].lowerBound..<words[at + length - 1].upperBound)
                at += length
            } else {
                at += 1
            }
        }
        return found
    }

    private func foldedWords(_ words: [Range<Int>]) -> [[UInt8]] {
        if let folded { return folded }
        let made = words.map { range -> [UInt8] in
            var word: [UInt8] = []
            bytes.withUnsafeBufferPointer { text in
                _ = TextTokenizer.copy(UnsafeBufferPointer(rebasing: text[range]), into: &word, isCaseSensitive: isCaseSensitive)
            }
            return word
        }
        folded = made
        return made
    }
}

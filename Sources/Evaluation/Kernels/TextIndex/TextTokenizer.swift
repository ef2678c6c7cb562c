// https://dmg.org/pmml/v4-4-1/Transformations.html#xsdElement_TextIndex

/// Cuts texts into words.
///
/// Words lie between matches of the separator pattern, without the punctuation at their ends; what is nothing but
/// punctuation is no word. With a word pattern (`x-wordRE`) the words are its matches as they are.
public final class TextTokenizer: Sendable {
    /// What TextIndex says of words.
    public struct Settings: Sendable, Hashable {
        public var separator: String
        public var wordPattern: String?
        public var isCaseSensitive: Bool
        public init(separator: String, wordPattern: String?, isCaseSensitive: Bool) {
            self.separator = separator
            self.wordPattern = wordPattern
            self.isCaseSensitive = isCaseSensitive
        }
    }

    private enum Shortcut { case blanks, wordCharacters, none }

    public let settings: Settings
    private let pattern: TextPattern
    /// What the pattern comes to in plain ASCII text, where no regular expression is needed.
    private let shortcut: Shortcut

    public init(_ settings: Settings) throws(TextPattern.Failure) {
        self.settings = settings
        pattern = try TextPattern(settings.wordPattern ?? settings.separator)
        switch settings.wordPattern {
        case nil: shortcut = ["\\s+", "\\s", "[\\s]+", "\\s*\\s"].contains(settings.separator) ? .blanks : .none
        case "\\w+"?: shortcut = .wordCharacters
        default: shortcut = .none
        }
    }

    /// The words of one text, for use when a document is compiled.
    public func words(of text: String) -> [String] {
        let worker = Worker(self)
        var copy = text
        copy.withUTF8 { worker.load($0) }
        worker.cut()
        return worker.ranges.map { worker.text($0) }
    }

    /// One thread's room: a copy of the text, in lower case if case does not matter, and the words found in it.
    final class Worker {
        let tokenizer: TextTokenizer
        private let matcher: TextPattern.Matcher
        /// The text as it is compared: well-formed UTF-8.
        private(set) var bytes: [UInt8] = []
        private var isASCII = true
        /// The words, as ranges of `bytes`.
        private(set) var ranges: [Range<Int>] = []
        var isExhausted: Bool { matcher.isExhausted }

        init(_ tokenizer: TextTokenizer) {
            self.tokenizer = tokenizer
            matcher = TextPattern.Matcher(tokenizer.pattern)
        }

        func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

        /// Takes a copy of `text`, so that the memory it lies in may move.
        func load(_ text: UnsafeBufferPointer<UInt8>) {
            ranges.removeAll(keepingCapacity: true)
            matcher.isExhausted = false
            isASCII = TextTokenizer.copy(text, into: &bytes, isCaseSensitive: tokenizer.settings.isCaseSensitive)
        }

        /// Finds the words.
        func cut() {
            // The array is taken out of the object while it grows, which spares the checks of access to it.
            var found = ranges
            ranges = []
            bytes.withUnsafeBufferPointer { text in
                switch tokenizer.shortcut {
                case .blanks where isASCII: Worker.cutAtBlanks(text, &found)
                case .wordCharacters where isASCII: Worker.cutWordCharacters(text, &found)
                default:
                    if tokenizer.settings.wordPattern != nil {
                        Worker.cutMatches(text, matcher, &found)
                    } else {
                        Worker.cutAtSeparators(text, matcher, &found)
                    }
                }
            }
            ranges = found
        }

        private static func cutAtBlanks(_ text: UnsafeBufferPointer<UInt8>, _ ranges: inout [Range<Int>]) {
            var at = 0
            while at < text.count {
                while at < text.count, NumberParsing.isBlank(text[at]) { at &+= 1 }
                let start = at
                while at < text.count, !NumberParsing.isBlank(text[at]) { at &+= 1 }
                if at > start { addTrimmed(text, start, at, &ranges) }
            }
        }

        private static func cutWordCharacters(_ text: UnsafeBufferPointer<UInt8>, _ ranges: inout [Range<Int>]) {
            var at = 0
            while at < text.count {
                while at < text.count, !ASCII.isWord(text[at]) { at &+= 1 }
                let start = at
                while at < text.count, ASCII.isWord(text[at]) { at &+= 1 }
                if at > start { ranges.append(start..<at) }
            }
        }

        private static func cutAtSeparators(
            _ text: UnsafeBufferPointer<UInt8>, _ matcher: TextPattern.Matcher, _ ranges: inout [Range<Int>]
        ) {
            var start = 0
            var from = 0
            while let found = matcher.first(in: text, from: from) {
                if found.isEmpty {
                    // A separator of no width separates nothing; look further on.
                    guard found.lowerBound < text.count else { break }
                    from = TextTokenizer.next(text, found.lowerBound)
                    continue
                }
                addTrimmed(text, start, found.lowerBound, &ranges)
                start = found.upperBound
                from = start
            }
            addTrimmed(text, start, text.count, &ranges)
        }

        private static func cutMatches(
            _ text: UnsafeBufferPointer<UInt8>, _ matcher: TextPattern.Matcher, _ ranges: inout [Range<Int>]
        ) {
            var from = 0
            while let found = matcher.first(in: text, from: from) {
                if found.isEmpty {
                    guard found.lowerBound < text.count else { break }
                    from = TextTokenizer.next(text, found.lowerBound)
                } else {
                    ranges.append(found)
                    from = found.upperBound
                }
            }
        }

        @inline(__always)
        private static func addTrimmed(_ text: UnsafeBufferPointer<UInt8>, _ from: Int, _ to: Int, _ ranges: inout [Range<Int>]) {
            var start = from
            var end = to
            while start < end {
                let next = TextTokenizer.next(text, start)
                guard Punctuation.contains(text, start, next) else { break }
                start = next
            }
            while end > start {
                let previous = TextTokenizer.previous(text, end)
                guard Punctuation.contains(text, previous, end) else { break }
                end = previous
            }
            if start < end { ranges.append(start..<end) }
        }
    }

    /// Copies a text as well-formed UTF-8, in lower case unless case matters; whether it is ASCII.
    static func copy(_ text: UnsafeBufferPointer<UInt8>, into bytes: inout [UInt8], isCaseSensitive: Bool) -> Bool {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: text)
        var union: UInt8 = 0
        for byte in text { union |= byte }
        if union < 0x80 {
            if !isCaseSensitive {
                bytes.withUnsafeMutableBufferPointer { copy in
                    for index in 0..<copy.count where copy[index] &- 0x41 < 26 { copy[index] |= 0x20 }
                }
            }
            return true
        }
        if !isCaseSensitive {
            bytes = Array(String(decoding: text, as: UTF8.self).lowercased().utf8)
        } else if !isValidUTF8(text) {
            bytes = Array(String(decoding: text, as: UTF8.self).utf8)
        }
        return false
    }

    /// The start of the character after the one at `index` of well-formed UTF-8.
    @inline(__always)
    static func next(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        var next = index &+ 1
        while next < text.count, text[next] & 0xc0 == 0x80 { next &+= 1 }
        return next
    }

    /// The start of the character that ends before `index`.
    @inline(__always)
    static func previous(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        var previous = index &- 1
        while previous > 0, text[previous] & 0xc0 == 0x80 { previous &-= 1 }
        return previous
    }
}

enum ASCII {
    /// Letters, digits and the underscore.
    @inline(__always)
    static func isWord(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x5f
    }
}

/// The characters that are stripped from the ends of words: Unicode's punctuation, and ASCII's symbols (`$ + < = > ^ ` | ~`),
/// which the tools that train such models count as punctuation too.
enum Punctuation {
    @inline(__always)
    static func contains(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        let first = text[start]
        if first < 0x80 {
            return first &- 0x21 < 94 && ((first | 0x20) &- 0x61 >= 26) && first &- 0x30 >= 10
        }
        return wide(text, start, end)
    }

    @inline(never)
    private static func wide(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        guard let scalar = String(decoding: text[start..<end], as: UTF8.self).unicodeScalars.first else { return false }
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            return true
        default: return false
        }
    }
}

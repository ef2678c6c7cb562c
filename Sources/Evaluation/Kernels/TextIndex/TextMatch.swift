// https://dmg.org/pmml/v4-4-1/Transformations.html#xsdElement_TextIndex

/// `text.match`: the weight of a term that differs from row to row, or that may be misspelt (`maxLevenshteinDistance`).
///
/// The distances of a term's words to the words of the text are added, and their sum may not exceed the limit.
struct TextMatch: Kernel {
    static let name = "text.match"
    let output: Int32
    let words: Int32
    let term: Int32
    let weight: TermWeight
    let limit: Int
    /// Only the hits of the smallest distance found in the text count.
    let bestOnly: Bool
    let tokenizer: TextTokenizer

    init(from reader: inout OperandReader) throws(FormatError) {
        output = try reader.output(.number)
        words = try reader.input(.list)
        term = try reader.input(.text)
        weight = TermWeight(rawValue: try reader.int(in: 0...3)) ?? .termFrequency
        limit = try reader.int(in: 0...1_000_000)
        bestOnly = try reader.flag()
        tokenizer = try TextTokenizer(from: &reader)
    }

    func run(_ frame: Frame) {
        let values = frame.numbers(output)
        let status = frame.status(output)
        let textStatus = frame.status(words)
        let terms = frame.codes(term)
        let termStatus = frame.status(term)
        let index = frame.stateSlots[Int(words)] as? WordIndex
        var matcher: TermMatcher?
        for row in 0..<frame.count {
            values[row] = 0
            status[row] = (textStatus[row] | termStatus[row]) & CellStatus.failed
            guard let index, status[row] & CellStatus.missing == 0 else {
                status[row] |= CellStatus.missing
                continue
            }
            if matcher?.code != terms[row] {
                matcher = TermMatcher(terms[row], tokenizer.words(of: String(decoding: frame.text(terms[row]), as: UTF8.self)), limit, index)
            }
            let own = Int(index.rowStarts[row])..<Int(index.rowStarts[row + 1])
            let frequency = matcher?.frequency(own, bestOnly: bestOnly, index, frame) ?? 0
            let highest = weight == .augmentedNormalizedTermFrequency ? index.highestFrequency(row: row) : 0
            values[row] = weight.weight(frequency, highest: highest)
        }
    }
}

/// A term and how far its words are from the words of a batch.
private struct TermMatcher {
    let code: Int32
    private let term: [[UInt32]]
    private let limit: Int
    /// Distances by word of the batch and of the term; -1 where not yet known.
    private var distances: [Int32]

    init(_ code: Int32, _ words: [String], _ limit: Int, _ index: WordIndex) {
        self.code = code
        self.limit = limit
        term = words.map { EditDistance.scalars($0.utf8) }
        distances = [Int32](repeating: -1, count: index.codes.count * words.count)
    }

    mutating func frequency(_ own: Range<Int>, bestOnly: Bool, _ index: WordIndex, _ frame: Frame) -> Int {
        if term.isEmpty || own.count < term.count { return 0 }
        var best = limit
        var count = 0
        for start in own.lowerBound...(own.upperBound - term.count) {
            var sum = 0
            for position in term.indices where sum <= best {
                sum += distance(Int(index.words[start + position]), position, index, frame)
            }
            if sum > best { continue }
            if bestOnly, sum < best {
                best = sum
                count = 0
            }
            count += 1
        }
        return count
    }

    private mutating func distance(_ word: Int, _ position: Int, _ index: WordIndex, _ frame: Frame) -> Int {
        let cell = word * term.count + position
        if distances[cell] < 0 {
            let found = EditDistance.between(term[position], index.characters(word, frame), limit: limit)
            distances[cell] = Int32(truncatingIfNeeded: found)
        }
        return Int(distances[cell])
    }
}

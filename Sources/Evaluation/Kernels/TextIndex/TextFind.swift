// https://dmg.org/pmml/v4-4-1/Transformations.html#xsdElement_TextIndex

/// `text.find`: the weight of a term in a text that is not cut into words (`tokenize="false"`): it may begin and end anywhere,
/// and every place where it begins counts, overlapping or not.
struct TextFind: Kernel {
    static let name = "text.find"
    let output: Int32
    let text: Int32
    let term: Int32
    /// The text's words, from which the augmented weight takes the highest frequency.
    let words: Int32?
    let weight: TermWeight
    let limit: Int
    let bestOnly: Bool
    let isCaseSensitive: Bool

    init(from reader: inout OperandReader) throws(FormatError) {
        output = try reader.output(.number)
        text = try reader.input(.text)
        term = try reader.input(.text)
        words = try reader.optionalInput(.list)
        weight = TermWeight(rawValue: try reader.int(in: 0...3)) ?? .termFrequency
        limit = try reader.int(in: 0...1_000_000)
        bestOnly = try reader.flag()
        isCaseSensitive = try reader.flag()
    }

    func run(_ frame: Frame) {
        let values = frame.numbers(output)
        let status = frame.status(output)
        let (texts, textStatus) = (frame.codes(text), frame.status(text))
        let (terms, termStatus) = (frame.codes(term), frame.status(term))
        let index = words.flatMap { frame.stateSlots[Int($0)] as? WordIndex }
        var textBytes: [UInt8] = []
        var termBytes: [UInt8] = []
        var known: Int32 = -1
        for row in 0..<frame.count {
            values[row] = 0
            status[row] = (textStatus[row] | termStatus[row]) & CellStatus.failed
            if status[row] & CellStatus.missing != 0 { continue }
            if terms[row] != known {
                known = terms[row]
                _ = TextTokenizer.copy(frame.text(known), into: &termBytes, isCaseSensitive: isCaseSensitive)
            }
            _ = TextTokenizer.copy(frame.text(texts[row]), into: &textBytes, isCaseSensitive: isCaseSensitive)
            let frequency = frequency(of: termBytes, in: textBytes)
            values[row] = weight.weight(frequency, highest: index?.highestFrequency(row: row) ?? 0)
        }
    }

    private func frequency(of term: [UInt8], in text: [UInt8]) -> Int {
        if term.isEmpty { return 0 }
        if limit == 0 { return TextFind.occurrences(of: term, in: text) }
        let distances = EditDistance.occurrences(of: EditDistance.scalars(term), in: EditDistance.scalars(text), limit: limit)
        guard bestOnly, let best = distances.min() else { return distances.count }
        return distances.count { $0 == best }
    }

    private static func occurrences(of term: [UInt8], in text: [UInt8]) -> Int {
        guard text.count >= term.count else { return 0 }
        var count = 0
        for start in 0...(text.count - term.count) where text[start] == term[0] {
            var length = 1
            while length < term.count, text[start + length] == term[length] { length += 1 }
            if length == term.count { count += 1 }
        }
        return count
    }
}

// https://dmg.org/pmml/v4-4-1/Transformations.html#xsdElement_TextIndex

/// `text.count`: the weight of a constant term, looked up in the index of the batch's words.
///
/// It touches only the rows that have the term, so a vocabulary of thousands costs little more than filling the columns.
struct TextCount: Kernel {
    static let name = "text.count"
    let output: Int32
    let words: Int32
    let weight: TermWeight
    /// String codes of the term's words.
    let term: Slab<Int32>

    init(from reader: inout OperandReader) throws(FormatError) {
        output = try reader.output(.number)
        words = try reader.input(.list)
        weight = TermWeight(rawValue: try reader.int(in: 0...3)) ?? .termFrequency
        term = try reader.codes()
    }

    func run(_ frame: Frame) {
        let count = frame.count
        let values = frame.numbers(output)
        let status = frame.status(output)
        guard let index = frame.stateSlots[Int(words)] as? WordIndex else {
            for row in 0..<count { (values[row], status[row]) = (0, CellStatus.missing) }
            return
        }
        values.update(repeating: 0, count: count)
        status.update(from: frame.status(words), count: count)
        guard term.count > 0 else { return }
        let first = index.number(of: term[0])
        guard first >= 0 else { return }
        index.placeStarts.withUnsafeBufferPointer { starts in
            index.places.withUnsafeBufferPointer { places in
                index.rows.withUnsafeBufferPointer { rows in
                    let own = Int(starts[Int(first)])..<Int(starts[Int(first) + 1])
                    if term.count == 1 {
                        for at in own { values[Int(rows[Int(places[at])])] += 1 }
                    } else {
                        countPhrase(index, own, places, rows, values, frame.scratch.numbers(0, term.count))
                    }
                    if weight == .termFrequency { return }
                    weigh(index, own, places, rows, values)
                }
            }
        }
    }

    private func countPhrase(
        _ index: WordIndex, _ own: Range<Int>, _ places: UnsafeBufferPointer<Int32>, _ rows: UnsafeBufferPointer<Int32>,
        _ values: UnsafeMutablePointer<Double>, _ memory: UnsafeMutablePointer<Double>
    ) {
        let numbers = UnsafeMutableRawPointer(memory).assumingMemoryBound(to: Int32.self)
        let count = term.count
        for at in 0..<count {
            numbers[at] = index.number(of: term[at])
            if numbers[at] < 0 { return }
        }
        index.words.withUnsafeBufferPointer { words in
            for at in own {
                let place = Int(places[at])
                guard place + count <= words.count, rows[place] == rows[place + count - 1] else { continue }
                var length = 1
                while length < count, words[place + length] == numbers[length] { length += 1 }
                if length == count { values[Int(rows[place])] += 1 }
            }
        }
    }

    /// Turns the counts of the rows that have the term's first word into weights; all others are 0 under every weight.
    private func weigh(
        _ index: WordIndex, _ own: Range<Int>, _ places: UnsafeBufferPointer<Int32>, _ rows: UnsafeBufferPointer<Int32>,
        _ values: UnsafeMutablePointer<Double>
    ) {
        var last = -1
        for at in own {
            let row = Int(rows[Int(places[at])])
            // Places are in order, so the rows are too.
            if row == last { continue }
            last = row
            let frequency = Int(values[row])
            let highest = weight == .augmentedNormalizedTermFrequency ? index.highestFrequency(row: row) : 0
            values[row] = weight.weight(frequency, highest: highest)
        }
    }
}

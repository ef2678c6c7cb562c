// https://dmg.org/pmml/v4-4-1/Transformations.html#xsdElement_TextIndex

/// `text.words`: cuts a text into words once for all the terms that are looked up in it.
///
/// Its output is a handle: the words of the batch and an index of them lie in the frame, where `text.count` and
/// `text.match` find them under the output's register.
struct TextWords: Kernel {
    static let name = "text.words"
    let output: Int32
    let text: Int32
    let tokenizer: TextTokenizer

    init(from reader: inout OperandReader) throws(FormatError) {
        output = try reader.output(.list)
        text = try reader.input(.text)
        tokenizer = try TextTokenizer(from: &reader)
    }

    func run(_ frame: Frame) {
        let codes = frame.codes(text)
        let inStatus = frame.status(text)
        let handles = frame.codes(output)
        let status = frame.status(output)
        let index: WordIndex
        if let kept = frame.stateSlots[Int(output)] as? WordIndex {
            index = kept
        } else {
            index = WordIndex(tokenizer)
            frame.stateSlots[Int(output)] = index
        }
        index.begin()
        for row in 0..<frame.count {
            handles[row] = -1
            status[row] = inStatus[row] & CellStatus.failed
            if inStatus[row] & CellStatus.missing == 0 {
                index.add(frame.text(codes[row]), frame)
                if index.isExhausted {
                    status[row] = CellStatus.failed
                    frame.note(row: row, RowFailure(id: "regex-limit", message: "cutting the text into words takes too many steps"))
                }
            }
            index.endRow()
        }
        index.finish()
    }
}

extension TextTokenizer {
    /// Reads separator, word pattern and case sensitivity.
    convenience init(from reader: inout OperandReader) throws(FormatError) {
        let separator = try reader.string()
        let wordPattern = try reader.optionalString()
        let settings = Settings(separator: separator, wordPattern: wordPattern, isCaseSensitive: try reader.flag())
        do {
            try self.init(settings)
        } catch {
            throw reader.error("pattern", "not a regular expression: \(error.message)")
        }
    }
}

extension OperandWriter {
    public mutating func tokenizer(_ settings: TextTokenizer.Settings) {
        string(settings.separator)
        optional(settings.wordPattern)
        flag(settings.isCaseSensitive)
    }
}

/// The words of a batch's texts: row by row, and by word.
final class WordIndex {
    private let worker: TextTokenizer.Worker
    var isExhausted: Bool { worker.isExhausted }

    /// The words of all rows in order, as numbers that are dense within the batch.
    private(set) var words: [Int32] = []
    /// The words of row r are `rowStarts[r]..<rowStarts[r + 1]`.
    private(set) var rowStarts: [Int32] = [0]
    /// The string code of each distinct word.
    private(set) var codes: [Int32] = []
    /// Where the places of each distinct word begin in `places`; one more than there are words.
    private(set) var placeStarts: [Int32] = [0]
    /// Indices into `words`, by word and in order.
    private(set) var places: [Int32] = []
    /// The row of each of the words.
    private(set) var rows: [Int32] = []

    /// From string code to the batch's number of the word, or -1.
    private var numbers: [Int32] = []
    private var highest: [Int32] = []
    private var scalars: [[UInt32]?] = []

    init(_ tokenizer: TextTokenizer) { worker = TextTokenizer.Worker(tokenizer) }

    func begin() {
        for code in codes { numbers[Int(code)] = -1 }
        words.removeAll(keepingCapacity: true)
        rowStarts.removeAll(keepingCapacity: true)
        rowStarts.append(0)
        codes.removeAll(keepingCapacity: true)
        rows.removeAll(keepingCapacity: true)
        highest.removeAll(keepingCapacity: true)
        scalars.removeAll(keepingCapacity: true)
    }

    func add(_ text: UnsafeBufferPointer<UInt8>, _ frame: Frame) {
        worker.load(text)
        worker.cut()
        let ranges = worker.ranges
        let strings = frame.strings
        // The arrays are taken out of the object while they grow, which spares the checks of access to them.
        var (words, codes, numbers) = (self.words, self.codes, self.numbers)
        (self.words, self.codes, self.numbers) = ([], [], [])
        worker.bytes.withUnsafeBufferPointer { bytes in
            for range in ranges {
                let code = strings.intern(UnsafeBufferPointer(rebasing: bytes[range]))
                let place = Int(code)
                if place >= numbers.count {
                    numbers.append(contentsOf: repeatElement(-1, count: max(place + 1, numbers.count * 2) - numbers.count))
                }
                if numbers[place] < 0 {
                    numbers[place] = Int32(truncatingIfNeeded: codes.count)
                    codes.append(code)
                }
                words.append(numbers[place])
            }
        }
        (self.words, self.codes, self.numbers) = (words, codes, numbers)
    }

    func endRow() {
        let row = Int32(truncatingIfNeeded: rowStarts.count - 1)
        rows.append(contentsOf: repeatElement(row, count: words.count - rows.count))
        rowStarts.append(Int32(truncatingIfNeeded: words.count))
    }

    /// Sorts the places by word.
    func finish() {
        placeStarts.removeAll(keepingCapacity: true)
        placeStarts.append(contentsOf: repeatElement(0, count: codes.count + 1))
        places.removeAll(keepingCapacity: true)
        places.append(contentsOf: repeatElement(0, count: words.count))
        words.withUnsafeBufferPointer { words in
            places.withUnsafeMutableBufferPointer { places in
                placeStarts.withUnsafeMutableBufferPointer { starts in
                    for word in words { starts[Int(word) + 1] += 1 }
                    for word in 1..<starts.count { starts[word] += starts[word - 1] }
                    // Each start runs ahead to its end while its places are filled, and is then put back.
                    for place in 0..<words.count {
                        let word = Int(words[place])
                        places[Int(starts[word])] = Int32(truncatingIfNeeded: place)
                        starts[word] += 1
                    }
                    for word in stride(from: starts.count - 1, to: 0, by: -1) { starts[word] = starts[word - 1] }
                    starts[0] = 0
                }
            }
        }
    }

    /// The batch's number of the word with a string code, or -1.
    @inline(__always)
    func number(of code: Int32) -> Int32 {
        code >= 0 && Int(code) < numbers.count ? numbers[Int(code)] : -1
    }

    /// How often the most frequent word of a row occurs.
    func highestFrequency(row: Int) -> Int {
        if highest.isEmpty { findHighest() }
        return row < highest.count ? Int(highest[row]) : 0
    }

    private func findHighest() {
        var counts = [Int32](repeating: 0, count: codes.count)
        for row in 0..<(rowStarts.count - 1) {
            let own = Int(rowStarts[row])..<Int(rowStarts[row + 1])
            var most: Int32 = 0
            for place in own {
                counts[Int(words[place])] += 1
                most = max(most, counts[Int(words[place])])
            }
            for place in own { counts[Int(words[place])] = 0 }
            highest.append(most)
        }
    }

    /// The characters of a word of the batch.
    func characters(_ word: Int, _ frame: Frame) -> [UInt32] {
        if scalars.isEmpty { scalars = [[UInt32]?](repeating: nil, count: codes.count) }
        if let known = scalars[word] { return known }
        let found = EditDistance.scalars(frame.text(codes[word]))
        scalars[word] = found
        return found
    }
}

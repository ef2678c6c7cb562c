// https://dmg.org/pmml/v4-4-1/GeneralStructure.html#xsdGroup_NUM-ARRAY
import ModelTree
import XMLStream

/// Elements whose text is numbers separated by white space: `Array`, `Indices`, `REAL-Entries`, `INT-Entries`.
class NumberListReader: ElementReader {
    private var buffer: [UInt8] = []
    private let receive: ([Double]) throws -> Void

    init(_ document: DocumentReader, _ receive: @escaping ([Double]) throws -> Void) {
        self.receive = receive
        super.init(document)
        wantsText = true
    }

    final override func text(_ piece: XMLBytes) throws { buffer += piece.buffer }
    final override func interrupt() { buffer.append(UInt8(ascii: " ")) }

    func check(_ values: [Double]) throws {}

    final override func end() throws {
        let values = try buffer.withUnsafeBufferPointer { bytes in try numbers(bytes) }
        try check(values)
        try receive(values)
    }

    private func numbers(_ bytes: UnsafeBufferPointer<UInt8>) throws -> [Double] {
        if bytes.contains(UInt8(ascii: "\"")) {
            // Numbers in quotes, as arrays of strings have them.
            guard let texts = ArrayText.strings(bytes) else { throw problem(.badArray("has an opening quote without a closing one")) }
            return try texts.map { text in
                var copy = text
                guard let number = copy.withUTF8(NumberText.double) else { throw problem(.badNumber(text, in: name)) }
                return number
            }
        }
        var values: [Double] = []
        var at = 0
        while true {
            while at < bytes.count, NumberText.isSpace(bytes[at]) { at &+= 1 }
            if at == bytes.count { return values }
            let start = at
            while at < bytes.count, !NumberText.isSpace(bytes[at]) { at &+= 1 }
            let word = UnsafeBufferPointer(rebasing: bytes[start..<at])
            guard let number = NumberText.double(word) else {
                throw problem(.badNumber(String(decoding: word, as: UTF8.self), in: name))
            }
            values.append(number)
        }
    }
}

/// `Array`, as the numbers it holds.
final class NumberArrayReader: NumberListReader {
    private let declaredCount: Int?

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ([Double]) throws -> Void) throws {
        declaredCount = attributes.informationalInteger(.n)
        attributes.ignore(.type)
        super.init(document, receive)
    }

    override func check(_ values: [Double]) throws {
        if let declaredCount, declaredCount != values.count {
            document.warn(.arrayCount, "the array's n is \(declaredCount), but it holds \(values.count) values", at: place)
        }
    }
}

/// `REAL-SparseArray` and `INT-SparseArray`. `Indices` count from 1.
final class SparseArrayReader: ElementReader {
    private var indices: [Double]?
    private var entries: [Double]?
    private let count: Int?
    private let defaultValue: Double
    private let receive: (SparseArray) throws -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (SparseArray) throws -> Void) throws {
        self.receive = receive
        count = try attributes.integer(.n, atLeast: 0)
        defaultValue = try attributes.number(.defaultValue) ?? 0
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .indices:
            try once(indices != nil)
            return .reader(NumberListReader(document) { [unowned self] in indices = $0 })
        case .realEntries, .intEntries:
            try once(entries != nil)
            return .reader(NumberListReader(document) { [unowned self] in entries = $0 })
        default: return nil
        }
    }

    override func end() throws {
        let (indices, entries) = (indices ?? [], entries ?? [])
        guard indices.count == entries.count else {
            throw problem(.badArray("has \(indices.count) indices and \(entries.count) entries"))
        }
        let places = try indices.map { index in
            guard let place = Int(exactly: index), place >= 1, count.map({ place <= $0 }) ?? true else {
                throw problem(.badArray("has the index \(index), which is not between 1 and its length"))
            }
            return place - 1
        }
        let length = max(count ?? 0, (places.max() ?? -1) + 1)
        try document.allow(impliedCells: length - min(length, places.count), at: place)
        try receive(SparseArray(count: count, indices: places, entries: entries, defaultValue: defaultValue))
    }
}

/// A value of the documents in which gradient boosting libraries keep their models, of JSON or UBJSON.
indirect enum BoosterValue: Sendable {
    case null
    case truth(Bool)
    case number(Double)
    case text(String)
    /// An array of numbers alone, which are most of a model.
    case numbers([Double])
    case array([BoosterValue])
    case object([String: BoosterValue])

    /// A member; nil where there is none.
    subscript(_ name: String) -> BoosterValue? {
        if case .object(let members) = self { return members[name] }
        return nil
    }

    var text: String? {
        if case .text(let text) = self { return text }
        return nil
    }

    /// A number, also one that is written as a text.
    var number: Double? {
        switch self {
        case .number(let value): value
        case .truth(let value): value ? 1 : 0
        case .text(let text): Double(text)
        default: nil
        }
    }

    var array: [BoosterValue]? {
        switch self {
        case .array(let values): values
        case .numbers(let values): values.map { .number($0) }
        default: nil
        }
    }

    /// The numbers of an array.
    var numbers: [Double]? {
        switch self {
        case .numbers(let values): return values
        case .array(let values):
            let found = values.compactMap(\.number)
            return found.count == values.count ? found : nil
        default: return nil
        }
    }

    var texts: [String]? {
        guard let array else { return nil }
        let found = array.compactMap(\.text)
        return found.count == array.count ? found : nil
    }
}

/// Reads little or big endian numbers and blocks of bytes, and never beyond the end.
struct BoosterBytes {
    let bytes: [UInt8]
    private(set) var position = 0
    let place: RValue

    init(_ bytes: [UInt8], at place: RValue) {
        self.bytes = bytes
        self.place = place
    }

    var remaining: Int { bytes.count - position }

    func damaged(_ what: String) -> RReadError { place.inconsistent("\(place.path) is damaged at byte \(position): \(what)") }

    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func byte() throws(RReadError) -> UInt8 {
        guard position < bytes.count else { throw damaged("it ends too early") }
        position += 1
        return bytes[position - 1]
    }

    mutating func block(_ count: Int) throws(RReadError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= remaining else { throw damaged("it ends too early") }
        position += count
        return bytes[position - count..<position]
    }

    mutating func skip(_ count: Int) throws(RReadError) { _ = try block(count) }

    mutating func text(_ count: Int) throws(RReadError) -> String { String(decoding: try block(count), as: UTF8.self) }

    /// An unsigned number of so many bytes.
    mutating func unsigned(_ size: Int, isBig: Bool) throws(RReadError) -> UInt64 {
        var value: UInt64 = 0
        let block = try block(size)
        for byte in isBig ? Array(block) : block.reversed() { value = value << 8 | UInt64(byte) }
        return value
    }
    mutating func int32(isBig: Bool = false) throws(RReadError) -> Int32 { Int32(truncatingIfNeeded: try unsigned(4, isBig: isBig)) }
    mutating func float(isBig: Bool = false) throws(RReadError) -> Double {
        Double(Float(bitPattern: UInt32(truncatingIfNeeded: try unsigned(4, isBig: isBig))))
    }
}

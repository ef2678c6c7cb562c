import Evaluation

/// The texts that stand for a missing value.
///
/// An absent key, JSON's null and the NaN of a numeric field are always missing. The standard texts are for delimited data,
/// which has no other way to say so; in JSON Lines a string is a string unless texts are given.
public struct MissingTokens: Sendable, Equatable {
    /// The texts, or nil for the standard ones: the empty cell and `NA` in delimited data, none in JSON Lines.
    public var texts: [String]?

    public init(_ texts: [String]? = nil) { self.texts = texts }

    public static let standard = MissingTokens()

    func bytes(for format: TableFormat) -> [[UInt8]] {
        let chosen: [String]
        if let texts { chosen = texts } else if case .delimited = format { chosen = ["", "NA"] } else { chosen = [] }
        return chosen.map { Array($0.utf8) }
    }
}

/// The missing tokens of one column: those that the field does not declare as valid values.
struct ColumnTokens: Sendable {
    let tokens: [[UInt8]]
    /// Bit n: a token has n bytes; the last bit stands for all longer ones.
    let lengths: UInt64
    /// The tokens that are numbers: a numeric field's value is missing however that number is written.
    let numbers: [Double]

    init(_ all: [[UInt8]], except valid: [String]) {
        tokens = all.filter { token in !valid.contains { $0.utf8.elementsEqual(token) } }
        lengths = tokens.reduce(0) { $0 | 1 << UInt64(min($1.count, 63)) }
        numbers = tokens.compactMap { NumberParsing.double(String(decoding: $0, as: UTF8.self)) }.filter { !$0.isNaN }
    }

    func contains(_ number: Double) -> Bool { numbers.contains(number) }

    func contains(_ number: Float) -> Bool { numbers.contains { Float($0) == number } }

    func contains(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        tokens.contains { token in
            guard token.count == text.count else { return false }
            for index in 0..<token.count where token[index] != text[index] { return false }
            return true
        }
    }
}

/// How the cells of an Arrow column lie in memory. https://arrow.apache.org/docs/format/CDataInterface.html#format-strings
enum ArrowLayout: Equatable {
    case null, boolean
    case int8, uint8, int16, uint16, int32, uint32, int64, uint64
    case float16, float32, float64
    /// Texts with offsets of 32 and of 64 bits.
    case text, largeText
    case textView
    /// Pointers to C strings, which Arrow has not: what plain columns of C hold.
    case pointers
    /// Days in 32 bits, milliseconds in 64.
    case date32, date64
    /// Units in a second, in 32 and 64 bits.
    case time32(Double), time64(Double)
    case timestamp(Double)
    /// Whole numbers of so many bytes, with a point.
    case decimal(width: Int, scale: Int)
    case list, largeList
    /// Indices into a dictionary.
    case dictionary(Stride)

    /// Whole numbers by their width.
    enum Stride { case int8, uint8, int16, uint16, int32, uint32, int64, uint64, none }

    init?(_ format: String) {
        switch format {
        case "n": self = .null
        case "b": self = .boolean
        case "c": self = .int8
        case "C": self = .uint8
        case "s": self = .int16
        case "S": self = .uint16
        case "i": self = .int32
        case "I": self = .uint32
        case "l": self = .int64
        case "L": self = .uint64
        case "e": self = .float16
        case "f": self = .float32
        case "g": self = .float64
        case "u": self = .text
        case "U": self = .largeText
        case "vu": self = .textView
        case "tdD": self = .date32
        case "tdm": self = .date64
        case "tts": self = .time32(1)
        case "ttm": self = .time32(1e3)
        case "ttu": self = .time64(1e6)
        case "ttn": self = .time64(1e9)
        // Spans of time are times of day, as they are in frames that have no such type.
        case "tDs": self = .time64(1)
        case "tDm": self = .time64(1e3)
        case "tDu": self = .time64(1e6)
        case "tDn": self = .time64(1e9)
        case "+l": self = .list
        case "+L": self = .largeList
        default:
            // The zone that follows does not matter: timestamps with a zone are counted in UTC, and those without are wall time, as in PMML.
            if format.hasPrefix("tss:") { self = .timestamp(1) }
            else if format.hasPrefix("tsm:") { self = .timestamp(1e3) }
            else if format.hasPrefix("tsu:") { self = .timestamp(1e6) }
            else if format.hasPrefix("tsn:") { self = .timestamp(1e9) }
            else if let decimal = ArrowLayout.decimal(format) { self = decimal }
            else { return nil }
        }
    }

    /// `d:precision,scale` and, unless there are 128, the bits.
    private static func decimal(_ format: String) -> ArrowLayout? {
        guard format.hasPrefix("d:") else { return nil }
        let parts = format.dropFirst(2).split(separator: ",").map { Int($0) }
        guard parts.count == 2 || parts.count == 3, let scale = parts[1], (-76...76).contains(scale), let bits = parts.count == 3 ? parts[2] : 128 else { return nil }
        return [32, 64, 128].contains(bits) ? .decimal(width: bits / 8, scale: scale) : nil
    }

    /// Buffers that an array has at least.
    var bufferCount: Int {
        switch self {
        case .null: 0
        case .text, .largeText: 3
        default: 2
        }
    }

    var isText: Bool { self == .text || self == .largeText }
    var isList: Bool { self == .list || self == .largeList }
    var isWholeNumber: Bool { stride != .none }

    var stride: Stride {
        switch self {
        case .int8: .int8
        case .uint8: .uint8
        case .int16: .int16
        case .uint16: .uint16
        case .int32: .int32
        case .uint32: .uint32
        case .int64: .int64
        case .uint64: .uint64
        default: .none
        }
    }
}

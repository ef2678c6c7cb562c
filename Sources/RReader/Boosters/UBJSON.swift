/// [UBJSON](https://ubjson.org), in the dialect that XGBoost writes: lengths as `L`, typed arrays of fixed size.
struct UBJSON {
    private var input: BoosterBytes
    private var depth = 0

    static func parse(_ bytes: [UInt8], at place: RValue) throws(RReadError) -> BoosterValue {
        var reader = UBJSON(input: BoosterBytes(bytes, at: place))
        return try reader.value(try reader.input.byte())
    }

    private mutating func number(_ kind: UInt8) throws(RReadError) -> Double? {
        switch kind {
        case UInt8(ascii: "i"): Double(Int8(truncatingIfNeeded: try input.unsigned(1, isBig: true)))
        case UInt8(ascii: "U"): Double(try input.unsigned(1, isBig: true))
        case UInt8(ascii: "I"): Double(Int16(truncatingIfNeeded: try input.unsigned(2, isBig: true)))
        case UInt8(ascii: "l"): Double(Int32(truncatingIfNeeded: try input.unsigned(4, isBig: true)))
        case UInt8(ascii: "L"): Double(Int64(bitPattern: try input.unsigned(8, isBig: true)))
        case UInt8(ascii: "d"): try input.float(isBig: true)
        case UInt8(ascii: "D"): Double(bitPattern: try input.unsigned(8, isBig: true))
        default: nil
        }
    }

    /// How many bytes a value of a kind has at least; nil for what has no content of its own, of which there could be as many as one likes.
    private func size(_ kind: UInt8) -> Int? {
        switch kind {
        case UInt8(ascii: "T"), UInt8(ascii: "F"), UInt8(ascii: "Z"), UInt8(ascii: "N"): nil
        case UInt8(ascii: "I"): 2
        case UInt8(ascii: "l"), UInt8(ascii: "d"): 4
        case UInt8(ascii: "L"), UInt8(ascii: "D"): 8
        default: 1
        }
    }

    private mutating func length() throws(RReadError) -> Int {
        guard let value = try number(try input.byte()), let count = Int(exactly: value), count >= 0 else { throw input.damaged("a length that is none") }
        return count
    }

    private mutating func value(_ kind: UInt8) throws(RReadError) -> BoosterValue {
        if let number = try number(kind) { return .number(number) }
        switch kind {
        case UInt8(ascii: "Z"), UInt8(ascii: "N"): return .null
        case UInt8(ascii: "T"): return .truth(true)
        case UInt8(ascii: "F"): return .truth(false)
        case UInt8(ascii: "C"): return .text(try input.text(1))
        case UInt8(ascii: "S"), UInt8(ascii: "H"): return .text(try input.text(try length()))
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            depth += 1
            defer { depth -= 1 }
            if depth > 64 { throw input.damaged("more than 64 values inside one another") }
            return kind == UInt8(ascii: "[") ? try array() : try object()
        default: throw input.damaged("a value of the unknown kind \(kind)")
        }
    }

    private mutating func array() throws(RReadError) -> BoosterValue {
        var kind: UInt8?
        var least = 1
        if input.peek == UInt8(ascii: "$") {
            try input.skip(1)
            let found = try input.byte()
            guard let size = size(found), input.peek == UInt8(ascii: "#") else { throw input.damaged("an array of one kind without a size") }
            (kind, least) = (found, size)
        }
        var count: Int?
        if input.peek == UInt8(ascii: "#") {
            try input.skip(1)
            let found = try length()
            guard found <= input.remaining / least else { throw input.damaged("an array of \(found) values, which it has no room for") }
            count = found
        }
        if let kind, let count {
            var numbers: [Double] = []
            numbers.reserveCapacity(count)
            while numbers.count < count, let value = try number(kind) { numbers.append(value) }
            if numbers.count == count { return .numbers(numbers) }
        }
        var values: [BoosterValue] = []
        while true {
            if let count { if values.count == count { break } } else if input.peek == UInt8(ascii: "]") {
                try input.skip(1)
                break
            }
            if let kind { values.append(try value(kind)) } else { values.append(try value(try input.byte())) }
        }
        return .array(values)
    }

    private mutating func object() throws(RReadError) -> BoosterValue {
        if input.peek == UInt8(ascii: "$") || input.peek == UInt8(ascii: "#") { throw input.damaged("an object of a stated size") }
        var members: [String: BoosterValue] = [:]
        while input.peek != UInt8(ascii: "}") {
            let name = try input.text(try length())
            members[name] = try value(try input.byte())
        }
        try input.skip(1)
        return .object(members)
    }
}

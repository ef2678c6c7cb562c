// https://dmg.org/pmml/v4-4-1/DataDictionary.html#xsdType_DATATYPE: values of one type as values of another.

/// Numbers as numbers of a narrower type. Operands: out, number, 0 for float, 1 for integer, 2 for boolean.
struct NarrowNumber: Kernel {
    static let name = "number.narrow"
    let out: Int32, a: Int32
    let target: Int

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        a = try reader.input(.number)
        target = try reader.int(in: 0...2)
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let (x, xs) = (frame.numbers(a), frame.status(a))
        let count = frame.count
        for row in 0..<count { status[row] = xs[row] }
        switch target {
        case 0:
            for row in 0..<count { out[row] = Double(Float(x[row])) }
        case 1:
            // An integer has no -0; the sum of that and 0 is 0.
            for row in 0..<count { out[row] = Round.apply(x[row]) + 0 }
        default:
            for row in 0..<count {
                out[row] = x[row] == 0 ? 0 : 1
                if x[row] != 0 && x[row] != 1 && status[row] & CellStatus.missing == 0 {
                    status[row] |= CellStatus.failed
                    let text = NumberPrinting.text(x[row])
                    frame.note(row: row, RowFailure(id: "not-a-boolean", value: text, message: "the value \(text) is not a boolean; expected 0 or 1"))
                }
            }
        }
    }
}

/// Numbers as texts: the shortest that read back as the same value; whole numbers without a fraction.
///
/// Operands: out, number, 0 for double and integer, 1 for float, 2 for boolean.
struct NumberToText: Kernel {
    static let name = "number.text"
    let out: Int32, a: Int32
    let style: Int

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.text)
        a = try reader.input(.number)
        style = try reader.int(in: 0...2)
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.codes(out), frame.status(out))
        let (x, xs) = (frame.numbers(a), frame.status(a))
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: NumberPrinting.maximumLength) { buffer in
            guard let base = buffer.baseAddress else { return }
            for row in 0..<frame.count {
                status[row] = xs[row]
                if xs[row] & CellStatus.missing != 0 { continue }
                if row > 0, x[row] == x[row - 1], xs[row - 1] & CellStatus.missing == 0 {
                    out[row] = out[row - 1]
                    continue
                }
                let length: Int
                if style == 2 {
                    out[row] = frame.intern(x[row] == 0 ? "false" : "true")
                    continue
                } else if let whole = Int64(exactly: x[row]), whole.magnitude < 1 << 53 {
                    length = NumberPrinting.write(whole, to: base)
                } else if style == 1 {
                    length = NumberPrinting.write(Float(x[row]), to: base)
                } else {
                    length = NumberPrinting.write(x[row], to: base)
                }
                out[row] = frame.intern(UnsafeBufferPointer(start: base, count: length))
            }
        }
    }
}

/// Texts as numbers.
///
/// Operands: out, text, 0 for double, 1 for float, 2 for integer, 3 for boolean; whether other texts are NaN instead of failing.
struct TextToNumber: Kernel {
    static let name = "text.number"
    let out: Int32, a: Int32
    let target: Int
    let isLenient: Bool

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        a = try reader.input(.text)
        target = try reader.int(in: 0...3)
        isLenient = try reader.flag()
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let (x, xs) = (frame.codes(a), frame.status(a))
        for row in 0..<frame.count {
            status[row] = xs[row]
            if xs[row] & CellStatus.missing != 0 { continue }
            let text = frame.text(x[row])
            let number: Double? =
                switch target {
                case 0: NumberParsing.double(text)
                case 1: NumberParsing.float(text).map { Double($0) }
                case 2: NumberParsing.double(text).map { Round.apply($0) }
                default: NumberParsing.boolean(text).map { $0 ? 1 : 0 }
                }
            if let number {
                out[row] = number
            } else if isLenient {
                out[row] = .nan
            } else {
                status[row] |= CellStatus.failed
                let value = String(decoding: text, as: UTF8.self)
                frame.note(row: row, RowFailure(
                    id: target == 3 ? "not-a-boolean" : "not-a-number", value: value,
                    message: "the text \"\(value)\" is not a \(target == 3 ? "boolean" : "number")"))
            }
        }
    }
}

/// Texts as dates and times. Operands: out, text, raw value of the ``ValueType``. Other texts fail.
struct TextToTemporal: Kernel {
    static let name = "text.temporal"
    let out: Int32, a: Int32
    let type: ValueType

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        a = try reader.input(.text)
        type = ValueType(rawValue: UInt8(try reader.int(in: 0...9))) ?? .dateTime
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let (x, xs) = (frame.codes(a), frame.status(a))
        for row in 0..<frame.count {
            status[row] = xs[row]
            if xs[row] & CellStatus.missing != 0 { continue }
            let text = frame.text(x[row])
            if let number = Temporal.parse(text, as: type) {
                out[row] = number
            } else {
                status[row] |= CellStatus.failed
                let value = String(decoding: text, as: UTF8.self)
                frame.note(row: row, RowFailure(id: "not-a-date", value: value, message: "the text \"\(value)\" is not a \(type.name)"))
            }
        }
    }
}

/// Dates and times as ISO 8601 texts. Operands: out, number, raw value of the ``ValueType``.
struct TemporalToText: Kernel {
    static let name = "temporal.text"
    let out: Int32, a: Int32
    let type: ValueType

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.text)
        a = try reader.input(.number)
        type = ValueType(rawValue: UInt8(try reader.int(in: 0...9))) ?? .dateTime
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.codes(out), frame.status(out))
        let (x, xs) = (frame.numbers(a), frame.status(a))
        for row in 0..<frame.count {
            status[row] = xs[row]
            if xs[row] & CellStatus.missing == 0 { out[row] = frame.intern(Temporal.text(x[row], as: type)) }
        }
    }
}

// https://dmg.org/pmml/v4-4-1/BuiltinFunctions.html#formatNumber
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension Builtins {
    static let formats: [Builtin] = [
        Builtin("formatNumber", [.number, .text], .always(.string), operation: FormatNumber.name,
            "the number as text, by a pattern of printf with one conversion (d, f, e, g, x, o or s)"),
    ]
}

/// A pattern of printf for one number.
public struct NumberPattern: Sendable {
    private let before: String
    private let after: String
    /// The conversion with its flags, width and precision, without length modifier.
    private let flags: String
    private let width: Int
    private let precision: Int?
    private let conversion: UInt8

    /// nil when the pattern has not exactly one conversion of a number, or a width beyond 1,000.
    public init?(_ pattern: String) {
        var bytes = Array(pattern.utf8)[...]
        var parts: [[UInt8]] = [[]]
        var found: (flags: [UInt8], width: Int, precision: Int?, conversion: UInt8)?
        while let byte = bytes.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                parts[parts.count - 1].append(byte)
                continue
            }
            if bytes.first == UInt8(ascii: "%") {
                bytes.removeFirst()
                parts[parts.count - 1].append(byte)
                continue
            }
            guard found == nil else { return nil }
            var flags: [UInt8] = []
            while let flag = bytes.first, "-+ #0".utf8.contains(flag), flags.count < 5 {
                flags.append(flag)
                bytes.removeFirst()
            }
            guard let width = Self.digits(&bytes, most: 1000) else { return nil }
            var precision: Int?
            if bytes.first == UInt8(ascii: ".") {
                bytes.removeFirst()
                guard let count = Self.digits(&bytes, most: 400) else { return nil }
                precision = count
            }
            while let modifier = bytes.first, "lhqLjzt".utf8.contains(modifier) { bytes.removeFirst() }
            guard let conversion = bytes.popFirst(), "diufFeEgGxXos".utf8.contains(conversion) else { return nil }
            found = (flags, width, precision, conversion)
            parts.append([])
        }
        guard let found, parts.count == 2 else { return nil }
        before = String(decoding: parts[0], as: UTF8.self)
        after = String(decoding: parts[1], as: UTF8.self)
        flags = String(decoding: found.flags, as: UTF8.self)
        (width, precision, conversion) = (found.width, found.precision, found.conversion)
    }

    private static func digits(_ bytes: inout ArraySlice<UInt8>, most: Int) -> Int? {
        var value = 0
        while let digit = bytes.first, digit &- 48 < 10 {
            value = value * 10 + Int(digit &- 48)
            if value > most { return nil }
            bytes.removeFirst()
        }
        return value
    }

    func write(_ value: Double, to out: inout ByteWriter) {
        out.append(before)
        let size = "%" + flags + (width > 0 ? String(width) : "") + (precision.map { ".\($0)" } ?? "")
        switch conversion {
        case UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "g"), UInt8(ascii: "G"):
            print(size + String(UnicodeScalar(conversion)), value, to: &out)
        case UInt8(ascii: "s"):
            let text = NumberPrinting.text(value)
            let padding = String(repeating: " ", count: max(0, width - text.utf8.count))
            out.append(flags.contains("-") ? text + padding : padding + text)
        default:
            if let whole = Int64(exactly: Round.apply(value)) {
                let letter = conversion == UInt8(ascii: "i") || conversion == UInt8(ascii: "u") ? "d" : String(UnicodeScalar(conversion))
                print(size + "ll" + letter, whole, to: &out)
            } else {
                print("%" + flags + (width > 0 ? String(width) : "") + ".0f", value, to: &out)
            }
        }
        out.append(after)
    }

    private func print(_ format: String, _ value: some CVarArg, to out: inout ByteWriter) {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 2048) { buffer in
            guard let base = buffer.baseAddress else { return }
            let length = withVaList([value]) { vsnprintf(base, buffer.count, format, $0) }
            let count = max(0, min(Int(length), buffer.count - 1))
            base.withMemoryRebound(to: UInt8.self, capacity: buffer.count) { out.append(UnsafeBufferPointer(start: $0, count: count)) }
        }
    }
}

/// Numbers by a pattern. Operands: out, number, pattern. A pattern that cannot be used makes the row fail.
struct FormatNumber: Kernel {
    static let name = "number.format"
    let out: Int32, a: Int32, pattern: Int32

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.text)
        a = try reader.input(.number)
        pattern = try reader.input(.text)
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.codes(out), frame.status(out))
        let (x, xs, p, ps) = (frame.numbers(a), frame.status(a), frame.codes(pattern), frame.status(pattern))
        var buffer = ByteWriter()
        var chosen: Int32 = -1
        var format: NumberPattern?
        for row in 0..<frame.count {
            status[row] = (xs[row] | ps[row]) & CellStatus.failed
            if status[row] != 0 { continue }
            if p[row] != chosen {
                chosen = p[row]
                format = NumberPattern(String(decoding: frame.text(chosen), as: UTF8.self))
            }
            guard let format else {
                status[row] = CellStatus.failed
                let text = String(decoding: frame.text(chosen), as: UTF8.self)
                frame.note(row: row, RowFailure(id: "invalid-result", value: text, message: "the pattern \"\(text)\" does not format one number"))
                continue
            }
            buffer.removeAll()
            format.write(x[row], to: &buffer)
            if let made = buffer.withBytes({ frame.keep($0, row: row) }) { out[row] = made } else { status[row] = CellStatus.failed }
        }
    }
}

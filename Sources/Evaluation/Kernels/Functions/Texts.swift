// https://dmg.org/pmml/v4-4-1/BuiltinFunctions.html#uppercase

extension Builtins {
    static let texts: [Builtin] = [
        Builtin("uppercase", [.text], .always(.string), operation: MapText<Uppercase>.name, "the text in capital letters"),
        Builtin("lowercase", [.text], .always(.string), operation: MapText<Lowercase>.name, "the text in small letters"),
        Builtin("stringLength", [.text], .always(.integer), operation: TextLength.name, "the number of characters (code points)"),
        Builtin("substring", [.text, .number, .number], .always(.string), operation: Substring.name,
            "the characters from a position, counted from 1, and so many; what lies outside the text is left out"),
        Builtin("trimBlanks", [.text], .always(.string), operation: MapText<TrimBlanks>.name, "the text without blanks at either end"),
        Builtin("concat", [.text], variadic: 1...1_000_000, .always(.string), operation: Concatenation.name, "the texts one after another"),
    ]
}

/// A text made of another.
protocol TextMapping: Sendable {
    static var name: String { get }
    static func map(_ text: UnsafeBufferPointer<UInt8>, into out: inout ByteWriter)
}

/// Maps a column of texts; a text that repeats in the next row is mapped once.
struct MapText<Mapping: TextMapping>: Kernel {
    static var name: String { "text." + Mapping.name }
    let out: Int32, a: Int32

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.text)
        a = try reader.input(.text)
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.codes(out), frame.status(out))
        let (x, xs) = (frame.codes(a), frame.status(a))
        let memory: TextMemory
        if let kept = frame.stateSlots[Int(self.out)] as? TextMemory {
            memory = kept
        } else {
            memory = TextMemory()
            frame.stateSlots[Int(self.out)] = memory
        }
        var last: Int32 = -1
        var made: Int32? = 0
        for row in 0..<frame.count {
            status[row] = xs[row] & CellStatus.failed
            if status[row] != 0 { continue }
            if x[row] != last {
                memory.buffer.removeAll()
                Mapping.map(frame.text(x[row]), into: &memory.buffer)
                made = memory.buffer.withBytes { frame.keep($0, row: row) }
                last = x[row]
            }
            if let made {
                out[row] = made
            } else {
                status[row] = CellStatus.failed
                frame.noteLongText(row)
            }
        }
    }
}

/// A buffer that is kept from batch to batch.
private final class TextMemory {
    var buffer = ByteWriter()
}

enum Uppercase: TextMapping {
    static let name = "uppercase"
    static func map(_ text: UnsafeBufferPointer<UInt8>, into out: inout ByteWriter) {
        if text.allSatisfy({ $0 < 0x80 }) {
            for byte in text { out.append(byte &- 97 < 26 ? byte &- 32 : byte) }
        } else {
            out.append(String(decoding: text, as: UTF8.self).uppercased())
        }
    }
}
enum Lowercase: TextMapping {
    static let name = "lowercase"
    static func map(_ text: UnsafeBufferPointer<UInt8>, into out: inout ByteWriter) {
        if text.allSatisfy({ $0 < 0x80 }) {
            for byte in text { out.append(byte &- 65 < 26 ? byte &+ 32 : byte) }
        } else {
            out.append(String(decoding: text, as: UTF8.self).lowercased())
        }
    }
}
enum TrimBlanks: TextMapping {
    static let name = "trimBlanks"
    static func map(_ text: UnsafeBufferPointer<UInt8>, into out: inout ByteWriter) {
        let (start, end) = NumberParsing.trimmed(text)
        if start < end { out.append(UnsafeBufferPointer(rebasing: text[start..<end])) }
    }
}

/// Code points of each text. Operands: out, text.
struct TextLength: Kernel {
    static let name = "text.length"
    let out: Int32, a: Int32

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        a = try reader.input(.text)
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let (x, xs) = (frame.codes(a), frame.status(a))
        for row in 0..<frame.count {
            status[row] = xs[row] & CellStatus.failed
            if status[row] == 0 { out[row] = Double(CodePoints.count(frame.text(x[row]))) }
        }
    }
}

enum CodePoints {
    static func count(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var count = 0
        for byte in text where byte & 0xC0 != 0x80 { count &+= 1 }
        return count
    }

    /// The byte at which a code point starts, or the end.
    static func offset(_ text: UnsafeBufferPointer<UInt8>, _ position: Int, from start: Int = 0) -> Int {
        var index = start
        var left = position
        while index < text.count {
            if text[index] & 0xC0 != 0x80 {
                if left == 0 { return index }
                left &-= 1
            }
            index &+= 1
        }
        return text.count
    }
}

/// A part of each text. Operands: out, text, position from 1, length.
struct Substring: Kernel {
    static let name = "text.substring"
    let out: Int32, a: Int32, start: Int32, length: Int32

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.text)
        a = try reader.input(.text)
        start = try reader.input(.number)
        length = try reader.input(.number)
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.codes(out), frame.status(out))
        let (x, xs) = (frame.codes(a), frame.status(a))
        let (from, fs, size, ss) = (frame.numbers(start), frame.status(start), frame.numbers(length), frame.status(length))
        var buffer = ByteWriter()
        for row in 0..<frame.count {
            status[row] = (xs[row] | fs[row] | ss[row]) & CellStatus.failed
            if status[row] != 0 { continue }
            let text = frame.text(x[row])
            // As in XPath: the characters at positions p with start ≤ p < start + length.
            let first = Round.apply(from[row])
            let end = first + Round.apply(size[row])
            let low = max(first, 1) - 1
            let high = end - 1
            buffer.removeAll()
            if low < high, low < Double(text.count) {
                let begin = CodePoints.offset(text, Int(low))
                let stop = CodePoints.offset(text, Int(min(high - low, Double(text.count))), from: begin)
                if begin < stop { buffer.append(UnsafeBufferPointer(rebasing: text[begin..<stop])) }
            }
            if let made = buffer.withBytes({ frame.keep($0, row: row) }) { out[row] = made } else { status[row] = CellStatus.failed }
        }
    }
}

/// Texts one after another. Operands: out, texts.
struct Concatenation: Kernel {
    static let name = "text.concat"
    let out: Int32
    let arguments: [Int32]

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.text)
        arguments = try reader.inputs(.text)
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.codes(out), frame.status(out))
        var buffer = ByteWriter()
        for row in 0..<frame.count {
            var state: UInt8 = 0
            for argument in arguments { state |= frame.status(argument)[row] & CellStatus.failed }
            status[row] = state
            if state != 0 { continue }
            buffer.removeAll()
            for argument in arguments where buffer.count <= Frame.longestText { buffer.append(frame.text(frame.codes(argument)[row])) }
            if let made = buffer.withBytes({ frame.keep($0, row: row) }) { out[row] = made } else { status[row] = CellStatus.failed }
        }
    }
}

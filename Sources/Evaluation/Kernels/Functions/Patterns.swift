import CPCRE2

// https://dmg.org/pmml/v4-4-1/BuiltinFunctions.html#replace and #matches

extension Builtins {
    static let patterns: [Builtin] = [
        Builtin("replace", [.text, .text, .text], .always(.string), operation: ReplaceMatches.name,
            "the text with every match of the pattern (PCRE2) replaced; $1 in the replacement is what the first group matched"),
        Builtin("matches", [.text, .text], .always(.boolean), operation: MatchPattern.name,
            "whether the pattern (PCRE2) matches anywhere in the text"),
    ]
}

/// The patterns that a run of a kernel meets, each compiled once, and room for a match.
private struct PatternMatcher: ~Copyable {
    private var known: [Int32: TextPattern] = [:]
    private var broken: [Int32: String] = [:]
    private var code: Int32 = -1
    private var pattern: TextPattern?
    private var data: OpaquePointer?
    private var search = PatternSearch(of: nil)
    /// Why the last pattern or match is none.
    private(set) var problem = ""

    /// - Parameter constant: the only pattern, compiled when the program was loaded.
    init(constant: TextPattern?, code: Int32) {
        if let constant { known[code] = constant }
    }

    deinit { pcre2_match_data_free_8(data) }

    /// Chooses the pattern of a string code; false if it is none.
    mutating func choose(_ chosen: Int32, _ frame: Frame) -> Bool {
        if chosen == code { return pattern != nil }
        code = chosen
        if known[chosen] == nil, broken[chosen] == nil {
            do throws(TextPattern.Failure) {
                known[chosen] = try TextPattern(String(decoding: frame.text(chosen), as: UTF8.self))
            } catch {
                broken[chosen] = error.message
            }
        }
        pattern = known[chosen]
        problem = broken[chosen] ?? ""
        pcre2_match_data_free_8(data)
        data = pattern.flatMap { pcre2_match_data_create_from_pattern_8($0.code, nil) }
        return pattern != nil
    }

    /// The number of groups of the next match from `start`, 0 for none, -1 when it was given up.
    mutating func match(_ text: UnsafeBufferPointer<UInt8>, from start: Int, notEmpty: Bool = false) -> Int {
        guard let pattern, let data else { return -1 }
        let options = notEmpty ? UInt32(PCRE2_NOTEMPTY_ATSTART) | UInt32(PCRE2_ANCHORED) : 0
        let found = search.first(pattern, in: text, from: start, options: options, data)
        if found >= 0 { return max(1, Int(found)) }
        if found == PCRE2_ERROR_NOMATCH { return 0 }
        problem = "matching takes too many steps"
        return -1
    }

    /// What a group of the last match holds; nil if it took no part.
    func group(_ number: Int, of count: Int) -> Range<Int>? {
        guard number < count, let data, let ends = pcre2_get_ovector_pointer_8(data) else { return nil }
        let (start, end) = (ends[2 * number], ends[2 * number + 1])
        // PCRE2 says -1 for both.
        return start >= 0 && start <= end ? start..<end : nil
    }
}

extension OperandReader {
    /// A pattern: a text register, and its text if that is constant.
    fileprivate mutating func pattern() throws(FormatError) -> (register: Int32, constant: TextPattern?) {
        let register = try input(.text)
        guard let text = try optionalString() else { return (register, nil) }
        do throws(TextPattern.Failure) {
            return (register, try TextPattern(text))
        } catch {
            throw self.error("pattern", "the pattern is wrong: \(error.message)")
        }
    }
}

extension Frame {
    fileprivate func notePattern(_ row: Int, _ pattern: Int32, _ problem: String) {
        note(row: row, RowFailure(
            id: "invalid-result", value: String(decoding: text(pattern), as: UTF8.self), message: "the pattern cannot be used: \(problem)"))
    }
}

/// Whether a pattern matches anywhere. Operands: out, text, pattern, the pattern's text if it is constant.
struct MatchPattern: Kernel {
    static let name = "text.matches"
    let out: Int32, a: Int32, pattern: Int32
    private let constant: TextPattern?

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        a = try reader.input(.text)
        (pattern, constant) = try reader.pattern()
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let (x, xs, p, ps) = (frame.codes(a), frame.status(a), frame.codes(pattern), frame.status(pattern))
        guard frame.count > 0 else { return }
        var matcher = PatternMatcher(constant: constant, code: p[0])
        for row in 0..<frame.count {
            status[row] = (xs[row] | ps[row]) & CellStatus.failed
            if status[row] != 0 { continue }
            let found = matcher.choose(p[row], frame) ? matcher.match(frame.text(x[row]), from: 0) : -1
            out[row] = found > 0 ? 1 : 0
            if found < 0 {
                status[row] = CellStatus.failed
                frame.notePattern(row, p[row], matcher.problem)
            }
        }
    }
}

/// Every match replaced. Operands: out, text, pattern, the pattern's text if it is constant, replacement.
struct ReplaceMatches: Kernel {
    static let name = "text.replace"
    let out: Int32, a: Int32, pattern: Int32, replacement: Int32
    private let constant: TextPattern?

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.text)
        a = try reader.input(.text)
        (pattern, constant) = try reader.pattern()
        replacement = try reader.input(.text)
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.codes(out), frame.status(out))
        let (x, xs, p, ps) = (frame.codes(a), frame.status(a), frame.codes(pattern), frame.status(pattern))
        let (r, rs) = (frame.codes(replacement), frame.status(replacement))
        guard frame.count > 0 else { return }
        var matcher = PatternMatcher(constant: constant, code: p[0])
        var buffer = ByteWriter()
        for row in 0..<frame.count {
            status[row] = (xs[row] | ps[row] | rs[row]) & CellStatus.failed
            if status[row] != 0 { continue }
            buffer.removeAll()
            guard matcher.choose(p[row], frame), replace(frame.text(x[row]), frame.text(r[row]), &matcher, &buffer) else {
                status[row] = CellStatus.failed
                frame.notePattern(row, p[row], matcher.problem)
                continue
            }
            if let made = buffer.withBytes({ frame.keep($0, row: row) }) { out[row] = made } else { status[row] = CellStatus.failed }
        }
    }

    /// Appends `text` with every match replaced, as far as a text may be long; false when matching was given up.
    private func replace(
        _ text: UnsafeBufferPointer<UInt8>, _ replacement: UnsafeBufferPointer<UInt8>, _ matcher: inout PatternMatcher, _ out: inout ByteWriter
    ) -> Bool {
        var position = 0
        var copied = 0
        var afterEmpty = false
        while position <= text.count, out.count <= Frame.longestText {
            let groups = matcher.match(text, from: position, notEmpty: afterEmpty)
            if groups < 0 { return false }
            guard groups > 0, let whole = matcher.group(0, of: groups), whole.lowerBound >= copied else {
                // After an empty match that is not followed by another one here, go on behind the next character.
                guard afterEmpty, position < text.count else { break }
                position += 1
                while position < text.count, text[position] & 0xC0 == 0x80 { position += 1 }
                afterEmpty = false
                continue
            }
            out.append(UnsafeBufferPointer(rebasing: text[copied..<whole.lowerBound]))
            expand(replacement, text, matcher, groups, &out)
            copied = whole.upperBound
            position = whole.upperBound
            afterEmpty = whole.isEmpty
        }
        out.append(UnsafeBufferPointer(rebasing: text[copied...]))
        return true
    }

    /// Appends the replacement: `$1` is a group, a backslash makes the next character plain.
    private func expand(
        _ replacement: UnsafeBufferPointer<UInt8>, _ text: UnsafeBufferPointer<UInt8>, _ matcher: borrowing PatternMatcher, _ groups: Int,
        _ out: inout ByteWriter
    ) {
        var index = 0
        while index < replacement.count, out.count <= Frame.longestText {
            let byte = replacement[index]
            index += 1
            if byte == UInt8(ascii: "\\"), index < replacement.count {
                out.append(replacement[index])
                index += 1
            } else if byte == UInt8(ascii: "$"), index < replacement.count, replacement[index] &- 48 < 10 {
                var number = 0
                while index < replacement.count, replacement[index] &- 48 < 10, number < 100 {
                    number = number * 10 + Int(replacement[index] &- 48)
                    index += 1
                }
                if let range = matcher.group(number, of: groups) { out.append(UnsafeBufferPointer(rebasing: text[range])) }
            } else {
                out.append(byte)
            }
        }
    }
}

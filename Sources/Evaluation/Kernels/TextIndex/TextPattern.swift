import CPCRE2

/// A compiled regular expression (PCRE2): UTF-8, with `\w`, `\s` and `\b` by Unicode. Immutable and shared by threads.
///
/// Patterns come from documents, so matching stops at a limit of steps instead of running for ever.
public final class TextPattern: @unchecked Sendable {
    /// Why a pattern is none, or a match could not be finished.
    public struct Failure: Error, Sendable {
        public var message: String
        /// Byte in the pattern; 0 for matching.
        public var offset: Int
    }

    let code: OpaquePointer
    let limits: OpaquePointer
    /// Whether it does not matter where a search began: `\G` is that place, and verbs such as `(*COMMIT)` end all of it.
    let canStartAnywhere: Bool

    /// Steps after which a match is given up.
    private static let stepLimit: UInt32 = 5_000_000

    public init(_ pattern: String, isCaseSensitive: Bool = true) throws(Failure) {
        // `(?u)` asks Python and Java for what is always so here, and PCRE2 does not know it.
        var bytes = Array((pattern.hasPrefix("(?u)") ? String(pattern.dropFirst(4)) : pattern).utf8)
        bytes.append(0)
        var number: Int32 = 0
        var offset = 0
        var options = UInt32(PCRE2_UTF) | UInt32(PCRE2_UCP) | UInt32(PCRE2_USE_OFFSET_LIMIT)
        if !isCaseSensitive { options |= UInt32(PCRE2_CASELESS) }
        guard let code = pcre2_compile_8(bytes, bytes.count - 1, options, &number, &offset, nil) else {
            throw Failure(message: TextPattern.message(number), offset: offset)
        }
        guard let limits = TextPattern.makeLimits() else {
            pcre2_code_free_8(code)
            throw Failure(message: "out of memory", offset: 0)
        }
        // Without a just-in-time compiler matching is slower but the same.
        _ = pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE))
        self.code = code
        self.limits = limits
        canStartAnywhere = !pattern.contains("\\G") && !pattern.contains("(*")
    }

    /// A context of matching that gives up.
    static func makeLimits() -> OpaquePointer? {
        guard let limits = pcre2_match_context_create_8(nil) else { return nil }
        pcre2_set_match_limit_8(limits, stepLimit)
        pcre2_set_depth_limit_8(limits, 100_000)
        pcre2_set_heap_limit_8(limits, 64 * 1024)
        return limits
    }

    deinit {
        pcre2_match_context_free_8(limits)
        pcre2_code_free_8(code)
    }

    /// What is wrong with a pattern, or nil.
    public static func problem(_ pattern: String) -> String? {
        do {
            _ = try TextPattern(pattern)
            return nil
        } catch {
            return "\(error.message) (at byte \(error.offset))"
        }
    }

    /// The text of `literal` as a pattern.
    static func escaped(_ literal: String) -> String {
        var out = ""
        for scalar in literal.unicodeScalars {
            let isPlain = scalar.value >= 0x80 || scalar == "_" || ("0"..."9").contains(scalar) || ("a"..."z").contains(scalar)
                || ("A"..."Z").contains(scalar)
            if !isPlain { out += "\\" }
            out.unicodeScalars.append(scalar)
        }
        return out
    }

    private static func message(_ number: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        let length = pcre2_get_error_message_8(number, &buffer, buffer.count)
        return length > 0 ? String(decoding: buffer.prefix(Int(length)), as: UTF8.self) : "error \(number)"
    }

    /// One thread's room for the matches of a pattern.
    final class Matcher {
        let pattern: TextPattern
        private let data: OpaquePointer?
        private var search: PatternSearch
        /// Whether a match was given up since this was last cleared.
        var isExhausted = false

        init(_ pattern: TextPattern) {
            self.pattern = pattern
            search = PatternSearch(of: pattern)
            data = pcre2_match_data_create_from_pattern_8(pattern.code, nil)
        }

        deinit { pcre2_match_data_free_8(data) }

        /// The first match at or after `start` in `text`, which must be well-formed UTF-8.
        func first(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int>? { match(text, start, 0) }

        /// Whether the pattern matches exactly from `start` to the end of `text`.
        func matchesToEnd(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
            match(text, start, UInt32(PCRE2_ANCHORED) | UInt32(PCRE2_ENDANCHORED)) != nil
        }

        private func match(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ options: UInt32) -> Range<Int>? {
            guard let data, start <= text.count else { return nil }
            let found = search.first(pattern, in: text, from: start, options: options, data)
            if found < 0 {
                if found != PCRE2_ERROR_NOMATCH { isExhausted = true }
                return nil
            }
            guard let ends = pcre2_get_ovector_pointer_8(data) else { return nil }
            // `\K` can put the start of a match behind its end.
            return ends[0] <= ends[1] ? ends[0]..<ends[1] : nil
        }
    }
}

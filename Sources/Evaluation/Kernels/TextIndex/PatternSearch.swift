import CPCRE2
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// One thread's searches for patterns in texts that may be long.
///
/// PCRE2 counts how often it goes back, not how far it looks ahead: from each of a million places it may read to the end of the text, which would take
/// hours. So the places in a long text are tried some at a time, and in between the clock is looked at. What is found is the same.
struct PatternSearch: ~Copyable {
    private let limits: OpaquePointer?
    /// Nanoseconds that the slow searches of this text have taken.
    private var spent = 0
    /// Texts up to this length are searched at one stroke; at the worst that takes a fraction of a second.
    private static let short = 16_384
    /// Nanoseconds after which the slow searches of one text are given up, and those that make a search slow: a text may have any number of quick ones.
    private static let patience = 10_000_000_000
    private static let slow = 100_000
    /// Bytes that may be read between two looks at the clock, if everything is read from every place.
    private static let stride = 1 << 28
    /// PCRE2's word for no offset.
    private static let nowhere = -1

    init(of pattern: TextPattern?) {
        limits = pattern.flatMap { pcre2_match_context_copy_8($0.limits) } ?? TextPattern.makeLimits()
    }

    deinit { pcre2_match_context_free_8(limits) }

    /// What `pcre2_match` returns for the first match from `start` on; `text` must be well-formed UTF-8.
    mutating func first(
        _ pattern: TextPattern, in text: UnsafeBufferPointer<UInt8>, from start: Int, options: UInt32, _ data: OpaquePointer
    ) -> Int32 {
        guard let limits else { return PCRE2_ERROR_NOMEMORY }
        var empty: UInt8 = 0
        return withUnsafePointer(to: &empty) { nothing in
            let base = text.baseAddress ?? nothing
            let options = options | UInt32(PCRE2_NO_UTF_CHECK)
            if text.count - start <= Self.short || options & UInt32(PCRE2_ANCHORED) != 0 || !pattern.canStartAnywhere {
                pcre2_set_offset_limit_8(limits, Self.nowhere)
                return pcre2_match_8(pattern.code, base, text.count, start, options, data, limits)
            }
            if start == 0 { spent = 0 }
            let began = Self.now()
            let width = max(16, Self.stride / text.count)
            var from = start
            while true {
                var next = min(from + width, text.count)
                while next < text.count, text[next] & 0xC0 == 0x80 { next += 1 }
                pcre2_set_offset_limit_8(limits, next < text.count ? next - 1 : Self.nowhere)
                let found = pcre2_match_8(pattern.code, base, text.count, from, options, data, limits)
                let passed = Self.now() - began
                if passed > Self.slow, spent + passed > Self.patience { return PCRE2_ERROR_MATCHLIMIT }
                if found != PCRE2_ERROR_NOMATCH || next == text.count {
                    if passed > Self.slow { spent += passed }
                    return found
                }
                from = next
            }
        }
    }

    private static func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int(time.tv_sec) &* 1_000_000_000 &+ Int(time.tv_nsec)
    }
}

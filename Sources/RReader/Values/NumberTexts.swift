#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Numbers as R writes them.
enum NumberTexts {
    /// As `as.character` does: up to 15 significant digits.
    static func text(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "Inf" }
        let most = Double(format(value, 15))
        var digits = 1
        while digits < 15, Double(format(value, digits)) != most { digits += 1 }
        return fixed(value, format(value, digits), digits)
    }

    /// Fixed notation unless scientific is shorter.
    private static func fixed(_ value: Double, _ scientific: String, _ digits: Int) -> String {
        guard let mark = scientific.firstIndex(of: "e"), let exponent = Int(scientific[scientific.index(after: mark)...]) else { return scientific }
        let decimals = max(0, digits - 1 - exponent)
        let plain = withBuffer { buffer in withVaList([Int32(decimals), value]) { vsnprintf(buffer.baseAddress, buffer.count, "%.*f", $0) } }
        return plain.utf8.count <= scientific.utf8.count ? plain : scientific
    }

    /// As C's `%g` does, with so many significant digits.
    static func general(_ value: Double, _ digits: Int) -> String {
        if value.isInfinite { return value < 0 ? "-Inf" : "Inf" }
        return withBuffer { buffer in withVaList([Int32(digits), value]) { vsnprintf(buffer.baseAddress, buffer.count, "%.*g", $0) } }
    }

    private static func format(_ value: Double, _ digits: Int) -> String {
        withBuffer { buffer in withVaList([Int32(digits - 1), value]) { vsnprintf(buffer.baseAddress, buffer.count, "%.*e", $0) } }
    }

    private static func withBuffer(_ write: (UnsafeMutableBufferPointer<CChar>) -> Int32) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
            let count = write(buffer)
            return String(decoding: buffer.prefix(max(0, min(Int(count), 399))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }
}

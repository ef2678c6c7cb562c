#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension ConformanceCase {
    /// Whether the whole name matches a shell pattern: `*`, `?`, `[…]`.
    public func matches(_ pattern: String) -> Bool { fnmatch(pattern, name, 0) == 0 }
}

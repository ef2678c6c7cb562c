#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What is computed of an object's numbers while its model is made.
enum Mathematics {
    /// The natural logarithm.
    static func logarithm(_ x: Double) -> Double { log(x) }
}

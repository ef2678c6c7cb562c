#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The C library's functions, under names of our own, in one place.
enum CMath {
    @inline(__always) static func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }
    @inline(__always) static func exponential(_ x: Double) -> Double { exp(x) }
    @inline(__always) static func logarithm(_ x: Double) -> Double { log(x) }
    @inline(__always) static func logarithm10(_ x: Double) -> Double { log10(x) }
    @inline(__always) static func logGamma(_ x: Double) -> Double { lgamma(x) }
    @inline(__always) static func arcTangent(_ x: Double) -> Double { atan(x) }
    @inline(__always) static func sine(_ x: Double) -> Double { sin(x) }
    @inline(__always) static func cosine(_ x: Double) -> Double { cos(x) }
    /// Distribution function of the standard normal distribution.
    @inline(__always) static func normalCDF(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }
}

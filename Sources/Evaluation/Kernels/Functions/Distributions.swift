// https://dmg.org/pmml/v4-4-1/BuiltinFunctions.html#normalCDF
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension Builtins {
    static let distributions: [Builtin] = [
        Builtin("normalCDF", [.number, .number, .number], .always(.double), canBeInvalid: true, roundsToFloat: true,
            operation: TernaryKernel<NormalCDF>.name, "the normal distribution function of x, mean, standard deviation; invalid for a deviation that is not positive"),
        Builtin("normalPDF", [.number, .number, .number], .always(.double), canBeInvalid: true, roundsToFloat: true,
            operation: TernaryKernel<NormalPDF>.name, "the normal density at x, mean, standard deviation; invalid for a deviation that is not positive"),
        Builtin("stdNormalCDF", [.number], .always(.double), roundsToFloat: true,
            operation: UnaryKernel<StandardNormalCDF>.name, "the standard normal distribution function"),
        Builtin("stdNormalPDF", [.number], .always(.double), roundsToFloat: true,
            operation: UnaryKernel<StandardNormalPDF>.name, "the standard normal density"),
        Builtin("erf", [.number], .always(.double), roundsToFloat: true, operation: UnaryKernel<ErrorFunction>.name, "the error function"),
        Builtin("normalIDF", [.number, .number, .number], .always(.double), canBeInvalid: true, roundsToFloat: true,
            operation: TernaryKernel<NormalIDF>.name, "the quantile of p, mean, standard deviation; invalid for p outside 0…1 or a deviation that is not positive"),
        Builtin("stdNormalIDF", [.number], .always(.double), canBeInvalid: true, roundsToFloat: true,
            operation: UnaryKernel<StandardNormalIDF>.name, "the standard normal quantile; invalid outside 0…1"),
    ]
}

/// The normal distribution in binary64, to nearly full precision in both tails.
public enum NormalDistribution {
    public static func density(_ z: Double) -> Double { exp(-0.5 * z * z) * 0.398942280401432677939946059934 }
    public static func cumulative(_ z: Double) -> Double { 0.5 * erfc(-z * 0.707106781186547524400844362105) }

    /// The quantile of `p`: infinite at 0 and 1, not a number outside.
    ///
    /// Wichura's algorithm AS 241 (1988), which is precise to about one part in 10^16.
    public static func quantile(_ p: Double) -> Double {
        if p.isNaN || p < 0 || p > 1 { return .nan }
        if p == 0 { return -.infinity }
        if p == 1 { return .infinity }
        let q = p - 0.5
        if q.magnitude <= 0.425 {
            let r = 0.180625 - q * q
            let top = polynomial(r, [
                3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
                4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
            ])
            let bottom = polynomial(r, [
                1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
                3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
            ])
            return q * top / bottom
        }
        let r = (-log(q < 0 ? p : 1 - p)).squareRoot()
        let tail: Double
        if r <= 5 {
            let s = r - 1.6
            tail = polynomial(s, [
                1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
                1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
            ]) / polynomial(s, [
                1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
                1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
            ])
        } else {
            let s = r - 5
            tail = polynomial(s, [
                6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
                2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
            ]) / polynomial(s, [
                1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4,
                1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
            ])
        }
        return q < 0 ? -tail : tail
    }

    private static func polynomial(_ x: Double, _ coefficients: [Double]) -> Double {
        coefficients.reversed().reduce(0) { $0 * x + $1 }
    }
}

enum StandardNormalCDF: UnaryOperation {
    static let name = "stdNormalCDF"
    static func apply(_ x: Double) -> Double { NormalDistribution.cumulative(x) }
}
enum StandardNormalPDF: UnaryOperation {
    static let name = "stdNormalPDF"
    static func apply(_ x: Double) -> Double { NormalDistribution.density(x) }
}
enum StandardNormalIDF: UnaryOperation {
    static let name = "stdNormalIDF", hasDomain = true
    static func apply(_ x: Double) -> Double { NormalDistribution.quantile(x) }
    static func isOutside(_ x: Double) -> Bool { !(x > 0 && x < 1) }
}
enum ErrorFunction: UnaryOperation {
    static let name = "erf"
    static func apply(_ x: Double) -> Double { erf(x) }
}

/// A function of three numbers.
protocol TernaryOperation: Sendable {
    static var name: String { get }
    static func apply(_ a: Double, _ b: Double, _ c: Double) -> Double
    static func isOutside(_ a: Double, _ b: Double, _ c: Double) -> Bool
}

/// Applies a function of three numbers to three columns.
struct TernaryKernel<Operation: TernaryOperation>: Kernel {
    static var name: String { "number." + Operation.name }
    let out: Int32, a: Int32, b: Int32, c: Int32
    let treatment: InvalidTreatment
    let rounds: Bool

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        a = try reader.input(.number)
        b = try reader.input(.number)
        c = try reader.input(.number)
        treatment = try reader.treatment()
        rounds = try reader.flag()
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let (x, y, z) = (frame.numbers(a), frame.numbers(b), frame.numbers(c))
        let (xs, ys, zs) = (frame.status(a), frame.status(b), frame.status(c))
        let count = frame.count
        for row in 0..<count { status[row] = (xs[row] | ys[row] | zs[row]) & CellStatus.failed }
        for row in 0..<count where status[row] == 0 {
            out[row] = Operation.apply(x[row], y[row], z[row])
            if treatment != .asIs, Operation.isOutside(x[row], y[row], z[row]) {
                let arguments = [x[row], y[row], z[row]].map { NumberPrinting.text($0) }.joined(separator: ", ")
                frame.reject(row, status, treatment, Operation.name, arguments)
            }
        }
        if rounds { roundToFloat(out, count) }
    }
}

enum NormalCDF: TernaryOperation {
    static let name = "normalCDF"
    static func apply(_ x: Double, _ mean: Double, _ deviation: Double) -> Double { NormalDistribution.cumulative((x - mean) / deviation) }
    static func isOutside(_ x: Double, _ mean: Double, _ deviation: Double) -> Bool { !(deviation > 0) }
}
enum NormalPDF: TernaryOperation {
    static let name = "normalPDF"
    static func apply(_ x: Double, _ mean: Double, _ deviation: Double) -> Double { NormalDistribution.density((x - mean) / deviation) / deviation }
    static func isOutside(_ x: Double, _ mean: Double, _ deviation: Double) -> Bool { !(deviation > 0) }
}
enum NormalIDF: TernaryOperation {
    static let name = "normalIDF"
    static func apply(_ p: Double, _ mean: Double, _ deviation: Double) -> Double { mean + deviation * NormalDistribution.quantile(p) }
    static func isOutside(_ p: Double, _ mean: Double, _ deviation: Double) -> Bool { !(p > 0 && p < 1 && deviation > 0) }
}

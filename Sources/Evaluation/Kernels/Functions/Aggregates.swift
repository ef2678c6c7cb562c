// https://dmg.org/pmml/v4-4-1/BuiltinFunctions.html#min

extension Builtins {
    static let aggregates: [Builtin] = [
        aggregate("min", .minimum, .promoted, "the least argument"),
        aggregate("max", .maximum, .promoted, "the greatest argument"),
        aggregate("sum", .sum, .promoted, "the sum of the arguments"),
        aggregate("avg", .average, .fractional, "the mean of the arguments"),
        aggregate("median", .median, .fractional, "the middle argument, or the mean of the two in the middle"),
        aggregate("product", .product, .promoted, "the product of the arguments"),
    ]

    private static func aggregate(_ name: String, _ fold: AggregateFold, _ result: Builtin.Result, _ meaning: String) -> Builtin {
        Builtin(name, [.number], variadic: 1...1_000_000, result, missing: .ignores, roundsToFloat: true, operation: fold.operation, meaning)
    }
}

enum AggregateFold: String {
    case minimum, maximum, sum, average, median, product
    var operation: String {
        switch self {
        case .minimum: FoldKernel<Minimum>.name
        case .maximum: FoldKernel<Maximum>.name
        case .sum: FoldKernel<Sum>.name
        case .average: FoldKernel<Average>.name
        case .product: FoldKernel<Product>.name
        case .median: MedianKernel.name
        }
    }
}

/// One step of an aggregate over arguments.
protocol Fold: Sendable {
    static var name: String { get }
    static var start: Double { get }
    static var divides: Bool { get }
    static func step(_ total: Double, _ next: Double) -> Double
    /// One step for a column of totals. A requirement, so that every aggregate has a loop of its own that the call is part of.
    static func add(_ totals: UnsafeMutablePointer<Double>, _ x: UnsafePointer<Double>, _ status: UnsafePointer<UInt8>, _ count: Int)
}
extension Fold {
    static var divides: Bool { false }
    static func add(_ totals: UnsafeMutablePointer<Double>, _ x: UnsafePointer<Double>, _ status: UnsafePointer<UInt8>, _ count: Int) {
        for row in 0..<count {
            let isThere = status[row] & CellStatus.missing == 0
            totals[row] = isThere ? step(totals[row], x[row]) : totals[row]
        }
    }
}

enum Minimum: Fold {
    static let name = "min", start = Double.infinity
    @inline(__always) static func step(_ total: Double, _ next: Double) -> Double { next < total ? next : total }
}
enum Maximum: Fold {
    static let name = "max", start = -Double.infinity
    @inline(__always) static func step(_ total: Double, _ next: Double) -> Double { next > total ? next : total }
}
enum Sum: Fold {
    static let name = "sum", start = 0.0
    @inline(__always) static func step(_ total: Double, _ next: Double) -> Double { total + next }
}
enum Product: Fold {
    static let name = "product", start = 1.0
    @inline(__always) static func step(_ total: Double, _ next: Double) -> Double { total * next }
}
enum Average: Fold {
    static let name = "avg", start = 0.0, divides = true
    @inline(__always) static func step(_ total: Double, _ next: Double) -> Double { total + next }
}

/// Folds the arguments that are there, column after column.
struct FoldKernel<Operation: Fold>: Kernel {
    static var name: String { "number." + Operation.name }
    let out: Int32
    let arguments: [Int32]
    let rounds: Bool

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        arguments = try reader.inputs(.number)
        rounds = try reader.flag()
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        let count = frame.count
        for row in 0..<count {
            out[row] = Operation.start
            status[row] = CellStatus.missing
        }
        let present = frame.scratch.numbers(0, count)
        if Operation.divides { for row in 0..<count { present[row] = 0 } }
        for argument in arguments {
            let (x, xs) = (frame.numbers(argument), frame.status(argument))
            Operation.add(out, x, xs, count)
            // The lowest bit stays set while all are missing; a failure sticks.
            for row in 0..<count { status[row] = (status[row] & (xs[row] | CellStatus.failure)) | (xs[row] & CellStatus.failure) }
            if Operation.divides { for row in 0..<count { present[row] += xs[row] & CellStatus.missing == 0 ? 1 : 0 } }
            if rounds { roundToFloat(out, count) }
        }
        if Operation.divides {
            for row in 0..<count { out[row] /= present[row] }
            if rounds { roundToFloat(out, count) }
        }
        for row in 0..<count { status[row] |= status[row] >> 2 }
    }
}

/// The median of the arguments that are there.
struct MedianKernel: Kernel {
    static let name = "number.median"
    let out: Int32
    let arguments: [Int32]
    let rounds: Bool

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        arguments = try reader.inputs(.number)
        rounds = try reader.flag()
    }

    func run(_ frame: Frame) {
        let (out, status) = (frame.numbers(out), frame.status(out))
        var found: [Double] = []
        found.reserveCapacity(arguments.count)
        for row in 0..<frame.count {
            found.removeAll(keepingCapacity: true)
            var failure: UInt8 = 0
            for argument in arguments {
                let state = frame.status(argument)[row]
                failure |= state & CellStatus.failure
                if state & CellStatus.missing == 0 { found.append(frame.numbers(argument)[row]) }
            }
            status[row] = failure != 0 ? CellStatus.failed : found.isEmpty ? CellStatus.missing : 0
            if found.isEmpty { continue }
            found.sort()
            let middle = found.count / 2
            out[row] = found.count % 2 == 1 ? found[middle] : (found[middle - 1] + found[middle]) / 2
        }
        if rounds { roundToFloat(out, frame.count) }
    }
}

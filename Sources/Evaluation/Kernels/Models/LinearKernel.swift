// https://dmg.org/pmml/v4-4-1/Regression.html

/// A summand of a linear predictor.
public enum LinearTerm: Sendable {
    /// coefficient · valueᵉˣᵖᵒⁿᵉⁿᵗ
    case power(Register, exponent: Int, coefficient: Double)
    /// The coefficient of the row's string; 0 for one that is not listed, or missing. Codes are looked up.
    case text(Register, values: [String], coefficients: [Double])
    /// The coefficient of the row's number; 0 for one that is not listed, or missing.
    case number(Register, values: [Double], coefficients: [Double])
    /// coefficient · product of the values
    case product([Register], coefficient: Double)
}

/// `linear.sum`: intercept plus terms, in document order, in binary64 or binary32. A missing number makes the result missing.
struct LinearKernel: Kernel {
    static let name = "linear.sum"
    private let out: Int32
    private let intercept: Double
    private let isFloat: Bool
    private let terms: [Term]

    private enum Term {
        case power(Int32, Int, Double)
        case text(Int32, Slab<Int32>, Slab<Double>)
        case number(Int32, Slab<Double>, Slab<Double>)
        case product([Int32], Double)
    }

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        intercept = try reader.number()
        isFloat = try reader.flag()
        var terms: [Term] = []
        for _ in 0..<(try reader.int(in: 0...100_000_000)) {
            switch try reader.int(in: 0...3) {
            case 0:
                terms.append(.power(try reader.input(.number), try reader.int(in: -10_000...10_000), try reader.number()))
            case 1:
                let register = try reader.input(.text)
                let codes = try reader.codes()
                terms.append(.text(register, codes, try Self.coefficients(&reader, codes.count)))
            case 2:
                let register = try reader.input(.number)
                let values = try reader.numbers()
                terms.append(.number(register, values, try Self.coefficients(&reader, values.count)))
            default:
                terms.append(.product(try reader.inputs(.number), try reader.number()))
            }
        }
        self.terms = terms
    }

    private static func coefficients(_ reader: inout OperandReader, _ count: Int) throws(FormatError) -> Slab<Double> {
        let found = try reader.numbers()
        guard found.count == count else { throw reader.error("operand-range", "values and coefficients differ in number") }
        return found
    }

    func run(_ frame: Frame) {
        let rows = frame.count
        let (sum, status) = (frame.numbers(out), frame.status(out))
        for row in 0..<rows {
            sum[row] = intercept
            status[row] = 0
        }
        for term in terms {
            switch term {
            case .power(let register, let exponent, let coefficient):
                add(frame.numbers(register), frame.status(register), exponent, coefficient, sum, status, rows)
            case .text(let register, let codes, let coefficients):
                let (values, state) = (frame.codes(register), frame.status(register))
                for row in 0..<rows {
                    status[row] |= state[row] & CellStatus.failure
                    if state[row] & CellStatus.missing != 0 { continue }
                    let at = position(of: values[row], in: codes)
                    if at >= 0 { sum[row] = narrowed(sum[row] + coefficients[at]) }
                }
            case .number(let register, let listed, let coefficients):
                let (values, state) = (frame.numbers(register), frame.status(register))
                for row in 0..<rows {
                    status[row] |= state[row] & CellStatus.failure
                    if state[row] & CellStatus.missing != 0 { continue }
                    for at in 0..<listed.count where listed[at] == values[row] {
                        sum[row] = narrowed(sum[row] + coefficients[at])
                        break
                    }
                }
            case .product(let registers, let coefficient):
                let product = frame.scratch.numbers(0, rows)
                for row in 0..<rows { product[row] = coefficient }
                for register in registers {
                    let (values, state) = (frame.numbers(register), frame.status(register))
                    for row in 0..<rows {
                        product[row] = narrowed(product[row] * values[row])
                        status[row] |= state[row]
                    }
                }
                for row in 0..<rows { sum[row] = narrowed(sum[row] + product[row]) }
            }
        }
        for row in 0..<rows { status[row] &= CellStatus.failed }
    }

    private func add(
        _ values: UnsafeMutablePointer<Double>, _ state: UnsafeMutablePointer<UInt8>, _ exponent: Int, _ coefficient: Double,
        _ sum: UnsafeMutablePointer<Double>, _ status: UnsafeMutablePointer<UInt8>, _ rows: Int
    ) {
        for row in 0..<rows { status[row] |= state[row] }
        if isFloat {
            let factor = Float(coefficient)
            for row in 0..<rows {
                let power = exponent == 1 ? Float(values[row]) : Float(integerPower(values[row], exponent))
                sum[row] = Double(Float(sum[row]) + factor * power)
            }
        } else if exponent == 1 {
            for row in 0..<rows { sum[row] += coefficient * values[row] }
        } else {
            for row in 0..<rows { sum[row] += coefficient * integerPower(values[row], exponent) }
        }
    }

    @inline(__always)
    private func narrowed(_ value: Double) -> Double { isFloat ? Double(Float(value)) : value }

    /// Position of a code in an ascending run, or -1.
    @inline(__always)
    private func position(of code: Int32, in codes: Slab<Int32>) -> Int {
        var (low, high) = (0, codes.count)
        while low < high {
            let middle = (low + high) >> 1
            if codes[middle] < code { low = middle + 1 } else { high = middle }
        }
        return low < codes.count && codes[low] == code ? low : -1
    }
}

/// valueᵉˣᵖᵒⁿᵉⁿᵗ as the C library rounds it.
@inline(__always)
func integerPower(_ value: Double, _ exponent: Int) -> Double {
    exponent == 2 ? value * value : exponent == 1 ? value : CMath.power(value, Double(exponent))
}

extension ProgramBuilder {
    /// Emits `linear.sum`.
    public func linear(intercept: Double, isFloat: Bool, terms: [LinearTerm]) -> Register {
        emit(LinearKernel.name, .number) { writer in
            writer.number(intercept)
            writer.flag(isFloat)
            writer.int(terms.count)
            for term in terms {
                switch term {
                case .power(let register, let exponent, let coefficient):
                    writer.int(0)
                    writer.register(register)
                    writer.int(exponent)
                    writer.number(coefficient)
                case .text(let register, let values, let coefficients):
                    writer.int(1)
                    writer.register(register)
                    // Codes ascend, as the kernel's search needs; of equal values the first counts.
                    let pairs = zip(values.map { writer.pools.intern($0) }, coefficients).enumerated()
                        .sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }.map(\.element)
                    let kept = pairs.indices.filter { $0 == 0 || pairs[$0].0 != pairs[$0 - 1].0 }
                    writer.integers(kept.map { pairs[$0].0 })
                    writer.numbers(kept.map { pairs[$0].1 })
                case .number(let register, let values, let coefficients):
                    writer.int(2)
                    writer.register(register)
                    writer.numbers(values)
                    writer.numbers(coefficients)
                case .product(let registers, let coefficient):
                    writer.int(3)
                    writer.registers(registers)
                    writer.number(coefficient)
                }
            }
        }
    }
}

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
        /// Coefficients times values, for a run of terms.
        case plain([Int32], [Double])
        case power(Int32, Int, Double)
        case text(Int32, CodeTable<Double>)
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
                let (register, exponent, coefficient) = (try reader.input(.number), try reader.int(in: Int(Int32.min)...Int(Int32.max)), try reader.number())
                if isFloat || exponent != 1 {
                    terms.append(.power(register, exponent, coefficient))
                } else if case .plain(let registers, let coefficients)? = terms.last {
                    terms[terms.count - 1] = .plain([], [])
                    terms[terms.count - 1] = .plain(registers + [register], coefficients + [coefficient])
                } else {
                    terms.append(.plain([register], [coefficient]))
                }
            case 1:
                let register = try reader.input(.text)
                let codes = try reader.codes()
                let coefficients = try Self.coefficients(&reader, codes.count)
                terms.append(.text(register, CodeTable((0..<codes.count).map { (codes[$0], coefficients[$0]) }, other: 0)))
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
            case .plain(let registers, let coefficients):
                let columns = frame.scratch.pointers(registers.count)
                for (index, register) in registers.enumerated() {
                    columns[index] = frame.numbers(register)
                    let state = frame.status(register)
                    for row in 0..<rows { status[row] |= state[row] }
                }
                coefficients.withUnsafeBufferPointer { coefficients in
                    guard let base = coefficients.baseAddress else { return }
                    columns.withMemoryRebound(to: UnsafePointer<Double>.self, capacity: registers.count) {
                        VectorMath.addColumns($0, base, registers.count, rows, sum)
                    }
                }
            case .power(let register, let exponent, let coefficient):
                add(frame.numbers(register), frame.status(register), exponent, coefficient, sum, status, rows)
            case .text(let register, let coefficients):
                let (values, state) = (frame.codes(register), frame.status(register))
                for row in 0..<rows {
                    status[row] |= state[row] & CellStatus.failure
                    if state[row] & CellStatus.missing != 0 { continue }
                    sum[row] = narrowed(sum[row] + coefficients[values[row]])
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
        } else {
            for row in 0..<rows { sum[row] += coefficient * integerPower(values[row], exponent) }
        }
    }

    @inline(__always)
    private func narrowed(_ value: Double) -> Double { isFloat ? Double(Float(value)) : value }
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

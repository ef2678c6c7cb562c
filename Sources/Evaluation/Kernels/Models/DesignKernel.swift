// https://dmg.org/pmml/v4-4-1/GeneralRegression.html

/// Linear predictors that share their factors and covariates, one for each equation of a general regression.
public struct LinearDesign: Sendable {
    /// A categorical predictor as the index of its level.
    public struct Factor: Sendable {
        /// Holds the level's index; one outside the levels is "another value".
        public var index: Register
        public var levels: Int
        /// Whether the predictors are missing where the row has another value.
        public var isStrict: Bool
        public init(index: Register, levels: Int, isStrict: Bool) {
            self.index = index
            self.levels = levels
            self.isStrict = isStrict
        }
    }
    /// A summand: the coefficient of the row's levels, times powers of covariates.
    public struct Term: Sendable {
        /// Positions in ``LinearDesign/factors``.
        public var factors: [Int]
        public var covariates: [Register]
        public var exponents: [Double]
        /// For each equation, a coefficient for each combination of levels; each factor has one level more, for other values, and
        /// the last factor's level varies fastest.
        public var table: [Double]
        public init(factors: [Int], covariates: [Register], exponents: [Double], table: [Double]) {
            self.factors = factors
            self.covariates = covariates
            self.exponents = exponents
            self.table = table
        }
    }
    /// One for each equation.
    public var intercepts: [Double]
    public var factors: [Factor]
    public var terms: [Term]
    public init(intercepts: [Double], factors: [Factor], terms: [Term]) {
        self.intercepts = intercepts
        self.factors = factors
        self.terms = terms
    }
}

/// `design.sum`: the linear predictors of a ``LinearDesign``. All are missing if any factor or covariate is.
struct DesignKernel: Kernel {
    static let name = "design.sum"
    private let outputs: [Int32]
    private let intercepts: Slab<Double>
    private let isFloat: Bool
    private let factors: [Factor]
    private let terms: [Term]
    /// How many of the first terms are a number times a coefficient; and for each equation those of them whose coefficient is not 0.
    private let plainCount: Int
    private let plain: [(columns: [Int32], coefficients: [Double])]

    private struct Factor {
        var index: Int32
        var levels: Int
        var isStrict: Bool
    }
    private struct Term {
        var factors: [Int]
        var covariates: [Int32]
        var exponents: Slab<Double>
        /// Combinations of levels.
        var cells: Int
        var table: Slab<Double>
    }
    /// So that the product of a few counts cannot overflow.
    private static let mostCells = 100_000_000

    init(from reader: inout OperandReader) throws(FormatError) {
        let count = try reader.int(in: 1...1_000_000)
        var outputs: [Int32] = []
        for _ in 0..<count { outputs.append(try reader.output(.number)) }
        self.outputs = outputs
        intercepts = try reader.numbers()
        guard intercepts.count == count else { throw reader.error("operand-range", "equations differ in number") }
        isFloat = try reader.flag()
        var factors: [Factor] = []
        for _ in 0..<(try reader.int(in: 0...1_000_000)) {
            factors.append(Factor(index: try reader.input(.number), levels: try reader.int(in: 0...10_000_000), isStrict: try reader.flag()))
        }
        self.factors = factors
        var terms: [Term] = []
        for _ in 0..<(try reader.int(in: 0...10_000_000)) {
            var used: [Int] = []
            var cells = 1
            for _ in 0..<(try reader.int(in: 0...1_000)) {
                guard !factors.isEmpty else { throw reader.error("operand-range", "there are no factors") }
                let factor = try reader.int(in: 0...factors.count - 1)
                used.append(factor)
                cells *= factors[factor].levels + 1
                guard cells <= Self.mostCells else { throw reader.error("operand-range", "a table is too large") }
            }
            let covariates = try reader.inputs(.number)
            let exponents = try reader.numbers()
            let table = try reader.numbers()
            guard exponents.count == covariates.count, table.count / cells == count, table.count % cells == 0 else {
                throw reader.error("operand-range", "a term's parts differ in number")
            }
            terms.append(Term(factors: used, covariates: covariates, exponents: exponents, cells: cells, table: table))
        }
        self.terms = terms
        let isPlain = { (term: Term) in term.factors.isEmpty && term.covariates.count == 1 && term.exponents[0] == 1 }
        let first = isFloat ? 0 : terms.firstIndex { !isPlain($0) } ?? terms.count
        plainCount = first
        plain = outputs.indices.map { place in
            let own = terms[..<first].filter { $0.table[place] != 0 }
            return (own.map { $0.covariates[0] }, own.map { $0.table[place] })
        }
    }

    func run(_ frame: Frame) {
        let rows = frame.count
        let common = frame.status(outputs[0])
        for row in 0..<rows { common[row] = 0 }
        for (place, output) in outputs.enumerated() {
            let (sum, start) = (frame.numbers(output), intercepts[place])
            for row in 0..<rows { sum[row] = start }
        }
        for factor in factors {
            let (values, state) = (frame.numbers(factor.index), frame.status(factor.index))
            for row in 0..<rows { common[row] |= state[row] & CellStatus.failed }
            if !factor.isStrict { continue }
            let limit = Double(factor.levels)
            for row in 0..<rows where !(values[row] >= 0 && values[row] < limit) { common[row] |= CellStatus.missing }
        }
        addPlain(frame, common, rows)
        for term in terms.dropFirst(plainCount) { add(term, frame, common, rows) }
        for output in outputs.dropFirst() {
            let status = frame.status(output)
            for row in 0..<rows { status[row] = common[row] }
        }
    }

    private func addPlain(_ frame: Frame, _ common: UnsafeMutablePointer<UInt8>, _ rows: Int) {
        for term in terms[..<plainCount] {
            let state = frame.status(term.covariates[0])
            for row in 0..<rows { common[row] |= state[row] & CellStatus.failed }
        }
        for (place, own) in plain.enumerated() where !own.columns.isEmpty {
            let columns = frame.scratch.pointers(own.columns.count)
            for (index, register) in own.columns.enumerated() { columns[index] = frame.numbers(register) }
            own.coefficients.withUnsafeBufferPointer { coefficients in
                guard let base = coefficients.baseAddress else { return }
                columns.withMemoryRebound(to: UnsafePointer<Double>.self, capacity: own.columns.count) {
                    VectorMath.addColumns($0, base, own.columns.count, rows, frame.numbers(outputs[place]))
                }
            }
        }
    }

    private func add(_ term: Term, _ frame: Frame, _ common: UnsafeMutablePointer<UInt8>, _ rows: Int) {
        for covariate in term.covariates {
            let state = frame.status(covariate)
            for row in 0..<rows { common[row] |= state[row] & CellStatus.failed }
        }
        let hasProduct = !term.covariates.isEmpty
        let product = frame.scratch.numbers(0, rows)
        if hasProduct { multiply(term, frame, product, rows) }
        if term.factors.isEmpty {
            for (place, output) in outputs.enumerated() {
                let (sum, coefficient) = (frame.numbers(output), term.table[place])
                if coefficient == 0 { continue }
                if isFloat {
                    for row in 0..<rows { sum[row] = Double(Float(sum[row]) + Float(coefficient) * Float(product[row])) }
                } else {
                    for row in 0..<rows { sum[row] += coefficient * product[row] }
                }
            }
            return
        }
        let cell = frame.scratch.numbers(1, rows)
        locate(term, frame, cell, rows)
        for (place, output) in outputs.enumerated() {
            let (sum, table) = (frame.numbers(output), term.table.base + place * term.cells)
            if isFloat {
                for row in 0..<rows {
                    let part = Float(table[Int(cell[row])]) * (hasProduct ? Float(product[row]) : 1)
                    sum[row] = Double(Float(sum[row]) + part)
                }
            } else if hasProduct {
                for row in 0..<rows { sum[row] += table[Int(cell[row])] * product[row] }
            } else {
                for row in 0..<rows { sum[row] += table[Int(cell[row])] }
            }
        }
    }

    private func multiply(_ term: Term, _ frame: Frame, _ product: UnsafeMutablePointer<Double>, _ rows: Int) {
        for (place, covariate) in term.covariates.enumerated() {
            let (values, exponent) = (frame.numbers(covariate), term.exponents[place])
            let isFirst = place == 0
            if exponent == 1 {
                for row in 0..<rows { product[row] = isFirst ? values[row] : product[row] * values[row] }
            } else if exponent == 2 {
                for row in 0..<rows { product[row] = (isFirst ? 1 : product[row]) * (values[row] * values[row]) }
            } else {
                for row in 0..<rows { product[row] = (isFirst ? 1 : product[row]) * CMath.power(values[row], exponent) }
            }
            if isFloat { for row in 0..<rows { product[row] = Double(Float(product[row])) } }
        }
    }

    /// The cell of the table that the row's levels name. Whatever the index registers hold, it lies inside the table.
    private func locate(_ term: Term, _ frame: Frame, _ cell: UnsafeMutablePointer<Double>, _ rows: Int) {
        for (place, number) in term.factors.enumerated() {
            let factor = factors[number]
            let (values, state) = (frame.numbers(factor.index), frame.status(factor.index))
            let other = Double(factor.levels)
            let size = other + 1
            let isFirst = place == 0
            for row in 0..<rows {
                let value = values[row]
                let isLevel = value >= 0 && value < other && state[row] & CellStatus.missing == 0
                let level = isLevel ? value.rounded(.down) : other
                cell[row] = isFirst ? level : cell[row] * size + level
            }
        }
    }
}

extension ProgramBuilder {
    /// Emits `design.sum`; one register for each equation.
    public func design(_ design: LinearDesign, isFloat: Bool) -> [Register] {
        emit(DesignKernel.name, design.intercepts.map { _ in .number }, countFirst: true) { writer in
            writer.numbers(design.intercepts)
            writer.flag(isFloat)
            writer.int(design.factors.count)
            for factor in design.factors {
                writer.register(factor.index)
                writer.int(factor.levels)
                writer.flag(factor.isStrict)
            }
            writer.int(design.terms.count)
            for term in design.terms {
                writer.int(term.factors.count)
                for factor in term.factors { writer.int(factor) }
                writer.registers(term.covariates)
                writer.numbers(term.exponents)
                writer.numbers(term.table)
            }
        }
    }
}

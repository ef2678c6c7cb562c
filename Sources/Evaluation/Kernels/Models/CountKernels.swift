// https://dmg.org/pmml/v4-4-1/BaselineModel.html

/// What is made of the events counted so far; the file stores the raw values.
public enum CountStatistic: Int, Sendable {
    /// Σ (observed − expected)² / expected
    case chiSquare = 0
    /// Σ observed · baseline
    case scalarProduct
    /// As `scalarProduct`, of vectors brought to length 1.
    case cosine
}

/// The events of a window by their cell, oldest first, so that they can be taken back.
struct EventWindow {
    private var ring: [(cell: Int, weight: Double)] = []
    private var start = 0

    /// Adds an event; gives the one that leaves the window of `size` (0: none ever does).
    mutating func add(_ cell: Int, _ weight: Double, size: Int) -> (cell: Int, weight: Double)? {
        if size == 0 { return nil }
        if ring.count < size {
            ring.append((cell, weight))
            return nil
        }
        let left = ring[start]
        ring[start] = (cell, weight)
        start = (start + 1) % size
        return left
    }
}

/// `baseline.counts`: compares how often events fell into the cells of a table with the table's own numbers.
///
/// Events that are missing or fit no cell are not counted and have no statistic.
struct CountStatisticKernel: EffectKernel {
    static let name = "baseline.counts"
    private let out: Int32
    private let statistic: CountStatistic
    private let inputs: [Int32]
    private let sizes: Slab<Int32>
    private let cells: Slab<Double>
    private let weight: Int32?
    private let active: Int32?
    private let window: Int

    private final class Counts {
        var observed: [Double]
        var window = EventWindow()
        init(_ cells: Int) { observed = [Double](repeating: 0, count: cells) }
    }

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        statistic = CountStatistic(rawValue: try reader.int(in: 0...2)) ?? .chiSquare
        inputs = try reader.inputs(.number)
        sizes = try reader.integers()
        cells = try reader.numbers()
        weight = try reader.optionalInput(.number)
        active = try reader.optionalInput(.number)
        window = try reader.int(in: 0...10_000_000)
        guard sizes.count == inputs.count else { throw reader.error("operand-range", "fields and sizes differ in number") }
        var size = 1
        for index in 0..<sizes.count {
            guard sizes[index] > 0, size <= cells.count else { throw reader.error("operand-range", "the table has too few cells") }
            size *= Int(sizes[index])
        }
        guard size == cells.count else { throw reader.error("operand-range", "the table has \(cells.count) cells instead of \(size)") }
    }

    func run(_ frame: Frame) {
        let counts = state(frame, Int(out)) { Counts(cells.count) }
        let (out, outStatus) = (frame.numbers(out), frame.status(out))
        for row in 0..<frame.count {
            out[row] = 0
            outStatus[row] = CellStatus.missing
            guard isActive(active, row, frame), let cell = cell(row, frame, outStatus) else { continue }
            var amount = 1.0
            if let weight {
                if frame.status(weight)[row] & CellStatus.missing != 0 { continue }
                amount = frame.numbers(weight)[row]
            }
            counts.observed[cell] += amount
            if let left = counts.window.add(cell, amount, size: window) { counts.observed[left.cell] -= left.weight }
            out[row] = statistic(of: counts.observed)
            outStatus[row] = 0
        }
    }

    private func cell(_ row: Int, _ frame: Frame, _ outStatus: UnsafeMutablePointer<UInt8>) -> Int? {
        var cell = 0
        for (place, register) in inputs.enumerated() {
            let status = frame.status(register)[row]
            if status & CellStatus.missing != 0 {
                outStatus[row] |= status & CellStatus.failure
                return nil
            }
            let index = frame.numbers(register)[row]
            guard index >= 0, index < Double(sizes[place]) else { return nil }
            cell = cell * Int(sizes[place]) + Int(index)
        }
        return cell
    }

    private func statistic(of observed: [Double]) -> Double {
        var result = 0.0
        switch statistic {
        case .chiSquare:
            var total = 0.0
            for value in observed { total += value }
            for cell in 0..<cells.count where cells[cell] > 0 {
                let expected = total * cells[cell]
                result += (observed[cell] - expected) * (observed[cell] - expected) / expected
            }
        case .scalarProduct: for cell in 0..<cells.count { result += observed[cell] * cells[cell] }
        case .cosine:
            var (a, b) = (0.0, 0.0)
            for cell in 0..<cells.count {
                result += observed[cell] * cells[cell]
                a += observed[cell] * observed[cell]
                b += cells[cell] * cells[cell]
            }
            let length = (a * b).squareRoot()
            result = length > 0 ? result / length : 0
        }
        return result
    }
}

/// `baseline.independence`: Σ (observed − expected)² / expected over the combinations of the values that have been seen, where
/// expected is what independent fields would give. Rows with a missing value are not counted and have no statistic.
struct IndependenceKernel: EffectKernel {
    static let name = "baseline.independence"
    private let out: Int32
    private let fields: [Register]
    private let weight: Int32?
    private let active: Int32?
    private let window: Int
    /// More combinations than this are more than events can fill.
    private static let mostCells = 1_000_000

    private final class Table {
        var known: [[[UInt8]: Int]]
        var marginals: [[Double]]
        /// Observed weight of each combination, by the values' numbers.
        var joint: [[Int]: Double] = [:]
        var events: [[Int]] = []
        var numbers: [[Int]: Int] = [:]
        var total = 0.0
        var window = EventWindow()
        init(_ fields: Int) {
            known = [[[UInt8]: Int]](repeating: [:], count: fields)
            marginals = [[Double]](repeating: [], count: fields)
        }

        func add(_ cell: [Int], _ weight: Double) {
            joint[cell, default: 0] += weight
            for (field, value) in cell.enumerated() { marginals[field][value] += weight }
            total += weight
        }
    }

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        var fields: [Register] = []
        for _ in 0..<(try reader.int(in: 2...1_000)) {
            let field = try reader.inputOfAnyKind()
            if field.kind == .list { throw reader.error("register-kind", "a collection has no category") }
            fields.append(field)
        }
        self.fields = fields
        weight = try reader.optionalInput(.number)
        active = try reader.optionalInput(.number)
        window = try reader.int(in: 0...10_000_000)
    }

    func run(_ frame: Frame) {
        let table = state(frame, Int(out)) { Table(fields.count) }
        let (out, outStatus) = (frame.numbers(out), frame.status(out))
        for row in 0..<frame.count {
            out[row] = 0
            outStatus[row] = CellStatus.missing
            var failure: UInt8 = 0
            var isMissing = !isActive(active, row, frame)
            for field in fields {
                let status = frame.status(field.index)[row]
                failure |= status & CellStatus.failure
                if status & CellStatus.missing != 0 { isMissing = true }
            }
            outStatus[row] |= failure
            var amount = 1.0
            if let weight {
                if frame.status(weight)[row] & CellStatus.missing != 0 { isMissing = true }
                amount = frame.numbers(weight)[row]
            }
            if isMissing { continue }
            let cell = fields.indices.map { value(table, $0, row, frame) }
            table.add(cell, amount)
            let number = table.numbers[cell] ?? table.events.count
            if number == table.events.count {
                table.events.append(cell)
                table.numbers[cell] = number
            }
            if let left = table.window.add(number, amount, size: window) { table.add(table.events[left.cell], -left.weight) }
            if let statistic = statistic(of: table) {
                out[row] = statistic
                outStatus[row] = 0
            }
        }
    }

    /// The number of the row's value among those of its field.
    private func value(_ table: Table, _ field: Int, _ row: Int, _ frame: Frame) -> Int {
        let register = fields[field]
        let key = register.kind == .text
            ? Array(frame.text(frame.codes(register.index)[row]))
            : withUnsafeBytes(of: (frame.numbers(register.index)[row] + 0).bitPattern) { Array($0) }
        if let known = table.known[field][key] { return known }
        let number = table.marginals[field].count
        table.known[field][key] = number
        table.marginals[field].append(0)
        return number
    }

    private func statistic(of table: Table) -> Double? {
        guard table.total > 0 else { return nil }
        var cells = 1
        for marginal in table.marginals {
            cells *= max(1, marginal.count)
            if cells > Self.mostCells { return nil }
        }
        // Cells that were seen have their own term; of those that were not, only the expectation remains.
        var result = 0.0
        var expectedOfSeen = 0.0
        for cell in table.events {
            var expected = table.total
            for (field, value) in cell.enumerated() { expected *= table.marginals[field][value] / table.total }
            guard expected > 0 else { continue }
            let observed = table.joint[cell] ?? 0
            result += (observed - expected) * (observed - expected) / expected
            expectedOfSeen += expected
        }
        return result + max(0, table.total - expectedOfSeen)
    }
}

extension ProgramBuilder {
    /// - Parameters:
    ///   - indices: for each field, the number of the row's value, or -1.
    ///   - cells: the baseline's numbers, the last field running fastest.
    public func countStatistic(
        _ statistic: CountStatistic, _ indices: [Register], sizes: [Int], cells: [Double], weight: Register?, active: Register?, window: Int
    ) -> Register {
        emit(CountStatisticKernel.name, .number) {
            $0.int(statistic.rawValue)
            $0.registers(indices)
            $0.integers(sizes.map { Int32(truncatingIfNeeded: $0) })
            $0.numbers(cells)
            $0.optional(weight)
            $0.optional(active)
            $0.int(window)
        }
    }

    public func independence(_ fields: [Register], weight: Register?, active: Register?, window: Int) -> Register {
        emit(IndependenceKernel.name, .number) {
            $0.registers(fields)
            $0.optional(weight)
            $0.optional(active)
            $0.int(window)
        }
    }
}

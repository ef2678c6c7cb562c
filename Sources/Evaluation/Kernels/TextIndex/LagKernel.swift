// https://dmg.org/pmml/v4-4-1/Transformations.html#xsdElement_Lag

/// What Lag makes of the values before the current one; the file stores the raw values.
public enum LagSummary: Int, Sendable {
    case none = 0, average, max, median, min, product, sum, standardDeviation
}

/// `lag.number`: see ``LagOperation``.
struct LagNumber: EffectKernel {
    static let name = "lag.number"
    private let lag: LagOperation
    init(from reader: inout OperandReader) throws(FormatError) { lag = try LagOperation(from: &reader, kind: .number) }
    func run(_ frame: Frame) { lag.run(frame) }
}

/// `lag.text`: see ``LagOperation``.
struct LagText: EffectKernel {
    static let name = "lag.text"
    private let lag: LagOperation
    init(from reader: inout OperandReader) throws(FormatError) { lag = try LagOperation(from: &reader, kind: .text) }
    func run(_ frame: Frame) { lag.run(frame) }
}

/// The value of a field n rows before, or a summary of the n rows before.
///
/// The rows that a frame has seen go on from batch to batch. Where a block indicator differs from the row before, a new block
/// begins, which knows nothing of the rows above it. A row with fewer than n predecessors in its block has no value; a summary
/// leaves missing values out, and has none if all are missing. The standard deviation is that of a sample.
struct LagOperation: Sendable {
    let output: Register
    let input: Register
    let n: Int
    let summary: LagSummary
    let blocks: [Register]

    init(from reader: inout OperandReader, kind: RegisterKind) throws(FormatError) {
        output = Register(index: try reader.output(kind), kind: kind)
        input = Register(index: try reader.input(kind), kind: kind)
        // A file that asks for a longer memory than any series has would only exhaust ours.
        n = try reader.int(in: 1...10_000_000)
        summary = LagSummary(rawValue: try reader.int(in: 0...7)) ?? .none
        if kind == .text, summary != .none { throw reader.error("register-kind", "a text cannot be summed up") }
        var blocks: [Register] = []
        for _ in 0..<(try reader.int(in: 0...10_000)) { blocks.append(try reader.inputOfAnyKind()) }
        self.blocks = blocks
    }

    /// What a cell held; texts are kept as such, because their codes end with the batch.
    struct Cell: Equatable {
        var number = 0.0
        var text: [UInt8] = []
        var isMissing = true
    }

    final class History {
        /// The last rows of the block, oldest first from `start` on, as a ring.
        var ring: [Cell] = []
        var start = 0
        var block: [Cell] = []

        func add(_ cell: Cell, _ n: Int) {
            if ring.count < n {
                ring.append(cell)
            } else {
                ring[start] = cell
                start = (start + 1) % n
            }
        }

        func clear() {
            ring.removeAll(keepingCapacity: true)
            start = 0
        }
    }

    func run(_ frame: Frame) {
        let history: History
        if let kept = frame.stateSlots[Int(output.index)] as? History {
            history = kept
        } else {
            history = History()
            frame.stateSlots[Int(output.index)] = history
        }
        let status = frame.status(output.index)
        for row in 0..<frame.count {
            if !blocks.isEmpty {
                let block = blocks.map { cell($0, row, frame) }
                if block != history.block {
                    history.clear()
                    history.block = block
                }
            }
            let current = cell(input, row, frame)
            status[row] = CellStatus.missing
            if output.kind == .text {
                frame.codes(output.index)[row] = 0
            } else {
                frame.numbers(output.index)[row] = 0
            }
            if history.ring.count == n { write(history, row, frame, status) }
            history.add(current, n)
        }
    }

    private func cell(_ register: Register, _ row: Int, _ frame: Frame) -> Cell {
        if frame.status(register.index)[row] & CellStatus.missing != 0 { return Cell() }
        switch register.kind {
        case .number: return Cell(number: frame.numbers(register.index)[row], isMissing: false)
        case .text: return Cell(text: Array(frame.text(frame.codes(register.index)[row])), isMissing: false)
        case .list: return Cell()
        }
    }

    private func write(_ history: History, _ row: Int, _ frame: Frame, _ status: UnsafeMutablePointer<UInt8>) {
        guard summary != .none else {
            let cell = history.ring[history.start]
            if cell.isMissing { return }
            status[row] = 0
            if output.kind == .text {
                frame.codes(output.index)[row] = cell.text.withUnsafeBufferPointer { frame.intern($0) }
            } else {
                frame.numbers(output.index)[row] = cell.number
            }
            return
        }
        // From the oldest to the latest, so that sums do not depend on where the ring begins.
        let order = history.ring[history.start...] + history.ring[..<history.start]
        let values = order.compactMap { $0.isMissing ? nil : $0.number }
        guard let result = LagOperation.sum(values, summary) else { return }
        status[row] = 0
        frame.numbers(output.index)[row] = result
    }

    static func sum(_ values: [Double], _ summary: LagSummary) -> Double? {
        guard let first = values.first else { return nil }
        switch summary {
        case .none: return first
        case .average: return values.reduce(0, +) / Double(values.count)
        case .max: return values.reduce(first, Swift.max)
        case .min: return values.reduce(first, Swift.min)
        case .product: return values.reduce(1, *)
        case .sum: return values.reduce(0, +)
        case .median:
            let sorted = values.sorted()
            let middle = sorted.count / 2
            return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
        case .standardDeviation:
            if values.count < 2 { return nil }
            let mean = values.reduce(0, +) / Double(values.count)
            let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            return (squares / Double(values.count - 1)).squareRoot()
        }
    }
}

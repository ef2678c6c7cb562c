// https://dmg.org/pmml/v4-4-1/MultipleModels.html

/// How an ensemble's member that has no prediction counts.
public enum MissingMember: Int, Sendable {
    /// The ensemble's prediction is missing as well.
    case returnMissing = 0
    /// The member is left out, unless too large a share of the weights would be.
    case skip = 1
    /// In a vote: having no prediction is what the member votes for. It wins with more votes than any class has.
    case candidate = 2
}

/// `forest.sum`: all trees of a regression ensemble, their scores added up or averaged.
struct ForestSumKernel: Kernel {
    static let name = "forest.sum"
    private let out: Int32
    /// What the sum begins with.
    private let start: Double
    private let isFloat: Bool
    private let isAverage: Bool
    private let missing: MissingMember
    private let threshold: Double
    /// One weight per tree, or none when all are 1.
    private let weights: Slab<Double>
    /// Score of each result; NaN for none.
    private let scores: Slab<Double>
    private let table: TreeTable

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        start = try reader.number()
        isFloat = try reader.flag()
        isAverage = try reader.flag()
        missing = try reader.int(in: 0...1) == 0 ? .returnMissing : .skip
        threshold = try reader.number()
        weights = try reader.numbers()
        scores = try reader.numbers()
        table = try TreeTable(from: &reader, resultCount: scores.count)
        guard weights.count == 0 || weights.count == table.roots.count else { throw reader.error("operand-range", "weights and trees differ in number") }
    }

    func run(_ frame: Frame) {
        let rows = frame.count
        let trees = table.roots.count
        let columns = TreeColumns(table, frame)
        let (sum, status) = (frame.numbers(out), frame.status(out))
        let present = frame.scratch.numbers(0, rows)
        for row in 0..<rows {
            sum[row] = start
            present[row] = 0
            status[row] = 0
        }
        let plain = PlainRows(table, columns, frame)
        if let plain {
            add(plain, sum, present)
            return finish(sum, present, status, rows, trees)
        }
        for tree in 0..<trees {
            let weight = weights.count == 0 ? 1 : weights[tree]
            for row in 0..<rows {
                let end = table.walk(tree: tree, row: row, values: columns.values, status: columns.status)
                if end.failed { status[row] = CellStatus.failed }
                let score = scores[Int(end.result)]
                if end.result == 0 || score.isNaN { continue }
                sum[row] = isFloat ? Double(Float(sum[row]) + Float(weight) * Float(score)) : sum[row] + weight * score
                present[row] += weight
            }
        }
        finish(sum, present, status, rows, trees)
    }

    /// The sums of a batch without missing values, each variant in a loop of its own.
    private func add(_ plain: PlainRows, _ sum: UnsafeMutablePointer<Double>, _ present: UnsafeMutablePointer<Double>) {
        let scores = scores.base
        if weights.count > 0 {
            plain.walk(table) { tree, row, result in
                let score = scores[Int(result)]
                if score.isNaN { return }
                let weight = weights[tree]
                sum[row] = isFloat ? Double(Float(sum[row]) + Float(weight) * Float(score)) : sum[row] + weight * score
                present[row] += weight
            }
        } else if isFloat {
            plain.walk(table) { _, row, result in
                let score = scores[Int(result)]
                let isThere = !score.isNaN
                sum[row] = isThere ? Double(Float(sum[row]) + Float(score)) : sum[row]
                present[row] += isThere ? 1 : 0
            }
        } else {
            plain.walk(table) { _, row, result in
                let score = scores[Int(result)]
                let isThere = !score.isNaN
                sum[row] += isThere ? score : 0
                present[row] += isThere ? 1 : 0
            }
        }
    }

    private func finish(
        _ sum: UnsafeMutablePointer<Double>, _ present: UnsafeMutablePointer<Double>, _ status: UnsafeMutablePointer<UInt8>, _ rows: Int, _ trees: Int
    ) {
        var total = 0.0
        for tree in 0..<trees { total += weights.count == 0 ? 1 : weights[tree] }
        for row in 0..<rows {
            if status[row] != 0 { continue }
            let isComplete = present[row] == total
            if !isComplete, missing == .returnMissing || present[row] == 0 || (total - present[row]) / total > threshold {
                status[row] = CellStatus.missing
            } else if isAverage, total == 0 {
                status[row] = CellStatus.missing
            } else if isAverage {
                sum[row] = isFloat ? Double(Float(sum[row]) / Float(present[row])) : sum[row] / present[row]
            }
        }
    }
}

/// `forest.classes`: all trees of a classification ensemble: the weighted mean of a number of each class (1 for the tree's
/// vote, or its class probabilities).
struct ForestClassesKernel: Kernel {
    static let name = "forest.classes"
    private let outputs: [Int32]
    private let isFloat: Bool
    private let missing: MissingMember
    private let threshold: Double
    private let weights: Slab<Double>
    /// One number per result and class; a row of NaN for none.
    private let amounts: Slab<Double>
    private let table: TreeTable

    init(from reader: inout OperandReader) throws(FormatError) {
        let classes = try reader.int(in: 1...1_000_000)
        var outputs: [Int32] = []
        for _ in 0..<classes { outputs.append(try reader.output(.number)) }
        self.outputs = outputs
        isFloat = try reader.flag()
        missing = MissingMember(rawValue: try reader.int(in: 0...2)) ?? .skip
        threshold = try reader.number()
        weights = try reader.numbers()
        amounts = try reader.numbers()
        guard amounts.count % classes == 0 else { throw reader.error("operand-range", "results and classes do not match") }
        table = try TreeTable(from: &reader, resultCount: amounts.count / classes)
        guard weights.count == 0 || weights.count == table.roots.count else { throw reader.error("operand-range", "weights and trees differ in number") }
    }

    func run(_ frame: Frame) {
        let rows = frame.count
        let classes = outputs.count
        let trees = table.roots.count
        let columns = TreeColumns(table, frame)
        let present = frame.scratch.numbers(0, rows)
        let sums = frame.scratch.numbers(1, rows * classes)
        let status = frame.status(outputs[0])
        for row in 0..<rows {
            present[row] = 0
            status[row] = 0
        }
        for index in 0..<(rows * classes) { sums[index] = 0 }
        let plain = PlainRows(table, columns, frame)
        if let plain {
            plain.walk(table) { tree, row, result in add(result, row, weights.count == 0 ? 1 : weights[tree], sums, present) }
        }
        for tree in 0..<(plain == nil ? trees : 0) {
            let weight = weights.count == 0 ? 1 : weights[tree]
            for row in 0..<rows {
                let end = table.walk(tree: tree, row: row, values: columns.values, status: columns.status)
                if end.failed { status[row] = CellStatus.failed }
                if end.result != 0 { add(end.result, row, weight, sums, present) }
            }
        }
        var total = 0.0
        for tree in 0..<trees { total += weights.count == 0 ? 1 : weights[tree] }
        for row in 0..<rows where status[row] == 0 {
            let isComplete = present[row] == total
            if !isComplete, missing == .candidate {
                let most = UnsafeBufferPointer(start: sums + row * classes, count: classes).max() ?? 0
                if total - present[row] > most { status[row] = CellStatus.missing }
            } else if !isComplete, missing == .returnMissing || present[row] == 0 || (total - present[row]) / total > threshold {
                status[row] = CellStatus.missing
            }
        }
        for (index, register) in outputs.enumerated() {
            let (out, outStatus) = (frame.numbers(register), frame.status(register))
            for row in 0..<rows {
                let sum = sums[row * classes + index]
                out[row] = isFloat ? Double(Float(sum) / Float(present[row])) : sum / present[row]
                outStatus[row] = status[row]
            }
        }
    }

    @inline(__always)
    private func add(
        _ result: Int32, _ row: Int, _ weight: Double, _ sums: UnsafeMutablePointer<Double>, _ present: UnsafeMutablePointer<Double>
    ) {
        let classes = outputs.count
        let amount = amounts.base + Int(result) &* classes
        if amount[0].isNaN { return }
        let sum = sums + row &* classes
        for index in 0..<classes { sum[index] = isFloat ? Double(Float(sum[index]) + Float(weight) * Float(amount[index])) : sum[index] + weight * amount[index] }
        present[row] += weight
    }
}

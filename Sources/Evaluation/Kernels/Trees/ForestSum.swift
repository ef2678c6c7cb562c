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

/// `forest.sum`: all trees of a regression ensemble, their scores added up or averaged, in the order of the document.
struct ForestSumKernel<Trees: TreeLayout>: Kernel {
    static var name: String { "forest.sum" + Trees.suffix }
    private let out: Int32
    /// What the sum begins with.
    private let start: Double
    /// Sums are rounded to binary32 after every tree.
    private let isFloat: Bool
    private let isAverage: Bool
    private let rule: MissingRule
    /// One weight per tree, or none when all are 1.
    private let weights: Slab<Double>
    /// Score of each result; NaN for none.
    private let scores: Slab<Double>
    /// The scores once more if sums are in binary32.
    private let floats: [Float]
    private let hasGaps: Bool
    private let trees: Trees

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        start = try reader.number()
        isFloat = try reader.flag()
        isAverage = try reader.flag()
        let missing: MissingMember = try reader.int(in: 0...1) == 0 ? .returnMissing : .skip
        let threshold = try reader.number()
        weights = try reader.numbers()
        scores = try reader.numbers()
        trees = try Trees(from: &reader, resultCount: scores.count)
        guard weights.count == 0 || weights.count == trees.treeCount else { throw reader.error("operand-range", "weights and trees differ in number") }
        rule = MissingRule(missing: missing, threshold: threshold, weights: weights, trees: trees.treeCount)
        let values = UnsafeBufferPointer(start: scores.base, count: scores.count)
        hasGaps = values.contains { $0.isNaN }
        floats = isFloat ? values.map { Float($0) } : []
    }

    // Kernels are called through their protocol, where the compiler does not know the layout: without these, nothing is specialised.
    @_specialize(where Trees == MaskTrees)
    @_specialize(where Trees == RowTrees)
    @_specialize(where Trees == TreeTable)
    func run(_ frame: Frame) {
        let batch = trees.prepare(frame)
        let (rows, sum, status) = (frame.count, frame.numbers(out), frame.status(out))
        let present = frame.scratch.numbers(0, rows)
        for row in 0..<rows {
            status[row] = 0
            present[row] = 0
        }
        if batch.carefulRows < rows {
            if isFloat {
                let narrow = UnsafeMutableRawPointer(frame.scratch.numbers(1, rows)).assumingMemoryBound(to: Float.self)
                for row in 0..<rows { narrow[row] = Float(start) }
                floats.withUnsafeBufferPointer { if let base = $0.baseAddress { add(batch, base, narrow, present) } }
                for row in 0..<rows { sum[row] = Double(narrow[row]) }
            } else {
                for row in 0..<rows { sum[row] = start }
                add(batch, scores.base, sum, present)
            }
        }
        if batch.carefulRows > 0 {
            for row in 0..<rows where batch.careful[row] != 0 { walk(batch, row, sum, present, status) }
        }
        for row in 0..<rows where status[row] == 0 {
            if rule.isMissing(present[row]) || (isAverage && present[row] == 0) {
                status[row] = CellStatus.missing
            } else if isAverage {
                sum[row] = isFloat ? Double(Float(sum[row]) / Float(present[row])) : sum[row] / present[row]
            }
        }
    }

    /// Adds the trees' scores for all rows, each variant in a loop of its own.
    @inline(__always)
    private func add<Number: BinaryFloatingPoint>(
        _ batch: TreeBatch, _ scores: UnsafePointer<Number>, _ sum: UnsafeMutablePointer<Number>, _ present: UnsafeMutablePointer<Double>
    ) {
        if weights.count == 0, !hasGaps {
            trees.leaves(batch) { tree, row, count, leaves in
                let (scores, sum) = (scores + trees.firstResult(of: tree), sum + row)
                for index in 0..<count { sum[index] += scores[Int(leaves[index])] }
            }
            for row in 0..<batch.rows { present[row] = rule.total }
        } else {
            trees.leaves(batch) { tree, row, count, leaves in
                let (scores, sum, present) = (scores + trees.firstResult(of: tree), sum + row, present + row)
                let weight = weights.count == 0 ? 1 : weights[tree]
                for index in 0..<count {
                    let score = scores[Int(leaves[index])]
                    if score.isNaN { continue }
                    sum[index] += Number(weight) * score
                    present[index] += weight
                }
            }
        }
    }

    private func walk(
        _ batch: TreeBatch, _ row: Int, _ sum: UnsafeMutablePointer<Double>, _ present: UnsafeMutablePointer<Double>, _ status: UnsafeMutablePointer<UInt8>
    ) {
        sum[row] = start
        present[row] = 0
        for tree in 0..<trees.treeCount {
            let end = trees.walk(batch, tree: tree, row: row)
            if end.failed { status[row] = CellStatus.failed }
            let score = end.result < 0 ? .nan : scores[end.result]
            if score.isNaN { continue }
            let weight = weights.count == 0 ? 1 : weights[tree]
            sum[row] = isFloat ? Double(Float(sum[row]) + Float(weight) * Float(score)) : sum[row] + weight * score
            present[row] += weight
        }
    }
}

/// Whether an ensemble has a prediction when only some of its members have one.
struct MissingRule: Sendable {
    let missing: MissingMember
    private let threshold: Double
    /// The weights of all members.
    let total: Double

    init(missing: MissingMember, threshold: Double, weights: Slab<Double>, trees: Int) {
        self.missing = missing
        self.threshold = threshold
        var total = 0.0
        for tree in 0..<trees { total += weights.count == 0 ? 1 : weights[tree] }
        self.total = total
    }

    /// - Parameter present: the weights of the members that have a prediction, added up in order.
    @inline(__always)
    func isMissing(_ present: Double) -> Bool {
        present != total && (missing == .returnMissing || present == 0 || (total - present) / total > threshold)
    }
}

// https://dmg.org/pmml/v4-4-1/MultipleModels.html

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
    private let weights: MemberWeights
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
        let weights = try reader.numbers()
        scores = try reader.numbers()
        trees = try Trees(from: &reader, resultCount: scores.count)
        guard weights.count == 0 || weights.count == trees.treeCount else { throw reader.error("operand-range", "weights and trees differ in number") }
        rule = MissingRule(missing: missing, threshold: threshold)
        self.weights = MemberWeights(weights, trees: trees.treeCount)
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
        let tally = MemberTally(frame.scratch.numbers(0, MemberTally.size(rows)), rows)
        // Members are counted only where one may have no prediction.
        let isComplete = isPlain && batch.carefulRows == 0 && trees.treeCount > 0
        for row in 0..<rows { status[row] = 0 }
        if !isComplete {
            for row in 0..<rows { tally.begin(row, present: isPlain ? weights.sum : 0) }
        }
        if batch.carefulRows < rows {
            if isFloat {
                let narrow = UnsafeMutableRawPointer(frame.scratch.numbers(1, rows)).assumingMemoryBound(to: Float.self)
                for row in 0..<rows { narrow[row] = Float(start) }
                floats.withUnsafeBufferPointer { if let base = $0.baseAddress { add(batch, base, narrow, tally) } }
                for row in 0..<rows { sum[row] = Double(narrow[row]) }
            } else {
                for row in 0..<rows { sum[row] = start }
                add(batch, scores.base, sum, tally)
            }
        }
        if batch.carefulRows > 0 {
            for row in 0..<rows where batch.careful[row] != 0 { walk(batch, row, sum, tally, status) }
        }
        if isComplete {
            if isAverage {
                for row in 0..<rows { average(row, weights.sum, sum, status) }
            }
            return
        }
        for row in 0..<rows where status[row] == 0 {
            if rule.leavesNothing(lost: tally.lost[row], weighing: tally.lostWeight[row], members: weights.count, total: weights.total) {
                status[row] = CellStatus.missing
            } else if isAverage {
                average(row, tally.present[row], sum, status)
            }
        }
    }

    /// Makes a row's sum a mean. Weights that add up to nothing leave none.
    @inline(__always)
    private func average(_ row: Int, _ present: Double, _ sum: UnsafeMutablePointer<Double>, _ status: UnsafeMutablePointer<UInt8>) {
        if present <= 0 { status[row] = CellStatus.missing }
        sum[row] = isFloat ? Double(Float(sum[row]) / Float(present)) : sum[row] / present
    }

    /// All trees weigh 1 and have a score everywhere.
    private var isPlain: Bool { weights.areOne && !hasGaps }

    /// Adds the trees' scores for all rows.
    @inline(__always)
    private func add<Number: BinaryFloatingPoint>(
        _ batch: TreeBatch, _ scores: UnsafePointer<Number>, _ sum: UnsafeMutablePointer<Number>, _ tally: MemberTally
    ) {
        if isPlain {
            trees.leaves(batch) { tree, row, count, leaves in
                let (scores, sum) = (scores + trees.firstResult(of: tree), sum + row)
                for index in 0..<count { sum[index] += scores[Int(leaves[index])] }
            }
        } else {
            trees.leaves(batch) { tree, row, count, leaves in
                let (scores, sum, tally) = (scores + trees.firstResult(of: tree), sum + row, tally.beginning(at: row))
                let weight = weights[tree]
                for index in 0..<count {
                    let score = scores[Int(leaves[index])]
                    if score.isNaN {
                        tally.lose(index, weight)
                    } else {
                        sum[index] += Number(weight) * score
                        tally.present[index] += weight
                    }
                }
            }
        }
    }

    private func walk(
        _ batch: TreeBatch, _ row: Int, _ sum: UnsafeMutablePointer<Double>, _ tally: MemberTally, _ status: UnsafeMutablePointer<UInt8>
    ) {
        sum[row] = start
        tally.begin(row)
        for tree in 0..<trees.treeCount {
            let end = trees.walk(batch, tree: tree, row: row)
            if end.failed { status[row] = CellStatus.failed }
            let score = end.result < 0 ? .nan : scores[end.result]
            let weight = weights[tree]
            if score.isNaN {
                tally.lose(row, weight)
            } else {
                sum[row] = isFloat ? Double(Float(sum[row]) + Float(weight) * Float(score)) : sum[row] + weight * score
                tally.present[row] += weight
            }
        }
    }
}

// https://dmg.org/pmml/v4-4-1/MultipleModels.html

/// `forest.classes`: all trees of a classification ensemble: the weighted mean of a number of each class (1 for the tree's
/// vote, or its class probabilities), added up in the order of the document.
struct ForestClassesKernel<Trees: TreeLayout>: Kernel {
    static var name: String { "forest.classes" + Trees.suffix }
    private let outputs: [Int32]
    /// Sums are rounded to binary32 after every tree.
    private let isFloat: Bool
    private let rule: MissingRule
    private let weights: MemberWeights
    /// One number per result and class; a row of NaN for none.
    private let amounts: Slab<Double>
    /// The amounts once more if sums are in binary32.
    private let floats: [Float]
    private let hasGaps: Bool
    private let trees: Trees

    init(from reader: inout OperandReader) throws(FormatError) {
        let classes = try reader.int(in: 1...1_000_000)
        var outputs: [Int32] = []
        for _ in 0..<classes { outputs.append(try reader.output(.number)) }
        self.outputs = outputs
        isFloat = try reader.flag()
        let missing = MissingMember(rawValue: try reader.int(in: 0...2)) ?? .skip
        let threshold = try reader.number()
        let weights = try reader.numbers()
        amounts = try reader.numbers()
        guard amounts.count % classes == 0 else { throw reader.error("operand-range", "results and classes do not match") }
        trees = try Trees(from: &reader, resultCount: amounts.count / classes)
        guard weights.count == 0 || weights.count == trees.treeCount else { throw reader.error("operand-range", "weights and trees differ in number") }
        rule = MissingRule(missing: missing, threshold: threshold)
        self.weights = MemberWeights(weights, trees: trees.treeCount)
        let values = UnsafeBufferPointer(start: amounts.base, count: amounts.count)
        hasGaps = values.contains { $0.isNaN }
        floats = isFloat ? values.map { Float($0) } : []
    }

    // Kernels are called through their protocol, where the compiler does not know the layout: without these, nothing is specialised.
    @_specialize(where Trees == MaskTrees)
    @_specialize(where Trees == RowTrees)
    @_specialize(where Trees == TreeTable)
    func run(_ frame: Frame) {
        let batch = trees.prepare(frame)
        let (rows, classes) = (frame.count, outputs.count)
        let status = frame.status(outputs[0])
        let tally = MemberTally(frame.scratch.numbers(0, MemberTally.size(rows)), rows)
        let sums = frame.scratch.numbers(1, rows * classes)
        for row in 0..<rows {
            status[row] = 0
            tally.begin(row, present: hasGaps ? 0 : weights.sum)
        }
        if batch.carefulRows < rows {
            if isFloat {
                let narrow = UnsafeMutableRawPointer(frame.scratch.numbers(2, rows * classes)).assumingMemoryBound(to: Float.self)
                for index in 0..<(rows * classes) { narrow[index] = 0 }
                floats.withUnsafeBufferPointer { if let base = $0.baseAddress { add(batch, base, narrow, tally) } }
                for index in 0..<(rows * classes) { sums[index] = Double(narrow[index]) }
            } else {
                for index in 0..<(rows * classes) { sums[index] = 0 }
                add(batch, amounts.base, sums, tally)
            }
        }
        if batch.carefulRows > 0 {
            for row in 0..<rows where batch.careful[row] != 0 { walk(batch, row, sums + row * classes, tally, status) }
        }
        for row in 0..<rows where status[row] == 0 && (tally.lost[row] > 0 || tally.present[row] <= 0) {
            let most = UnsafeBufferPointer(start: sums + row * classes, count: classes).max() ?? 0
            // Weights that add up to nothing leave no shares.
            if tally.present[row] <= 0
                || rule.leavesNothing(
                    lost: tally.lost[row], weighing: tally.lostWeight[row], members: weights.count, total: weights.total, mostVotes: most)
            {
                status[row] = CellStatus.missing
            }
        }
        for (index, register) in outputs.enumerated() {
            let (out, outStatus) = (frame.numbers(register), frame.status(register))
            for row in 0..<rows {
                let sum = sums[row &* classes &+ index]
                out[row] = isFloat ? Double(Float(sum) / Float(tally.present[row])) : sum / tally.present[row]
                outStatus[row] = status[row]
            }
        }
    }

    /// Adds the trees' amounts for all rows, the usual variants in loops of their own.
    @inline(__always)
    private func add<Number: BinaryFloatingPoint>(
        _ batch: TreeBatch, _ amounts: UnsafePointer<Number>, _ sums: UnsafeMutablePointer<Number>, _ tally: MemberTally
    ) {
        let classes = outputs.count
        if weights.areOne, !hasGaps, classes == 2 {
            trees.leaves(batch) { tree, row, count, leaves in
                let (amounts, sums) = (amounts + trees.firstResult(of: tree) &* 2, sums + row &* 2)
                for index in 0..<count {
                    let amount = amounts + Int(leaves[index]) &* 2
                    sums[2 &* index] += amount[0]
                    sums[2 &* index &+ 1] += amount[1]
                }
            }
        } else if weights.areOne, !hasGaps {
            trees.leaves(batch) { tree, row, count, leaves in
                let (amounts, sums) = (amounts + trees.firstResult(of: tree) &* classes, sums + row &* classes)
                for index in 0..<count {
                    let (amount, sum) = (amounts + Int(leaves[index]) &* classes, sums + index &* classes)
                    for place in 0..<classes { sum[place] += amount[place] }
                }
            }
        } else {
            trees.leaves(batch) { tree, row, count, leaves in
                let (amounts, sums, tally) = (amounts + trees.firstResult(of: tree) &* classes, sums + row &* classes, tally.beginning(at: row))
                let weight = weights[tree]
                for index in 0..<count {
                    let (amount, sum) = (amounts + Int(leaves[index]) &* classes, sums + index &* classes)
                    if amount[0].isNaN {
                        tally.lose(index, weight)
                        continue
                    }
                    for place in 0..<classes { sum[place] += Number(weight) * amount[place] }
                    if hasGaps { tally.present[index] += weight }
                }
            }
        }
    }

    private func walk(
        _ batch: TreeBatch, _ row: Int, _ sum: UnsafeMutablePointer<Double>, _ tally: MemberTally, _ status: UnsafeMutablePointer<UInt8>
    ) {
        let classes = outputs.count
        for index in 0..<classes { sum[index] = 0 }
        tally.begin(row)
        for tree in 0..<trees.treeCount {
            let end = trees.walk(batch, tree: tree, row: row)
            if end.failed { status[row] = CellStatus.failed }
            let weight = weights[tree]
            let amount = amounts.base + Swift.max(0, end.result) &* classes
            if end.result < 0 || amount[0].isNaN {
                tally.lose(row, weight)
                continue
            }
            for index in 0..<classes {
                sum[index] = isFloat ? Double(Float(sum[index]) + Float(weight) * Float(amount[index])) : sum[index] + weight * amount[index]
            }
            tally.present[row] += weight
        }
    }
}

// https://dmg.org/pmml/v4-4-1/TreeModel.html

/// `tree.answers`: the numbers that one tree has for the leaf that each row comes to, a column for each; NaN in a table means missing.
struct TreeAnswersKernel<Trees: TreeLayout>: Kernel {
    static var name: String { "tree.answers" + Trees.suffix }
    private let outputs: [Int32]
    /// One number per result and output.
    private let amounts: Slab<Double>
    /// The same, output by output.
    private let columns: [Double]
    /// Per output whether some number is NaN.
    private let hasGaps: [Bool]
    private let trees: Trees

    init(from reader: inout OperandReader) throws(FormatError) {
        let count = try reader.int(in: 1...1_000_000)
        var outputs: [Int32] = []
        for _ in 0..<count { outputs.append(try reader.output(.number)) }
        self.outputs = outputs
        amounts = try reader.numbers()
        guard amounts.count % count == 0 else { throw reader.error("operand-range", "results and outputs do not match") }
        let results = amounts.count / count
        trees = try Trees(from: &reader, resultCount: results)
        guard trees.treeCount == 1 else { throw reader.error("tree-roots", "tree.answers takes one tree") }
        var columns: [Double] = []
        columns.reserveCapacity(amounts.count)
        for output in 0..<count {
            for result in 0..<results { columns.append(amounts[result * count + output]) }
        }
        self.columns = columns
        hasGaps = (0..<count).map { columns[$0 * results..<($0 + 1) * results].contains { $0.isNaN } }
    }

    // Kernels are called through their protocol, where the compiler does not know the layout: without these, nothing is specialised.
    @_specialize(where Trees == MaskTrees)
    @_specialize(where Trees == RowTrees)
    @_specialize(where Trees == TreeTable)
    func run(_ frame: Frame) {
        let batch = trees.prepare(frame)
        if batch.carefulRows < batch.rows {
            columns.withUnsafeBufferPointer { columns in
                guard let base = columns.baseAddress else { return }
                let (table, results) = (base + trees.firstResult(of: 0), columns.count / outputs.count)
                trees.leaves(batch) { _, row, count, leaves in
                    for (index, register) in outputs.enumerated() {
                        fill(frame.numbers(register) + row, frame.status(register) + row, count, leaves, table + index &* results, hasGaps[index])
                    }
                }
            }
        }
        if batch.carefulRows == 0 { return }
        for row in 0..<batch.rows where batch.careful[row] != 0 {
            let end = trees.walk(batch, tree: 0, row: row)
            for (index, register) in outputs.enumerated() {
                let number = end.result < 0 ? .nan : amounts[end.result &* outputs.count &+ index]
                frame.numbers(register)[row] = number.isNaN ? 0 : number
                frame.status(register)[row] = end.failed ? CellStatus.failed : number.isNaN ? CellStatus.missing : 0
            }
        }
    }

    @inline(__always)
    private func fill(
        _ out: UnsafeMutablePointer<Double>, _ status: UnsafeMutablePointer<UInt8>, _ count: Int, _ leaves: UnsafePointer<Trees.Leaf>,
        _ table: UnsafePointer<Double>, _ hasGaps: Bool
    ) {
        if hasGaps {
            for row in 0..<count {
                let number = table[Int(leaves[row])]
                out[row] = number.isNaN ? 0 : number
                status[row] = number.isNaN ? CellStatus.missing : 0
            }
        } else {
            for row in 0..<count { out[row] = table[Int(leaves[row])] }
            for row in 0..<count { status[row] = 0 }
        }
    }
}

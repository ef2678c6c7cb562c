// https://dmg.org/pmml/v4-4-1/TreeModel.html

/// `tree.answers`: the numbers that one tree has for the leaf that each row comes to, a column for each; NaN in a table means missing.
struct TreeAnswersKernel<Trees: TreeLayout>: Kernel {
    static var name: String { "tree.answers" + Trees.suffix }
    private let outputs: [Int32]
    /// One number per result and output.
    private let amounts: Slab<Double>
    /// The same, output by output, with 0 for NaN.
    private let columns: [Double]
    /// The status of each number of `columns`.
    private let statuses: [UInt8]
    /// Per output the first one that has the same statuses.
    private let twins: [Int]
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
        var statuses: [UInt8] = []
        var twins: [Int] = []
        var seen: [ArraySlice<UInt8>: Int] = [:]
        columns.reserveCapacity(amounts.count)
        statuses.reserveCapacity(amounts.count)
        for output in 0..<count {
            for result in 0..<results {
                let amount = amounts[result * count + output]
                columns.append(amount.isNaN ? 0 : amount)
                statuses.append(amount.isNaN ? CellStatus.missing : 0)
            }
            let own = statuses[(output * results)...]
            let twin = seen[own] ?? output
            seen[own] = twin
            twins.append(twin)
        }
        (self.columns, self.statuses, self.twins) = (columns, statuses, twins)
    }

    // Kernels are called through their protocol, where the compiler does not know the layout: without these, nothing is specialised.
    @_specialize(where Trees == MaskTrees)
    @_specialize(where Trees == RowTrees)
    @_specialize(where Trees == TreeTable)
    func run(_ frame: Frame) {
        let batch = trees.prepare(frame)
        if batch.carefulRows < batch.rows {
            columns.withUnsafeBufferPointer { columns in
                statuses.withUnsafeBufferPointer { statuses in
                    guard let numbers = columns.baseAddress, let marks = statuses.baseAddress else { return }
                    let (first, results) = (trees.firstResult(of: 0), columns.count / outputs.count)
                    trees.leaves(batch) { _, row, count, leaves in
                        for (index, register) in outputs.enumerated() {
                            let place = first + index &* results
                            fill(frame.numbers(register) + row, numbers + place, count, leaves)
                            let status = frame.status(register) + row
                            if twins[index] == index {
                                for row in 0..<count { status[row] = marks[place &+ Int(leaves[row])] }
                            } else {
                                status.update(from: frame.status(outputs[twins[index]]) + row, count: count)
                            }
                        }
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
    private func fill(_ out: UnsafeMutablePointer<Double>, _ table: UnsafePointer<Double>, _ count: Int, _ leaves: UnsafePointer<Trees.Leaf>) {
        if Trees.Leaf.self == UInt8.self {
            VectorMath.lookUp(table, UnsafeRawPointer(leaves).assumingMemoryBound(to: UInt8.self), count, out)
        } else {
            for row in 0..<count { out[row] = table[Int(leaves[row])] }
        }
    }
}

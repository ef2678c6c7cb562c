/// `tree.walk`: the number of the result that each row reaches in one tree; missing where it reaches none.
struct TreeWalkKernel: Kernel {
    static let name = "tree.walk"
    private let leaf: Int32
    /// How many default children were taken.
    private let steps: Int32
    private let table: TreeTable

    static func encode(_ writer: inout OperandWriter, resultCount: Int, trees: FlatTrees, features: [Register]) {
        writer.int(resultCount)
        writer.trees(trees, features: features)
    }

    init(from reader: inout OperandReader) throws(FormatError) {
        leaf = try reader.output(.number)
        steps = try reader.output(.number)
        let count = try reader.int(in: 1...Int(Int32.max))
        table = try TreeTable(from: &reader, resultCount: count)
        guard table.roots.count == 1 else { throw reader.error("tree-roots", "tree.walk takes one tree") }
    }

    func run(_ frame: Frame) {
        let columns = TreeColumns(table, frame)
        let out = frame.numbers(leaf)
        let outStatus = frame.status(leaf)
        let outSteps = frame.numbers(steps)
        let stepsStatus = frame.status(steps)
        for row in 0..<frame.count {
            let end = table.walk(tree: 0, row: row, values: columns.values, status: columns.status)
            out[row] = Double(end.result)
            outStatus[row] = end.failed ? CellStatus.failed : end.result == 0 ? CellStatus.missing : 0
            outSteps[row] = Double(end.defaultSteps)
            stepsStatus[row] = 0
        }
    }
}

/// `table.number`: the number that stands in a table at a row's index; NaN in the table means missing.
struct TableNumberKernel: Kernel {
    static let name = "table.number"
    private let out: Int32
    private let index: Int32
    private let table: Slab<Double>

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.number)
        index = try reader.input(.number)
        table = try reader.numbers()
    }

    func run(_ frame: Frame) {
        let (out, outStatus) = (frame.numbers(out), frame.status(out))
        let (index, status) = (frame.numbers(index), frame.status(index))
        let (base, limit) = (table.base, Double(table.count))
        for row in 0..<frame.count {
            let at = index[row]
            let value = at >= 0 && at < limit ? base[Int(at)] : .nan
            if status[row] & CellStatus.missing == 0, value == value {
                out[row] = value
                outStatus[row] = 0
            } else {
                out[row] = 0
                outStatus[row] = CellStatus.missing | status[row] & CellStatus.failure
            }
        }
    }
}

/// `table.text`: the string that stands in a table at a row's index; -1 in the table means missing.
struct TableTextKernel: Kernel {
    static let name = "table.text"
    private let out: Int32
    private let index: Int32
    private let table: Slab<Int32>
    private let hasGaps: Bool

    init(from reader: inout OperandReader) throws(FormatError) {
        out = try reader.output(.text)
        index = try reader.input(.number)
        table = try reader.integers()
        for at in 0..<table.count where table[at] < -1 || Int(table[at]) >= reader.pools.strings.count {
            throw reader.error("pool-range", "there is no string \(table[at])")
        }
        var hasGaps = false
        for at in 0..<table.count where table[at] < 0 { hasGaps = true }
        self.hasGaps = hasGaps
    }

    func run(_ frame: Frame) {
        let rows = frame.count
        let (out, outStatus) = (frame.codes(out), frame.status(out))
        let (index, status) = (frame.numbers(index), frame.status(index))
        let (base, limit) = (table.base, Double(table.count))
        let last = limit - 1
        var seen: UInt8 = hasGaps || table.count == 0 ? 0xff : 0
        for row in 0..<rows { seen |= status[row] | (index[row] >= 0 && index[row] <= last ? 0 : 0xff) }
        if seen == 0 {
            // Adding 2⁵² leaves a whole number in the low bits, without the checks of a conversion; its range has been checked.
            for row in 0..<rows { out[row] = base[Int(UInt32(truncatingIfNeeded: (index[row] + 0x1p52).bitPattern))] }
            for row in 0..<rows { outStatus[row] = 0 }
            return
        }
        for row in 0..<rows {
            let at = index[row]
            if status[row] & CellStatus.missing == 0, at >= 0, at < limit, base[Int(at)] >= 0 {
                out[row] = base[Int(at)]
                outStatus[row] = 0
            } else {
                out[row] = 0
                outStatus[row] = CellStatus.missing | status[row] & CellStatus.failure
            }
        }
    }
}

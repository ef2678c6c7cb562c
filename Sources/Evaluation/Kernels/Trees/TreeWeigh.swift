// https://dmg.org/pmml/v4-4-1/TreeModel.html#strategies

/// `tree.weigh`: scores a tree whose missing values spread a row over several children (weightedConfidence, aggregateNodes).
///
/// Outputs: the result of the one node that was reached (missing if several were), then one number per class.
struct TreeWeighKernel: Kernel {
    static let name = "tree.weigh"
    private let leaf: Int32
    private let outputs: [Int32]
    /// false: children are weighed by their record counts and their classes' shares added; true: the leaves' amounts are added as they are.
    private let isAggregate: Bool
    private let features: [Int32]
    /// Per node: first child, next sibling (-1: none), test (``Test``), feature.
    private let shape: Slab<Int32>
    /// Per node: the number that its test asks for, record count.
    private let numbers: Slab<Double>
    /// Per node: one amount for each class; NaN where the node says nothing.
    private let amounts: Slab<Double>
    private let returnsLast: Bool
    private let nodeCount: Int

    /// The tests of `shape`; each is true, false or unknown. All but the plainest predicates are conditions of their own, which are 1.
    enum Test: Int32 { case always, never, equal }

    init(from reader: inout OperandReader) throws(FormatError) {
        let classes = try reader.int(in: 2...1_000_000) - 1
        leaf = try reader.output(.number)
        var outputs: [Int32] = []
        for _ in 0..<classes { outputs.append(try reader.output(.number)) }
        self.outputs = outputs
        isAggregate = try reader.flag()
        returnsLast = try reader.flag()
        features = try reader.inputs(.number)
        shape = try reader.integers()
        numbers = try reader.numbers()
        amounts = try reader.numbers()
        nodeCount = shape.count / 4
        guard nodeCount > 0, shape.count == nodeCount * 4, numbers.count == nodeCount * 2, amounts.count == nodeCount * classes else {
            throw reader.error("tree-nodes", "the tables of a tree have different lengths")
        }
        for node in 0..<nodeCount {
            for link in 0..<2 {
                let to = Int(shape[node * 4 + link])
                guard to == -1 || (to > node && to < nodeCount) else { throw reader.error("tree-link", "a link of node \(node) leads backwards or out of the tree") }
            }
            guard let test = Test(rawValue: shape[node * 4 + 2]) else { throw reader.error("tree-test", "node \(node) has an unknown test") }
            let feature = Int(shape[node * 4 + 3])
            guard test == .always || test == .never || (feature >= 0 && feature < features.count) else {
                throw reader.error("tree-feature", "node \(node) tests no feature of the table")
            }
        }
    }

    /// A node to visit and the share of the row that goes there.
    private struct Visit {
        var node: Int
        var share: Double
    }

    func run(_ frame: Frame) {
        let classes = outputs.count
        var sums = [Double](repeating: 0, count: classes)
        var open: [Visit] = []
        let columns = features.map { frame.numbers($0) }
        let states = features.map { frame.status($0) }
        let (out, outStatus) = (frame.numbers(leaf), frame.status(leaf))
        for row in 0..<frame.count {
            for index in 0..<classes { sums[index] = 0 }
            var reached = 0
            var last = -1
            var failed = false
            open.removeAll(keepingCapacity: true)
            if test(0, row, columns, states, &failed) == true { open.append(Visit(node: 0, share: 1)) }
            while let visit = open.popLast() {
                var child = Int(shape[visit.node * 4])
                if child < 0 {
                    add(visit, &sums)
                    reached += 1
                    last = visit.node
                    continue
                }
                let before = open.count
                while child >= 0 {
                    let holds = test(child, row, columns, states, &failed)
                    if holds == true {
                        open.append(Visit(node: child, share: visit.share))
                        break
                    }
                    if holds == nil {
                        spread(over: visit, from: child, row, columns, states, &failed, &open)
                        break
                    }
                    child = Int(shape[child * 4 + 1])
                }
                if open.count == before, returnsLast {
                    add(visit, &sums)
                    reached += 1
                    last = visit.node
                }
            }
            outStatus[row] = failed ? CellStatus.failed : reached == 1 ? 0 : CellStatus.missing
            out[row] = Double(last + 1)
            for (index, register) in outputs.enumerated() {
                let isKnown = reached > 0 && !sums[index].isNaN && !failed
                frame.numbers(register)[row] = isKnown ? sums[index] : 0
                frame.status(register)[row] = isKnown ? 0 : failed ? CellStatus.failed : CellStatus.missing
            }
        }
    }

    private func add(_ visit: Visit, _ sums: inout [Double]) {
        let factor = isAggregate ? 1 : visit.share
        for index in sums.indices { sums[index] += factor * amounts[visit.node * sums.count + index] }
    }

    /// Opens every child that is not ruled out, each with its share by record count.
    private func spread(
        over parent: Visit, from first: Int, _ row: Int, _ columns: [UnsafeMutablePointer<Double>], _ states: [UnsafeMutablePointer<UInt8>],
        _ failed: inout Bool, _ open: inout [Visit]
    ) {
        var possible: [Int] = []
        var total = 0.0
        var child = first
        while child >= 0 {
            if test(child, row, columns, states, &failed) != false {
                possible.append(child)
                total += numbers[child * 2 + 1]
            }
            child = Int(shape[child * 4 + 1])
        }
        // The last one pushed is visited first: push backwards to visit in document order.
        for child in possible.reversed() {
            open.append(Visit(node: child, share: parent.share * numbers[child * 2 + 1] / total))
        }
    }

    private func test(
        _ node: Int, _ row: Int, _ columns: [UnsafeMutablePointer<Double>], _ states: [UnsafeMutablePointer<UInt8>], _ failed: inout Bool
    ) -> Bool? {
        let kind = Test(rawValue: shape[node * 4 + 2]) ?? .never
        if kind == .always { return true }
        if kind == .never { return false }
        let feature = Int(shape[node * 4 + 3])
        let isMissing = states[feature][row] & CellStatus.missing != 0
        if states[feature][row] & CellStatus.failure != 0 { failed = true }
        return isMissing ? nil : columns[feature][row] == numbers[node * 2]
    }
}

/// The forms of a table of trees in a program.
public enum TreeForm: CaseIterable, Sendable {
    /// ``MaskTrees``: small trees.
    case masks
    /// ``RowTrees``: large trees.
    case rows
    /// ``TreeTable``: what neither of the others can hold.
    case nodes
}

/// A table of trees as it is written, in the form that its shape calls for, with what its results mean put in the form's order.
struct TreePacking {
    let form: TreeForm
    /// For each result `width` numbers.
    let amounts: [Double]
    let write: (inout OperandWriter) -> Void

    /// - Parameters:
    ///   - features: the registers that the trees test.
    ///   - binary32: per feature whether its column holds only binary32 numbers.
    ///   - amounts: for each result of the trees, "no result" included, `width` numbers.
    ///   - form: the form to take if the trees fit it; nil takes the fastest.
    ///   - mostResults: how many results a leaf of ``RowTrees`` can tell apart.
    init(
        _ trees: FlatTrees, features: [Register], binary32: [Bool], amounts: [Double], width: Int, form: TreeForm? = nil,
        mostResults: Int = RowTrees.mostResults
    ) {
        let tests = form == .nodes ? nil : TreeTests(trees)
        if let tests, form != .rows, let packed = MaskPacking(tests, features: features.count, amounts: amounts, width: width) {
            self.form = .masks
            self.amounts = packed.amounts
            write = { packed.encode(features, trees.sets, &$0) }
        } else if let tests, form != .masks,
            let packed = RowPacking(tests, features: features.count, binary32: binary32, amounts: amounts, width: width, mostResults: mostResults)
        {
            self.form = .rows
            self.amounts = packed.amounts
            write = { packed.encode(features, trees.sets, &$0) }
        } else {
            self.form = .nodes
            self.amounts = amounts
            write = { $0.trees(trees, features: features) }
        }
    }
}

/// Trees in the form of ``MaskTrees``.
struct MaskPacking {
    private(set) var amounts: [Double] = []
    private var planes: PlaneBuilder
    private var nodes: [UInt8] = []
    private var starts: [Int32] = [0]
    private var results: [Int32] = []
    private var exits: [Int32] = []
    private let width: Int

    /// nil if a tree has too many leaves or the tests too many planes.
    init?(_ tests: TreeTests, features: Int, amounts given: [Double], width: Int) {
        self.width = width
        let trees = tests.trees
        // A tree of more nodes has more leaves, or is of a rare shape.
        for tree in trees.roots.indices where trees.range(of: tree).count > 4 * MaskTrees.mostLeaves { return nil }
        planes = PlaneBuilder(tests, features: features, chunk: MaskTrees.mostRanks, binary32: nil)
        guard planes.planes.count <= MaskTrees.mostPlanes else { return nil }
        let hasExits = tests.needsExits
        for tree in trees.roots.indices {
            guard append(tests, trees.range(of: tree), given, hasExits) else { return nil }
        }
    }

    private mutating func append(_ tests: TreeTests, _ range: Range<Int>, _ given: [Double], _ hasExits: Bool) -> Bool {
        let trees = tests.trees
        results.append(Int32(truncatingIfNeeded: amounts.count / width))
        var leaves: [Int32: Int] = [:]
        // Slots by index within the tree: leaves by result, tests from the last to the first.
        var slots = [Int](repeating: 0, count: range.count)
        var known = MaskTrees.mostLeaves
        // A tree without tests is leaf 0, whatever other leaves stand beside it.
        let order = trees.results[range.lowerBound] < 0 ? Array(range.reversed()) : [range.lowerBound] + range.dropFirst().reversed()
        for index in order {
            let result = trees.results[index]
            if result < 0 {
                slots[index - range.lowerBound] = known
                known += 1
            } else if let leaf = leaves[result] {
                slots[index - range.lowerBound] = leaf
            } else {
                let leaf = leaves.count
                if leaf >= MaskTrees.mostLeaves { return false }
                leaves[result] = leaf
                slots[index - range.lowerBound] = leaf
                amounts += given[Int(result) * width..<(Int(result) + 1) * width]
            }
        }
        for index in range.reversed() where trees.results[index] < 0 {
            let node = trees.nodes[index]
            let (plane, rank, _) = planes.test(of: index, tests.missing[index])
            for field in [plane, rank, slots[Int(node.left)], slots[Int(node.left) + 1]] {
                nodes.append(UInt8(truncatingIfNeeded: field))
                nodes.append(UInt8(truncatingIfNeeded: field >> 8))
            }
            if hasExits { exits.append(Int32(truncatingIfNeeded: slots[Int(trees.missing[index])])) }
        }
        starts.append(Int32(truncatingIfNeeded: nodes.count / 8))
        return true
    }

    func encode(_ features: [Register], _ sets: [Int32], _ writer: inout OperandWriter) {
        TreePlanes.encode(planes.planes, numbers: planes.numbers, sets: sets, features: features, &writer)
        writer.bytes(nodes)
        writer.integers(starts)
        writer.integers(results)
        writer.integers(exits)
    }
}

/// Trees in the form of ``RowTrees``.
struct RowPacking {
    private(set) var amounts: [Double] = []
    private var planes: PlaneBuilder
    private var planeBits = 0
    private var nodes: [UInt64] = []
    private var starts: [Int32] = [0]
    private var results: [Int32] = []
    private var depths: [Int32] = []
    private var exits: [Int32] = []

    /// nil if the trees have no tests, or too many nodes or planes for a node's word.
    init?(_ tests: TreeTests, features: Int, binary32: [Bool], amounts given: [Double], width: Int, mostResults: Int) {
        planes = PlaneBuilder(tests, features: features, chunk: RowTrees.mostRanks, binary32: binary32)
        guard !planes.planes.isEmpty else { return nil }
        while planes.planes.count > 1 << planeBits { planeBits += 1 }
        let trees = tests.trees
        guard trees.roots.indices.allSatisfy({ trees.range(of: $0).count <= 1 << (32 - planeBits) }) else { return nil }
        nodes.reserveCapacity(trees.nodes.count)
        var rows = RowSet(given, width: width)
        // Equal results of all trees are stored once, unless there are too many for a leaf's bits.
        if !trees.results.withUnsafeBufferPointer({ rows.add($0, most: mostResults) }) { rows = RowSet(given, width: width) }
        let isShared = !rows.isEmpty
        let hasExits = tests.needsExits
        for tree in trees.roots.indices {
            let range = trees.range(of: tree)
            let first = isShared ? 0 : rows.count
            if !isShared {
                rows.forget()
                guard trees.results.withUnsafeBufferPointer({ rows.add(UnsafeBufferPointer(rebasing: $0[range]), most: .max) }),
                    rows.count - first <= mostResults
                else { return nil }
            }
            results.append(Int32(truncatingIfNeeded: first))
            append(tests, range, rows, first)
            if hasExits { exits += trees.missing[range] }
            starts.append(Int32(truncatingIfNeeded: nodes.count))
        }
        amounts = rows.unique
    }

    private mutating func append(_ tests: TreeTests, _ range: Range<Int>, _ rows: RowSet, _ first: Int) {
        let trees = tests.trees
        // How many tests lie before a node; nodes that only a missing value reaches keep -1.
        var levels = [Int32](repeating: -1, count: range.count)
        levels[0] = 0
        var least = Int32.max
        for index in 0..<range.count {
            let result = trees.results[range.lowerBound + index]
            if result >= 0 {
                if levels[index] >= 0 { least = min(least, levels[index]) }
                let cut = RowTrees.leafBits | UInt32(truncatingIfNeeded: rows.place(of: Int(result)) - first)
                nodes.append(UInt64(index) << (32 + UInt64(planeBits)) | UInt64(cut))
                continue
            }
            let node = trees.nodes[range.lowerBound + index]
            let left = Int(node.left)
            if levels[index] >= 0 {
                levels[left] = max(levels[left], levels[index] + 1)
                levels[left + 1] = max(levels[left + 1], levels[index] + 1)
            }
            let (plane, _, value) = planes.test(of: range.lowerBound + index, tests.missing[range.lowerBound + index])
            nodes.append((UInt64(left) << UInt64(planeBits) | UInt64(plane)) << 32 | UInt64(value.bitPattern))
        }
        depths.append(least)
    }

    func encode(_ features: [Register], _ sets: [Int32], _ writer: inout OperandWriter) {
        TreePlanes.encode(planes.planes, numbers: planes.numbers, sets: sets, features: features, &writer)
        writer.int(planeBits)
        writer.bytes(nodes.withUnsafeBytes { Array($0) })
        writer.integers(starts)
        writer.integers(results)
        writer.integers(depths)
        writer.integers(exits)
    }
}

/// Rows of numbers, equal ones once: a hash table over their bits.
private struct RowSet {
    private(set) var unique: [Double] = []
    private let given: [Double]
    private let width: Int
    /// Per given row its place among the unique ones, or -1.
    private var places: [Int32]
    /// Places, or -1; never over half full.
    private var slots = [Int32](repeating: -1, count: 1_024)
    /// The first place that the slots know of.
    private var firstKnown = 0

    init(_ given: [Double], width: Int) {
        self.given = given
        self.width = width
        places = [Int32](repeating: -1, count: given.count / max(1, width))
    }

    var count: Int { unique.count / width }
    var isEmpty: Bool { unique.isEmpty }
    func place(of row: Int) -> Int { Int(places[row]) }

    /// Forgets which rows are stored already, and keeps them.
    mutating func forget() {
        slots = [Int32](repeating: -1, count: 1_024)
        firstKnown = count
    }

    /// Adds the rows that are named; false if there are more than `most` in the end.
    mutating func add(_ rows: UnsafeBufferPointer<Int32>, most: Int) -> Bool {
        for row in rows where row >= 0 && places[Int(row)] < firstKnown {
            places[Int(row)] = place(Int(row))
            if count > most { return false }
        }
        return true
    }

    private mutating func place(_ row: Int) -> Int32 {
        var slot = Self.hash(given, row &* width, width) & (slots.count &- 1)
        while slots[slot] >= 0 {
            if isEqual(Int(slots[slot]), row) { return slots[slot] }
            slot = (slot &+ 1) & (slots.count &- 1)
        }
        let made = Int32(truncatingIfNeeded: count)
        unique += given[row * width..<(row + 1) * width]
        slots[slot] = made
        if (count - firstKnown) * 2 > slots.count { grow() }
        return made
    }

    private func isEqual(_ place: Int, _ row: Int) -> Bool {
        for index in 0..<width where unique[place &* width &+ index].bitPattern != given[row &* width &+ index].bitPattern { return false }
        return true
    }

    private static func hash(_ numbers: [Double], _ start: Int, _ width: Int) -> Int {
        var hash: UInt64 = 0
        for index in start..<start + width { hash = (hash ^ numbers[index].bitPattern) &* 0x9e37_79b9_7f4a_7c15; hash ^= hash >> 29 }
        return Int(truncatingIfNeeded: hash >> 8)
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        for place in firstKnown..<count {
            var slot = Self.hash(unique, place * width, width) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(truncatingIfNeeded: place)
        }
    }
}

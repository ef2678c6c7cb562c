/// What the tests of flat trees look at, and where each sends a missing value: what packing a table needs to know.
struct TreeTests {
    let trees: FlatTrees
    /// Per node where a missing value goes; leaves have `.low`.
    let missing: [TreePlanes.Missing]

    init(_ trees: FlatTrees) {
        self.trees = trees
        var missing = [TreePlanes.Missing](repeating: .low, count: trees.nodes.count)
        var mostFeature = 0
        for node in trees.nodes { mostFeature = max(mostFeature, node.feature) }
        // Rows with a gap in a feature that some test sends out are walked one by one anyway: one plane of the feature is enough.
        var isOut = [Bool](repeating: false, count: mostFeature + 1)
        trees.nodes.withUnsafeBufferPointer { nodes in
            trees.missing.withUnsafeBufferPointer { ways in
                trees.results.withUnsafeBufferPointer { results in
                    for tree in trees.roots.indices {
                        let range = trees.range(of: tree)
                        let walk = Walk(nodes: nodes, ways: ways, results: results, start: range.lowerBound)
                        for index in range where results[index] < 0 {
                            missing[index] = walk.way(index &- range.lowerBound)
                            if missing[index] == .out { isOut[nodes[index].feature] = true }
                        }
                    }
                }
            }
        }
        for index in missing.indices where trees.results[index] < 0 && isOut[trees.nodes[index].feature] {
            if trees.nodes[index].test != FlatNode.Test.isMissing.rawValue { missing[index] = .out }
        }
        self.missing = missing
    }

    /// Whether the ways out of missing values have to be told: some test sends one out, and not just to no result at all.
    var needsExits: Bool {
        for tree in trees.roots.indices {
            let range = trees.range(of: tree)
            for index in range where missing[index] == .out && trees.results[range.lowerBound + Int(trees.missing[index])] != 0 { return true }
        }
        return false
    }

    /// One tree, read where it lies; indices are relative to its first node.
    private struct Walk {
        let nodes: UnsafeBufferPointer<FlatNode>
        let ways: UnsafeBufferPointer<Int32>
        let results: UnsafeBufferPointer<Int32>
        let start: Int

        func way(_ index: Int) -> TreePlanes.Missing {
            let node = nodes[start &+ index]
            if node.test == FlatNode.Test.isMissing.rawValue { return .low }
            let target = end(Int(ways[start &+ index]), node.feature)
            if isSame(target, end(Int(node.left), node.feature)) { return .low }
            return isSame(target, end(Int(node.left) &+ 1, node.feature)) ? .high : .out
        }

        /// Where a row comes from a node on as long as the same feature is tested, which is missing.
        private func end(_ index: Int, _ feature: Int) -> Int {
            var index = index
            // Chains of siblings may be long; an answer too early is only less good.
            for _ in 0..<64 {
                let node = nodes[start &+ index]
                if results[start &+ index] >= 0 || node.feature != feature { return index }
                index = node.test == FlatNode.Test.isMissing.rawValue ? Int(node.left) : Int(ways[start &+ index])
            }
            return index
        }

        private func isSame(_ a: Int, _ b: Int) -> Bool {
            a == b || (results[start &+ a] >= 0 && results[start &+ a] == results[start &+ b])
        }
    }
}

extension FlatTrees {
    /// The nodes of a tree.
    func range(of tree: Int) -> Range<Int> { Int(roots[tree])..<(tree + 1 < roots.count ? Int(roots[tree + 1]) : nodes.count) }
}

/// Numbers the planes that the tests of flat trees need.
struct PlaneBuilder {
    private(set) var planes: [TreePlanes.Plane] = []
    private(set) var numbers: [Double] = []
    private let trees: FlatTrees
    /// Per feature the number of its distinct thresholds, which stand in `numbers`; none where the values themselves are compared.
    private var cutCounts: [Int]
    /// Per node the place of its threshold among the cuts of its feature.
    private var places: [Int32]
    private let takesValue: [Bool]
    /// Cuts of one plane.
    private let chunk: Int
    /// Index in `numbers` of a feature's cuts.
    private var firstCut: [Int] = []
    /// Planes of ranks and values: (feature · chunks + chunk) · 3 + missing → plane, or -1.
    private var rankPlanes: [Int32]
    private let chunks: Int
    private var otherPlanes: [TreePlanes.Plane: Int] = [:]
    private var equalNumbers: [UInt64: Int] = [:]

    /// - Parameters:
    ///   - chunk: the most cuts of a plane.
    ///   - binary32: per feature whether its column holds only binary32 numbers; nil: ranks are compared, never values.
    init(_ tests: TreeTests, features: Int, chunk: Int, binary32: [Bool]?) {
        trees = tests.trees
        self.chunk = chunk
        var counts = [Int](repeating: 0, count: features)
        var fits = [Bool](repeating: binary32 != nil, count: features)
        for (node, result) in zip(trees.nodes, trees.results) where result < 0 && node.test == FlatNode.Test.lessOrEqual.rawValue {
            let isNarrow = binary32?[node.feature] == true || Double(Float(node.threshold)) == node.threshold
            if !isNarrow || node.threshold == .infinity { fits[node.feature] = false }
            counts[node.feature] += 1
        }
        for feature in counts.indices where fits[feature] { counts[feature] = 0 }
        var ends: [Int] = []
        for count in counts { ends.append((ends.last ?? 0) + count) }
        // All thresholds, those of a feature side by side; then each once, in their order.
        var all = [Double](repeating: 0, count: ends.last ?? 0)
        var next = zip(ends, counts).map { $0 - $1 }
        for (node, result) in zip(trees.nodes, trees.results) where result < 0 && node.test == FlatNode.Test.lessOrEqual.rawValue && !fits[node.feature] {
            // Zero has two signs and is one number.
            all[next[node.feature]] = node.threshold == 0 ? 0 : node.threshold
            next[node.feature] += 1
        }
        var kept = 0
        for (feature, end) in ends.enumerated() {
            let start = end - counts[feature]
            all.withUnsafeMutableBufferPointer {
                var own = UnsafeMutableBufferPointer(rebasing: $0[start..<end])
                own.sort()
            }
            firstCut.append(kept)
            for index in start..<end where kept == firstCut[feature] || all[kept - 1] != all[index] {
                all[kept] = all[index]
                kept += 1
            }
            counts[feature] = kept - firstCut[feature]
        }
        all.removeSubrange(kept...)
        numbers = all
        chunks = max(1, ((counts.max() ?? 0) + chunk - 1) / chunk)
        cutCounts = counts
        takesValue = fits
        places = [Int32](repeating: 0, count: trees.nodes.count)
        rankPlanes = [Int32](repeating: -1, count: features * chunks * 3)
        number(tests)
    }

    /// Numbers all planes, those of one feature and kind side by side.
    private mutating func number(_ tests: TreeTests) {
        var others: Set<TreePlanes.Plane> = []
        for index in trees.nodes.indices where trees.results[index] < 0 {
            let node = trees.nodes[index]
            if node.test == FlatNode.Test.lessOrEqual.rawValue {
                let place = place(node)
                places[index] = Int32(truncatingIfNeeded: place)
                rankPlanes[slot(node, place, tests.missing[index])] = 0
            } else {
                others.insert(otherPlane(node, tests.missing[index]))
            }
        }
        for slot in rankPlanes.indices where rankPlanes[slot] == 0 {
            let (feature, part) = (slot / 3 / chunks, slot / 3 % chunks)
            guard let missing = TreePlanes.Missing(rawValue: Int32(slot % 3)) else { continue }
            rankPlanes[slot] = Int32(planes.count)
            planes.append(
                takesValue[feature]
                    ? .init(feature: feature, kind: .value, missing: missing)
                    : .init(
                        feature: feature, kind: .rank, missing: missing, first: firstCut[feature] + part * chunk,
                        count: min(chunk, cutCounts[feature] - part * chunk)))
        }
        for plane in others.sorted(by: Self.isBefore) {
            otherPlanes[plane] = planes.count
            planes.append(plane)
        }
    }

    private static func isBefore(_ a: TreePlanes.Plane, _ b: TreePlanes.Plane) -> Bool {
        (a.feature, a.kind.rawValue, a.first, a.missing.rawValue) < (b.feature, b.kind.rawValue, b.first, b.missing.rawValue)
    }

    /// The place of a test's threshold among the cuts of its feature.
    private func place(_ node: FlatNode) -> Int {
        numbers.withUnsafeBufferPointer { numbers in
            let first = firstCut[node.feature]
            var (low, high) = (first, first &+ cutCounts[node.feature])
            while low < high {
                let middle = (low &+ high) / 2
                if numbers[middle] < node.threshold { low = middle &+ 1 } else { high = middle }
            }
            return low &- first
        }
    }

    private func slot(_ node: FlatNode, _ place: Int, _ missing: TreePlanes.Missing) -> Int {
        (node.feature * chunks + place / chunk) * 3 + Int(missing.rawValue)
    }

    private mutating func otherPlane(_ node: FlatNode, _ missing: TreePlanes.Missing) -> TreePlanes.Plane {
        switch node.test {
        case FlatNode.Test.isMissing.rawValue: return .init(feature: node.feature, kind: .isMissing, missing: .low)
        case FlatNode.Test.isIn.rawValue: return .init(feature: node.feature, kind: .isIn, missing: missing, first: Int(node.threshold))
        default:
            let value = node.threshold == 0 ? 0 : node.threshold
            let first = equalNumbers[value.bitPattern] ?? numbers.count
            if first == numbers.count {
                numbers.append(value)
                equalNumbers[value.bitPattern] = first
            }
            return .init(feature: node.feature, kind: .equal, missing: missing, first: first)
        }
    }

    /// A test as a plane and a cut: a rank of the plane, a value, or 0.
    mutating func test(of index: Int, _ missing: TreePlanes.Missing) -> (plane: Int, rank: Int, value: Float) {
        let node = trees.nodes[index]
        guard node.test == FlatNode.Test.lessOrEqual.rawValue else { return (otherPlanes[otherPlane(node, missing)] ?? 0, 0, 0) }
        let place = Int(places[index])
        let plane = Int(rankPlanes[slot(node, place, missing)])
        if takesValue[node.feature] { return (plane, 0, Self.roundedDown(node.threshold)) }
        return (plane, place % chunk, Float(place % chunk))
    }

    /// The greatest binary32 number that is not greater.
    private static func roundedDown(_ value: Double) -> Float {
        let near = Float(value)
        return Double(near) > value ? near.nextDown : near
    }
}

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

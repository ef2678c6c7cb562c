/// Numbers the planes that the tests of flat trees need.
struct PlaneBuilder {
    private(set) var planes: [TreePlanes.Plane] = []
    private(set) var numbers: [Double] = []
    private let trees: FlatTrees
    /// Per feature its distinct thresholds, ascending; none where the values themselves are compared.
    private var cuts: [[Double]]
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
        var cuts = [[Double]](repeating: [], count: features)
        var fits = [Bool](repeating: binary32 != nil, count: features)
        for (node, result) in zip(trees.nodes, trees.results) where result < 0 && node.test == FlatNode.Test.lessOrEqual.rawValue {
            let isNarrow = binary32?[node.feature] == true || Double(Float(node.threshold)) == node.threshold
            if !isNarrow || node.threshold == .infinity { fits[node.feature] = false }
        }
        if fits.contains(false) {
            for (node, result) in zip(trees.nodes, trees.results) where result < 0 && node.test == FlatNode.Test.lessOrEqual.rawValue {
                // Zero has two signs and is one number.
                if !fits[node.feature] { cuts[node.feature].append(node.threshold == 0 ? 0 : node.threshold) }
            }
        }
        for feature in cuts.indices {
            cuts[feature].sort()
            var kept: [Double] = []
            for cut in cuts[feature] where kept.last != cut { kept.append(cut) }
            cuts[feature] = kept
            firstCut.append(numbers.count)
            numbers += kept
        }
        chunks = max(1, ((cuts.map(\.count).max() ?? 0) + chunk - 1) / chunk)
        self.cuts = cuts
        takesValue = fits
        rankPlanes = [Int32](repeating: -1, count: features * chunks * 3)
        number(tests)
    }

    /// Numbers all planes, those of one feature and kind side by side.
    private mutating func number(_ tests: TreeTests) {
        var others: Set<TreePlanes.Plane> = []
        for index in trees.nodes.indices where trees.results[index] < 0 {
            let node = trees.nodes[index]
            if node.test == FlatNode.Test.lessOrEqual.rawValue {
                rankPlanes[slot(node, place(node), tests.missing[index])] = 0
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
                        count: min(chunk, cuts[feature].count - part * chunk)))
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
        let cuts = cuts[node.feature]
        var (low, high) = (0, cuts.count)
        while low < high {
            let middle = (low + high) / 2
            if cuts[middle] < node.threshold { low = middle + 1 } else { high = middle }
        }
        return low
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
    mutating func test(_ node: FlatNode, _ missing: TreePlanes.Missing) -> (plane: Int, rank: Int, value: Float) {
        guard node.test == FlatNode.Test.lessOrEqual.rawValue else { return (otherPlanes[otherPlane(node, missing)] ?? 0, 0, 0) }
        let place = place(node)
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

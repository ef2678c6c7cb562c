import ModelTree

/// Trees of LightGBM as trees of the document: what is at most the threshold goes to the left.
struct LightGBMTrees {
    let features: BoosterFeatures
    let place: RValue

    /// Which values count as missing.
    private enum Missing {
        case none, zero, nan
        init(_ decision: Int32) {
            switch decision >> 2 & 3 {
            case 1: self = .zero
            case 2: self = .nan
            default: self = .none
            }
        }
    }

    func tree(_ tree: LightGBMText.Tree) throws(RReadError) -> TreeModel {
        let inner = tree.left.count
        let total = inner + tree.leaves.count
        // Leaves come after the nodes that split.
        func number(_ child: Int32) throws(RReadError) -> Int {
            let at = child >= 0 ? Int(child) : inner + ~Int(child)
            guard child >= 0 ? at < inner : at < total else { throw place.inconsistent("\(place.path): a node refers to what is not there") }
            return at
        }
        let nodes = try TreeBuilder.build(root: 0, limit: total, at: place) { (node, index, builder) throws(RReadError) in
            builder.setID(index, String(node))
            if node >= inner {
                builder.setScore(index, builder.number(tree.leaves[node - inner]))
                return nil
            }
            let (left, right) = (try number(tree.left[node]), try number(tree.right[node]))
            let which = Int(tree.feature[node])
            guard left > 0, right > 0, let feature = features[which] else { throw place.inconsistent("\(place.path): a node refers to what is not there") }
            let decision = tree.decision[node]
            if decision & 1 != 0 {
                // A missing category is in no set.
                builder.setDefaultChild(index, String(right))
                return .init(split: try set(feature, tree, node), left: left, right: right)
            }
            let missing = Missing(decision)
            let point = tree.threshold[node]
            // What is never missing is 0 where it is.
            let isLeft = missing == .none ? point >= 0 : decision & 2 != 0
            builder.setDefaultChild(index, String(isLeft ? left : right))
            guard case .number(let field) = feature else { throw place.inconsistent("\(place.path): a number and a category are one feature") }
            return .init(split: split(field, point, zeroIsMissing: missing == .zero, isLeft), left: left, right: right)
        }
        return TreeModel(missingValueStrategy: .defaultChild, isMultiSplit: false, nodes: nodes)
    }

    private static let zero = 1e-35

    private func split(_ field: String, _ point: Double, zeroIsMissing: Bool, _ isDefaultLeft: Bool) -> TreeBuilder.Split {
        guard zeroIsMissing, (point >= 0) != isDefaultLeft else { return .lessOrEqual(field, point) }
        // Zeros go the other way than the threshold sends them.
        let isZero = Predicate.both(.atLeast(field, -LightGBMTrees.zero), .atMost(field, LightGBMTrees.zero))
        let isNone = Predicate.either(.below(field, -LightGBMTrees.zero), .above(field, LightGBMTrees.zero))
        if isDefaultLeft { return .predicates(left: .either(.atMost(field, point), isZero), right: .both(.above(field, point), isNone)) }
        return .predicates(left: .both(.atMost(field, point), isNone), right: .either(.above(field, point), isZero))
    }

    private func set(_ feature: BoosterFeatures.Feature, _ tree: LightGBMText.Tree, _ node: Int) throws(RReadError) -> TreeBuilder.Split {
        guard let which = Int(exactly: tree.threshold[node]), which >= 0, which + 1 < tree.setStarts.count else {
            throw place.inconsistent("\(place.path): a split by a set has none")
        }
        let (start, end) = (tree.setStarts[which], tree.setStarts[which + 1])
        guard start >= 0, start <= end, end <= tree.sets.count else { throw place.inconsistent("\(place.path): a set refers to what is not there") }
        var codes: [Int] = []
        for word in start..<end {
            for bit in 0..<32 where tree.sets[word] >> UInt32(bit) & 1 == 1 { codes.append((word - start) * 32 + bit) }
        }
        switch feature {
        case .categorical(let field, let values):
            let left = codes.filter { values.indices.contains($0) }.map { values[$0] }
            return .values(field, left: left, right: values.filter { !left.contains($0) })
        case .codes(let field):
            return .predicates(
                left: .set(SimpleSetPredicate(field: field, isIn: true, values: codes.map(String.init))),
                right: .set(SimpleSetPredicate(field: field, isIn: false, values: codes.map(String.init))))
        case .number, .indicator: throw place.inconsistent("\(place.path): a number and a category are one feature")
        }
    }
}

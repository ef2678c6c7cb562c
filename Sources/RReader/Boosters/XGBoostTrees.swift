import ModelTree

/// Trees of XGBoost as trees of the document: what is less goes to the left, and what is missing where the node says.
struct XGBoostTrees {
    let features: BoosterFeatures
    let place: RValue

    func tree(_ tree: XGBoostModel.Tree, weight: Double) throws(RReadError) -> TreeModel {
        let count = tree.left.count
        guard count > 0, [tree.right.count, tree.feature.count, tree.value.count, tree.isDefaultLeft.count].allSatisfy({ $0 == count }) else {
            throw place.inconsistent("\(place.path): the arrays of a tree differ in length")
        }
        let nodes = try TreeBuilder.build(root: 0, limit: count, at: place) { (number, index, builder) throws(RReadError) in
            builder.setID(index, String(number))
            let (left, right) = (Int(tree.left[number]), Int(tree.right[number]))
            if left == -1 {
                // Dropout trees have weights of binary32.
                let value = weight == 1 ? tree.value[number] : Double(Float(tree.value[number]) * Float(weight))
                builder.setScore(index, builder.number(value))
                return nil
            }
            let which = Int(tree.feature[number])
            guard left > 0, left < count, right > 0, right < count, let feature = features[which] else {
                throw place.inconsistent("\(place.path): a node refers to what is not there")
            }
            let isLeft = tree.isDefaultLeft[number]
            builder.setDefaultChild(index, String(isLeft ? left : right))
            return .init(split: split(feature, tree.value[number], tree.categories[number], isLeft), left: left, right: right)
        }
        return TreeModel(missingValueStrategy: .defaultChild, isMultiSplit: false, nodes: nodes)
    }

    private func split(_ feature: BoosterFeatures.Feature, _ point: Double, _ categories: Set<Int>?, _ isDefaultLeft: Bool) -> TreeBuilder.Split {
        switch feature {
        case .number(let field): return .lessThan(field, point)
        case .indicator(let field, let value):
            let own = Predicate.simple(SimplePredicate(field: field, op: .equal, value: value))
            let other = Predicate.simple(SimplePredicate(field: field, op: .notEqual, value: value))
            // Where 0 and 1 part, 0 is on the left; elsewhere what is not 1 was missing.
            if point > 0, point <= 1 { return .predicates(left: other, right: own) }
            let isOwnLeft = point > 1
            if isOwnLeft == isDefaultLeft { return isOwnLeft ? .predicates(left: .always, right: .never) : .predicates(left: .never, right: .always) }
            return isOwnLeft ? .predicates(left: own, right: other) : .predicates(left: other, right: own)
        case .categorical(let field, let values):
            let right = values.indices.filter { categories?.contains($0) ?? false }.map { values[$0] }
            return .values(field, left: values.filter { !right.contains($0) }, right: right)
        case .codes(let field):
            let right = (categories ?? []).sorted().map(String.init)
            return .predicates(
                left: .set(SimpleSetPredicate(field: field, isIn: false, values: right)), right: .set(SimpleSetPredicate(field: field, isIn: true, values: right)))
        }
    }
}

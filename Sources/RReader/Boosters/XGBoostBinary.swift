/// The binary form of XGBoost's models before JSON: `raw` of `xgb.Booster` up to version 1.7, and of `xgb.save.raw(raw_format = "deprecated")`.
enum XGBoostBinary {
    static func model(_ bytes: [UInt8], at place: RValue) throws(RReadError) -> XGBoostModel {
        var input = BoosterBytes(bytes, at: place)
        // Serialisation of a whole session begins with where its configuration is, which comes after the model.
        if bytes.starts(with: Array("CONFIG-offset:".utf8)) { try input.skip(14 + 8) }
        if bytes.dropFirst(input.position).starts(with: Array("binf".utf8)) { try input.skip(4) }
        var model = XGBoostModel()
        let base = try input.float()
        model.featureCount = Int(try input.unsigned(4, isBig: false))
        let classes = Int(try input.int32())
        let hasAttributes = try input.int32() != 0
        _ = try input.int32()
        let major = try input.unsigned(4, isBig: false)
        try input.skip(136 - 24)
        guard classes >= 0, classes < 1 << 20 else { throw input.damaged("\(classes) classes") }
        model.outputs = max(1, classes)
        model.objective = try text(&input)
        let booster = try text(&input)
        // Before version 1 the base score was kept as it is added.
        model.margins = [major >= 1 ? XGBoostModel.margin(base, model.objective) : base]
        switch booster {
        case "gblinear":
            try input.skip(136)
            model.booster = .linear(try floats(&input))
        case "gbtree", "dart": model.booster = try trees(&input, isDart: booster == "dart")
        default: throw place.unsupported("the booster \(booster) of XGBoost is not supported")
        }
        if hasAttributes, input.remaining >= 8 { model.attributes = try attributes(&input) }
        return model
    }

    private static func count(_ input: inout BoosterBytes) throws(RReadError) -> Int {
        guard let count = Int(exactly: try input.unsigned(8, isBig: false)), count <= input.remaining else { throw input.damaged("a length beyond its end") }
        return count
    }

    private static func text(_ input: inout BoosterBytes) throws(RReadError) -> String { try input.text(try count(&input)) }

    private static func floats(_ input: inout BoosterBytes) throws(RReadError) -> [Double] {
        let count = try count(&input)
        guard count <= input.remaining / 4 else { throw input.damaged("\(count) numbers, which it has no room for") }
        var numbers: [Double] = []
        for _ in 0..<count { numbers.append(try input.float()) }
        return numbers
    }

    private static func attributes(_ input: inout BoosterBytes) throws(RReadError) -> [String: String] {
        var found: [String: String] = [:]
        for _ in 0..<(try count(&input)) {
            let name = try text(&input)
            found[name] = try text(&input)
        }
        return found
    }

    private static func trees(_ input: inout BoosterBytes, isDart: Bool) throws(RReadError) -> XGBoostModel.Booster {
        let count = Int(try input.int32())
        try input.skip(160 - 4)
        guard count >= 0, count <= input.remaining / 148 else { throw input.damaged("\(count) trees, which it has no room for") }
        var trees: [XGBoostModel.Tree] = []
        for _ in 0..<count { trees.append(try tree(&input)) }
        var groups: [Int] = []
        for _ in 0..<count { groups.append(Int(try input.int32())) }
        return .trees(trees, groups: groups, weights: isDart ? try floats(&input) : nil)
    }

    private static func tree(_ input: inout BoosterBytes) throws(RReadError) -> XGBoostModel.Tree {
        _ = try input.int32()
        let count = Int(try input.int32())
        try input.skip(12)
        let leafSize = try input.int32()
        try input.skip(148 - 24)
        guard count > 0, count <= input.remaining / 36 else { throw input.damaged("a tree of \(count) nodes, which it has no room for") }
        if leafSize > 1 { throw input.place.unsupported("trees of XGBoost with vectors as leaves are not supported") }
        var tree = XGBoostModel.Tree()
        for _ in 0..<count {
            _ = try input.int32()
            tree.left.append(try input.int32())
            tree.right.append(try input.int32())
            let feature = try input.unsigned(4, isBig: false)
            tree.feature.append(Int32(truncatingIfNeeded: feature & 0x7FFF_FFFF))
            tree.isDefaultLeft.append(feature >> 31 != 0)
            tree.value.append(try input.float())
        }
        // Statistics of the nodes.
        try input.skip(16 * count)
        return tree
    }
}

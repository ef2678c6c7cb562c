/// What is in the text of a LightGBM model: lines `name=value`, a block of them for each tree.
///
/// [Model format](https://lightgbm.readthedocs.io/en/stable/Parameters.html); nodes that split count from 0, leaves from -1 downwards.
struct LightGBMText {
    struct Tree {
        var left: [Int32] = []
        var right: [Int32] = []
        var feature: [Int32] = []
        var threshold: [Double] = []
        /// Bit 1: split by a set; 2: missing values go to the left; 4 and 8: what counts as missing.
        var decision: [Int32] = []
        var leaves: [Double] = []
        /// Where the words of each set begin, and the words: bit c tells that category c goes to the left.
        var setStarts: [Int] = []
        var sets: [UInt32] = []
    }
    private(set) var header: [String: String] = [:]
    /// Words of the header without a value.
    private(set) var flags: Set<String> = []
    private(set) var trees: [Tree] = []

    init(_ text: String, at place: RValue) throws(RReadError) {
        var block: [String: String]?
        lines: for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
            if line == "end of trees" { break lines }
            guard let mark = line.firstIndex(of: "=") else {
                if block == nil { flags.insert(String(line)) }
                continue
            }
            let (name, value) = (String(line[..<mark]), String(line[line.index(after: mark)...]))
            if name == "Tree" {
                if let block { trees.append(try LightGBMText.tree(block, at: place)) }
                block = [:]
            } else if block != nil { block?[name] = value } else { header[name] = value }
        }
        if let block { trees.append(try LightGBMText.tree(block, at: place)) }
        guard header["num_class"] != nil, !trees.isEmpty else { throw place.inconsistent("\(place.path) is no text of a LightGBM model") }
    }

    private static func tree(_ block: [String: String], at place: RValue) throws(RReadError) -> Tree {
        func words(_ name: String) -> [Substring] { block[name]?.split(separator: " ") ?? [] }
        func numbers(_ name: String) throws(RReadError) -> [Double] {
            var found: [Double] = []
            for word in words(name) {
                guard let number = Double(word) else { throw place.inconsistent("\(place.path): \(name) of a tree has \(word) as a number") }
                found.append(number)
            }
            return found
        }
        func integers(_ name: String) throws(RReadError) -> [Int32] {
            var found: [Int32] = []
            for word in words(name) {
                guard let number = Int32(word) else { throw place.inconsistent("\(place.path): \(name) of a tree has \(word) as an integer") }
                found.append(number)
            }
            return found
        }
        if block["is_linear"] == "1" { throw place.unsupported("LightGBM's trees with linear leaves are not supported") }
        var tree = Tree()
        tree.leaves = try numbers("leaf_value")
        guard tree.leaves.count > 1 else { return tree }
        tree.left = try integers("left_child")
        tree.right = try integers("right_child")
        tree.feature = try integers("split_feature")
        tree.threshold = try numbers("threshold")
        tree.decision = try integers("decision_type")
        tree.setStarts = try integers("cat_boundaries").map(Int.init)
        tree.sets = words("cat_threshold").compactMap { UInt32($0) }
        let count = tree.left.count
        guard tree.leaves.count == count + 1, [tree.right.count, tree.feature.count, tree.threshold.count, tree.decision.count].allSatisfy({ $0 == count }) else {
            throw place.inconsistent("\(place.path): the vectors of a tree differ in length")
        }
        return tree
    }
}

import ModelTree

/// `cforest` of partykit: [the mean](https://rdrr.io/cran/partykit/man/cforest.html) of the numbers or shares of its trees, whose leaves answer
/// with the rows of the data that fall into them.
enum PartykitForestReader: ClassReader {
    static let classes = ["cforest"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let roots = try object.component("nodes").list()
        let weights = try object.component("weights").list()
        guard !roots.isEmpty, weights.count == roots.count else { throw object.inconsistent("the cforest has \(roots.count) trees and \(weights.count) sets of weights") }
        let nodes = try PartykitNodes(object, builder, roots: roots)
        let response = try object.component("fitted").component("(response)")
        let data = try PartykitData(try object.component("data"))
        var trees: [Model] = []
        var levels: [String]?
        for (root, weight) in zip(roots, weights) {
            let fitted = try FittedResponse(response, leaves: try data.leaves(of: root), weights: try weight.doubles(), at: root)
            if fitted.isSurvival { throw object.unsupported("a cforest of survival times is not supported") }
            levels = fitted.levels
            let made = try nodes.tree(root) { (id, _) throws(RReadError) in try fitted.answer(id) }
            let tree = TreeModel(missingValueStrategy: .nullPrediction, isMultiSplit: false, nodes: made)
            trees.append(builder.tree(tree, levels == nil ? .regression : .classification, target: nil))
        }
        builder.setTarget(nodes.responseName, classes: levels)
        return builder.ensemble(
            .average, trees, levels == nil ? .regression : .classification, target: builder.target, output: levels.map { Outputs.probabilities($0) } ?? [])
    }
}

/// The data that an object of partykit keeps, for finding the leaves of its rows.
private struct PartykitData {
    private let columns: [[Double]]
    private let rows: Int

    init(_ data: RValue) throws(RReadError) {
        var columns: [[Double]] = []
        for (_, column) in data.elements {
            // What is no number or factor is no variable of a split.
            columns.append((try? column.doubles()) ?? [])
        }
        self.columns = columns
        rows = columns.map(\.count).max() ?? 0
    }

    /// The number of the leaf that each row falls into.
    func leaves(of root: RValue) throws(RReadError) -> [Int] {
        var result = [Int](repeating: 0, count: rows)
        var waiting: [(node: RValue, rows: [Int])] = [(root, Array(0..<rows))]
        while let (node, rows) = waiting.popLast() {
            let kids = try node.optional("kids")?.list() ?? []
            guard !kids.isEmpty, let split = node.optional("split") else {
                let id = try node.component("id").integer()
                for row in rows { result[row] = id }
                continue
            }
            let number = try split.component("varid").integer()
            let breaks = try split.optional("breaks")?.doubles() ?? []
            let index = try split.optional("index")?.integers()
            let isRight = try split.optional("right")?.bool() ?? true
            guard number >= 1, number <= columns.count, columns[number - 1].count == self.rows else { throw split.inconsistent("\(split.path) is of a variable that is not there") }
            var parts = [[Int]](repeating: [], count: kids.count)
            for row in rows {
                let value = columns[number - 1][row]
                if value.isNaN { throw split.unsupported("a cforest fitted to data with missing values is not supported") }
                let interval = breaks.isEmpty ? (Int(exactly: value) ?? 0) &- 1 : breaks.filter { isRight ? $0 < value : $0 <= value }.count
                let kid = index.map { $0.indices.contains(interval) ? Int($0[interval]) - 1 : -1 } ?? interval
                guard parts.indices.contains(kid) else { throw split.inconsistent("\(split.path) sends a row to no kid") }
                parts[kid].append(row)
            }
            for (kid, rows) in zip(kids, parts) { waiting.append((kid, rows)) }
        }
        return result
    }
}

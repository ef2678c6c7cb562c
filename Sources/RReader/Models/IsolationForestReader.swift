#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import ModelTree

/// `iForest` of the package IsolationForest: [isolation trees](https://cs.nju.edu.cn/zhouzh/zhouzh.files/publication/icdm08b.pdf), whose mean
/// path length and the score made of it are the results.
enum IsolationForestReader: ClassReader {
    static let classes = ["iForest"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let forest = try IsolationTrees(object, builder)
        builder.setTarget(nil)
        var trees: [Model] = []
        for tree in 0..<forest.count { trees.append(builder.tree(try forest.tree(tree), .regression, target: nil)) }
        let inner = builder.ensemble(.average, trees, .regression, target: nil, output: [Outputs.predicted("pathLength")])
        return builder.model(
            .anomalyDetection(AnomalyDetectionModel(algorithmType: .iforest, sampleDataSize: forest.sampleSize, model: inner)),
            element: "AnomalyDetectionModel", .regression, target: nil, output: [Outputs.predicted("anomalyScore")])
    }
}

/// The arrays of an iForest, a column for each tree.
private struct IsolationTrees {
    let count: Int
    let sampleSize: Double
    private let object: RValue
    private let room: Int
    private let status: [Int32]
    private let left: [Int32]
    private let right: [Int32]
    private let variable: [Int32]
    private let point: [Double]
    private let sizes: [Double]
    private let fields: [String]

    init(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) {
        self.object = object
        let trees = try object.component("trees")
        if let factors = object.optional("colisfactor"), try factors.integers().contains(where: { $0 != 0 }) {
            throw factors.unsupported("isolation forests of factors are not supported")
        }
        room = try trees.component("nrnodes").integer()
        count = try trees.component("ntree").integer()
        sampleSize = try trees.component("nRowSamp").double()
        status = try trees.component("nodeStatus").integers()
        left = try trees.component("lDaughter").integers()
        right = try trees.component("rDaughter").integers()
        variable = try trees.component("splitAtt").integers()
        point = try trees.component("splitPoint").doubles()
        sizes = try trees.component("nSam").doubles()
        let total = room.multipliedReportingOverflow(by: count)
        guard room > 0, count > 0, !total.overflow, [status.count, left.count, right.count, variable.count, point.count, sizes.count].allSatisfy({ $0 == total.partialValue }) else {
            throw trees.inconsistent("the arrays of \(trees.path) differ in length")
        }
        fields = try object.component("xcols").strings().map { builder.fields.numberField($0) }
    }

    /// The mean length of the rest of a path that so many rows would be split by.
    private static func rest(_ size: Double) -> Double {
        if size <= 1 { return 0 }
        return 2 * (log(size - 1) + 0.577215664901532860606512090082402431) - 2 * (size - 1) / size
    }

    func tree(_ tree: Int) throws(RReadError) -> TreeModel {
        let start = tree * room
        var depths = [0: 0.0]
        let nodes = try TreeBuilder.build(root: 0, limit: room, at: object) { (number, index, builder) throws(RReadError) in
            let at = start + number
            let depth = depths[number] ?? 0
            if status[at] != -3 {
                builder.setScore(index, builder.number(depth + IsolationTrees.rest(sizes[at])))
                return nil
            }
            let (low, high, which) = (Int(left[at]) - 1, Int(right[at]) - 1, Int(variable[at]) - 1)
            guard low > 0, low < room, high > 0, high < room, fields.indices.contains(which) else { throw object.inconsistent("a node refers to what is not there") }
            depths[low] = depth + 1
            depths[high] = depth + 1
            return .init(split: .lessOrEqual(fields[which], point[at]), left: low, right: high)
        }
        return TreeModel(missingValueStrategy: .nullPrediction, isMultiSplit: false, nodes: nodes)
    }
}

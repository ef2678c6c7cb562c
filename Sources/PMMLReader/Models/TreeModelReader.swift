// https://dmg.org/pmml/v4-4-1/TreeModel.html
import ModelTree

/// `TreeModel`, and `DecisionTree` inside another model.
final class TreeModelReader: ModelReader {
    private enum SplitCharacteristic: String { case binarySplit, multiSplit }

    private let missingValueStrategy: TreeModel.MissingValueStrategy
    private let missingValuePenalty: Double
    private let noTrueChildStrategy: TreeModel.NoTrueChildStrategy
    private let splitCharacteristic: SplitCharacteristic
    private var nodes: TreeNodes?

    override init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ReceiveModel) throws {
        missingValueStrategy = try attributes.choice(.missingValueStrategy) ?? .none
        missingValuePenalty = try attributes.share(.missingValuePenalty) ?? 1
        noTrueChildStrategy = try attributes.choice(.noTrueChildStrategy) ?? .returnNullPrediction
        splitCharacteristic = attributes.informationalChoice(.splitCharacteristic) ?? .multiSplit
        try super.init(document, attributes, receive)
    }

    override func content(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .node else { return nil }
        try once(nodes != nil)
        return .reader(try TreeNodesReader(document, attributes, in: miningSchema ?? MiningSchema()) { [unowned self] in
            nodes = $0
        })
    }

    override func kind() throws -> ModelKind {
        .tree(
            TreeModel(
                missingValueStrategy: missingValueStrategy, missingValuePenalty: missingValuePenalty,
                noTrueChildStrategy: noTrueChildStrategy, isMultiSplit: splitCharacteristic == .multiSplit,
                nodes: try required(nodes, "a Node")))
    }
}

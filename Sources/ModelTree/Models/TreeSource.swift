/// Makes the nodes of a tree that came as a learner's arrays, of which a forest of millions of nodes needs only one tree's at a time.
public protocol TreeSource: Sendable {
    /// The nodes; the same at every call.
    func nodes() -> TreeNodes
}

/// A source whose trees may be plain: every test compares a number with a threshold, and leaves answer with a number or a class. Such a
/// tree can be read where it lies, without nodes.
public protocol PlainTreeSource: TreeSource {
    /// The fields that tests name by their position, and the classes that leaves do; no classes in a regression.
    var fieldNames: [String] { get }
    var classes: [String] { get }
    /// How many nodes and leaves the tree has; nil when it is not plain.
    var plainCounts: (nodes: Int, leaves: Int)? { get }
    /// Lends the tree's arrays; nil when it is not plain.
    func withPlainTree<Result>(_ read: (PlainTreeArrays) -> Result) -> Result?
    /// Gives up the nodes of all trees of its forest: the document will not be asked for them again.
    func release()
}

/// A plain tree by the numbers of its nodes, of which 0 is the root. Children have numbers in the arrays' range and the links make no circles.
public struct PlainTreeArrays {
    public let count: Int
    /// The threshold (value ≤ threshold goes to the left, greater ones to the right, missing ones nowhere), or what a leaf answers: a class by its
    /// number, counted from 1.
    public let values: UnsafePointer<Double>
    /// The field, counted from 1; 0 for a leaf.
    public let fields: UnsafePointer<Int32>
    /// Children, counted from 1.
    public let left: UnsafePointer<Int32>
    /// nil where each right child follows the left one.
    public let right: UnsafePointer<Int32>?
    public init(
        count: Int, values: UnsafePointer<Double>, fields: UnsafePointer<Int32>, left: UnsafePointer<Int32>, right: UnsafePointer<Int32>?
    ) {
        self.count = count
        self.values = values
        self.fields = fields
        self.left = left
        self.right = right
    }
}

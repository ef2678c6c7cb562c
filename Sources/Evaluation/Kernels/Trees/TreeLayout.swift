/// Trees in one of several forms, each with the way of walking that suits it: what the kernels of single trees and of ensembles share.
protocol TreeLayout: Sendable {
    /// A row's leaf in one tree, counted from the tree's first result.
    associatedtype Leaf: FixedWidthInteger & UnsignedInteger
    /// What the layout is called in names of operations: empty, or with a dot before it.
    static var suffix: String { get }
    var treeCount: Int { get }
    /// - Parameter resultCount: how many results the kernel's other tables describe.
    init(from reader: inout OperandReader, resultCount: Int) throws(FormatError)
    /// Prepares a batch.
    func prepare(_ frame: Frame) -> TreeBatch
    /// Calls `found` with a tree, the first of some rows, how many they are, and their leaves; for each row, trees come in order.
    /// Leaves of rows that are marked in the batch mean nothing.
    func leaves(_ batch: TreeBatch, _ found: (_ tree: Int, _ row: Int, _ count: Int, _ leaves: UnsafePointer<Leaf>) -> Void)
    /// Walks one tree for one row, with everything that a test can meet.
    func walk(_ batch: TreeBatch, tree: Int, row: Int) -> TreeEnd
    /// The number of a tree's first result.
    func firstResult(of tree: Int) -> Int
}

/// Where a row ends in a tree.
struct TreeEnd {
    /// The number of the result; -1 for none.
    var result: Int
    /// A failing cell was read.
    var failed = false
}

/// A batch that is ready to be walked; everything lies in the frame's scratch memory.
struct TreeBatch {
    let frame: Frame
    let rows: Int
    /// The codes of all planes and rows, as the layout wants them.
    let codes: UnsafeMutableRawPointer
    /// Per row: not 0 if it needs a walk of its own.
    let careful: UnsafeMutablePointer<UInt8>
    let carefulRows: Int
}

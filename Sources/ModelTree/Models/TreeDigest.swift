/// What a compiler has worked out of a tree while the document was still being read. The tree's own nodes are then no longer what the
/// document says: only who made the digest can use it.
public protocol TreeDigest: Sendable {
    /// Nodes that the document gives the tree.
    var nodeCount: Int { get }
    /// How many of them have no children.
    var leafCount: Int { get }
}

/// Makes digests of trees, on a thread of its own; the second argument is whether they classify. nil: the tree stays as it is.
public typealias TreeDigesting = @Sendable (TreeModel, Bool) -> TreeModel?

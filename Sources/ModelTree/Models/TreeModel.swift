// https://dmg.org/pmml/v4-4-1/TreeModel.html

public struct TreeModel: Sendable {
    public enum MissingValueStrategy: String, Sendable, CaseIterable {
        case lastPrediction, nullPrediction, defaultChild, weightedConfidence, aggregateNodes, none
    }
    public enum NoTrueChildStrategy: String, Sendable, CaseIterable { case returnNullPrediction, returnLastPrediction }
    public var missingValueStrategy: MissingValueStrategy
    public var missingValuePenalty: Double
    public var noTrueChildStrategy: NoTrueChildStrategy
    public var isMultiSplit: Bool
    private var own: TreeNodes
    private var deferred: (any TreeSource)?
    /// The nodes. Those of a ``TreeSource`` are made at every use; ``realized`` has them at hand.
    public var nodes: TreeNodes {
        get { deferred?.nodes() ?? own }
        set {
            own = newValue
            deferred = nil
        }
    }
    /// The same tree with its nodes at hand, for one who reads all of them and then is done with the tree.
    public var realized: TreeModel {
        guard let deferred else { return self }
        var tree = self
        tree.nodes = deferred.nodes()
        return tree
    }
    /// Where the nodes are to come from, if they are plain and nobody has replaced them.
    public var plainSource: (any PlainTreeSource)? { deferred as? any PlainTreeSource }
    /// How many nodes there are without making any.
    public var nodesAtHand: Int { deferred == nil ? own.nodes.count : 0 }
    /// Whether nodes hold models of their own.
    public var embedsModels: Bool { !own.embedded.isEmpty }

    /// If there is one, `nodes` are not the document's.
    public var digest: (any TreeDigest)?

    public init(
        missingValueStrategy: MissingValueStrategy = .none, missingValuePenalty: Double = 1,
        noTrueChildStrategy: NoTrueChildStrategy = .returnNullPrediction, isMultiSplit: Bool = true, nodes: TreeNodes
    ) {
        self.missingValueStrategy = missingValueStrategy
        self.missingValuePenalty = missingValuePenalty
        self.noTrueChildStrategy = noTrueChildStrategy
        self.isMultiSplit = isMultiSplit
        own = nodes
    }

    /// A tree whose nodes are made when they are asked for; they embed no models.
    public init(
        missingValueStrategy: MissingValueStrategy = .none, noTrueChildStrategy: NoTrueChildStrategy = .returnNullPrediction,
        isMultiSplit: Bool = true, source: any TreeSource
    ) {
        self.init(
            missingValueStrategy: missingValueStrategy, noTrueChildStrategy: noTrueChildStrategy, isMultiSplit: isMultiSplit, nodes: TreeNodes())
        deferred = source
    }
}

/// All nodes of one tree: fixed-size records in document order (the root is node 0; a node comes before its
/// descendants), so that a forest of millions of nodes is a few arrays and no objects.
public struct TreeNodes: Sendable {
    /// Bytes of `TreeNodes.text`: a score, a value or an id as it was written (UTF-8); or a number of `TreeNodes.numbers`, where there was no text.
    public struct Slice: Sendable {
        public var offset: UInt32
        public var length: UInt32
        /// `offset == .max`: the attribute is absent.
        public static let absent = Slice(offset: .max, length: 0)
        public init(offset: UInt32, length: UInt32) {
            self.offset = offset
            self.length = length
        }
        public var isAbsent: Bool { offset == .max }
        /// The number at a position of `TreeNodes.numbers`.
        public static func number(at position: Int) -> Slice { Slice(offset: UInt32(truncatingIfNeeded: position), length: .max) }
        public var isNumber: Bool { length == .max && !isAbsent }
    }

    public enum PredicateKind: UInt8, Sendable {
        case always, never, equal, notEqual, lessThan, lessOrEqual, greaterThan, greaterOrEqual, isMissing, isNotMissing
        /// `field` is an index into `predicates`: a set or compound predicate.
        case other
    }

    public struct Node: Sendable {
        /// Index of the parent; -1 for the root.
        public var parent: Int32 = -1
        /// Index of the next sibling; -1 for the last child.
        public var nextSibling: Int32 = -1
        /// Index of the first child; -1 for a leaf.
        public var firstChild: Int32 = -1
        /// Index into `fieldNames` for a simple predicate, into `predicates` for `.other`.
        public var field: Int32 = -1
        public var value: Slice = .absent
        public var score: Slice = .absent
        public var id: Slice = .absent
        public var defaultChild: Slice = .absent
        /// NaN: absent.
        public var recordCount: Double = .nan
        public var distributionStart: UInt32 = 0
        public var distributionCount: UInt32 = 0
        public var line: UInt32 = 0
        public var predicate: PredicateKind = .always
        /// Index into `embedded`, or -1: a model inside this node (model composition of PMML 3.x and 4.0).
        public var embedded: Int32 = -1
        public init() {}
    }

    /// https://dmg.org/pmml/v4-4-1/TreeModel.html#xsdElement_ScoreDistribution
    public struct ScoreDistribution: Sendable {
        public var value: Slice
        public var recordCount: Double
        /// NaN: absent.
        public var confidence: Double
        /// NaN: absent.
        public var probability: Double
        public init(value: Slice, recordCount: Double, confidence: Double = .nan, probability: Double = .nan) {
            self.value = value
            self.recordCount = recordCount
            self.confidence = confidence
            self.probability = probability
        }
    }

    public var nodes: [Node] = []
    public var distributions: [ScoreDistribution] = []
    public var text: [UInt8] = []
    /// Scores and values that came as numbers.
    public var numbers: [Double] = []
    public var fieldNames: [String] = []
    public var predicates: [Predicate] = []
    public var embedded: [Model] = []
    /// The `Node` elements' common path, for messages.
    public var location: SourceLocation = .none

    public init() {}

    /// The text of a slice, or nil when the attribute is absent.
    public func string(_ slice: Slice) -> String? {
        if slice.isAbsent { return nil }
        if slice.isNumber { return number(slice)?.description }
        let start = Int(slice.offset)
        let end = start + Int(slice.length)
        guard end <= text.count else { return nil }
        return String(decoding: text[start..<end], as: UTF8.self)
    }

    /// The number of a slice that came as one; nil for texts.
    public func number(_ slice: Slice) -> Double? {
        slice.isNumber && Int(slice.offset) < numbers.count ? numbers[Int(slice.offset)] : nil
    }

    /// Where node `index` stands.
    public func location(of index: Int) -> SourceLocation {
        SourceLocation(line: nodes[index].line, column: 0, path: location.path)
    }
}

// https://dmg.org/pmml/v4-4-1/TreeModel.html#xsdElement_Node
import ModelTree
import XMLStream

/// `Node` and all nodes below it, read in place into one arena: a forest may hold millions of them.
final class TreeNodesReader: ElementReader {
    struct Open {
        var index: Int32
        var lastChild: Int32 = -1
        var hasPredicate = false
    }

    // Nothing here is open to two accesses at once; checking that at run time cost a quarter of reading a forest.
    @exclusivity(unchecked) var tree = TreeNodes()
    @exclusivity(unchecked) var text = TreeText()
    @exclusivity(unchecked) var fields = TreeFieldNames()
    @exclusivity(unchecked) var open: [Open] = []
    /// Distributions that came after a node's child nodes; most documents have none.
    private var late: [(node: Int32, order: Int, distribution: TreeNodes.ScoreDistribution)] = []
    let names = TreeNames.known
    private let innerSchema: MiningSchema
    private let receive: (TreeNodes) -> Void

    init(
        _ document: DocumentReader, _ attributes: Attributes, in schema: MiningSchema, _ receive: @escaping (TreeNodes) -> Void
    ) throws {
        innerSchema = schema.inherited()
        self.receive = receive
        super.init(document)
        if let spare = document.treeWorker?.spare() {
            tree = spare
            text = TreeText(reusing: &tree.text)
        }
        tree.location = place
        try startNode(attributes)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .node:
            try startNode(attributes)
            return .inPlace
        case .simplePredicate:
            let predicate = try simplePredicate(attributes)
            try set(predicate.kind, field: predicate.field, value: predicate.value)
        case .true: try set(.always)
        case .false: try set(.never)
        case .simpleSetPredicate, .compoundPredicate:
            try set(.other, field: Int32(truncatingIfNeeded: tree.predicates.count))
            return try predicate(element, attributes) { [unowned self] in tree.predicates.append($0) }
        case .scoreDistribution: try addDistribution(attributes)
        case .decisionTree, .regression: return try embedded(element, attributes)
        default: return nil
        }
        return .leaf
    }

    override func end(of element: Element) throws { try endNode() }

    override func end() throws {
        try endNode()
        sortDistributions()
        tree.text = text.bytes
        tree.fieldNames = fields.names
        if document.treeWorker != nil, tree.nodes.count >= TreeWorker.leastNodes {
            // It will hardly be kept.
            let finished = tree
            tree = TreeNodes()
            return receive(finished)
        }
        // Exact capacities: growth leaves up to half of an array unused.
        tree.nodes = tree.nodes.withUnsafeBufferPointer { Array($0) }
        tree.distributions = tree.distributions.withUnsafeBufferPointer { Array($0) }
        tree.text = tree.text.withUnsafeBufferPointer { Array($0) }
        receive(tree)
    }

    // MARK: Nodes

    private func startNode(_ attributes: Attributes) throws {
        guard let raw = attributes.raw, let index = Int32(exactly: tree.nodes.count), index < .max else {
            throw document.error(.treeLimit())
        }
        var node = TreeNodes.Node()
        node.line = UInt32(clamping: document.stream.startTagPosition.line)
        for position in 0..<raw.count {
            switch document.names.attribute(raw.code(at: position)) {
            case .score: node.score = try slice(raw, position, .score, attributes)
            case .id: node.id = try slice(raw, position, .id, attributes)
            case .defaultChild: node.defaultChild = try slice(raw, position, .defaultChild, attributes)
            case .recordCount: node.recordCount = try number(raw, position, .recordCount, attributes)
            default: continue
            }
            attributes.markRead(position)
        }
        append(node, index)
    }

    @inline(__always)
    func append(_ node: TreeNodes.Node, _ index: Int32) {
        var node = node
        if !open.isEmpty {
            let parent = open[open.count - 1]
            node.parent = parent.index
            if parent.lastChild < 0 {
                tree.nodes[Int(parent.index)].firstChild = index
            } else {
                tree.nodes[Int(parent.lastChild)].nextSibling = index
            }
            open[open.count - 1].lastChild = index
        }
        tree.nodes.append(node)
        open.append(Open(index: index))
    }

    func endNode() throws {
        guard let node = open.popLast() else { return }
        if !node.hasPredicate {
            var place = self.place
            place.line = tree.nodes[Int(node.index)].line
            place.column = 0
            throw document.error(.missingElement("a predicate", in: Element.node.rawValue), at: place)
        }
    }

    private func embedded(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard let node = open.last else { return nil }
        try once(tree.nodes[Int(node.index)].embedded >= 0)
        let reader = try embeddedModel(element, attributes, in: innerSchema) { [unowned self] in
            tree.nodes[Int(node.index)].embedded = Int32(truncatingIfNeeded: tree.embedded.count)
            tree.embedded.append($0)
        }
        return reader.map(Reading.reader)
    }

    // MARK: Predicates

    private func set(_ kind: TreeNodes.PredicateKind, field: Int32 = -1, value: TreeNodes.Slice = .absent) throws {
        guard let last = open.indices.last else { return }
        try once(open[last].hasPredicate, "predicate")
        open[last].hasPredicate = true
        let index = Int(open[last].index)
        tree.nodes[index].predicate = kind
        tree.nodes[index].field = field
        tree.nodes[index].value = value
    }

    private func simplePredicate(
        _ attributes: Attributes
    ) throws -> (kind: TreeNodes.PredicateKind, field: Int32, value: TreeNodes.Slice) {
        guard let raw = attributes.raw else { throw attributes.missingAttribute(.field) }
        var field: Int32 = -1
        var kind = TreeNodes.PredicateKind?.none
        var value = TreeNodes.Slice.absent
        for position in 0..<raw.count {
            switch document.names.attribute(raw.code(at: position)) {
            case .field:
                try refuseEntity(raw, position, .field, attributes)
                field = fields.index(of: raw.value(at: position))
            case .operator:
                let found = raw.value(at: position)
                kind = Self.kind(found)
                if kind == nil {
                    let operators = ["equal", "notEqual", "lessThan", "lessOrEqual", "greaterThan", "greaterOrEqual", "isMissing", "isNotMissing"]
                    throw attributes.badValue(.operator, found.string, expected: operators)
                }
            case .value: value = try slice(raw, position, .value, attributes)
            default: continue
            }
            attributes.markRead(position)
        }
        guard let kind else { throw attributes.missingAttribute(.operator) }
        if field < 0 { throw attributes.missingAttribute(.field) }
        if value.isAbsent, kind != .isMissing, kind != .isNotMissing { throw attributes.missingAttribute(.value) }
        return (kind, field, value)
    }

    static func kind(_ name: XMLBytes) -> TreeNodes.PredicateKind? {
        if name.equals("lessOrEqual") { return .lessOrEqual }
        if name.equals("greaterThan") { return .greaterThan }
        if name.equals("lessThan") { return .lessThan }
        if name.equals("greaterOrEqual") { return .greaterOrEqual }
        if name.equals("equal") { return .equal }
        if name.equals("notEqual") { return .notEqual }
        if name.equals("isMissing") { return .isMissing }
        if name.equals("isNotMissing") { return .isNotMissing }
        return nil
    }

    // MARK: Score distributions

    private func addDistribution(_ attributes: Attributes) throws {
        guard let raw = attributes.raw, let node = open.last else { return }
        var distribution = TreeNodes.ScoreDistribution(value: .absent, recordCount: .nan)
        for position in 0..<raw.count {
            switch document.names.attribute(raw.code(at: position)) {
            case .value: distribution.value = try slice(raw, position, .value, attributes)
            case .recordCount: distribution.recordCount = try number(raw, position, .recordCount, attributes)
            case .confidence: distribution.confidence = try number(raw, position, .confidence, attributes)
            case .probability: distribution.probability = try number(raw, position, .probability, attributes)
            default: continue
            }
            attributes.markRead(position)
        }
        if distribution.value.isAbsent { throw attributes.missingAttribute(.value) }
        if distribution.recordCount.isNaN {
            if distribution.probability.isNaN { throw attributes.missingAttribute(.recordCount) }
            document.warn(.missingRecordCount, "a ScoreDistribution has no recordCount; its probability says as much")
        }
        let index = Int(node.index)
        let start = Int(tree.nodes[index].distributionStart)
        let count = Int(tree.nodes[index].distributionCount)
        if count == 0 {
            tree.nodes[index].distributionStart = UInt32(clamping: tree.distributions.count)
        } else if start + count != tree.distributions.count {
            late.append((node: node.index, order: late.count, distribution: distribution))
            return
        }
        if tree.distributions.count >= Int(UInt32.max) { throw document.error(.treeLimit()) }
        tree.distributions.append(distribution)
        tree.nodes[index].distributionCount += 1
    }

    /// Puts the late distributions beside their nodes' others.
    private func sortDistributions() {
        if late.isEmpty { return }
        late.sort { ($0.node, $0.order) < ($1.node, $1.order) }
        var sorted: [TreeNodes.ScoreDistribution] = []
        sorted.reserveCapacity(tree.distributions.count + late.count)
        var next = 0
        for index in tree.nodes.indices {
            let start = Int(tree.nodes[index].distributionStart)
            let count = Int(tree.nodes[index].distributionCount)
            if count == 0 { continue }
            tree.nodes[index].distributionStart = UInt32(clamping: sorted.count)
            sorted += tree.distributions[start..<start + count]
            while next < late.count, Int(late[next].node) == index {
                sorted.append(late[next].distribution)
                tree.nodes[index].distributionCount += 1
                next += 1
            }
        }
        tree.distributions = sorted
    }

    // MARK: Values

    private func slice(
        _ raw: XMLAttributes, _ position: Int, _ attribute: Attribute, _ attributes: Attributes
    ) throws -> TreeNodes.Slice {
        try refuseEntity(raw, position, attribute, attributes)
        guard let slice = text.slice(of: raw.value(at: position)) else { throw document.error(.treeLimit()) }
        return slice
    }

    private func number(
        _ raw: XMLAttributes, _ position: Int, _ attribute: Attribute, _ attributes: Attributes
    ) throws -> Double {
        if let number = NumberText.double(raw.value(at: position).buffer) { return number }
        // Says what is wrong with it.
        return try attributes.requiredNumber(attribute)
    }

    private func refuseEntity(
        _ raw: XMLAttributes, _ position: Int, _ attribute: Attribute, _ attributes: Attributes
    ) throws {
        if raw.mayHoldEntityReferences { _ = try attributes.bytes(attribute) }
    }
}

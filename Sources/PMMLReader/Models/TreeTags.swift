// https://dmg.org/pmml/v4-4-1/TreeModel.html#xsdElement_Node
import ModelTree
import XMLStream

/// The codes of the names that trees are written with.
struct TreeNames {
    let node = code(Element.node), simplePredicate = code(Element.simplePredicate), scoreDistribution = code(Element.scoreDistribution)
    let score = code(Attribute.score), id = code(Attribute.id), recordCount = code(Attribute.recordCount)
    let defaultChild = code(Attribute.defaultChild), field = code(Attribute.field), `operator` = code(Attribute.operator)
    let value = code(Attribute.value), confidence = code(Attribute.confidence), probability = code(Attribute.probability)

    static let known = TreeNames()

    private static func code(_ element: Element) -> Int32 { NameTable.known.code(known: element.rawValue) }
    private static func code(_ attribute: Attribute) -> Int32 { NameTable.known.code(known: attribute.rawValue) }
}

/// What was read of a tag at once.
enum TreeTag { case node, leaf }

extension TreeNodesReader {
    /// Reads a tag in which everything is as usual: a node, simple predicate or distribution with the attributes that the standard gives
    /// it. nil, with nothing done: the tag must be read attribute by attribute, with a word on what is wrong or unknown.
    @inline(__always)
    func take(_ element: Int32, _ attributes: XMLAttributes) -> TreeTag? {
        if attributes.mayHoldEntityReferences { return nil }
        if element == names.node { return takeNode(attributes) ? .node : nil }
        if element == names.simplePredicate { return takePredicate(attributes) ? .leaf : nil }
        if element == names.scoreDistribution { return takeDistribution(attributes) ? .leaf : nil }
        return nil
    }

    private func takeNode(_ attributes: XMLAttributes) -> Bool {
        guard let index = Int32(exactly: tree.nodes.count), index < .max, !open.isEmpty else { return false }
        var node = TreeNodes.Node()
        for position in 0..<attributes.count {
            let (code, value) = (attributes.code(at: position), attributes.value(at: position))
            if code == names.recordCount {
                guard let number = NumberText.double(value.buffer) else { return false }
                node.recordCount = number
                continue
            }
            guard let slice = text.slice(of: value) else { return false }
            if code == names.id { node.id = slice }
            else if code == names.score { node.score = slice }
            else if code == names.defaultChild { node.defaultChild = slice }
            else { return false }
        }
        node.line = UInt32(clamping: document.stream.startTagPosition.line)
        append(node, index)
        return true
    }

    private func takePredicate(_ attributes: XMLAttributes) -> Bool {
        guard let last = open.indices.last, !open[last].hasPredicate else { return false }
        var field: Int32 = -1
        var kind = TreeNodes.PredicateKind?.none
        var value = TreeNodes.Slice.absent
        for position in 0..<attributes.count {
            let (code, bytes) = (attributes.code(at: position), attributes.value(at: position))
            if code == names.field {
                field = fields.index(of: bytes)
            } else if code == names.operator {
                kind = Self.kind(bytes)
            } else if code == names.value {
                guard let slice = text.slice(of: bytes) else { return false }
                value = slice
            } else {
                return false
            }
        }
        guard let kind, field >= 0, !value.isAbsent else { return false }
        open[last].hasPredicate = true
        let index = Int(open[last].index)
        tree.nodes[index].predicate = kind
        tree.nodes[index].field = field
        tree.nodes[index].value = value
        return true
    }

    private func takeDistribution(_ attributes: XMLAttributes) -> Bool {
        guard let last = open.indices.last, tree.distributions.count < Int(UInt32.max) else { return false }
        let index = Int(open[last].index)
        let (start, count) = (Int(tree.nodes[index].distributionStart), Int(tree.nodes[index].distributionCount))
        if count > 0, start + count != tree.distributions.count { return false }
        var distribution = TreeNodes.ScoreDistribution(value: .absent, recordCount: .nan)
        for position in 0..<attributes.count {
            let (code, bytes) = (attributes.code(at: position), attributes.value(at: position))
            if code == names.value {
                guard let slice = text.slice(of: bytes) else { return false }
                distribution.value = slice
                continue
            }
            guard let number = NumberText.double(bytes.buffer) else { return false }
            if code == names.recordCount { distribution.recordCount = number }
            else if code == names.confidence { distribution.confidence = number }
            else if code == names.probability { distribution.probability = number }
            else { return false }
        }
        if distribution.value.isAbsent || distribution.recordCount.isNaN { return false }
        if count == 0 { tree.nodes[index].distributionStart = UInt32(truncatingIfNeeded: tree.distributions.count) }
        tree.distributions.append(distribution)
        tree.nodes[index].distributionCount += 1
        return true
    }
}

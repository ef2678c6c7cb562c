// https://dmg.org/pmml/v4-4-1/TreeModel.html
import ModelTree

extension DocumentWriter {
    /// Of `TreeModel` and `DecisionTree`.
    func writeAttributes(_ tree: TreeModel) {
        if tree.missingValueStrategy != .none { out.attribute("missingValueStrategy", tree.missingValueStrategy.rawValue) }
        if tree.missingValuePenalty != 1 { out.attribute("missingValuePenalty", share: tree.missingValuePenalty) }
        if tree.noTrueChildStrategy != .returnNullPrediction { out.attribute("noTrueChildStrategy", tree.noTrueChildStrategy.rawValue) }
        if !tree.isMultiSplit { out.attribute("splitCharacteristic", "binarySplit") }
    }

    /// Writes all nodes; those that are made when they are asked for are made for this alone.
    func write(_ tree: TreeModel) {
        if tree.digest != nil { return out.problem(.unwritableModel, "the nodes of a TreeModel are no longer those of its document") }
        write(tree.realized.nodes)
    }

    /// Without recursion: trees may be deep.
    private func write(_ tree: TreeNodes) {
        let outer = out.place
        defer { out.place = outer }
        if tree.nodes.isEmpty { return out.problem(.unwritableModel, "a TreeModel has no Node") }
        tree.text.withUnsafeBufferPointer { text in
            tree.nodes.withUnsafeBufferPointer { nodes in
                let writer = TreeNodesWriter(self, tree, text)
                var at = 0
                // Each node is begun once, whatever the links say.
                for _ in 0..<nodes.count {
                    let node = nodes[at]
                    writer.begin(node)
                    var next = Int(node.firstChild)
                    while next < 0 || next >= nodes.count {
                        out.end()
                        next = Int(nodes[at].nextSibling)
                        if next >= 0, next < nodes.count { break }
                        at = Int(nodes[at].parent)
                        if at < 0 || at >= nodes.count { return }
                        next = -1
                    }
                    at = next
                }
            }
        }
    }

    /// `DecisionTree` or `Regression` inside another model, without a mining schema.
    func writeEmbedded(_ model: Model) {
        models.append(model)
        types.open(model.localTransformations.derivedFields)
        switch model.kind {
        case .tree(let tree):
            out.element("DecisionTree", at: model.location) {
                writeEmbeddedAttributes(model)
                writeAttributes(tree)
                writeEmbeddedParts(model)
                write(tree)
            }
        case .regression(let regression):
            out.element("Regression", at: model.location) {
                writeEmbeddedAttributes(model)
                if regression.normalization != .none { out.attribute("normalizationMethod", regression.normalization.rawValue) }
                writeEmbeddedParts(model)
                for table in regression.tables { write(table) }
            }
        default: out.problem(.unwritableModel, "\(model.kind.elementName) cannot stand inside another model")
        }
        types.close()
        models.removeLast()
    }

    private func writeEmbeddedAttributes(_ model: Model) {
        out.attribute("modelName", model.modelName)
        out.attribute("functionName", model.functionName.rawValue)
        out.attribute("algorithmName", model.algorithmName)
    }

    private func writeEmbeddedParts(_ model: Model) {
        if model.isFloat { out.extend("x-mathContext", "float") }
        let isPlain = model.output.allSatisfy(\.isResultField)
        if !isPlain { write(model.output, of: model) }
        write(model.targets, of: model)
        writeLocal(model.localTransformations.derivedFields)
        if !isPlain { return }
        for field in model.output {
            out.element("ResultField", at: field.location) {
                out.attribute("name", field.name)
                out.attribute("displayName", field.displayName)
                out.attribute("optype", field.opType?.rawValue)
                write(plainDataType: field.dataType)
                if field.feature != .predictedValue { out.attribute("feature", field.feature.rawValue) }
                out.attribute("value", field.value)
            }
        }
    }
}

extension OutputField {
    /// Whether a ResultField can say all of it.
    fileprivate var isResultField: Bool {
        targetField == nil && ruleFeature == .consequent && algorithm == .exclusiveRecommendation && rank == 1 && rankBasis == .confidence
            && rankOrder == .descending && !isMultiValued && segmentId == nil && isFinalResult && reportField == nil && decisions == nil
            && expression == nil && values.isEmpty && feature != .report
    }
}

/// The nodes of one tree, of which there may be millions: values go from the tree's text to the document byte by byte.
private struct TreeNodesWriter {
    let writer: DocumentWriter
    let out: MarkupWriter
    let tree: TreeNodes
    let text: UnsafeBufferPointer<UInt8>

    init(_ writer: DocumentWriter, _ tree: TreeNodes, _ text: UnsafeBufferPointer<UInt8>) {
        self.writer = writer
        out = writer.out
        self.tree = tree
        self.text = text
    }

    func begin(_ node: TreeNodes.Node) {
        out.place = SourceLocation(line: node.line, column: 0, path: tree.location.path)
        out.begin("Node")
        attribute("id", node.id)
        attribute("score", node.score)
        if !node.recordCount.isNaN { out.attribute("recordCount", number: node.recordCount) }
        attribute("defaultChild", node.defaultChild)
        predicate(node)
        let start = Int(node.distributionStart)
        let end = start + Int(node.distributionCount)
        if end <= tree.distributions.count { for index in start..<end { distribution(tree.distributions[index]) } }
        let embedded = Int(node.embedded)
        if embedded >= 0, embedded < tree.embedded.count { writer.writeEmbedded(tree.embedded[embedded]) }
    }

    private func predicate(_ node: TreeNodes.Node) {
        switch node.predicate {
        case .always:
            out.begin("True")
            out.end()
        case .never:
            out.begin("False")
            out.end()
        case .other:
            let index = Int(node.field)
            if index >= 0, index < tree.predicates.count { writer.write(tree.predicates[index]) }
        default:
            out.begin("SimplePredicate")
            let index = Int(node.field)
            if index >= 0, index < tree.fieldNames.count { out.attribute("field", tree.fieldNames[index]) }
            out.attribute("operator", node.predicate.name)
            attribute("value", node.value)
            out.end()
        }
    }

    private func distribution(_ entry: TreeNodes.ScoreDistribution) {
        out.begin("ScoreDistribution")
        attribute("value", entry.value)
        // Required, even where the probability has taken its place.
        out.attribute("recordCount", number: entry.recordCount)
        if !entry.confidence.isNaN { out.attribute("confidence", share: entry.confidence) }
        if !entry.probability.isNaN { out.attribute("probability", share: entry.probability) }
        out.end()
    }

    private func attribute(_ name: StaticString, _ slice: TreeNodes.Slice) {
        if slice.isAbsent { return }
        if slice.isNumber { return out.attribute(name, number: tree.number(slice)) }
        let start = Int(slice.offset)
        let end = start + Int(slice.length)
        if end <= text.count { out.attribute(name, bytes: UnsafeBufferPointer(rebasing: text[start..<end])) }
    }
}

extension TreeNodes.PredicateKind {
    fileprivate var name: String {
        switch self {
        case .equal: "equal"
        case .notEqual: "notEqual"
        case .lessThan: "lessThan"
        case .lessOrEqual: "lessOrEqual"
        case .greaterThan: "greaterThan"
        case .greaterOrEqual: "greaterOrEqual"
        case .isMissing: "isMissing"
        case .isNotMissing: "isNotMissing"
        case .always, .never, .other: ""
        }
    }
}

// https://dmg.org/pmml/v4-4-1/TreeModel.html

import Evaluation
import ModelTree

/// A large tree whose tests all compare a field with a finite number, flattened before anything is known of its fields: what is left
/// to do for the compiler is to put registers for fields, and to round thresholds where a field is binary32.
///
/// Of the tree's own nodes it keeps one for every different answer: a forest's leaves say much the same.
struct PlainTree: TreeDigest {
    let nodeCount: Int
    let leafCount: Int
    /// One tree. A node's feature is twice the index of its field's name, and one more where the threshold is the number before the one
    /// that is written. Results count the answers from 1.
    private(set) var flat = FlatTrees()

    /// The tree with a digest, and with its answers for nodes; nil where it is not as plain as that.
    ///
    /// - Parameter classifies: whether its scores are classes.
    static func digest(_ tree: TreeModel, classifies: Bool) -> TreeModel? {
        switch tree.missingValueStrategy {
        case .weightedConfidence, .aggregateNodes: return nil
        case .none, .defaultChild, .lastPrediction, .nullPrediction: break
        }
        guard !tree.nodes.nodes.isEmpty, tree.nodes.embedded.isEmpty, tree.nodes.predicates.isEmpty, let tests = PlainTests(tree.nodes) else { return nil }
        var plain = PlainTree(nodeCount: tree.nodes.nodes.count, leafCount: tree.nodes.nodes.count { $0.firstChild < 0 })
        var flattening = TreeFlattening(tree, tests)
        do throws(CompileError) { try flattening.append(to: &plain.flat, firstResult: 0) } catch { return nil }
        guard var answers = Answers(tree.nodes, classifies: classifies) else { return nil }
        for index in plain.flat.results.indices where plain.flat.results[index] > 0 {
            plain.flat.results[index] = Int32(truncatingIfNeeded: answers.number(of: Int(plain.flat.results[index]) - 1) + 1)
        }
        plain.flat.findWays(shift: 1)
        var digested = tree
        digested.nodes = answers.kept
        digested.digest = plain
        return digested
    }

    /// Appends the tree to `trees`; nil if a field is not a number that can be compared as one.
    func append(to trees: inout FlatTrees, firstResult: Int, fields: [TypedValue], _ features: TreeFeatures) -> Bool {
        for value in fields {
            guard value.type == .double || value.type == .float || value.type == .integer, value.order == nil else { return false }
            features.note(value)
        }
        let numbers = fields.map { features.feature($0.register) }
        trees.roots.append(Int32(truncatingIfNeeded: trees.nodes.count))
        trees.missing += flat.missing
        for (node, result) in zip(flat.nodes, flat.results) {
            if result >= 0 {
                trees.nodes.append(node)
                trees.results.append(result == 0 ? 0 : result + Int32(truncatingIfNeeded: firstResult))
                continue
            }
            trees.results.append(-1)
            let code = node.featureCode
            trees.nodes.append(node.testing(
                numbers[code >> 1], Self.threshold(node.threshold, isBefore: code & 1 == 1, isFloat: fields[code >> 1].type == .float)))
        }
        trees.appendWays(of: flat)
        return true
    }

    private static func threshold(_ number: Double, isBefore: Bool, isFloat: Bool) -> Double {
        if !isFloat { return number }
        return isBefore ? Double(Float(number.nextUp)).nextDown : Double(Float(number))
    }
}

/// The tests of a plain tree, by field.
struct PlainTests: TreeTestSource {
    private var tests: [TreePredicate] = []

    /// nil if some predicate is not a comparison with a finite number.
    init?(_ nodes: TreeNodes) {
        tests.reserveCapacity(nodes.nodes.count)
        let isRead = nodes.text.withUnsafeBufferPointer { text in
            for node in nodes.nodes {
                guard let test = Self.test(node, text) else { return false }
                tests.append(test)
            }
            return true
        }
        guard isRead else { return nil }
    }

    private static func test(_ node: TreeNodes.Node, _ text: UnsafeBufferPointer<UInt8>) -> TreePredicate? {
        switch node.predicate {
        case .always: return .always
        case .never: return .never
        case .isMissing, .isNotMissing, .other: return nil
        case .equal, .notEqual, .lessThan, .lessOrEqual, .greaterThan, .greaterOrEqual: break
        }
        let (start, length) = (Int(node.value.offset), Int(node.value.length))
        guard !node.value.isAbsent, node.field >= 0, start + length <= text.count,
            let number = NumberParsing.double(UnsafeBufferPointer(rebasing: text[start..<start + length])), number.isFinite
        else { return nil }
        let isBefore = node.predicate == .lessThan || node.predicate == .greaterOrEqual
        return .test(TreeFeatures.Test(node.predicate, feature: Int(node.field) << 1 | (isBefore ? 1 : 0), number))
    }

    mutating func predicate(of index: Int) throws(CompileError) -> TreePredicate { tests[index] }
}

/// The different answers among a tree's nodes: score and distribution.
private struct Answers {
    /// The nodes of the answers. All texts that the tree's nodes name come first, in their order.
    private(set) var kept = TreeNodes()
    private let nodes: TreeNodes
    private var texts: SliceTexts
    private var slices: [TreeNodes.Slice] = []
    private var known: [[UInt64]: Int] = [:]

    /// nil for trees of so many classes that their order would be costly to keep.
    init?(_ nodes: TreeNodes, classifies: Bool) {
        self.nodes = nodes
        texts = SliceTexts(nodes)
        kept.fieldNames = nodes.fieldNames
        kept.location = nodes.location
        if !classifies { return }
        // A class that only an inner node names is a class all the same, and their order is that of the document.
        for node in nodes.nodes {
            texts.number(of: node.score)
            if texts.texts.count > SliceTexts.fewTexts { return nil }
        }
        let scores = texts.texts.count
        for entry in nodes.distributions { texts.number(of: entry.value) }
        if texts.texts.count > SliceTexts.fewTexts { return nil }
        keepTexts()
        for slice in slices.prefix(scores) {
            var node = TreeNodes.Node()
            node.score = slice
            kept.nodes.append(node)
        }
        for slice in slices.dropFirst(scores) { kept.distributions.append(.init(value: slice, recordCount: .nan)) }
    }

    private mutating func keepTexts() {
        while slices.count < texts.texts.count {
            let bytes = Array(texts.texts[slices.count].utf8)
            slices.append(.init(offset: UInt32(truncatingIfNeeded: kept.text.count), length: UInt32(truncatingIfNeeded: bytes.count)))
            kept.text += bytes
        }
    }

    /// The number of a text, or -1.
    private mutating func number(of slice: TreeNodes.Slice) -> Int {
        guard let number = texts.number(of: slice) else { return -1 }
        keepTexts()
        return number
    }

    /// The number of a node's answer among the kept nodes.
    mutating func number(of index: Int) -> Int {
        let node = nodes.nodes[index]
        let entries = nodes.distributions[Int(node.distributionStart)..<Int(node.distributionStart) + Int(node.distributionCount)]
        var key = [UInt64(bitPattern: Int64(number(of: node.score)))]
        for entry in entries {
            key.append(UInt64(bitPattern: Int64(number(of: entry.value))))
            key.append(entry.recordCount.bitPattern)
            key.append(entry.probability.bitPattern)
        }
        if let number = known[key] { return number }
        var answer = TreeNodes.Node()
        answer.line = node.line
        if let score = Int(exactly: Int64(bitPattern: key[0])), score >= 0 { answer.score = slices[score] }
        answer.distributionStart = UInt32(truncatingIfNeeded: kept.distributions.count)
        answer.distributionCount = UInt32(truncatingIfNeeded: entries.count)
        for (place, entry) in entries.enumerated() {
            let text = Int(truncatingIfNeeded: Int64(bitPattern: key[1 + 3 * place]))
            kept.distributions.append(.init(value: text < 0 ? .absent : slices[text], recordCount: entry.recordCount, probability: entry.probability))
        }
        kept.nodes.append(answer)
        known[key] = kept.nodes.count - 1
        return kept.nodes.count - 1
    }
}

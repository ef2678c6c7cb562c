// https://dmg.org/pmml/v4-4-1/TreeModel.html#predicates

import Evaluation
import ModelTree

/// What a node's predicate comes to.
enum TreePredicate {
    case always, never
    case test(TreeFeatures.Test)
}

/// Where the flattening of a tree has the nodes' tests from.
protocol TreeTestSource {
    mutating func predicate(of index: Int) throws(CompileError) -> TreePredicate
}

/// The tests of a tree whose fields are known, on registers.
struct RegisterTests: TreeTestSource {
    private let compiler: Compiler
    private let tree: TreeNodes
    private let nodes: [TreeNodes.Node]
    private let context: ModelContext
    private let features: TreeFeatures
    /// The fields' values, by index into `fieldNames`.
    private var fields: [TypedValue?]
    /// The tests of a PMML node's predicate, once made.
    private var tests: [TreePredicate?]

    init(_ tree: TreeModel, _ context: ModelContext, _ features: TreeFeatures, _ compiler: Compiler) throws(CompileError) {
        guard !tree.nodes.nodes.isEmpty else { throw CompileError.missingElement("a Node", in: "TreeModel", at: context.model.location) }
        self.tree = tree.nodes
        self.context = context
        self.features = features
        self.compiler = compiler
        nodes = self.tree.nodes
        fields = [TypedValue?](repeating: nil, count: self.tree.fieldNames.count)
        tests = [TreePredicate?](repeating: nil, count: nodes.count)
    }

    /// The predicate of a PMML node as a test on a feature.
    mutating func predicate(of index: Int) throws(CompileError) -> TreePredicate {
        if let known = tests[index] { return known }
        let node = nodes[index]
        let made: TreePredicate
        switch node.predicate {
        case .always: made = .always
        case .never: made = .never
        case .other: made = try compound(index)
        default:
            let value = try field(Int(node.field), at: index)
            if let test = numberTest(node, value) {
                made = .test(test)
                break
            }
            let literal = tree.string(node.value) ?? ""
            if let test = try features.test(node.predicate, value, literal, at: tree.location(of: index)) {
                made = .test(test)
            } else {
                made = try condition(.simple(SimplePredicate(
                    field: tree.fieldNames[Int(node.field)], op: node.predicate.simpleOperator, value: literal,
                    location: tree.location(of: index))))
            }
        }
        tests[index] = made
        return made
    }

    /// A comparison of a number field, with its threshold read in place: what most nodes of a forest are.
    private func numberTest(_ node: TreeNodes.Node, _ value: TypedValue) -> TreeFeatures.Test? {
        guard value.type == .double || value.type == .float || value.type == .integer, value.order == nil, !node.value.isAbsent,
            node.predicate != .isMissing, node.predicate != .isNotMissing
        else { return nil }
        if let number = tree.number(node.value) {
            return number.isNaN ? nil : features.numberTest(node.predicate, value.register, value.type == .float ? Double(Float(number)) : number)
        }
        let (start, length) = (Int(node.value.offset), Int(node.value.length))
        let number = tree.text.withUnsafeBufferPointer { text -> Double? in
            guard start + length <= text.count else { return nil }
            return NumberParsing.double(UnsafeBufferPointer(rebasing: text[start..<start + length]))
        }
        guard let number, !number.isNaN else { return nil }
        return features.numberTest(node.predicate, value.register, value.type == .float ? Double(Float(number)) : number)
    }

    private mutating func compound(_ index: Int) throws(CompileError) -> TreePredicate {
        let position = Int(nodes[index].field)
        guard tree.predicates.indices.contains(position) else { return .never }
        switch tree.predicates[position] {
        case .always: return .always
        case .never: return .never
        case .set(let predicate):
            let value = try context.scope.value(of: predicate.field, at: predicate.location, compiler)
            return .test(try features.test(predicate, value))
        case let predicate: return try condition(predicate)
        }
    }

    private func condition(_ predicate: ModelTree.Predicate) throws(CompileError) -> TreePredicate {
        .test(features.test(condition: try compiler.lower(predicate, in: context.scope).register))
    }

    private mutating func field(_ index: Int, at node: Int) throws(CompileError) -> TypedValue {
        if let known = fields[index] { return known }
        let value = try context.scope.value(of: tree.fieldNames[index], at: tree.location(of: node), compiler)
        fields[index] = value
        features.note(value)
        return value
    }
}

extension TreeNodes.PredicateKind {
    /// The operator of a simple predicate.
    var simpleOperator: SimpleOperator {
        switch self {
        case .notEqual: .notEqual
        case .lessThan: .lessThan
        case .lessOrEqual: .lessOrEqual
        case .greaterThan: .greaterThan
        case .greaterOrEqual: .greaterOrEqual
        case .isMissing: .isMissing
        case .isNotMissing: .isNotMissing
        default: .equal
        }
    }
}

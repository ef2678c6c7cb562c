import Evaluation
import ModelTree
import Testing

@testable import TableCompiler

/// A forest that lends its learner's arrays scores as one that only gives nodes.
@Suite struct PlainTreeTests {
    /// Small forests become flat trees, large ones go straight into the image.
    @Test(arguments: [(3, 40, false), (3, 40, true), (5, 1_500, false), (5, 1_500, true)])
    func arraysScoreAsNodes(_ trees: Int, _ nodes: Int, _ classifies: Bool) throws {
        let forest = (0..<trees).map { ArrayTree(nodes: nodes, seed: UInt64($0 + 1), classes: classifies ? ["a", "b", "c"] : []) }
        let lent = document(forest.map { $0 as any TreeSource }, classifies)
        let made = document(forest.map { NodesOnly(tree: $0) as any TreeSource }, classifies)
        let direct = try score(try Program(image: TableCompiler.compile(lent).image))
        #expect(direct == (try score(try Program(image: TableCompiler.compile(made).image))))
        #expect(Set(direct).count > (classifies ? 3 : 4))
        // Not asked for again, the trees may go while the image is laid out.
        #expect(direct == (try score(try Program(image: TableCompiler.compile(lent, isLast: true).image))))
    }

    /// Arrays whose links or classes make no tree are passed over for the nodes.
    @Test(arguments: [(3, 40, false), (3, 40, true), (5, 1_500, false), (5, 1_500, true)])
    func arraysThatAreNoTree(_ trees: Int, _ nodes: Int, _ classifies: Bool) throws {
        let forest = (0..<trees).map { ArrayTree(nodes: nodes, seed: UInt64($0 + 1), classes: classifies ? ["a", "b", "c"] : []) }
        let lent = forest.enumerated().map { index, tree in
            var tree = tree
            tree.isBroken = index == 1
            return tree as any TreeSource
        }
        let direct = try score(try Program(image: TableCompiler.compile(document(lent, classifies)).image))
        #expect(direct == (try score(try Program(image: TableCompiler.compile(document(forest.map { NodesOnly(tree: $0) }, classifies)).image))))
    }

    private func document(_ trees: [any TreeSource], _ classifies: Bool) -> Document {
        let fields = (0..<4).map { DataField(name: "x\($0)", opType: .continuous, dataType: .double) }
        let target = DataField(name: "y", opType: classifies ? .categorical : .continuous, dataType: classifies ? .string : .double,
            values: classifies ? ["a", "b", "c"].map { FieldValue(value: $0) } : [])
        let schema = MiningSchema(fields: fields.map { MiningField(name: $0.name) })
        let function: MiningFunction = classifies ? .classification : .regression
        let segments = trees.enumerated().map { index, source in
            Segment(id: "\(index)", weight: 1, predicate: .always, model: Model(
                element: "TreeModel", functionName: function, miningSchema: schema,
                kind: .tree(TreeModel(missingValueStrategy: .nullPrediction, source: source))))
        }
        let model = Model(
            element: "MiningModel", functionName: function, miningSchema: MiningSchema(fields: schema.fields + [MiningField(name: "y", usageType: .target)]),
            kind: .mining(MiningModel(method: classifies ? .majorityVote : .average, segments: segments)))
        return Document(name: "memory", dataDictionary: DataDictionary(fields: fields + [target]), models: [model])
    }

    /// The bits of every result, or nothing where it is missing.
    private func score(_ program: Program) throws -> [[String]] {
        let frame = Frame(plan: Plan(program), capacity: 256)
        frame.begin()
        frame.count = 256
        var random = Generator(state: 77)
        for input in program.schema.inputs {
            for row in 0..<256 {
                frame.numbers(input.register.index)[row] = Double(random.next() % 4_001) / 1_000 - 2
                frame.status(input.register.index)[row] = random.next() % 30 == 0 ? CellStatus.missing : 0
            }
        }
        frame.run()
        return (0..<256).map { row in
            frame.plan.results.map { result in
                if frame.status(result.register.index)[row] & CellStatus.missing != 0 { return "" }
                return result.register.kind == .text ? "\(frame.codes(result.register.index)[row])" : "\(frame.numbers(result.register.index)[row].bitPattern)"
            }
        }
    }
}

private struct Generator {
    var state: UInt64
    mutating func next() -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33)
    }
}

/// A tree that grows at random, with right children after the left ones or not.
private struct ArrayTree: PlainTreeSource {
    var fieldNames: [String] { (0..<4).map { "x\($0)" } }
    let classes: [String]
    private(set) var values: [Double] = []
    private(set) var fields: [Int32] = []
    private(set) var left: [Int32] = []
    private let follows: Bool
    /// Whether the arrays that are lent have a leaf that leads back to the root, or one of a class that there is not.
    var isBroken = false

    init(nodes: Int, seed: UInt64, classes: [String]) {
        self.classes = classes
        follows = seed % 2 == 0
        var random = Generator(state: seed)
        func leaf(_ random: inout Generator) -> Double { classes.isEmpty ? Double(random.next() % 1_000) / 7 : Double(random.next() % classes.count + 1) }
        values = [leaf(&random)]
        fields = [0]
        left = [0]
        while values.count + 2 <= nodes {
            let chosen = random.next() % values.count
            if fields[chosen] != 0 { continue }
            fields[chosen] = Int32(random.next() % 4 + 1)
            values[chosen] = Double(random.next() % 401) / 100 - 2
            left[chosen] = Int32(values.count + 1)
            for _ in 0..<2 {
                values.append(leaf(&random))
                fields.append(0)
                left.append(0)
            }
        }
    }

    var plainCounts: (nodes: Int, leaves: Int)? { (values.count, fields.count { $0 == 0 }) }

    func withPlainTree<Result>(_ read: (PlainTreeArrays) -> Result) -> Result? {
        var (values, fields, left) = (self.values, self.fields, self.left)
        if isBroken, let leaf = fields.lastIndex(of: 0) {
            if classes.isEmpty { (fields[leaf], left[leaf]) = (1, 1) } else { values[leaf] = 9 }
        }
        let right = left.map { $0 + 1 }
        return values.withUnsafeBufferPointer { values in
            fields.withUnsafeBufferPointer { fields in
                left.withUnsafeBufferPointer { left in
                    right.withUnsafeBufferPointer { right -> Result? in
                        guard let values = values.baseAddress, let fields = fields.baseAddress, let left = left.baseAddress else { return nil }
                        return read(PlainTreeArrays(
                            count: self.values.count, values: values, fields: fields, left: left, right: follows ? nil : right.baseAddress))
                    }
                }
            }
        }
    }

    func release() {}

    func nodes() -> TreeNodes {
        var tree = TreeNodes()
        tree.fieldNames = fieldNames
        func add(_ number: Int, below parent: Int32, _ kind: TreeNodes.PredicateKind, _ field: Int32, _ threshold: Double) -> Int32 {
            let index = tree.nodes.count
            var node = TreeNodes.Node()
            node.parent = parent
            node.predicate = kind
            node.field = field
            tree.numbers.append(threshold)
            node.value = .number(at: tree.numbers.count - 1)
            if fields[number] == 0 {
                if classes.isEmpty {
                    tree.numbers.append(values[number])
                    node.score = .number(at: tree.numbers.count - 1)
                } else {
                    let name = Array(classes[Int(values[number]) - 1].utf8)
                    node.score = .init(offset: UInt32(tree.text.count), length: UInt32(name.count))
                    tree.text += name
                }
            }
            tree.nodes.append(node)
            guard fields[number] != 0 else { return Int32(index) }
            let low = add(Int(left[number]) - 1, below: Int32(index), .lessOrEqual, fields[number] - 1, values[number])
            let high = add(Int(left[number]), below: Int32(index), .greaterThan, fields[number] - 1, values[number])
            tree.nodes[index].firstChild = low
            tree.nodes[Int(low)].nextSibling = high
            return Int32(index)
        }
        _ = add(0, below: -1, .always, -1, 0)
        return tree
    }
}

private struct NodesOnly: TreeSource {
    let tree: ArrayTree
    func nodes() -> TreeNodes { tree.nodes() }
}

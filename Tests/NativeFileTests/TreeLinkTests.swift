import Pommel
import Testing

@testable import Evaluation

/// Links between the nodes of trees that lead backwards: a walk along them would not end.
@Suite struct TreeLinkTests {
    /// Small trees: 8 bytes per node, low successor at 4, high at 6; a node's own slot is the first that is not known yet.
    @Test func masks() throws {
        let whole = try nativeFile("cases/sklearn-forest-iris/model.pmml")
        let nodes = Tampered(whole)["bytes"]
        for node in 0..<nodes.byteCount / 8 {
            for link in [4, 6] {
                var file = Tampered(whole)
                // No tree has so many nodes before this one.
                file.store(UInt64(256 + node), at: nodes.offset + node * 8 + link, size: 2)
                file.resealSections()
                file.resealHeader()
                #expect(Outcome(file.bytes) == .error("tree-link"), "node \(node)")
            }
        }
    }

    /// Larger trees: 8 bytes per node, of which the upper bits of the second word are the successor.
    @Test func rows() throws {
        let whole = try Model(bytes: Array(Self.chain(leaves: 300).utf8)).withNativeBytes { Array($0) }
        #expect(Tampered(whole).text.contains(".rows"))
        let nodes = Tampered(whole)["bytes"]
        for node in 1..<nodes.byteCount / 8 {
            var file = Tampered(whole)
            // To the first node: from a test that is a way back, from a leaf one that does not lead to itself.
            file.store(0, at: nodes.offset + node * 8 + 4, size: 4)
            file.resealSections()
            file.resealHeader()
            #expect(Outcome(file.bytes) == .error("tree-link"), "node \(node)")
        }
    }

    /// `x` at most 0, 1, 2 …, one below the other.
    static func chain(leaves: Int) -> String {
        var open = ""
        for leaf in 0..<leaves - 1 {
            open += "<Node score=\"\(leaf * 7 % 13)\"><SimplePredicate field=\"x\" operator=\"lessOrEqual\" value=\"\(leaf)\"/></Node>"
                + "<Node score=\"\(leaf)\"><SimplePredicate field=\"x\" operator=\"greaterThan\" value=\"\(leaf)\"/>"
        }
        return """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary>
            <DataField name="x" dataType="double" optype="continuous"/><DataField name="y" dataType="double" optype="continuous"/></DataDictionary>
            <TreeModel functionName="regression" splitCharacteristic="binarySplit"><MiningSchema><MiningField name="x"/>
            <MiningField name="y" usageType="target"/></MiningSchema><Node score="0"><True/>\(open)
            """ + String(repeating: "</Node>", count: leaves) + "</TreeModel></PMML>"
    }

    // MARK: The form of trees that fit no other

    /// Two trees of `leaves` leaves in a chain, with every kind of test, whose links `change` may spoil.
    private static func chained(leaves: Int, _ change: (inout FlatTrees) -> Void) -> Outcome {
        let builder = ProgramBuilder()
        let x = builder.inputRegister(.number)
        builder.schema.inputs.append(InputField(name: "x", type: .double, opType: .continuous, usage: "active", register: x))
        var flat = FlatTrees()
        flat.sets = [0, 5, 0]
        for _ in 0..<2 {
            flat.roots.append(Int32(flat.nodes.count))
            let tests: [FlatNode.Test] = [.lessOrEqual, .isMissing, .equal, .isIn]
            for leaf in 0..<leaves - 1 {
                // A test and the leaf beside the next one: nodes 0, 2, 4 … are tests.
                let test = tests[leaf % 4]
                flat.nodes.append(FlatNode(threshold: test == .isIn ? 0 : Double(leaf), left: Int32(2 * leaf + 1), test: test, feature: 0, isDefaultStep: false))
                flat.nodes.append(FlatNode(leafAt: Int32(2 * leaf + 1)))
            }
            flat.nodes.append(FlatNode(leafAt: Int32(2 * leaves - 2)))
            for node in 0..<2 * leaves - 1 {
                let isTest = node % 2 == 0 && node < 2 * leaves - 2
                flat.results.append(isTest ? -1 : Int32(1 + node % 5))
                flat.missing.append(Int32(isTest ? node + 1 : node))
            }
        }
        change(&flat)
        let sum = builder.forestSum(
            flat, inputs: TreeInputs(registers: [x], binary32: [false]), scores: [.nan, 1, 2, 3, 4, 5], weights: [], isAverage: false, isFloat: false, missing: .skip,
            threshold: 1, form: .nodes)
        builder.schema.results = [ResultField(name: "y", type: .double, opType: .continuous, role: .output, feature: "transformedValue", register: sum)]
        return Outcome(builder)
    }

    @Test func nodesAsTheyAre() {
        #expect(!Self.chained(leaves: 9) { _ in }.isError)
    }

    /// At every test of both trees: to the test itself, to every node before it, and to the last node, beside which there is none.
    @Test func nodes() {
        let (leaves, size) = (9, 17)
        for tree in 0..<2 {
            for node in stride(from: 0, to: size - 1, by: 2) {
                for target in Array(-1...node) + [size - 1, size, .max - 1] {
                    let outcome = Self.chained(leaves: leaves) { $0.nodes[tree * size + node].left = Int32(clamping: target) }
                    #expect(outcome == .error("tree-link"), "node \(node) of tree \(tree) to \(target)")
                }
            }
        }
    }

    /// A leaf leads to itself and nowhere else.
    @Test func leavesOfNodes() {
        for node in stride(from: 1, to: 17, by: 2) {
            for target in [-1, 0, node - 1, node + 1, 17] {
                #expect(Self.chained(leaves: 9) { $0.nodes[node].left = Int32(target) } == .error("tree-leaf"), "leaf \(node) to \(target)")
            }
        }
    }

    /// The way of a missing value may lead back: what goes in circles ends without a result. Out of the tree it may not lead.
    @Test func waysOfNodes() {
        for node in stride(from: 0, to: 16, by: 2) {
            for target in -1...17 {
                let outcome = Self.chained(leaves: 9) { $0.missing[node] = Int32(target) }
                if (0..<17).contains(target) { #expect(!outcome.isError, "node \(node) to \(target)") } else { #expect(outcome == .error("tree-link")) }
            }
        }
    }

    @Test func tablesOfNodes() {
        #expect(Self.chained(leaves: 9) { $0.missing.removeLast() } == .error("tree-nodes"))
        // Node 6 asks for a set: there is one at 0, and an empty one at 2.
        for place in [-1.0, 1, 3, 0.5, .infinity] {
            #expect(Self.chained(leaves: 9) { $0.nodes[6].threshold = place } == .error("tree-set"), "set at \(place)")
        }
    }

    // MARK: Trees that spread missing values over children

    /// A root with two children, of which the first has two; per node first child, next sibling, test, feature.
    private static func spread(_ shape: [Int32]) -> Outcome {
        let builder = ProgramBuilder()
        let x = builder.inputRegister(.number)
        builder.schema.inputs.append(InputField(name: "x", type: .double, opType: .continuous, usage: "active", register: x))
        let results = builder.emit(TreeWeighKernel.name, [.number, .number], countFirst: true) { writer in
            writer.flag(false)
            writer.flag(false)
            writer.registers([x])
            writer.integers(shape)
            writer.numbers((0..<shape.count / 4).flatMap { [Double($0 % 2), 1] })
            writer.numbers((0..<shape.count / 4).map(Double.init))
        }
        builder.schema.results = [ResultField(name: "y", type: .double, opType: .continuous, role: .output, feature: "transformedValue", register: results[1])]
        return Outcome(builder)
    }

    @Test func spreadTrees() {
        let shape: [Int32] = [1, -1, 0, 0, /* first child */ 2, 4, 2, 0, -1, 3, 2, 0, -1, -1, 2, 0, /* second child */ -1, -1, 2, 0]
        #expect(!Self.spread(shape).isError)
        for node in 0..<5 {
            for link in 0..<2 {
                for target in [-2] + Array(0...node) + [5, 6] {
                    var spoilt = shape
                    spoilt[node * 4 + link] = Int32(target)
                    #expect(Self.spread(spoilt) == .error("tree-link"), "link \(link) of node \(node) to \(target)")
                }
            }
            var spoilt = shape
            spoilt[node * 4 + 2] = 3
            #expect(Self.spread(spoilt) == .error("tree-test"), "node \(node)")
        }
    }
}

extension Outcome {
    /// What comes of a program that was built by hand, written and read again.
    init(_ builder: ProgramBuilder) {
        do throws(FormatError) {
            let program = try Program(image: try builder.finish())
            self.init(withExtendedLifetime(program) { Array(program.bytes) })
        } catch {
            self = .error(error.id)
        }
    }
}

extension Tampered {
    /// All strings of the file, one after the other.
    var text: String {
        let entry = self["strings"]
        return String(decoding: bytes[entry.offset..<entry.offset + entry.byteCount], as: UTF8.self)
    }
}

import Evaluation
import ModelTree
import PMMLReader
import Testing

@testable import TableCompiler

/// A forest whose trees are digested while the document is read scores as one that is compiled from its nodes.
@Suite struct LargeForestTests {
    static let documents: [ForestText] = {
        var found: [ForestText] = []
        for strategy in ["none", "nullPrediction", "lastPrediction", "defaultChild"] {
            for classifies in [false, true] {
                found.append(ForestText(strategy: strategy, classifies: classifies, isFloat: strategy == "none", operators: classifies ? ["lessOrEqual", "greaterThan"] : ["lessThan", "greaterOrEqual"]))
            }
        }
        found.append(ForestText(strategy: "none", classifies: false, isFloat: true, operators: ["lessThan", "greaterOrEqual"], hasOneChild: true))
        found.append(ForestText(strategy: "none", classifies: true, isFloat: false, operators: ["equal", "notEqual"]))
        found.append(ForestText(strategy: "nullPrediction", classifies: true, isFloat: false, operators: ["lessOrEqual", "greaterThan"], nodes: 2_000))
        return found
    }()

    @Test(arguments: documents)
    func digestsChangeNothing(_ text: ForestText) throws {
        let document = try PMMLReader.read(bytes: Array(text.text.utf8), options: options)
        #expect(document.hasDigests)
        let digested = try Program(image: TableCompiler.compile(document).image)
        let plain = try Program(image: TableCompiler.compile(try PMMLReader.read(bytes: Array(text.text.utf8))).image)
        #expect(digested.schema.structure.map(\.text) == plain.schema.structure.map(\.text))
        let (a, b) = (score(digested), score(plain))
        #expect(a == b)
        // The rows do not all end alike.
        #expect(Set(a).count > 4)
    }

    /// A field that holds texts makes "equal to 3" another test than the digest's.
    @Test func textFieldsAreRefused() throws {
        let text = ForestText(strategy: "none", classifies: true, isFloat: false, operators: ["equal", "notEqual"], fieldType: "string", opType: "categorical")
        let document = try PMMLReader.read(bytes: Array(text.text.utf8), options: options)
        #expect(document.hasDigests)
        #expect(throws: CompileError.self) { try TableCompiler.compile(document) }
        _ = try TableCompiler.compile(try PMMLReader.read(bytes: Array(text.text.utf8)))
    }

    /// A document that ends in the middle of a forest ends the thread too.
    @Test func damagedDocuments() {
        let bytes = Array(Self.documents[0].text.utf8)
        for share in [0.3, 0.6, 0.9] {
            #expect(throws: PMMLReadError.self) { try PMMLReader.read(bytes: Array(bytes.prefix(Int(Double(bytes.count) * share))), options: options) }
        }
    }

    private var options: PMMLReader.Options {
        var options = PMMLReader.Options()
        options.digest = TableCompiler.digest
        return options
    }

    /// The bits of every result, or nothing where it is missing.
    private func score(_ program: Program) -> [[UInt64?]] {
        let frame = Frame(plan: Plan(program), capacity: 256)
        frame.begin()
        frame.count = 256
        var state: UInt64 = 9
        for input in program.schema.inputs {
            for row in 0..<256 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                frame.numbers(input.register.index)[row] = Double(Int(state >> 40) % 41 - 20) / 8
                frame.status(input.register.index)[row] = state >> 33 & 15 == 0 ? CellStatus.missing : 0
            }
        }
        frame.run()
        return (0..<256).map { row in
            frame.plan.results.map { result in
                if frame.status(result.register.index)[row] & CellStatus.missing != 0 { return nil }
                return result.register.kind == .text ? UInt64(UInt32(bitPattern: frame.codes(result.register.index)[row])) : frame.numbers(result.register.index)[row].bitPattern
            }
        }
    }
}

/// The text of a forest with large trees.
struct ForestText: CustomTestStringConvertible {
    var strategy: String
    var classifies: Bool
    var isFloat: Bool
    /// A test and its opposite.
    var operators: [String]
    /// Inner nodes have one child, and a row that does not fit it stays.
    var hasOneChild = false
    var nodes = 400
    var fieldType = "double"
    var opType = "continuous"
    private static let classes = ["low", "middle", "high"]

    var testDescription: String { "\(strategy), \(classifies ? "classification" : "regression"), \(operators[0]), \(nodes) nodes\(hasOneChild ? ", one child" : "")" }

    var text: String {
        var state: UInt64 = UInt64(nodes)
        let types = isFloat ? ["float", "float", "float", "integer"] : [fieldType, fieldType, "float", "integer"]
        var text = "<PMML version=\"4.4\" xmlns=\"http://www.dmg.org/PMML-4_4\"><Header/><DataDictionary>"
        text += classifies
            ? "<DataField name=\"y\" optype=\"categorical\" dataType=\"string\"><Value value=\"middle\"/></DataField>"
            : "<DataField name=\"y\" optype=\"continuous\" dataType=\"double\"/>"
        for (index, type) in types.enumerated() { text += "<DataField name=\"x\(index)\" optype=\"\(type == "string" ? opType : "continuous")\" dataType=\"\(type)\"/>" }
        let function = classifies ? "classification" : "regression"
        let schema = "<MiningSchema>" + (0..<4).map { "<MiningField name=\"x\($0)\"/>" }.joined() + "</MiningSchema>"
        text += "</DataDictionary><MiningModel functionName=\"\(function)\"\(isFloat ? " x-mathContext=\"float\"" : "")>"
        text += schema.replacing("</MiningSchema>", with: "<MiningField name=\"y\" usageType=\"target\"/></MiningSchema>")
        if classifies {
            text += "<Output>" + Self.classes.map { "<OutputField name=\"p(\($0))\" feature=\"probability\" value=\"\($0)\" optype=\"continuous\" dataType=\"double\"/>" }.joined() + "</Output>"
        }
        text += "<Segmentation multipleModelMethod=\"\(classifies ? "average" : "sum")\" missingPredictionTreatment=\"skipSegment\">"
        for _ in 0..<3 {
            text += "<Segment><True/><TreeModel functionName=\"\(function)\" missingValueStrategy=\"\(strategy)\" splitCharacteristic=\"\(hasOneChild ? "multiSplit" : "binarySplit")\""
            text += " noTrueChildStrategy=\"\(hasOneChild ? "returnLastPrediction" : "returnNullPrediction")\"\(isFloat ? " x-mathContext=\"float\"" : "")>" + schema
            grow(nodes, "<True/>", "1", &text, &state)
            text += "</TreeModel></Segment>"
        }
        return text + "</Segmentation></MiningModel></PMML>"
    }

    private func grow(_ size: Int, _ predicate: String, _ id: String, _ text: inout String, _ state: inout UInt64) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let random = Int(state >> 33)
        let isLeaf = size < 3
        text += "<Node id=\"\(id)\""
        if isLeaf || hasOneChild || random % 5 == 0 { text += " score=\"\(classifies ? Self.classes[random % 3] : "\(Double(random % 97) / 7)")\"" }
        if strategy == "defaultChild", !isLeaf { text += " defaultChild=\"\(id)\(random % 2)\"" }
        text += ">" + predicate
        if isLeaf {
            if classifies, random % 3 > 0 { for (index, name) in Self.classes.enumerated() where index != random % 7 { text += "<ScoreDistribution value=\"\(name)\" recordCount=\"\(random >> index & 3)\"/>" } }
        } else {
            let number = operators[0] == "equal" ? "\(random % 9 - 4)" : "\(Double(random % 401 - 200) / 77)"
            let left = 1 + random % (size - 2)
            let parts: [Int] = hasOneChild ? [size - 1] : [left, size - 1 - left]
            for index in parts.indices {
                grow(parts[index], "<SimplePredicate field=\"x\(random / 512 % 4)\" operator=\"\(operators[index])\" value=\"\(number)\"/>", id + "\(index)", &text, &state)
            }
        }
        text += "</Node>"
    }
}

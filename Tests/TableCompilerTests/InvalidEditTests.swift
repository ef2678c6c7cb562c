import Foundation
import ModelTree
import PMMLReader
import TableCompiler
import Testing

/// A line of `fixtures/invalid-edits.tsv`: a case's document with texts replaced, which cannot be compiled, the error and words of its message.
///
/// The columns are the case, the id, the words, and pairs of a text and what stands in all its places; `\n` is a new line.
struct InvalidEdit: CustomTestStringConvertible {
    var name: String
    var id: String
    var words: String
    var changes: [(text: String, instead: String)]
    var testDescription: String { "\(name): \(changes.map(\.instead).joined(separator: " … "))" }

    static func all() throws -> [InvalidEdit] {
        let table = try String(contentsOfFile: packageFolder + "/fixtures/invalid-edits.tsv", encoding: .utf8)
        return table.split(separator: "\n").dropFirst().map { row in
            let cells = row.split(separator: "\t", omittingEmptySubsequences: false).map { $0.replacingOccurrences(of: "\\n", with: "\n") }
            let changes = stride(from: 3, to: cells.count - 1, by: 2).map { (text: cells[$0], instead: cells[$0 + 1]) }
            return InvalidEdit(name: cells[0], id: cells.count > 1 ? cells[1] : "", words: cells.count > 2 ? cells[2] : "", changes: changes)
        }
    }

    /// The changed document; nil if it has not all the texts.
    func document() throws -> String? {
        var text = try String(contentsOfFile: packageFolder + "/fixtures/cases/\(name)/model.pmml", encoding: .utf8)
        for change in changes {
            if !text.contains(change.text) { return nil }
            text = text.replacingOccurrences(of: change.text, with: change.instead)
        }
        return text
    }
}

@Suite struct InvalidEditTests {
    @Test(arguments: try InvalidEdit.all())
    func isRefused(_ edit: InvalidEdit) throws {
        let text = try #require(try edit.document(), "the document has nothing to change")
        let document = try PMMLReader.read(bytes: Array(text.utf8))
        let error = #expect(throws: CompileError.self) { try TableCompiler.compile(document) }
        #expect(error?.id == edit.id)
        #expect(error?.message.contains(edit.words) == true, "\(error?.message ?? "")")
        #expect((error?.location.line ?? 0) > 0)
    }
}

/// A document that is right but for its size.
struct OversizeModel: CustomTestStringConvertible {
    var testDescription: String
    var id: String
    var words: String
    var text: String

    private init(_ name: String, _ id: String, _ words: String, fields: [String], _ model: String) {
        (testDescription, self.id, self.words) = (name, id, words)
        text = "<PMML version=\"4.4\"><Header/><DataDictionary>\(fields.joined())</DataDictionary>\(model)</PMML>"
    }

    private static func field(_ name: String, isText: Bool = false) -> String {
        "<DataField name=\"\(name)\" optype=\"\(isText ? "categorical" : "continuous")\" dataType=\"\(isText ? "string" : "double")\"/>"
    }

    private static func schema(_ active: [String], _ target: String) -> String {
        let fields = active.map { "<MiningField name=\"\($0)\"/>" }.joined()
        return "<MiningSchema>\(fields)<MiningField name=\"\(target)\" usageType=\"target\"/></MiningSchema>"
    }

    static let all: [OversizeModel] = [instances, covariances, interaction, network]

    private static let instances = OversizeModel(
        "instances of a Gaussian process", "gaussian-process", "more than 5000 instances", fields: [field("x"), field("y")], """
            <GaussianProcessModel functionName="regression">\(schema(["x"], "y"))<RadialBasisKernel/><TrainingInstances><InstanceFields>
            <InstanceField field="x" column="x"/><InstanceField field="y" column="y"/></InstanceFields><InlineTable>
            """ + (0...5_000).map { "<row><x>\($0)</x><y>1</y></row>" }.joined() + "</InlineTable></TrainingInstances></GaussianProcessModel>")

    private static func regression(_ fields: [String], _ cells: String, _ betas: String, covariances: String = "", output: String = "") -> String {
        """
        <GeneralRegressionModel functionName="regression" modelType="regression">\(schema(fields, "y"))\(output)<ParameterList/>
        <PPMatrix>\(cells)</PPMatrix>\(covariances.isEmpty ? "" : "<PCovMatrix>\(covariances)</PCovMatrix>")<ParamMatrix>\(betas)</ParamMatrix></GeneralRegressionModel>
        """
    }

    private static let covariances = OversizeModel(
        "parameters of a covariance matrix", "size-limit", "more than 2000 parameters", fields: [field("x"), field("y")],
        regression(
            ["x"], "<PPCell parameterName=\"p\" predictorName=\"x\" value=\"1\"/>", "<PCell parameterName=\"p\" beta=\"1\"/>",
            covariances: (0...2_000).map { "<PCovCell pRow=\"p\($0)\" pCol=\"p\($0)\" value=\"1\"/>" }.joined(),
            output: "<Output><OutputField name=\"e\" optype=\"continuous\" dataType=\"double\" feature=\"standardError\"/></Output>"))

    private static let interaction: OversizeModel = {
        let names = (0..<17).map { "f\($0)" }
        return OversizeModel(
            "factors of an interaction", "interaction-size", "too many factors", fields: names.map { field($0, isText: true) } + [field("y")],
            regression(names, names.map { "<PPCell parameterName=\"p\" predictorName=\"\($0)\" value=\"a\"/>" }.joined(), "<PCell parameterName=\"p\" beta=\"1\"/>"))
    }()

    /// Three nodes of 200 values each, every two of which have a child: no table is large, but what must be known of all three is.
    private static let network: OversizeModel = {
        let causes = ["a", "b", "c"]
        let roots = causes.map { name in
            "<DiscreteNode name=\"\(name)\">\((0..<200).map { "<ValueProbability value=\"\($0)\" probability=\"0.005\"/>" }.joined())</DiscreteNode>"
        }
        let effects = [(0, 1), (1, 2), (2, 0)].map { first, second in
            """
            <DiscreteNode name="\(causes[first] + causes[second])"><DiscreteConditionalProbability><ParentValue parent="\(causes[first])" value="0"/>
            <ParentValue parent="\(causes[second])" value="0"/><ValueProbability value="u" probability="0.5"/><ValueProbability value="v" probability="0.5"/>
            </DiscreteConditionalProbability></DiscreteNode>
            """
        }
        return OversizeModel(
            "products of a network", "network-size", "more than four million products", fields: ["a", "ab", "bc", "ca"].map { field($0, isText: true) },
            """
            <BayesianNetworkModel functionName="classification">\(schema(["ab", "bc", "ca"], "a"))
            <BayesianNetworkNodes>\(roots.joined())\(effects.joined())</BayesianNetworkNodes></BayesianNetworkModel>
            """)
    }()
}

@Suite struct OversizeModelTests {
    @Test(arguments: OversizeModel.all)
    func isRefused(_ model: OversizeModel) throws {
        let document = try PMMLReader.read(bytes: Array(model.text.utf8))
        let error = #expect(throws: CompileError.self) { try TableCompiler.compile(document) }
        #expect(error?.id == model.id)
        #expect(error?.message.contains(model.words) == true, "\(error?.message ?? "")")
    }
}

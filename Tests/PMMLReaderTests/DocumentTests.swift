import ModelTree
import PMMLReader
import Testing

private func read(_ text: String) throws -> Document { try PMMLReader.read(bytes: Array(text.utf8)) }

private let dictionary = """
    <DataDictionary>
     <DataField name="x" optype="continuous" dataType="double"/>
     <DataField name="y" optype="categorical" dataType="string"><Value value="a"/><Value value="b"/></DataField>
    </DataDictionary>
    """
private let schema = "<MiningSchema><MiningField name='x'/><MiningField name='y' usageType='predicted'/></MiningSchema>"

@Suite struct DocumentTests {
    @Test(arguments: [
        ("http://www.dmg.org/PMML-4_4", nil), ("https://www.dmg.org/PMML-4_4", nil), ("http://www.dmg.org/v4-4-1", "unknown-namespace"),
        ("", "missing-namespace"), ("http://www.dmg.org/PMML-4_2", "version-mismatch"), ("http://example.com/pmml", "unknown-namespace"),
    ])
    func namespaces(_ namespace: String, _ warning: String?) throws {
        let text =
            namespace.isEmpty
            ? "<PMML version='4.4'><Header/><DataDictionary/></PMML>"
            : "<p:PMML xmlns:p='\(namespace)' version='4.4'><p:Header/><p:DataDictionary/></p:PMML>"
        let document = try read(text)
        #expect(document.version == "4.4")
        #expect(document.warnings.map(\.id) == (warning.map { [$0] } ?? []))
    }

    /// Every error of a document, not only the first.
    @Test func diagnosis() {
        let text = """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/>\(dictionary)
            <RegressionModel functionName="regression">\(schema)<RegressionTable intercept="one"/></RegressionModel>
            <RegressionModel functionName="guess">\(schema)<RegressionTable intercept="1"/></RegressionModel></PMML>
            """
        let errors = PMMLReader.diagnose(bytes: Array(text.utf8)).errors
        #expect(errors.map(\.line) == [5, 6] && errors.allSatisfy { $0.file == "<bytes>" })
    }

    /// An element of more attributes than there is room for at first.
    @Test func manyAttributes() throws {
        let attributes = (0..<300).map { "a\($0)=\"\"" }.joined(separator: " ")
        let document = try read("<PMML version=\"4.4\" xmlns=\"http://www.dmg.org/PMML-4_4\"><Header><Extension \(attributes) name=\"n\"/></Header>\(dictionary)</PMML>")
        #expect(document.dataDictionary.fields.count == 2)
    }

    @Test func trees() throws {
        let document = try read(
            """
            <PMML version="4.4">\(dictionary)
            <TreeModel functionName="classification" missingValueStrategy="defaultChild" x-mathContext="float">\(schema)
            <Node id="r" defaultChild="l" recordCount="10"><True/>
             <ScoreDistribution value="a" recordCount="6"/><ScoreDistribution value="b" recordCount="4" confidence="0.5"/>
             <Extension name="anything"><odd xmlns="urn:odd"/></Extension>
             <Node id="l" score="a"><SimplePredicate field="x" operator="lessThan" value="1.5"/></Node>
             <Node id="m" score="b">
              <CompoundPredicate booleanOperator="and">
               <SimplePredicate field="x" operator="isNotMissing"/>
               <SimpleSetPredicate field="x" booleanOperator="isNotIn"><Array n="2" type="real">3 4</Array></SimpleSetPredicate>
              </CompoundPredicate>
             </Node>
            </Node></TreeModel></PMML>
            """)
        let model = try #require(document.models.first)
        #expect(model.isFloat)
        #expect(model.miningSchema.fields.map(\.usageType) == [.active, .target])
        guard case .tree(let tree) = model.kind else {
            Issue.record("not a tree")
            return
        }
        let nodes = tree.nodes
        #expect(nodes.nodes.count == 3)
        #expect(nodes.nodes.map(\.parent) == [-1, 0, 0])
        #expect(nodes.nodes.map(\.firstChild) == [1, -1, -1])
        #expect(nodes.nodes.map(\.nextSibling) == [-1, 2, -1])
        #expect(nodes.nodes.map(\.predicate) == [.always, .lessThan, .other])
        #expect(nodes.nodes.map { nodes.string($0.score) } == [nil, "a", "b"])
        #expect(nodes.string(nodes.nodes[0].defaultChild) == "l")
        #expect(nodes.string(nodes.nodes[1].value) == "1.5")
        #expect(nodes.fieldNames == ["x"])
        #expect(nodes.distributions.map(\.recordCount) == [6, 4])
        #expect(nodes.nodes[0].distributionCount == 2)
        guard case .compound(.and, let parts, _)? = nodes.predicates.first, case .set(let set)? = parts.last else {
            Issue.record("not a compound of a set")
            return
        }
        #expect(set.values == ["3", "4"])
        #expect(!set.isIn)
        #expect(document.paths.text(nodes.location.path) == "/PMML/TreeModel/Node")
        #expect(document.vendorMarkup == ["x-mathContext", "Extension anything"])
    }

    /// A model inside a MiningModel has all of its fields: many of many are refused, however short they are.
    @Test(arguments: [(200, false), (1_200, true)])
    func modelsWithoutSchemas(_ count: Int, _ isRefused: Bool) throws {
        let fields = (0..<2_000).map { "<MiningField name='x\($0)'/>" }.joined()
        let models = String(repeating: "<Regression functionName='regression'><RegressionTable intercept='0'/></Regression>", count: count)
        let text = "<PMML version='4.0'>\(dictionary)<MiningModel functionName='regression'><MiningSchema>\(fields)</MiningSchema>\(models)</MiningModel></PMML>"
        do {
            #expect(try read(text).models.count == 1 && !isRefused)
        } catch let error as PMMLReadError {
            #expect(error.id == "size-limit" && isRefused)
        }
    }

    @Test func distributionsAfterChildNodesStayWithTheirNode() throws {
        func distribution(_ count: Int) -> String { "<ScoreDistribution value='a' recordCount='\(count)'/>" }
        let document = try read(
            """
            <PMML version="4.4">\(dictionary)<TreeModel functionName="classification">\(schema)
            <Node><True/>\(distribution(1))<Node><True/>\(distribution(2))</Node>\(distribution(3))
            <Node><True/>\(distribution(4))</Node>\(distribution(5))</Node></TreeModel></PMML>
            """)
        guard case .tree(let tree)? = document.models.first?.kind else {
            Issue.record("not a tree")
            return
        }
        let counts = tree.nodes.nodes.map { node in
            (0..<Int(node.distributionCount)).map { tree.nodes.distributions[Int(node.distributionStart) + $0].recordCount }
        }
        #expect(counts == [[1, 3, 5], [2], [4]])
    }

    @Test func embeddedModelsBecomeAChain() throws {
        let document = try read(
            """
            <PMML version="4.0">\(dictionary)
            <MiningModel functionName="regression">\(schema)
            <Regression functionName="regression"><ResultField name="z" feature="predictedValue"/>
            <RegressionTable intercept="1"><NumericPredictor name="x" coefficient="2"/></RegressionTable></Regression>
            <Segmentation multipleModelMethod="selectFirst"><Segment><True/>
            <RegressionModel functionName="regression">\(schema)<RegressionTable intercept="1"/></RegressionModel>
            </Segment></Segmentation></MiningModel></PMML>
            """)
        guard case .mining(let chain)? = document.models.first?.kind else {
            Issue.record("not a mining model")
            return
        }
        #expect(chain.method == .modelChain)
        #expect(chain.segments.count == 2)
        #expect(chain.segments.first?.model.output.map(\.name) == ["z"])
        #expect(chain.segments.last?.model.miningSchema.fields.map(\.name) == ["x", "y", "z"])
    }

    @Test func tablesTakeLocalNames() throws {
        let document = try read(
            """
            <PMML version="4.4" xmlns:data="urn:data">\(dictionary)
            <TransformationDictionary><DerivedField name="d" optype="categorical" dataType="string">
            <MapValues outputColumn="data:out"><FieldColumnPair field="y" column="data:in"/>
            <InlineTable><row><data:in>a</data:in><data:out><![CDATA[A & B]]></data:out></row><row><data:in/></row></InlineTable>
            </MapValues></DerivedField></TransformationDictionary></PMML>
            """)
        guard case .mapValues(let map)? = document.transformations.derivedFields.first?.expression.kind else {
            Issue.record("not a MapValues")
            return
        }
        #expect(map.outputColumn == "out")
        #expect(map.pairs.map(\.column) == ["in"])
        #expect(map.table.columns == ["in", "out"])
        #expect(map.table.rows == [["a", "A & B"], ["", nil]])
    }

    @Test func entityInTheHeaderIsARemark() throws {
        let document = try read(
            "<!DOCTYPE PMML [<!ENTITY e 'x'>]><PMML version='4.4' xmlns='http://www.dmg.org/PMML-4_4'><Header description='&e;'/><DataDictionary/></PMML>")
        #expect(document.header.description == nil)
        #expect(document.warnings.map(\.id) == ["xml-entity-reference"])
    }

    @Test func deepTrees() throws {
        let depth = 10_000
        let open = String(repeating: "<Node score='a'><SimplePredicate field='x' operator='lessThan' value='1'/>", count: depth)
        let document = try read(
            "<PMML version='4.4'>\(dictionary)<TreeModel functionName='classification'>\(schema)\(open)"
                + String(repeating: "</Node>", count: depth) + "</TreeModel></PMML>")
        guard case .tree(let tree)? = document.models.first?.kind else {
            Issue.record("not a tree")
            return
        }
        #expect(tree.nodes.nodes.count == depth)
        #expect(tree.nodes.text.count == 2)
    }
}

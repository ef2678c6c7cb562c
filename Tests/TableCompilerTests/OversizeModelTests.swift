import ModelTree
import PMMLReader
import TableCompiler
import Testing

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

    static let all: [OversizeModel] = [
        instances, covariances, interaction, network, counts, vectors, equations, itemsets, sequences, ranks, highRank, neighbors, segments, classRanks, residuals,
    ]

    /// So many of two things that their pairs are too many.
    private static let many = 0..<5_100

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

    // A document of a few hundred kilobytes each, whose tables would take gigabytes.

    private static let counts = OversizeModel(
        "counts that a naive Bayes model leaves out", "size-limit", "without a count for each of 5100 classes", fields: [field("x", isText: true), field("y", isText: true)], """
            <NaiveBayesModel functionName="classification" threshold="0.001">\(schema(["x"], "y"))<BayesInputs><BayesInput fieldName="x">
            """ + many.map { "<PairCounts value=\"v\($0)\"><TargetValueCounts><TargetValueCount value=\"t\($0)\" count=\"3\"/></TargetValueCounts></PairCounts>" }.joined() + """
            </BayesInput></BayesInputs><BayesOutput fieldName="y"><TargetValueCounts>
            """ + many.map { "<TargetValueCount value=\"t\($0)\" count=\"3\"/>" }.joined() + "</TargetValueCounts></BayesOutput></NaiveBayesModel>")

    private static let vectors = OversizeModel(
        "short vectors", "size-limit", "shorter than their 5100 fields", fields: many.map { field("x\($0)") } + [field("y")], """
            <SupportVectorMachineModel functionName="regression">\(schema(many.map { "x\($0)" }, "y"))<LinearKernelType/><VectorDictionary><VectorFields>
            """ + many.map { "<FieldRef field=\"x\($0)\"/>" }.joined() + "</VectorFields>"
            + many.map { "<VectorInstance id=\"v\($0)\"><Array type=\"real\" n=\"1\">1</Array></VectorInstance>" }.joined() + "</VectorDictionary><SupportVectorMachine><SupportVectors>"
            + many.map { "<SupportVector vectorId=\"v\($0)\"/>" }.joined() + "</SupportVectors><Coefficients absoluteValue=\"1\">"
            + String(repeating: "<Coefficient value=\"1\"/>", count: many.count) + "</Coefficients></SupportVectorMachine></SupportVectorMachineModel>")

    private static let equations = OversizeModel(
        "coefficients of all categories", "size-limit", "5100 coefficients of all 5100 categories", fields: [field("x"), field("y", isText: true)], """
            <GeneralRegressionModel modelType="multinomialLogistic" functionName="classification" targetReferenceCategory="r">\(schema(["x"], "y"))
            <ParameterList><Parameter name="p"/></ParameterList><PPMatrix/><ParamMatrix>
            """ + many.map { "<PCell targetCategory=\"c\($0)\" parameterName=\"p\" beta=\"1\"/>" }.joined()
            + String(repeating: "<PCell parameterName=\"p\" beta=\"1\"/>", count: many.count) + "</ParamMatrix></GeneralRegressionModel>")

    private static let itemsets = OversizeModel(
        "rules that share a long itemset", "size-limit", "more than 25 million", fields: [field("b", isText: true), field("i", isText: true)], """
            <AssociationModel functionName="associationRules"><MiningSchema><MiningField name="b" usageType="group"/><MiningField name="i"/></MiningSchema>
            """ + many.map { "<Item id=\"\($0)\" value=\"i\($0)\"/>" }.joined() + "<Itemset id=\"s\">" + many.map { "<ItemRef itemRef=\"\($0)\"/>" }.joined() + "</Itemset>"
            + String(repeating: "<AssociationRule antecedent=\"s\" consequent=\"s\" support=\"0.4\" confidence=\"0.8\"/>", count: many.count) + "</AssociationModel>")

    private static let sequences = OversizeModel(
        "rules that share a long sequence", "size-limit", "more than 25 million", fields: [field("b", isText: true), field("i", isText: true)], """
            <SequenceModel functionName="sequences"><MiningSchema><MiningField name="b" usageType="group"/><MiningField name="i"/></MiningSchema>
            <Item id="a" value="a"/><Itemset id="A"><ItemRef itemRef="a"/></Itemset><Sequence id="s"><SetReference setId="A"/>
            """ + String(repeating: "<Delimiter delimiter=\"acrossTimeWindows\" gap=\"false\"/><SetReference setId=\"A\"/>", count: many.count) + "</Sequence>"
            + many.map { id in
                """
                <SequenceRule id="r\(id)" numberOfSets="2" occurrence="1" support="0.1" confidence="0.6"><AntecedentSequence><SequenceReference seqId="s"/></AntecedentSequence>
                <Delimiter delimiter="acrossTimeWindows" gap="unknown"/><ConsequentSequence><SequenceReference seqId="s"/></ConsequentSequence></SequenceRule>
                """
            }.joined() + "</SequenceModel>")

    private static func clusters(_ name: String, _ words: String, count: Int, ranks: [Int]) -> OversizeModel {
        OversizeModel(name, "size-limit", words, fields: [field("x")], """
            <ClusteringModel functionName="clustering" modelClass="centerBased" numberOfClusters="\(count)"><MiningSchema><MiningField name="x"/></MiningSchema><Output>
            """ + ranks.map { "<OutputField name=\"o\($0)\" optype=\"categorical\" dataType=\"string\" feature=\"entityId\" rank=\"\($0)\"/>" }.joined()
            + "</Output><ComparisonMeasure kind=\"distance\"><euclidean/></ComparisonMeasure><ClusteringField field=\"x\"/>"
            + (0..<count).map { "<Cluster><Array n=\"1\" type=\"real\">\($0)</Array></Cluster>" }.joined() + "</ClusteringModel>")
    }
    private static let ranks = clusters("ranks of clusters", "900 ranks of 6000 entities", count: 6_000, ranks: Array(1...900))
    private static let highRank = clusters("a high rank", "rank 1001 of 1100 entities", count: 1_100, ranks: [1_001])

    private static let neighbors = OversizeModel(
        "neighbors", "size-limit", "10001 neighbors", fields: [field("x"), field("y")], """
            <NearestNeighborModel functionName="regression" numberOfNeighbors="20000">\(schema(["x"], "y"))<TrainingInstances><InstanceFields>
            <InstanceField field="x" column="x"/><InstanceField field="y" column="y"/></InstanceFields><InlineTable>
            """ + (0...10_000).map { "<row><x>\($0)</x><y>1</y></row>" }.joined() + """
            </InlineTable></TrainingInstances><ComparisonMeasure kind="distance"><euclidean/></ComparisonMeasure>
            <KNNInputs><KNNInput field="x"/></KNNInputs></NearestNeighborModel>
            """)

    /// Each segment has a class of its own.
    private static let segments = OversizeModel(
        "segments and classes", "size-limit", "2300 segments times 2300 classes", fields: [field("x"), field("y", isText: true)], """
            <MiningModel functionName="classification">\(schema(["x"], "y"))<Segmentation multipleModelMethod="selectFirst">
            """ + (0..<2_300).map { at in
            """
            <Segment><SimplePredicate field="x" operator="equal" value="\(at)"/><TreeModel functionName="classification">\(schema(["x"], "y"))<Node score="c\(at)"><True/>
            <ScoreDistribution value="c\(at)" recordCount="1"/></Node></TreeModel></Segment>
            """
        }.joined() + "</Segmentation></MiningModel>")

    /// 2,300 classes, and as many outputs.
    private static func classes(_ name: String, _ output: (Int) -> String) -> OversizeModel {
        let outputs = (1...2_300).map { "<OutputField name=\"o\($0)\" optype=\"continuous\" dataType=\"double\" \(output($0))/>" }.joined()
        let tables = (1...2_300).map { "<RegressionTable intercept=\"\($0)\" targetCategory=\"c\($0)\"><NumericPredictor name=\"x\" coefficient=\"2\"/></RegressionTable>" }.joined()
        return OversizeModel(
            name, "size-limit", "outputs that look at all of them", fields: [field("x"), field("y", isText: true)], """
                <RegressionModel functionName="classification" normalizationMethod="softmax">\(schema(["x"], "y"))<Output>\(outputs)</Output>\(tables)</RegressionModel>
                """)
    }
    private static let classRanks = classes("ranks of classes") { "feature=\"probability\" rank=\"\($0)\"" }
    private static let residuals = classes("residuals of classes") { "feature=\"residual\" value=\"c\($0)\"" }

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

/// Documents that ask for much in few words, and that are compiled nevertheless: what costs minutes where all is compared with all.
@Suite struct PairsTests {
    private func compiles(_ fields: String, _ model: String, transformations: String = "") throws {
        let text = "<PMML version=\"4.4\"><Header/><DataDictionary>\(fields)</DataDictionary>\(transformations)\(model)</PMML>"
        _ = try TableCompiler.compile(try PMMLReader.read(bytes: Array(text.utf8)))
    }
    private let schema = "<MiningSchema><MiningField name=\"x\"/><MiningField name=\"y\" usageType=\"target\"/></MiningSchema>"
    private let target = "<DataField name=\"y\" optype=\"continuous\" dataType=\"double\"/>"

    @Test(.timeLimit(.minutes(1))) func ordinalFields() throws {
        let values = (0..<10_000).map { "<Value value=\"v\($0)\"/>" }.joined()
        let nodes = (0..<10_000).map { "<Node score=\"\($0)\"><SimplePredicate field=\"x\" operator=\"lessThan\" value=\"v\($0)\"/></Node>" }.joined()
        try compiles(
            "<DataField name=\"x\" optype=\"ordinal\" dataType=\"string\">\(values)</DataField>\(target)",
            "<TreeModel functionName=\"regression\">\(schema)<Node score=\"1\"><True/>\(nodes)</Node></TreeModel>")
    }

    @Test(.timeLimit(.minutes(1))) func mapsOfSegments() throws {
        let rows = (0..<10_000).map { "<row><i>v\($0)</i><o>\($0)</o></row>" }.joined()
        let segments = (0..<10_000).map { _ in
            """
            <Segment><True/><RegressionModel functionName="regression">\(schema)<RegressionTable intercept="1"><NumericPredictor name="g" coefficient="2"/></RegressionTable></RegressionModel></Segment>
            """
        }.joined()
        try compiles(
            "<DataField name=\"x\" optype=\"categorical\" dataType=\"string\"/>\(target)",
            "<MiningModel functionName=\"regression\">\(schema)<Segmentation multipleModelMethod=\"sum\">\(segments)</Segmentation></MiningModel>",
            transformations: """
                <TransformationDictionary><DerivedField name="g" optype="continuous" dataType="double"><MapValues outputColumn="o" dataType="double">
                <FieldColumnPair field="x" column="i"/><InlineTable>\(rows)</InlineTable></MapValues></DerivedField></TransformationDictionary>
                """)
    }

    /// No cluster has the rank that is asked for.
    @Test(.timeLimit(.minutes(1))) func ranksBeyondAllClusters() throws {
        try compiles("<DataField name=\"x\" optype=\"continuous\" dataType=\"double\"/>", """
            <ClusteringModel functionName="clustering" modelClass="centerBased" numberOfClusters="1"><MiningSchema><MiningField name="x"/></MiningSchema>
            <Output><OutputField name="o" optype="categorical" dataType="string" feature="entityId" rank="2000000000"/></Output>
            <ComparisonMeasure kind="distance"><euclidean/></ComparisonMeasure><ClusteringField field="x"/><Cluster><Array n="1" type="real">1</Array></Cluster></ClusteringModel>
            """)
    }
}

import Pommel
import Testing

/// Documents that can be scored, and of which a version of PMML cannot say one thing; all else in them it can.
struct Blocked: CustomTestStringConvertible, Sendable {
    var message: String
    var version = PMMLVersion.v4_4_1
    /// The version in which the document is.
    var source = "4.4"
    var fields = ""
    var transformations = ""
    var model: String
    var testDescription: String { message }

    var document: String {
        """
        <PMML version="\(source)" xmlns="http://www.dmg.org/PMML-\(source.replacing(".", with: "_"))"><Header/>
        <DataDictionary><DataField name="x" optype="continuous" dataType="double"/><DataField name="y" optype="continuous" dataType="double"/>
        <DataField name="c" optype="categorical" dataType="string"><Value value="p"/><Value value="q"/></DataField>
        <DataField name="k" optype="categorical" dataType="string"><Value value="a"/><Value value="b"/></DataField>\(fields)</DataDictionary>
        \(transformations)\(model)</PMML>
        """
    }

    private static let schema = "<MiningSchema><MiningField name=\"x\"/><MiningField name=\"c\"/><MiningField name=\"y\" usageType=\"predicted\"/></MiningSchema>"
    private static let table = "<RegressionTable intercept=\"1\"><NumericPredictor name=\"x\" coefficient=\"2\"/></RegressionTable>"
    private static func regression(_ content: String) -> String { "<RegressionModel functionName=\"regression\">\(schema)\(content)\(table)</RegressionModel>" }
    private static func derived(_ name: String, _ expression: String) -> String {
        "<DerivedField name=\"\(name)\" optype=\"continuous\" dataType=\"double\">\(expression)</DerivedField>"
    }
    private static func counts(_ a: Int, _ b: Int) -> String {
        "<TargetValueCounts><TargetValueCount value=\"a\" count=\"\(a)\"/><TargetValueCount value=\"b\" count=\"\(b)\"/></TargetValueCounts>"
    }

    static let all: [Blocked] = [
        Blocked(
            message: "NormDiscrete@method=\"thermometer\" is not in PMML since 3.2, and \"twice\" is no DataField", source: "3.1",
            transformations: "<TransformationDictionary>"
                + derived("twice", "<Apply function=\"*\"><FieldRef field=\"x\"/><Constant dataType=\"double\">2</Constant></Apply>")
                + derived("step", "<NormDiscrete field=\"twice\" method=\"thermometer\" value=\"3\"/>") + "</TransformationDictionary>",
            model: regression("")),
        Blocked(
            message: "NormDiscrete@method=\"thermometer\" is not in PMML since 3.2, and the values of \"c\" have no order", source: "3.1",
            transformations: "<TransformationDictionary>" + derived("step", "<NormDiscrete field=\"c\" method=\"thermometer\" value=\"q\"/>")
                + "</TransformationDictionary>",
            model: regression("")),
        Blocked(
            message: "Constant@dataType=\"dateDaysSince[2000]\" is not a type of the standard",
            transformations: "<TransformationDictionary>" + derived("day", "<Constant dataType=\"dateDaysSince[2000]\">2000-01-02</Constant>")
                + "</TransformationDictionary>",
            model: regression("")),
        Blocked(
            message: "ScoreDistribution@probability is INF, which is no decimal number", version: .v4_2,
            model: """
                <TreeModel functionName="classification"><MiningSchema><MiningField name="x"/><MiningField name="k" usageType="target"/></MiningSchema>
                <Node score="a"><True/><ScoreDistribution value="a" recordCount="1" probability="INF"/><ScoreDistribution value="b" recordCount="1" probability="0.5"/></Node></TreeModel>
                """),
        Blocked(
            message: "GeneralRegressionModel@trialsValue is no integer",
            model: """
                <GeneralRegressionModel functionName="regression" modelType="generalizedLinear" distribution="binomial" linkFunction="logit" trialsValue="2.5">\(schema)
                <ParameterList><Parameter name="p0"/></ParameterList><PPMatrix/><ParamMatrix><PCell parameterName="p0" beta="1"/></ParamMatrix></GeneralRegressionModel>
                """),
        Blocked(
            message: "a BayesInput with TargetValueStats can have no DerivedField",
            model: """
                <NaiveBayesModel functionName="classification" threshold="0.001"><MiningSchema><MiningField name="x"/><MiningField name="k" usageType="target"/></MiningSchema>
                <BayesInputs><BayesInput fieldName="x">\(derived("twice", "<FieldRef field=\"x\"/>"))
                <TargetValueStats><TargetValueStat value="a"><GaussianDistribution mean="1" variance="1"/></TargetValueStat>
                <TargetValueStat value="b"><GaussianDistribution mean="2" variance="1"/></TargetValueStat></TargetValueStats></BayesInput></BayesInputs>
                <BayesOutput fieldName="k">\(counts(3, 4))</BayesOutput></NaiveBayesModel>
                """),
        Blocked(
            message: "the neurons of a normalized NeuralLayer have several activation functions or thresholds, which was possible up to PMML 2.1", source: "3.0",
            model: """
                <NeuralNetwork functionName="regression" activationFunction="identity">\(schema)
                <NeuralInputs><NeuralInput id="0"><DerivedField optype="continuous" dataType="double"><FieldRef field="x"/></DerivedField></NeuralInput></NeuralInputs>
                <NeuralLayer normalizationMethod="softmax"><Neuron id="1" bias="0" activationFunction="tanh"><Con from="0" weight="1"/></Neuron>
                <Neuron id="2" bias="0"><Con from="0" weight="1"/></Neuron></NeuralLayer>
                <NeuralLayer><Neuron id="3" bias="0"><Con from="1" weight="1"/><Con from="2" weight="1"/></Neuron></NeuralLayer>
                <NeuralOutputs><NeuralOutput outputNeuron="3"><DerivedField optype="continuous" dataType="double"><FieldRef field="y"/></DerivedField></NeuralOutput></NeuralOutputs>
                </NeuralNetwork>
                """),
        Blocked(
            message: "OutputField \"o\" has no dataType, which PMML asks for since 4.3, and none follows from its feature", source: "4.2",
            model: regression(
                "<Output><OutputField name=\"o\" optype=\"continuous\" feature=\"transformedValue\"><Apply function=\"own\"><FieldRef field=\"x\"/></Apply></OutputField></Output>")
                .replacing("<RegressionModel", with:
                    "<TransformationDictionary><DefineFunction name=\"own\" optype=\"continuous\" dataType=\"double\"><ParameterField name=\"v\"/><FieldRef field=\"v\"/></DefineFunction></TransformationDictionary><RegressionModel")),
        Blocked(
            message: "ClusteringModel can have no Targets",
            model: """
                <ClusteringModel functionName="clustering" modelClass="centerBased" numberOfClusters="1"><MiningSchema><MiningField name="x"/></MiningSchema>
                <Targets><Target field="y"/></Targets>
                <ComparisonMeasure kind="distance"><euclidean/></ComparisonMeasure><ClusteringField field="x"/>
                <Cluster id="1"><Array n="1" type="real">0</Array></Cluster></ClusteringModel>
                """),
    ]
}

@Suite struct BlockerTests {
    @Test(arguments: Blocked.all)
    func isTold(_ blocked: Blocked) throws {
        let document = try ModelDocument(bytes: Array(blocked.document.utf8))
        _ = try document.model()
        let blockers = document.blockers(of: blocked.version)
        #expect(blockers.map(\.message) == [blocked.message])
        #expect(blockers.first?.place.line ?? 0 > 0 && blockers.first?.place.path != nil)
    }

    /// A table for each of a thousand thermometers over a thousand values: a document of 100 kB would become one of 50 MB.
    @Test func manyThermometers() throws {
        let values = (0..<1_001).map { "<Value value=\"v\($0)\"/>" }.joined()
        let steps = (0..<1_000).map { "<DerivedField name=\"d\($0)\" optype=\"continuous\" dataType=\"double\"><NormDiscrete field=\"c\" method=\"thermometer\" value=\"v\($0)\"/></DerivedField>" }
        let text = """
            <PMML version="3.1"><Header copyright=""/><DataDictionary><DataField name="c" optype="ordinal" dataType="string">\(values)</DataField>
            <DataField name="y" optype="continuous" dataType="double"/></DataDictionary>
            <TransformationDictionary>\(steps.joined())</TransformationDictionary><RegressionModel functionName="regression"><MiningSchema><MiningField name="c"/>
            <MiningField name="y" usageType="predicted"/></MiningSchema><RegressionTable intercept="1"><NumericPredictor name="d1" coefficient="2"/></RegressionTable></RegressionModel></PMML>
            """
        let document = try ModelDocument(bytes: Array(text.utf8))
        _ = try document.model()
        let blockers = document.blockers(of: .v4_4_1)
        #expect(!blockers.isEmpty && blockers.allSatisfy { $0.message.contains("more than a million rows") })
    }
}

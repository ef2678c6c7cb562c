import Foundation
import PMMLReader

/// docs/support.md: what is read and scored, by trying it, and the fixtures that prove it.
enum SupportPage {
    static func text() throws -> String {
        let cases = try FixtureCase.all()
        var text = heading("What is supported")
        text += """
            PMML 3.0 to 4.4.1. What is not supported and would change a result is refused with an error that names it. The cases are folders in
            `fixtures/cases`; where there are many, the first are named.


            """
        text += "## Models\n\n"
        text += table(
            ["element", "", "cases"],
            models.map { element in
                [link(element), isRead(model: element) ? "supported" : "refused", list(cases.filter { $0.models.contains(element) })]
            })
        text += "## Expressions\n\n" + elements(expressions, cases) { "<TransformationDictionary><DerivedField name=\"d\" optype=\"continuous\" dataType=\"double\"><\($0)/></DerivedField></TransformationDictionary>" }
        text += "## Predicates\n\n" + elements(predicates, cases) {
            "<TreeModel functionName=\"regression\"><MiningSchema/><Node><\($0)/></Node></TreeModel>"
        }
        text += "## Parts of documents and models\n\n"
        text += elements(["Header", "DataDictionary", "MiningBuildTask", "TransformationDictionary", "Extension"], cases) { "<\($0)/>" }
        text += elements(["MiningSchema", "Output", "Targets", "LocalTransformations", "ModelStats", "ModelExplanation", "ModelVerification"], cases) {
            "<TreeModel functionName=\"regression\"><\($0)/></TreeModel>"
        }
        text += "## Features that cases show\n\n"
        let features = Set(cases.flatMap(\.features)).sorted()
        text += table(["feature", "cases"], features.map { feature in [feature, list(cases.filter { $0.features.contains(feature) })] })
        return String(text.dropLast())
    }

    private static let models = [
        "AnomalyDetectionModel", "AssociationModel", "BaselineModel", "BayesianNetworkModel", "ClusteringModel", "GaussianProcessModel",
        "GeneralRegressionModel", "MiningModel", "NaiveBayesModel", "NearestNeighborModel", "NeuralNetwork", "RegressionModel",
        "RuleSetModel", "Scorecard", "SequenceModel", "SupportVectorMachineModel", "TextModel", "TimeSeriesModel", "TreeModel",
    ]
    private static let expressions = [
        "Aggregate", "Apply", "Constant", "Discretize", "FieldRef", "Lag", "MapValues", "NormContinuous", "NormDiscrete", "TextIndex",
    ]
    private static let predicates = ["CompoundPredicate", "False", "SimplePredicate", "SimpleSetPredicate", "True"]

    private static func link(_ model: String) -> String {
        let pages = [
            "AnomalyDetectionModel": "AnomalyDetectionModel", "AssociationModel": "AssociationRules", "BaselineModel": "BaselineModel",
            "BayesianNetworkModel": "BayesianNetwork", "ClusteringModel": "ClusteringModel", "GaussianProcessModel": "GaussianProcess",
            "GeneralRegressionModel": "GeneralRegression", "MiningModel": "MultipleModels", "NaiveBayesModel": "NaiveBayes",
            "NearestNeighborModel": "KNN", "NeuralNetwork": "NeuralNetwork", "RegressionModel": "Regression", "RuleSetModel": "RuleSet",
            "Scorecard": "Scorecard", "SequenceModel": "Sequence", "SupportVectorMachineModel": "SupportVectorMachine", "TextModel": "Text",
            "TimeSeriesModel": "TimeSeriesModel", "TreeModel": "TreeModel",
        ]
        return "[`\(model)`](https://dmg.org/pmml/v4-4-1/\(pages[model] ?? model).html)"
    }

    private static func isRead(model: String) -> Bool {
        error("<DataDictionary/><\(model) functionName=\"regression\"/>")?.id != "unsupported-model"
    }

    private static func elements(_ names: [String], _ cases: [FixtureCase], _ body: (String) -> String) -> String {
        table(
            ["element", "", "cases"],
            names.map { name in
                let path = "/" + name
                let problem = error((name == "DataDictionary" ? "" : "<DataDictionary/>") + body(name))
                let isRefused = problem?.id == "unsupported-element" && problem?.path.hasSuffix(path) == true
                let shown = cases.filter { one in one.features.contains { $0 == name || $0.hasPrefix(name + " ") } }
                return ["`\(name)`", isRefused ? "refused" : "supported", list(shown)]
            })
    }

    /// What the reader says of a document with this content.
    private static func error(_ content: String) -> PMMLReadError? {
        do throws(PMMLReadError) {
            _ = try PMMLReader.read(bytes: Array("<PMML version=\"4.4\"><Header/>\(content)</PMML>".utf8))
            return nil
        } catch { return error }
    }

    private static func list(_ cases: [FixtureCase]) -> String {
        let most = 6
        let names = cases.prefix(most).map { "`\($0.name)`" }.joined(separator: ", ")
        return cases.count > most ? "\(cases.count): \(names), …" : names
    }
}

/// What a fixture's case.json says.
struct FixtureCase: Decodable {
    var name = ""
    var model: String
    var features: [String]
    /// The elements of its models, outermost first.
    var models: [String] { model.split(whereSeparator: { "/+, ".contains($0) }).map(String.init) }

    private enum CodingKeys: CodingKey { case model, features }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        model = try values.decodeIfPresent(String.self, forKey: .model) ?? ""
        features = try values.decodeIfPresent([String].self, forKey: .features) ?? []
    }

    static func all() throws -> [FixtureCase] {
        let folder = packageFolder + "/fixtures/cases"
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().compactMap { name in
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)/case.json") else { return nil }
            var one = try JSONDecoder().decode(FixtureCase.self, from: data)
            one.name = name
            return one
        }
    }
}

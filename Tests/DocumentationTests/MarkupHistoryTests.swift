import Foundation
import Testing

@testable import Pommel

/// When markup came into the standard: what `pommel validate` knows is what the standard's history and its schemas say; where those are at hand.
@Suite struct MarkupHistoryTests {
    private static let folder = URL(fileURLWithPath: packageFolder).deletingLastPathComponent().appendingPathComponent("shared/spec").path
    private static let history = folder + "/version-history.tsv"
    private static let older = folder + "/pmml-4-2.xsd"

    /// The attributes that choose from an enumeration of the history; one that is not here would fail the test.
    private static let attributes: [String: [String]] = [
        "InvalidValueTreatmentMethod": ["MiningField@invalidValueTreatment", "Apply@invalidValueTreatment"],
        "MissingValueTreatmentMethod": ["MiningField@missingValueTreatment"],
        "MiningField.UsageType": ["MiningField@usageType"],
        "MiningFunction": ["TreeModel@functionName", "TimeSeriesModel@functionName", "RegressionModel@functionName"],
        "OutputField.RankBasis": ["OutputField@rankBasis"], "OutputField.RuleFeature": ["OutputField@ruleFeature"],
        "ResultFeature": ["OutputField@feature", "ResultField@feature"],
        "general_regression.GeneralRegressionModel.Distribution": ["GeneralRegressionModel@distribution"],
        "general_regression.GeneralRegressionModel.ModelType": ["GeneralRegressionModel@modelType"],
        "mining.Segmentation.MissingPredictionTreatment": ["Segmentation@missingPredictionTreatment"],
        "mining.Segmentation.MultipleModelMethod": ["Segmentation@multipleModelMethod"],
        "neural_network.NeuralNetwork.ActivationFunction": ["NeuralNetwork@activationFunction", "NeuralLayer@activationFunction"],
        "regression.RegressionModel.NormalizationMethod": ["RegressionModel@normalizationMethod", "Regression@normalizationMethod"],
        "time_series.TimeSeriesModel.Algorithm": ["TimeSeriesModel@bestFit"],
        "time_series.TrendExpoSmooth.Trend": ["Trend_ExpoSmooth@trend"],
        "tree.TreeModel.MissingValueStrategy": ["TreeModel@missingValueStrategy", "DecisionTree@missingValueStrategy"],
    ]

    /// The markup that a line of the history is about.
    private static func markup(_ element: String, _ member: String, _ kind: String) -> [String] {
        switch (kind, element, member) {
        // A type of the history's, of which two elements are.
        case ("element", "COUNT-TABLE-TYPE", _): ["CountTable", "NormalizedCountTable"]
        case ("children", "OutputField", "expression"): ["OutputField/FieldRef", "OutputField/Apply", "OutputField/Constant"]
        case ("element", _, _): [element]
        case ("attribute", _, _): ["\(element)@\(member)"]
        case ("child", _, _): ["\(element)/\(member)"]
        case ("value", _, _): (attributes[element] ?? ["no attribute of \(element)"]).map { "\($0)=\(member)" }
        // An enumeration is as old as the attribute for which it was made.
        default: [attributes[element]?.first ?? "no attribute of \(element)"]
        }
    }

    /// When the markup came: with itself, or with what it is part of.
    private static func added(_ markup: String) -> DocumentVersion? {
        let element = String(markup.prefix { $0 != "@" && $0 != "/" })
        let attribute = String(markup.prefix { $0 != "=" })
        let child = markup.split(separator: "/").dropFirst().first.map(String.init)
        return [markup, attribute, element, child].compactMap { $0.flatMap { MarkupHistory.added[$0] } }.max()
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: history)))
    func everyAdditionOfTheHistoryIsKnown() throws {
        var count = 0
        for line in try String(contentsOfFile: Self.history, encoding: .utf8).split(separator: "\n").dropFirst() {
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            // Vendors' markup has no version, and Extensions are allowed everywhere.
            guard let version = DocumentVersion(String(cells[3].prefix { $0 != ";" })), cells[1] != "Extension" else { continue }
            for markup in Self.markup(cells[0], cells[1], cells[2]) {
                count += 1
                #expect(Self.added(markup) == version, "\(markup) is of \(version.text)")
            }
        }
        #expect(count > 250)
    }

    /// What the schema of 4.4 has and that of 4.2 has not came with 4.3 or 4.4, and the other way round.
    @Test(.enabled(if: FileManager.default.fileExists(atPath: older)))
    func everyDifferenceOfTheSchemasIsKnown() throws {
        let (old, new) = (try Schema(path: Self.older), try Schema(path: SchemaTests.path))
        func names(_ schema: Schema) -> Set<String> {
            var names: Set<String> = []
            for (name, element) in schema.elements {
                names.insert(name)
                for (attribute, values) in schema.attributes(of: element) {
                    names.insert("\(name)@\(attribute)")
                    for value in values { names.insert("\(name)@\(attribute)=\(value)") }
                }
                for child in schema.children(of: element) where child != "Extension" { names.insert("\(name)/\(child)") }
            }
            return names
        }
        let (before, after) = (names(old), names(new))
        let recent = DocumentVersion(4, 3)
        for name in after.subtracting(before) { #expect(Self.added(name).map { $0 >= recent } ?? false, "\(name)") }
        for name in before.intersection(after) where !name.contains("/") { #expect(Self.added(name).map { $0 < recent } ?? true, "\(name)") }
    }

    /// Nothing is listed that the standard does not have.
    @Test func everythingKnownIsOfTheStandard() {
        for markup in MarkupHistory.added.keys {
            let parts = markup.split(whereSeparator: { "@=/".contains($0) }).map(String.init)
            // Elements and attributes of older versions are not in the list of 4.4.
            guard let element = Standard.elements[parts[0]] else {
                #expect(["DecisionTree", "Regression"].contains(parts[0]), "\(markup)")
                continue
            }
            if markup.contains("/") { #expect(element.children.contains(parts[1]), "\(markup)") }
            guard markup.contains("@"), let attribute = element.attributes.first(where: { $0.name == parts[1] }) else { continue }
            if parts.count > 2, !attribute.values.isEmpty { #expect(attribute.values.contains(parts[2]), "\(markup)") }
        }
    }
}

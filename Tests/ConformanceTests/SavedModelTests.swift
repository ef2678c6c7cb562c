import Foundation
import Testing

@testable import Conformance
@testable import Pommel

/// Outside cases that hold the same model twice, as R's exporter wrote it in PMML and as R saved it: both must give the same scores.
@Suite struct SavedModelTests {
    private static let cases = outsideFolder.map { folder in
        ConformanceCase.discover(in: folder + "/pmml").filter { example in
            let about = FileSystem.read("\(example.folder)/case.json").flatMap { JSON($0) }
            return about?["rds_input"]?.text == "same" && FileSystem.read("\(example.folder)/model.rds") != nil
        }
    } ?? []

    /// What `predict` was told.
    private static let arguments = ["r-cvglmnet-mtcars-lambdamin": ["s": "lambda.min"]]

    /// Columns of the exporter that are not what `predict` answers: values on a scale of their own, and truth values of other names.
    private static let otherColumns = [
        "r-gbm-airquality-missing": ["Predicted_Ozone"], "r-gbm-birthwt-bernoulli": ["Predicted_low01"], "r-gbm-kyphosis-bernoulli": ["Predicted_y"],
        "r-svm-mtcars-radial": ["predictedValue"], "r-svm-mtcars-sigmoid": ["predictedValue"],
        // An anomaly is what is no inlier; `outlier` is another exporter's name of inliers.
        "r-svm-iris-oneclass-linear": ["anomaly"],
    ]

    /// The exceptions are listed with their reasons in `expected-saved-differences.txt`; one that agrees is an error, too.
    @Test(.enabled(if: !cases.isEmpty))
    func agreeWithTheirDocuments() throws {
        let expected = ExpectedFailures(path: packageFolder + "/Tests/ConformanceTests/expected-saved-differences.txt")
        for example in Self.cases {
            let outcome = CaseOutcome(name: example.name, element: "", producer: "R", reason: Self.difference(example))
            if let complaint = expected.complaint(about: outcome) { Issue.record("\(complaint)") }
        }
        #expect(expected.names.subtracting(Self.cases.map(\.name)).sorted() == [], "listed, but not there")
    }

    private static func difference(_ example: ConformanceCase) -> String? {
        do {
            let options = OpenOptions(predictArguments: arguments[example.name] ?? [:])
            let document = try table(example, try Model(path: example.model))
            let saved = try table(example, try Model(path: "\(example.folder)/model.rds", options))
            let left = otherColumns[example.name] ?? []
            guard let wanted = FileSystem.read(example.expected).flatMap({ ExpectedTable($0, path: example.expected) }) else { return "no expected table" }
            guard document.rows.count == saved.rows.count else { return "\(saved.rows.count) rows for \(document.rows.count)" }
            for column in wanted.columns where !left.contains(column) {
                let names = savedNames(column) + [saved.columns.first ?? ""]
                guard let name = names.first(where: saved.columns.contains) else { return "\(column): no such column" }
                for (row, (one, other)) in zip(document.rows, saved.rows).enumerated() {
                    let (want, got) = (one[column] ?? .null, other[name] ?? .null)
                    if !Comparison.agree(want, got, example.tolerance) {
                        return "row \(row + 1): \(column) is \(Comparison.text(want)), \(name) is \(Comparison.text(got))"
                    }
                }
            }
            return nil
        } catch {
            return "\(error)"
        }
    }

    private static func table(_ example: ConformanceCase, _ model: Model) throws -> ExpectedTable {
        try #require(ExpectedTable(jsonLines: try example.score(model).text))
    }

    /// What a column of the exporter is called in a saved model's results.
    private static func savedNames(_ column: String) -> [String] {
        let known = [
            "predictedMean": "response", "Predicted_ts_value": "mean", "Predicted_hazard": "expected", "SurvivalProbability": "survival",
            "BernoulliLinkPrediction": "link", "BernoulliResponsePrediction": "response", "cpi_80_lower": "lower80", "cpi_80_upper": "upper80",
            "cpi_95_lower": "lower95", "cpi_95_upper": "upper95", "anomalyScore": "decision",
        ]
        if let name = known[column] { return [name] }
        if column.hasPrefix("Probability_") { return ["probability(\(column.dropFirst(12)))"] }
        if column.hasPrefix("clusterAffinity_") { return ["affinity(\(column.dropFirst(16)))"] }
        if column.hasPrefix("Predicted_") { return [String(column.dropFirst(10))] }
        return [column]
    }
}

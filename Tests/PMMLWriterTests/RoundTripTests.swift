import Conformance
import Foundation
import PMMLWriter
import Testing

let fixtureCases = ConformanceCase.discover(in: packageFolder + "/fixtures/cases") + ConformanceCase.discover(in: packageFolder + "/fixtures/hello")

/// Cases that do not belong to the project: the folder that POMMEL_CONFORMANCE names, or `../shared/conformance/pmml` if it is there.
let outsideCases: [ConformanceCase] = {
    let named = ProcessInfo.processInfo.environment["POMMEL_CONFORMANCE"] ?? packageFolder + "/../shared/conformance/pmml"
    return FileSystem.isFolder(named) ? ConformanceCase.discover(in: named) : []
}()

@Suite struct RoundTripTests {
    @Test func casesAreFound() {
        #expect(fixtureCases.count > 100)
    }

    /// Every document can be said in the newest version and scores the same to the byte; in an older one it does, too, or the
    /// version cannot say it.
    @Test(arguments: fixtureCases)
    func everyVersion(_ example: ConformanceCase) {
        check(example)
    }

    @Test(.enabled(if: !outsideCases.isEmpty), arguments: outsideCases)
    func everyVersionOfOutsideDocuments(_ example: ConformanceCase) {
        check(example)
    }

    private func check(_ example: ConformanceCase) {
        for (version, outcome) in example.convert(to: PMMLVersion.allCases) {
            Self.note(example, version, outcome)
            switch outcome {
            case .same: continue
            case .blocked(let markup) where version >= .v4_4: Issue.record("\(version.rawValue) lacks \(markup)")
            case .blocked: continue
            case .broken(let complaint): Issue.record("\(version.rawValue): \(complaint)")
            }
        }
    }

    /// One line for each outcome, in the file that POMMEL_CONVERSION_REPORT names.
    private static func note(_ example: ConformanceCase, _ version: PMMLVersion, _ outcome: ConversionOutcome) {
        guard let path = ProcessInfo.processInfo.environment["POMMEL_CONVERSION_REPORT"], let file = fopen(path, "a") else { return }
        fputs("\(example.name)\t\(version.rawValue)\t\(outcome)\n", file)
        fclose(file)
    }

    /// What keeps documents out of a version, as far as it can be said in one word.
    @Test(arguments: [
        ("function-tanh", PMMLVersion.v4_3, "Apply@function=\"tanh\" is new in PMML 4.4"),
        ("function-concat", .v4_1, "Apply@function=\"concat\" is new in PMML 4.2"),
        ("lag-1", .v4_2, "element Lag is new in PMML 4.3"),
        ("anomaly-isolation-forest-64", .v4_3, "element AnomalyDetectionModel is new in PMML 4.4"),
        ("field-missing-return-invalid", .v4_3, "MiningField@missingValueTreatment=\"returnInvalid\" is new in PMML 4.4"),
        ("bayesian-network-chain", .v4_2, "element BayesianNetworkModel is new in PMML 4.3"),
        ("neural-leaky-rectifier", .v4_2, "NeuralNetwork@activationFunction=\"rectifier\" is new in PMML 4.3"),
        ("svm-alternate-binary-target-category", .v4_2, "SupportVectorMachineModel@alternateBinaryTargetCategory is not in PMML since 4.0"),
        ("mining-missing-skipSegment-sum", .v4_3, "Segmentation@missingPredictionTreatment is new in PMML 4.4"),
        ("scorecard-complex-partial-score", .v4_1, "element ComplexPartialScore is new in PMML 4.2"),
    ])
    func blockers(_ name: String, _ version: PMMLVersion, _ message: String) throws {
        let example = try #require(fixtureCases.first { $0.name == name })
        let next = try #require(PMMLVersion.allCases.first { $0 > version })
        let outcomes = example.convert(to: [version, next])
        #expect(outcomes.first?.outcome == .blocked([message]))
        if next >= .v4_2 { #expect(outcomes.last?.outcome == .same) }
    }
}

import Foundation
import Testing

@testable import Pommel

/// Documents of many parts of one kind, which take seconds or minutes where each part is looked for among all others.
@Suite struct LongDocumentTests {
    struct Long: CustomTestStringConvertible, Sendable {
        var testDescription: String
        /// Fields beside `x` and `y`, and what follows the data dictionary.
        var fields = ""
        var model: String
    }

    private static func each(_ count: Int, _ part: (Int) -> String) -> String { (0..<count).map(part).joined() }

    private static func schema(_ others: String = "") -> String {
        "<MiningSchema><MiningField name=\"x\"/>\(others)<MiningField name=\"y\" usageType=\"target\"/></MiningSchema>"
    }

    private static func number(_ name: String) -> String { "<DataField name=\"\(name)\" optype=\"continuous\" dataType=\"double\"/>" }

    private static let text = "<DataField name=\"c\" optype=\"categorical\" dataType=\"string\"/>"

    private static let all = [
        Long(
            testDescription: "models",
            model: each(8_000) { _ in
                "<RegressionModel functionName=\"regression\">\(schema())<RegressionTable intercept=\"1\"/></RegressionModel>"
            }),
        Long(
            testDescription: "values excluded below a list of them", fields: text,
            model: """
                <TreeModel functionName="regression">\(schema("<MiningField name=\"c\"/>"))<Node score="0"><True/><Node score="1">
                <SimpleSetPredicate field="c" booleanOperator="isIn"><Array type="string">\(each(10_000) { "v\($0) " })</Array></SimpleSetPredicate>
                \(each(10_000) { "<Node score=\"2\"><SimplePredicate field=\"c\" operator=\"notEqual\" value=\"v\($0)\"/></Node>" })
                </Node></Node></TreeModel>
                """),
        Long(
            testDescription: "fields on one path", fields: each(10_000) { number("x\($0)") },
            model: """
                <TreeModel functionName="regression">\(schema(each(10_000) { "<MiningField name=\"x\($0)\"/>" }))<Node score="0"><True/><Node score="1">
                <CompoundPredicate booleanOperator="and">
                \(each(10_000) { "<SimplePredicate field=\"x\($0)\" operator=\"greaterThan\" value=\"0\"/>" })
                </CompoundPredicate></Node></Node></TreeModel>
                """),
        Long(
            testDescription: "target categories of coefficients", fields: text,
            model: """
                <GeneralRegressionModel functionName="classification" modelType="multinomialLogistic"><MiningSchema><MiningField name="x"/>
                <MiningField name="c" usageType="target"/></MiningSchema><ParameterList><Parameter name="p"/></ParameterList>
                <CovariateList><Predictor name="x"/></CovariateList>
                <PPMatrix>\(each(4_000) { "<PPCell value=\"1\" predictorName=\"x\" parameterName=\"p\" targetCategory=\"v\($0)\"/>" })</PPMatrix>
                <ParamMatrix>\(each(4_000) { "<PCell parameterName=\"p\" beta=\"1\" targetCategory=\"v\($0)\"/>" })</ParamMatrix></GeneralRegressionModel>
                """),
        Long(
            testDescription: "cells of a count table", fields: text,
            model: """
                <BaselineModel functionName="regression"><MiningSchema><MiningField name="c"/></MiningSchema>
                <TestDistributions testStatistic="chiSquareDistribution" field="c"><Baseline><CountTable>
                \(each(10_000) { "<FieldValueCount field=\"c\" value=\"v\($0)\" count=\"5\"/>" })
                </CountTable></Baseline></TestDistributions></BaselineModel>
                """),
    ]

    @Test(.timeLimit(.minutes(1)), arguments: all)
    func isGoneThroughInTime(_ long: Long) throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".pmml").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let document = """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary>
            \(Self.number("x"))\(Self.number("y"))\(long.fields)</DataDictionary>\(long.model)</PMML>
            """
        try document.write(toFile: path, atomically: false, encoding: .utf8)
        let found = Diagnosis.of(path: path).findings.filter { $0.severity == .error }
        #expect(found.isEmpty, "\(found.first?.message ?? "")")
    }
}

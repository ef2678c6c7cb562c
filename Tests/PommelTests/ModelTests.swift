import Evaluation
import Foundation
import Testing

@testable import Pommel

let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("fixtures").path

@Suite struct ModelTests {
    private let hello = fixtures + "/hello/model.pmml"

    @Test func scoresARecord() throws {
        let model = try Model(path: hello)
        let result = try model.score(["petal_length": 4.7, "petal_width": "1.4", "unknown": true])
        #expect(result["species"] == "versicolor")
        #expect(result["probability(setosa)"] == 0.0)
        let missing = try model.score([:])
        #expect(missing["species"] == .missing)
    }

    @Test func bytesAndNativeFileScoreTheSame() throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: hello)))
        let model = try Model(bytes: bytes, name: "hello")
        let path = NSTemporaryDirectory() + "pommel-test-\(ProcessInfo.processInfo.processIdentifier).pommel"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try model.save(to: path)
        let native = try Model(path: path)
        #expect(native.isNative && !model.isNative)
        let record: [String: Value] = ["petal_length": 4.8, "petal_width": 1.8]
        #expect(try native.score(record) == model.score(record))
        #expect(native.schema.inputs.map(\.name) == model.schema.inputs.map(\.name))
    }

    /// What a device opens that has the runtime alone.
    @Test func nativeFilesWithoutTheLibrary() throws {
        let path = NSTemporaryDirectory() + "pommel-runtime-\(ProcessInfo.processInfo.processIdentifier).pommel"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let model = try Model(path: hello)
        try model.save(to: path)
        let native = try Model(nativeFile: path)
        let record: [String: Value] = ["petal_length": 4.8, "petal_width": 1.8]
        #expect(native.isNative && native.name == path)
        #expect(try native.score(record) == model.score(record))
        let missing = #expect(throws: PommelError.self) { _ = try Model(nativeFile: path + ".none") }
        #expect(missing?.id == "file-unreadable" && missing?.place.file == path + ".none")
        let other = #expect(throws: PommelError.self) { _ = try Model(nativeFile: hello) }
        #expect(other?.place.section == "header")
        #expect(Diagnosis.of(path: path).isUsable)
    }

    /// An object of R's that is cut off or no model, held in memory.
    @Test func bytesOfR() throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: fixtures + "/r-cases/saved-plain/model.rds")))
        #expect(try Model(bytes: bytes, name: "fit").schema.inputs.count > 0)
        let error = #expect(throws: PommelError.self) { _ = try Model(bytes: Array(bytes.prefix(bytes.count / 2)), name: "fit") }
        #expect(error?.id.hasPrefix("r-") == true && error?.place.file == "fit")
    }

    /// Trees large enough to be digested while they are read, whose field turns out to hold texts: "3" is not 3.0.
    @Test func largeTreesOfTexts() throws {
        let nodes = (0..<300).map { "<Node score=\"\($0)\"><SimplePredicate field=\"s\" operator=\"equal\" value=\"\($0)\"/></Node>" }.joined()
        let segment = """
            <Segment><True/><TreeModel functionName="regression"><MiningSchema><MiningField name="s"/><MiningField name="y" usageType="target"/></MiningSchema>
            <Node score="-1"><True/>\(nodes)</Node></TreeModel></Segment>
            """
        let document = """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary><DataField name="s" optype="categorical" dataType="string"/>
            <DataField name="y" optype="continuous" dataType="double"/></DataDictionary>
            <MiningModel functionName="regression"><MiningSchema><MiningField name="s"/><MiningField name="y" usageType="target"/></MiningSchema>
            <Segmentation multipleModelMethod="sum">\(segment)\(segment)</Segmentation></MiningModel></PMML>
            """
        let model = try Model(bytes: Array(document.utf8))
        #expect(try model.score(["s": "3"])["y"] == 6.0)
        #expect(try model.score(["s": "299"])["y"] == 598.0)
        #expect(try model.score(["s": "3.0"])["y"] == .missing)
    }

    @Test func damagedNativeFileNamesTheSection() throws {
        var bytes = try Model(path: hello).withNativeBytes { Array($0) }
        bytes[64] ^= 1
        let error = #expect(throws: PommelError.self) { _ = try Model(bytes: bytes, name: "damaged.pommel") }
        #expect(error?.place.section != nil)
        #expect(error?.description.hasPrefix("damaged.pommel: section ") == true)
    }

    @Test func selectsFields() throws {
        let model = try Model(path: hello)
        let plan = try model.plan(fields: ["probability(virginica)", "petal_width"])
        let values = try Scorer(plan).score(["petal_length": 4.7, "petal_width": 0.5])
        #expect(values == ["probability(virginica)": 0.0, "petal_width": 0.5])
        let error = #expect(throws: PommelError.self) { _ = try model.plan(fields: ["nothing"]) }
        #expect(error?.id == "unknown-field")
    }

    @Test func errorHasItsPlace() throws {
        let text = "<PMML version=\"4.4\">\n <Header/>\n <DataDictionary>\n  <Nonsense>\n"
        let error = #expect(throws: PommelError.self) { _ = try Model(bytes: Array(text.utf8), name: "m.pmml") }
        #expect(error?.place.file == "m.pmml")
        #expect((error?.place.line ?? 0) >= 4)
    }

    @Test func missingFile() {
        let error = #expect(throws: PommelError.self) { _ = try Model(path: "/nowhere/model.pmml") }
        #expect(error?.id == "file-unreadable")
        #expect(error?.description == "/nowhere/model.pmml: error: cannot read the model: No such file or directory [file-unreadable]")
    }

    @Test func recordErrorText() {
        let error = PommelError(
            id: "not-a-number", message: "not a number", place: .init(file: "data.csv", line: 7, field: "age", value: "abc"))
        #expect(error.description == "data.csv:7: field \"age\" = \"abc\": not a number [not-a-number]")
    }
}

@Suite struct VerificationTests {
    private let field = VerificationTable.Field(name: "y", precision: 1e-3, zeroThreshold: 1e-9)

    @Test(arguments: [
        ("100", Value.number(100.09), true), ("100", .number(100.2), false), ("0", .number(1e-10), true), ("0", .number(1e-6), false),
        ("a", .string("a"), true), ("a", .string("b"), false), ("1", .missing, false), ("", .missing, true), ("INF", .number(.infinity), true),
    ])
    func rule(_ expected: String, _ actual: Value, _ agrees: Bool) {
        var type = ValueType.double
        if case .string = actual { type = .string }
        #expect(field.matches(expected, actual, type) == agrees)
    }

    @Test func booleansByValue() {
        #expect(field.matches("1", .boolean(true), .boolean))
        #expect(!field.matches("false", .boolean(true), .boolean))
    }

    @Test func records() throws {
        let good = try #require(try Model(path: fixtures + "/cases/document-verification/model.pmml").verify())
        #expect(good.records > 0 && good.passed == good.records)
        let bad = try #require(try Model(path: fixtures + "/cases/document-verification-differs/model.pmml").verify())
        #expect(bad.passed < bad.records && !bad.differences.isEmpty)
    }
}

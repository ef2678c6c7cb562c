import Foundation
import Testing

@testable import Pommel

/// A document of `fixtures/validate` and everything that is said of it, as `line severity id`, which `NAME.txt` beside it lists.
struct FaultyDocument: CustomTestStringConvertible {
    var path: String
    var findings: [String]
    var testDescription: String { (path as NSString).lastPathComponent }

    static func all() throws -> [FaultyDocument] {
        let folder = fixtures + "/validate"
        return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".pmml") }.sorted().map { name in
            let list = try String(contentsOfFile: folder + "/" + name.replacingOccurrences(of: ".pmml", with: ".txt"), encoding: .utf8)
            return FaultyDocument(path: folder + "/" + name, findings: list.split(separator: "\n").map(String.init))
        }
    }
}

@Suite struct DiagnosisTests {
    @Test(arguments: try FaultyDocument.all())
    func everythingIsFound(_ document: FaultyDocument) {
        let found = Diagnosis.of(path: document.path).findings
        #expect(found.map { "\($0.place.line ?? 0) \($0.severity.rawValue) \($0.id)" } == document.findings)
        #expect(found.allSatisfy { $0.place.path?.hasPrefix("/PMML") == true })
    }

    /// A warning or note that no document shows has not been tried.
    @Test func everyRuleHasADocument() throws {
        let shown = Set(try FaultyDocument.all().flatMap { $0.findings.compactMap { $0.split(separator: " ").last.map(String.init) } })
        let lenient = Set(ErrorCatalogue.warnings.flatMap { $0.entries.map(\.id) })
        let wanted = Set(DiagnosticCatalogue.entries.filter { $0.severity != .error }.map(\.id)).subtracting(lenient)
        #expect(wanted.subtracting(shown) == [])
    }

    /// Whatever is told has an entry in the catalogue, under its severity, and lint rules have a remedy.
    @Test func everythingToldIsInTheCatalogue() throws {
        let known = Set(DiagnosticCatalogue.entries.map { "\($0.severity.rawValue) \($0.id)" })
        for document in try FaultyDocument.all() {
            for finding in Diagnosis.of(path: document.path).lint {
                #expect(known.contains("\(finding.severity.rawValue) \(finding.id)"))
                #expect(finding.fix != nil || finding.id == "ignored-markup")
            }
        }
        for entry in DiagnosticCatalogue.entries { #expect(!entry.meaning.isEmpty, "\(entry.id)") }
    }

    /// The cases are sound, as far as their authors meant them to be: no rule finds a contradiction in them that is not there.
    @Test func casesThatScoreAsExpectedHaveNothingUnreachable() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: fixtures + "/cases") {
            let path = "\(fixtures)/cases/\(name)/model.pmml"
            // Some hold parts that never apply, on purpose.
            let document = try Data(contentsOf: URL(fileURLWithPath: path))
            if String(decoding: document, as: UTF8.self).contains("<False/>") { continue }
            let found = Diagnosis.of(path: path).lint.filter { $0.id.hasPrefix("unreachable") }
            #expect(found.isEmpty, "\(name): \(found)")
        }
    }

    /// What opening a model says first, a diagnosis says too.
    @Test(arguments: ["invalid", "invalid-models"])
    func agreesWithOpening(_ folder: String) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: fixtures + "/" + folder) where name.contains(".pmml") {
            let path = "\(fixtures)/\(folder)/\(name)"
            let error = #expect(throws: PommelError.self) { try Model(path: path) }
            let found = Diagnosis.of(path: path)
            #expect(!found.isUsable, "\(name)")
            #expect(found.errors.contains { $0.id == error?.id && $0.place == error?.place }, "\(name): \(found.errors)")
        }
    }

    @Test func everyModelOfADocumentIsCompiled() throws {
        let document = """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary/>
            <TreeModel functionName="regression"><MiningSchema/><Node score="1"><True/></Node></TreeModel>
            <RegressionModel functionName="regression"><MiningSchema/><RegressionTable intercept="1">
            <NumericPredictor name="x" coefficient="1"/></RegressionTable></RegressionModel></PMML>
            """
        let path = NSTemporaryDirectory() + "pommel-diagnosis-\(ProcessInfo.processInfo.processIdentifier).pmml"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try document.write(toFile: path, atomically: true, encoding: .utf8)
        #expect(Diagnosis.of(path: path).errors.map(\.id) == ["unknown-field"])
        #expect(Diagnosis.of(path: fixtures + "/cases/document-several-models/model.pmml").isUsable)
    }

    @Test func aSoundModelHasNoErrors() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: fixtures + "/cases") {
            let path = "\(fixtures)/cases/\(name)/model.pmml"
            let model = try? Model(path: path)
            let found = Diagnosis.of(path: path)
            #expect(found.isUsable == (model != nil), "\(name): \(found.errors)")
            // Where all models of a document are diagnosed, none has to be chosen.
            let others = { (warnings: [ModelWarning]) in Set(warnings.filter { $0.id != "several-models" }) }
            if let model { #expect(others(found.warnings) == others(model.warnings), "\(name)") }
        }
    }
}

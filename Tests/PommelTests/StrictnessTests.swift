import Foundation
import Pommel
import Testing

/// One line of `fixtures/lenient/expected.tsv`: a document that departs from the standard, the remark that it gives, and its line.
struct LenientDocument: CustomTestStringConvertible {
    var path: String
    var id: String
    var line: Int
    var testDescription: String { (path as NSString).lastPathComponent }

    static let folder = fixtures + "/lenient"

    static func all() throws -> [LenientDocument] {
        let table = try String(contentsOfFile: folder + "/expected.tsv", encoding: .utf8)
        return table.split(separator: "\n").dropFirst().compactMap { row in
            let cells = row.split(separator: "\t").map(String.init)
            guard cells.count == 3, let line = Int(cells[2]) else { return nil }
            return LenientDocument(path: folder + "/" + cells[0], id: cells[1], line: line)
        }
    }
}

@Suite struct StrictnessTests {
    @Test(arguments: try LenientDocument.all())
    func isRemarkedOnAndRefusedWhenStrict(_ document: LenientDocument) throws {
        let warnings = try Model(path: document.path).warnings
        #expect(warnings.first?.id == document.id)
        #expect(warnings.first?.place.line == document.line)
        let error = #expect(throws: PommelError.self) { _ = try Model(path: document.path, isStrict: true) }
        #expect(error?.id == document.id)
        #expect(error?.place == warnings.first?.place)
        #expect(error?.message == warnings.first?.message)
    }

    /// The remarks on tables have nothing to do with documents, several models are no departure, and the source is left out of files that are written.
    @Test func everyRemarkHasADocument() throws {
        let known = Set(ErrorCatalogue.warnings.filter { $0.title != "Tables" }.flatMap { $0.entries.map(\.id) })
        let shown = Set(try LenientDocument.all().map(\.id))
        #expect(known.subtracting(shown) == ["several-models", "source-left-out"])
        // An error of an unused derived field comes as a remark.
        #expect(shown.subtracting(known) == ["unknown-field"])
    }

    @Test func everyDocumentIsListed() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: LenientDocument.folder).filter { $0 != "expected.tsv" }
        #expect(Set(files) == Set(try LenientDocument.all().map(\.testDescription)))
    }

    /// What the standard allows passes, and scores the same.
    @Test(arguments: ["document-several-models", "document-extensions", "document-version-2.0", "document-version-4.4.1", "document-namespace-https"])
    func allowed(_ name: String) throws {
        let path = fixtures + "/cases/\(name)/model.pmml"
        let record: [String: Value] = ["a": 1.0, "b": -0.5]
        #expect(try Model(path: path, isStrict: true).score(record) == Model(path: path).score(record))
    }

    @Test func bytesAreJudgedToo() throws {
        let document = try #require(try LenientDocument.all().first)
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: document.path)))
        #expect(try Model(bytes: bytes).warnings.map(\.id).contains(document.id))
        let error = #expect(throws: PommelError.self) { _ = try Model(bytes: bytes, isStrict: true) }
        #expect(error?.id == document.id)
    }
}

import Foundation
import PMMLReader
import Testing
import XMLStream

/// One line of `fixtures/invalid/expected.tsv`: a broken document, the error it must raise and its line.
struct InvalidDocument: CustomTestStringConvertible {
    var path: String
    var id: String
    var line: Int
    var testDescription: String { (path as NSString).lastPathComponent }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("fixtures/invalid").path

    static func all() throws -> [InvalidDocument] {
        let table = try String(contentsOfFile: folder + "/expected.tsv", encoding: .utf8)
        return table.split(separator: "\n").dropFirst().compactMap { row in
            let cells = row.split(separator: "\t").map(String.init)
            guard cells.count == 3, let line = Int(cells[2]) else { return nil }
            return InvalidDocument(path: folder + "/" + cells[0], id: cells[1], line: line)
        }
    }
}

@Suite struct InvalidDocumentTests {
    @Test(arguments: try InvalidDocument.all())
    func isRefusedAtItsLine(_ document: InvalidDocument) throws {
        let error = #expect(throws: PMMLReadError.self) { try PMMLReader.read(path: document.path) }
        #expect(error?.id == document.id)
        #expect(error?.line == document.line)
        #expect(error?.file == document.path)
    }

    /// Errors that no small document can raise; `XMLStreamTests` has the limits.
    private static let withoutDocument: Set<String> = [
        "xml-out-of-memory", "xml-file-unreadable", "xml-depth-limit", "xml-element-limit",
        "xml-attribute-limit", "xml-name-limit", "xml-dtd-size-limit", "xml-attribute-size-limit", "xml-text-size-limit", "xml-document-size-limit",
    ]

    @Test func everyErrorHasADocument() throws {
        let shown = Set(try InvalidDocument.all().map(\.id))
        let known = Set(ReadErrorCatalogue.ids).union(XMLError.ID.allCases.map(\.rawValue))
        #expect(shown.isSubset(of: known))
        #expect(known.subtracting(shown) == Self.withoutDocument)
    }

    @Test func everyDocumentIsListed() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: InvalidDocument.folder).filter { $0 != "expected.tsv" }
        let listed = try InvalidDocument.all().map { ($0.path as NSString).lastPathComponent }
        #expect(Set(files) == Set(listed))
    }

    @Test func aMissingFileIsAnError() {
        let error = #expect(throws: PMMLReadError.self) { try PMMLReader.read(path: "/no/such/file.pmml") }
        #expect(error?.id == "xml-file-unreadable")
    }

    @Test func theDescriptionNamesFilePlaceAndPath() throws {
        let text = "<PMML version=\"4.4\">\n <Header/>\n <Nonsense/>\n</PMML>"
        let error = #expect(throws: PMMLReadError.self) { try PMMLReader.read(bytes: Array(text.utf8), name: "a.pmml") }
        #expect(
            error?.description
                == "a.pmml:3:2: error: element 'Nonsense' is not supported inside PMML (in /PMML/Nonsense) [unsupported-element]")
    }
}

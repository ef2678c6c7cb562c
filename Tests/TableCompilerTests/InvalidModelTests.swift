import Foundation
import ModelTree
import PMMLReader
import TableCompiler
import Testing

/// The folder of the package.
let packageFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

/// One line of `fixtures/invalid-models/expected.tsv`: a well-formed document that cannot be compiled, the error and its line.
struct InvalidModel: CustomTestStringConvertible {
    var path: String
    var id: String
    var line: UInt32
    var testDescription: String { (path as NSString).lastPathComponent }

    static let folder = packageFolder + "/fixtures/invalid-models"

    static func all() throws -> [InvalidModel] {
        let table = try String(contentsOfFile: folder + "/expected.tsv", encoding: .utf8)
        return table.split(separator: "\n").dropFirst().compactMap { row in
            let cells = row.split(separator: "\t").map(String.init)
            guard cells.count == 3, let line = UInt32(cells[2]) else { return nil }
            return InvalidModel(path: folder + "/" + cells[0], id: cells[1], line: line)
        }
    }
}

@Suite struct InvalidModelTests {
    @Test(arguments: try InvalidModel.all())
    func isRefusedAtItsLine(_ model: InvalidModel) throws {
        let document = try PMMLReader.read(path: model.path)
        let error = #expect(throws: CompileError.self) { try TableCompiler.compile(document) }
        #expect(error?.id == model.id)
        #expect(error?.location.line == model.line)
        let path = document.paths.text(error?.location.path ?? 0)
        #expect(path.hasPrefix("/PMML"))
    }

    /// Errors that no document alone can raise.
    private static let withoutDocument: Set<String> = [
        // The name is asked for by the caller; see `unknownModel`.
        "unknown-model",
        // The reader's own limit is met first in a document; this one stops functions that expand one another.
        "nesting-limit",
        // Only a lack of memory makes it.
        "image",
    ]

    @Test func everyErrorHasADocument() throws {
        let shown = Set(try InvalidModel.all().map(\.id))
        let known = Set(CompileErrorCatalogue.ids)
        #expect(shown.isSubset(of: known))
        #expect(known.subtracting(shown) == Self.withoutDocument)
    }

    @Test func everyDocumentIsListed() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: InvalidModel.folder).filter { $0 != "expected.tsv" }
        #expect(Set(files) == Set(try InvalidModel.all().map { ($0.path as NSString).lastPathComponent }))
    }

    @Test func unknownModel() throws {
        let document = try PMMLReader.read(path: packageFolder + "/fixtures/hello/model.pmml")
        let error = #expect(throws: CompileError.self) { try TableCompiler.compile(document, modelName: "other") }
        #expect(error?.id == "unknown-model")
        #expect((error?.location.line ?? 0) > 0)
    }

    /// A model that is asked for by its name has to be one to score, as any other.
    @Test func namedButNotScorable() throws {
        var document = try PMMLReader.read(path: packageFolder + "/fixtures/hello/model.pmml")
        document.models[0].modelName = "spare"
        _ = try TableCompiler.compile(document, modelName: "spare")
        document.models[0].isScorable = false
        let error = #expect(throws: CompileError.self) { try TableCompiler.compile(document, modelName: "spare") }
        #expect(error?.id == "not-scorable")
    }

    /// Definitions that lie one in another end in an error, not in a stack that overflows.
    @Test func nestingLimit() throws {
        let count = 21_000
        let functions = (0..<count).map { index in
            "<DefineFunction name=\"f\(index)\" optype=\"continuous\"><ParameterField name=\"p\"/>"
                + "<Apply function=\"\(index + 1 < count ? "f\(index + 1)" : "ln")\"><FieldRef field=\"p\"/></Apply></DefineFunction>\n"
        }
        let text = """
            <PMML version="4.4"><Header/><DataDictionary><DataField name="x" optype="continuous" dataType="double"/></DataDictionary>
            <TransformationDictionary>\(functions.joined())<DerivedField name="z" optype="continuous" dataType="double">
            <Apply function="f0"><FieldRef field="x"/></Apply></DerivedField></TransformationDictionary></PMML>
            """
        let document = try PMMLReader.read(bytes: Array(text.utf8))
        // Compiling so deep needs more stack than a test's thread has.
        nonisolated(unsafe) var id: String?
        let done = DispatchSemaphore(value: 0)
        let thread = Thread {
            do throws(CompileError) { _ = try TableCompiler.compile(document) } catch { id = error.id }
            done.signal()
        }
        thread.stackSize = 1 << 30
        thread.start()
        done.wait()
        #expect(id == "nesting-limit")
    }
}

@Suite struct CompileErrorCatalogueTests {
    /// Every id in the sources is in the catalogue.
    @Test func holdsTheIdsOfTheSources() throws {
        let (errors, warnings) = (try Self.literals(#/CompileError\(\s*"([^"]*)"/#), try Self.literals(#/\bwarn\(\s*"([^"]*)"/#))
        #expect(errors.subtracting(CompileErrorCatalogue.ids) == [])
        #expect(warnings.subtracting(CompileErrorCatalogue.warnings.map(\.id)) == [])
    }

    @Test func isSortedAndSaysWhatItMeans() {
        for list in [CompileErrorCatalogue.entries, CompileErrorCatalogue.warnings] {
            #expect(list.map(\.id) == Set(list.map(\.id)).sorted())
            #expect(list.allSatisfy { !$0.meaning.isEmpty })
        }
    }

    static func literals(_ pattern: Regex<(Substring, Substring)>) throws -> Set<String> {
        let folder = packageFolder + "/Sources/TableCompiler"
        var found: Set<String> = []
        for case let name as String in FileManager.default.enumerator(atPath: folder) ?? .init() where name.hasSuffix(".swift") {
            let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
            for match in text.matches(of: pattern.wordBoundaryKind(.simple)) { found.insert(String(match.output.1)) }
        }
        return found
    }
}

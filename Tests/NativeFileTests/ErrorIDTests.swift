import Evaluation
import Foundation
import Pommel
import Tabular
import Testing

/// The folder of the package.
let packageFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

/// The catalogues hold every id that the sources use.
@Suite struct ErrorIDTests {
    @Test func evaluation() throws {
        #expect(try Self.ids(in: "Evaluation").subtracting(FormatErrorCatalogue.ids + RowFailureCatalogue.ids) == [])
    }

    @Test func tabular() throws {
        #expect(try Self.ids(in: "Tabular").subtracting(DataErrorCatalogue.ids + DataErrorCatalogue.warnings.map(\.id)) == [])
    }

    @Test func libraryAndCommand() throws {
        let own = try #require(ErrorCatalogue.errors.last).entries + #require(ErrorCatalogue.warnings.last).entries
        #expect(try Self.ids(in: "Pommel").union(Self.ids(in: "PommelRuntime")).union(Self.ids(in: "PommelCLI")).subtracting(own.map(\.id)) == [])
    }

    @Test func otherLanguages() throws {
        let known = ErrorCatalogue.errors.suffix(2).flatMap { $0.entries.map(\.id) }
        #expect(try Self.ids(in: "PommelC").subtracting(known) == [])
    }

    @Test func listsAreSortedAndExplained() {
        for layer in ErrorCatalogue.errors + ErrorCatalogue.warnings {
            #expect(layer.entries.map(\.id) == Set(layer.entries.map(\.id)).sorted(), "\(layer.title)")
            #expect(layer.entries.allSatisfy { !$0.meaning.isEmpty }, "\(layer.title)")
        }
    }

    /// Texts like "an-id" that stand as an error's id: first in `error(…)`, after `id:`, or in a row problem's list.
    static func ids(in target: String) throws -> Set<String> {
        let folder = packageFolder + "/Sources/" + target
        var found: Set<String> = []
        for case let name as String in FileManager.default.enumerator(atPath: folder) ?? .init() where name.hasSuffix(".swift") {
            let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
            for match in text.matches(of: #/(?:\berror\(\s*|\bid: )([^,\n]*)|case \.\w+: ("row-[^\n]*)/#.wordBoundaryKind(.simple)) {
                let place = match.output.1 ?? match.output.2 ?? ""
                for id in place.matches(of: #/"([a-z0-9]+(?:-[a-z0-9]+)*)"/#) { found.insert(String(id.output.1)) }
            }
        }
        return found
    }
}

import Foundation
import ModelTree
import PMMLReader
import TableCompiler
import Testing

/// A line of `fixtures/invalid-edits.tsv`: a case's document with texts replaced, which cannot be compiled, the error and words of its message.
///
/// The columns are the case, the id, the words, and pairs of a text and what stands in all its places; `\n` is a new line.
struct InvalidEdit: CustomTestStringConvertible {
    var name: String
    var id: String
    var words: String
    var changes: [(text: String, instead: String)]
    var testDescription: String { "\(name): \(changes.map(\.instead).joined(separator: " … "))" }

    static func all() throws -> [InvalidEdit] {
        let table = try String(contentsOfFile: packageFolder + "/fixtures/invalid-edits.tsv", encoding: .utf8)
        return table.split(separator: "\n").dropFirst().map { row in
            let cells = row.split(separator: "\t", omittingEmptySubsequences: false).map { $0.replacingOccurrences(of: "\\n", with: "\n") }
            let changes = stride(from: 3, to: cells.count - 1, by: 2).map { (text: cells[$0], instead: cells[$0 + 1]) }
            return InvalidEdit(name: cells[0], id: cells.count > 1 ? cells[1] : "", words: cells.count > 2 ? cells[2] : "", changes: changes)
        }
    }

    /// The changed document; nil if it has not all the texts.
    func document() throws -> String? {
        var text = try String(contentsOfFile: packageFolder + "/fixtures/cases/\(name)/model.pmml", encoding: .utf8)
        for change in changes {
            if !text.contains(change.text) { return nil }
            text = text.replacingOccurrences(of: change.text, with: change.instead)
        }
        return text
    }
}

@Suite struct InvalidEditTests {
    @Test(arguments: try InvalidEdit.all())
    func isRefused(_ edit: InvalidEdit) throws {
        let text = try #require(try edit.document(), "the document has nothing to change")
        let document = try PMMLReader.read(bytes: Array(text.utf8))
        let error = #expect(throws: CompileError.self) { try TableCompiler.compile(document) }
        #expect(error?.id == edit.id)
        #expect(error?.message.contains(edit.words) == true, "\(error?.message ?? "")")
        #expect((error?.location.line ?? 0) > 0)
    }
}

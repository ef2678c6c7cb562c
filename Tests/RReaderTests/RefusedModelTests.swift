import Foundation
import Testing

@testable import RReader

/// One line of `fixtures/r-refusals/expected.tsv`: a model that R has saved and that cannot be read right, the error's id and a part of its message.
struct RefusedModel: CustomTestStringConvertible {
    var file: String
    var id: String
    var message: String
    var testDescription: String { file }

    static let folder = packageFolder + "/fixtures/r-refusals"

    static func all() throws -> [RefusedModel] {
        try String(contentsOfFile: folder + "/expected.tsv", encoding: .utf8).split(separator: "\n").dropFirst().compactMap { row in
            let cells = row.split(separator: "\t").map(String.init)
            return cells.count == 3 ? RefusedModel(file: cells[0], id: cells[1], message: cells[2]) : nil
        }
    }
}

@Suite struct RefusedModelTests {
    @Test(arguments: try RefusedModel.all())
    func isRefused(_ model: RefusedModel) throws {
        let file = try RReader.objects(path: "\(RefusedModel.folder)/\(model.file)")
        let error = #expect(throws: RReadError.self) { try RReader.document(file, name: model.file) }
        #expect(error?.kind.rawValue == model.id)
        #expect(error?.message.contains(model.message) == true, "\(error?.message ?? "")")
        #expect(error?.path.hasPrefix("object") == true)
    }

    @Test func everyFileIsListed() throws {
        #expect(files(".rds", in: RefusedModel.folder) == (try RefusedModel.all().map(\.file)))
    }
}

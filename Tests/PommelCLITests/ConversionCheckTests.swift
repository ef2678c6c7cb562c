import Foundation
import Pommel
import Tabular
import Testing

@testable import PommelCLI

/// What `convert --check` says of a conversion that changes results. No conversion is known that does, so that a changed document stands for one.
@Suite struct ConversionCheckTests {
    private func report(_ name: String, _ text: String, _ other: String) throws -> ConversionCheck {
        let folder = Command.fixtures + "/cases/" + name
        let document = try String(contentsOfFile: folder + "/model.pmml", encoding: .utf8)
        #expect(document.contains(text))
        let changed = document.replacing(text, with: other)
        return try ConversionCheck.compare(
            try Model(bytes: Array(document.utf8), name: "one"), try Model(bytes: Array(changed.utf8), name: "other"), table: folder + "/input.csv", .standard)
    }

    /// y = 1 + 2x and 1.25 + 2x, of one row.
    @Test func numbers() throws {
        let check = try report("corner-target-field-name", "intercept=\"1\"", "intercept=\"1.25\"")
        #expect(check.differs && check.lines == ["y: 0.25 (1 row differs)", "1 row compared"])
    }

    /// Texts that differ, and numbers that are missing in one of the two, lie infinitely far apart.
    @Test func texts() throws {
        let check = try report("regression-classification-softmax", "intercept=\"-0.25\"", "intercept=\"9\"")
        #expect(check.differs && check.lines.first == "y: INF (3 rows differ)")
        let same = try report("corner-target-field-name", "intercept=\"1\"", "intercept=\"1.0\"")
        #expect(!same.differs && same.lines == ["y: 0", "1 row compared: no difference"])
    }

    /// The table is read before anything is written, and stays what it is.
    @Test func theTableOfTheCheck() throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let model = Command.fixtures + "/hello/model.pmml"
        let table = "petal_length,petal_width\n1.5,0.2\n"
        try table.write(toFile: folder + "/t.csv", atomically: false, encoding: .utf8)
        try FileManager.default.createSymbolicLink(atPath: folder + "/link.pmml", withDestinationPath: "t.csv")
        try "a,b\n1,2\n".write(toFile: folder + "/other.csv", atomically: false, encoding: .utf8)
        for output in ["/t.csv", "/link.pmml"] {
            let run = try Command.run(["convert", model, "-o", folder + output, "--check", folder + "/t.csv"])
            #expect(run.status == 64 && run.errors.contains("OUTPUT is the table of --check itself"))
        }
        #expect(try String(contentsOfFile: folder + "/t.csv", encoding: .utf8) == table)
        #expect(try Command.run(["convert", model, "-o", folder + "/m.pmml", "--check", folder + "/gone.csv"]).status == 65)
        #expect(!FileManager.default.fileExists(atPath: folder + "/m.pmml"))
        for arguments in [["convert", model, "-o", folder + "/m.pmml", "--check", folder + "/other.csv"], ["bench", model, folder + "/other.csv"]] {
            let run = try Command.run(arguments)
            #expect(run.status == 65 && run.errors.contains("the table has none of the columns that the model reads: \"petal_length\", \"petal_width\""))
        }
    }

    /// A matrix's columns have no names in R; in PMML they must.
    @Test func inputsByPosition() throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let example = Command.fixtures + "/r-cases/nnet-two-responses"
        let run = try Command.run(["convert", example + "/model.rds", "-o", folder + "/m.pmml"])
        #expect(run.status == 0 && run.errors.contains("takes columns by their position; the document takes them by the names"))
        #expect(try Command.run(["convert", example + "/model.rds", "-o", folder + "/m.pommel", "--check", example + "/input.csv"]).errors == "")
    }

    @Test func resultsThatAreNotThere() throws {
        let check = try report("regression-classification-softmax", "name=\"p_best\"", "name=\"p_most\"")
        #expect(check.differs && check.lines.contains("p_best: the converted model does not give it"))
    }
}

import Foundation
import Testing

private let model = Command.fixtures + "/hello/model.pmml"
private let input = Command.fixtures + "/hello/input.csv"
/// Says `tanh`, which is new in 4.4.
private let newer = Command.fixtures + "/cases/function-tanh/model.pmml"

@Suite final class ConvertTests {
    private let folder: String

    init() throws { folder = try Command.temporaryFolder() }
    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func read(_ name: String) throws -> String { try String(contentsOfFile: folder + "/" + name, encoding: .utf8) }

    /// The ending tells the format, and `--to` implies PMML.
    @Test(arguments: [
        (["-o", "m.pmml"], "version=\"4.4.1\" xmlns=\"http://www.dmg.org/PMML-4_4\""),
        (["-o", "m.xml", "--to", "3.2"], "version=\"3.2\" xmlns=\"http://www.dmg.org/PMML-3_2\""),
        (["-o", "m", "--to", "4.2"], "version=\"4.2\" xmlns=\"http://www.dmg.org/PMML-4_2\""),
    ])
    func writesPMML(_ arguments: [String], _ root: String) throws {
        let name = arguments[1]
        let run = try Command.run(["convert", model, "--check", input, "-o", folder + "/" + name] + arguments.dropFirst(2))
        #expect(run.status == 0)
        #expect(run.output.contains("species: 0\n") && run.output.contains("10 rows compared: no difference"))
        #expect(try read(name).contains(root))
    }

    @Test func compressed() throws {
        let run = try Command.run(["convert", model, "-o", folder + "/m.pmml.gz", "--check", input])
        #expect(run.status == 0)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/m.pmml.gz")).prefix(2) == Data([0x1f, 0x8b]))
    }

    @Test func nativeFileAndBack() throws {
        #expect(try Command.run(["convert", model, "-o", folder + "/m.pommel"]).status == 0)
        #expect(try Command.run(["convert", folder + "/m.pommel", "-o", folder + "/a.pmml", "--check", input]).status == 0)
        #expect(try Command.run(["convert", model, "-o", folder + "/b.pmml"]).status == 0)
        #expect(try read("a.pmml") == read("b.pmml"))
    }

    @Test func nativeFileWithoutItsDocument() throws {
        #expect(try Command.run(["convert", model, "-o", folder + "/m.pommel", "--no-source"]).status == 0)
        let run = try Command.run(["convert", folder + "/m.pommel", "-o", folder + "/m.pmml"])
        #expect(run.status == 65)
        #expect(run.errors.contains("[no-document]"))
        #expect(try Command.run(["convert", folder + "/m.pommel", "-o", folder + "/copy.pommel"]).status == 0)
        #expect(try Command.run(["score", folder + "/copy.pommel", input]).output == Command.run(["score", model, input]).output)
    }

    @Test func whatTheVersionLacksIsListed() throws {
        let run = try Command.run(["convert", newer, "-o", folder + "/m.pmml", "--to", "4.3"])
        #expect(run.status == 65)
        #expect(run.errors.contains(": error: Apply@function=\"tanh\" is new in PMML 4.4 [newer-markup]"))
        #expect(run.errors.contains("cannot be said in PMML 4.3; nothing was written"))
        #expect(!FileManager.default.fileExists(atPath: folder + "/m.pmml"))
        let piped = try Command.run(["convert", newer, "-o", "-", "--to", "4.3"])
        #expect(piped.status == 65 && piped.output.isEmpty)
    }

    @Test(arguments: [["--to", "5.0"], ["--to", "4.4", "--no-source"], ["--check"]])
    func wrongUsage(_ arguments: [String]) throws {
        #expect(try Command.run(["convert", model, "-o", folder + "/m.pmml"] + arguments).status == 64)
    }

    /// Of several models the one that is meant stays in the file, and comes out of it again.
    @Test(arguments: [([], "first"), (["--model", "second"], "second")])
    func oneOfSeveralModels(_ arguments: [String], _ name: String) throws {
        let several = Command.fixtures + "/cases/document-several-models/model.pmml"
        let table = Command.fixtures + "/cases/document-several-models/input.csv"
        #expect(try Command.run(["convert", several, "-q", "-o", folder + "/m.pommel"] + arguments).status == 0)
        #expect(try Command.run(["convert", folder + "/m.pommel", "-o", folder + "/back.pmml"]).status == 0)
        let names = try read("back.pmml").split(separator: "modelName=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
        #expect(names == [name])
        let wanted = try Command.run(["score", several, table, "-q"] + arguments)
        #expect(wanted.status == 0)
        for file in ["m.pommel", "back.pmml"] { #expect(try Command.run(["score", "\(folder)/\(file)", table]).output == wanted.output) }
        #expect(try Command.run(["convert", several, "-q", "-o", folder + "/one.pmml"] + arguments).status == 0)
    }

    /// What PMML cannot say is scored all the same, and its file is without the document.
    @Test func nativeFileOfWhatPMMLCannotSay() throws {
        let document = try String(contentsOfFile: Command.fixtures + "/mistakes/loan.pmml", encoding: .utf8)
            .replacing("<Constant>2000</Constant>", with: "<Constant dataType=\"dateDaysSince[2000]\">2000-01-31</Constant>")
            .replacing("dateDaysSinceYear", with: "+").replacing("<FieldRef field=\"since\"/>", with: "<FieldRef field=\"Income\"/>")
        try document.write(toFile: folder + "/m.pmml", atomically: false, encoding: .utf8)
        let run = try Command.run(["convert", folder + "/m.pmml", "-o", folder + "/m.pommel"])
        #expect(run.status == 0 && run.errors.contains("[source-left-out]"))
        #expect(try Command.run(["convert", folder + "/m.pommel", "-o", folder + "/back.pmml"]).errors.contains("[no-document]"))
        let row = "Income,home,since,children,employed\n1000,own,2024-01-31,2,true\n"
        #expect(try Command.run(["score", folder + "/m.pommel"], input: row).output == Command.run(["score", folder + "/m.pmml"], input: row).output)
    }

    /// Rows that fail, results that are missing, and lists are compared as well.
    @Test(arguments: [("association-features", "rows compared"), ("function-invalid-return-invalid", "rows compared, 1 without a result"), ("tree-three-way-nullPrediction", "rows compared")])
    func checksEveryKindOfResult(_ name: String, _ words: String) throws {
        let example = Command.fixtures + "/cases/" + name
        let run = try Command.run(["convert", example + "/model.pmml", "-o", folder + "/m.pmml", "--check", example + "/input.csv"])
        #expect(run.status == 0 && run.output.hasSuffix(" \(words): no difference\n"))
    }

    @Test func standardOutput() throws {
        let run = try Command.run(["convert", model, "-o", "-", "--to", "4.4.1"])
        #expect(run.status == 0)
        #expect(run.output.hasPrefix("<?xml") && run.output.hasSuffix("</PMML>\n"))
    }
}

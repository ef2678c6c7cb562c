import Foundation
import Testing

private let model = Command.fixtures + "/hello/model.pmml"
private let input = Command.fixtures + "/hello/input.csv"

@Suite struct CommandTests {
    @Test func convertAndScoreTheSame() throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(try Command.run(["convert", model, "-o", folder + "/m.pommel"]).status == 0)
        let native = try Command.run(["score", folder + "/m.pommel", input])
        #expect(native.status == 0)
        #expect(try native.output == Command.run(["score", model, input]).output)
    }

    @Test func modelFromStandardInput() throws {
        let document = try String(contentsOfFile: model, encoding: .utf8)
        let run = try Command.run(["score", "-", input], input: document)
        #expect(run.status == 0)
        #expect(try run.output == Command.run(["score", model, input]).output)
    }

    /// A model saved by R answers as `predict` does with the same arguments.
    @Test func argumentsOfPredict() throws {
        let folder = Command.fixtures + "/r-cases/glmnet-two-lambdas"
        func score(_ arguments: String...) throws -> (status: Int32, output: String) {
            let run = try Command.run(["score", folder + "/model.rds", folder + "/input.csv", "--quiet"] + arguments)
            return (run.status, run.output)
        }
        #expect(try score("--predict", "s=0.5,0.1").output.hasPrefix("s=0.1,s=0.5\n"))
        #expect(try score("--predict", "s=0.5").output.hasPrefix("predictedValue\n"))
        #expect(try score("--predict", "s").status == 64)
        for refused in ["s=much", "n.trees=5"] { #expect(try score("--predict", refused).status == 65) }
    }

    @Test func inspect() throws {
        let text = try Command.run(["inspect", model])
        #expect(text.status == 0)
        for word in ["TreeModel", "petal_length", "probability(setosa)", "SkLearn2PMML", "float"] { #expect(text.output.contains(word)) }
        let run = try Command.run(["inspect", model, "--json"])
        let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        #expect((object?["inputs"] as? [Any])?.count == 2)
        #expect((object?["outputs"] as? [Any])?.count == 4)
    }

    @Test func validate() throws {
        #expect(try Command.run(["validate", model]).output == "\(model): ok\n")
        let invalid = Command.fixtures + "/invalid/bad-number.pmml"
        let run = try Command.run(["validate", model, invalid, "--json"])
        #expect(run.status == 65)
        let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let reports = object?["models"] as? [[String: Any]]
        #expect(reports?.map { $0["valid"] as? Bool } == [true, false])
        let found = (reports?.last?["diagnostics"] as? [[String: Any]])?.first
        #expect(found?["id"] as? String == "bad-number")
        #expect(found?["line"] as? Int != nil)
    }

    /// What comes through standard input can be read once only.
    @Test(arguments: ["r-cases/saved-ascii-plain/model.rds", "hello/model.pmml"])
    func validatesStandardInput(_ name: String) throws {
        let text = try String(contentsOfFile: Command.fixtures + "/" + name, encoding: .utf8)
        let run = try Command.run(["validate", "-"], input: text)
        #expect(run.status == 0)
        #expect(run.output.hasSuffix("-: ok\n"))
    }

    @Test func verify() throws {
        #expect(try Command.run(["verify", Command.fixtures + "/cases/document-verification/model.pmml"]).status == 0)
        let run = try Command.run(["verify", Command.fixtures + "/cases/document-verification-differs/model.pmml"])
        #expect(run.status == 1)
        #expect(run.output.contains("expected"))
    }

    /// Records that fail or differ are told with their field, and fields that the model has not with a warning.
    @Test func verifyTellsEachCell() throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let fields = ["Income", "home", "since", "children", "employed", "risk", "spare"]
        // 1 − 0.001 · 1000 + 0.0001 · 8796 days + 0.5 · 2 − 1
        let rows = [["1000", "own", "2024-01-31", "2", "true", "0.8796", "x"], ["1000", "castle", "2024-01-31", "2", "true", "0.8796", ""], ["1000", "own", "2024-01-31", "2", "true", "7", ""]]
        let table = rows.map { row in "<row>" + zip(fields, row).map { "<\($0)>\($1)</\($0)>" }.joined() + "</row>" }.joined()
        let columns = fields.map { "<VerificationField field=\"\($0)\" column=\"\($0)\" precision=\"1E-9\"/>" }.joined()
        let records = "<ModelVerification><VerificationFields>\(columns)</VerificationFields><InlineTable>\(table)</InlineTable></ModelVerification><RegressionTable"
        let document = try String(contentsOfFile: Command.fixtures + "/mistakes/loan.pmml", encoding: .utf8).replacing("<RegressionTable", with: records)
        try document.write(toFile: folder + "/m.pmml", atomically: false, encoding: .utf8)
        let run = try Command.shell("cd \"$1\" && exec \"$0\" verify m.pmml", [folder])
        #expect(run.status == 1)
        #expect(run.errors == "m.pmml: warning: the model neither takes nor gives field \"spare\" [verification-field]\n")
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 3 && lines[0] == "record 2: field \"home\": not a valid value of this field; expected \"own\", \"rent\" [invalid-value]")
        #expect(lines[1].hasPrefix("record 3: field \"risk\": expected \"7\", got \"0.87"))
        #expect(lines[2] == "m.pmml: 1 of 3 records agree (2 cells compared)")
    }

    /// Derived fields are listed: `--fields` may name them.
    @Test func inspectListsDerivedFields() throws {
        let run = try Command.run(["inspect", Command.fixtures + "/mistakes/loan.pmml"])
        #expect(run.output.contains("\nDerived fields (1)\n  days  double  continuous\n"))
    }

    /// A native file has nothing to be found fault with, save that it opens.
    @Test func validatesNativeFiles() throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(try Command.run(["convert", model, "-o", folder + "/m.pommel"]).status == 0)
        #expect(try Command.run(["validate", folder + "/m.pommel"]).output == "\(folder)/m.pommel: ok\n")
    }

    /// Lists, texts, unreadable cells and several threads.
    @Test(arguments: [
        ("association-features", "basket,item", "t,\"[\"\"bread\"\"]\""), ("field-unparseable-as-missing", "x", "abc"), ("corner-multiset", "g", "\"[1.5,2]\""),
    ])
    func benchOfManyRows(_ name: String, _ header: String, _ row: String) throws {
        let table = header + "\n" + String(repeating: row + "\n", count: 3_000)
        let run = try Command.run(["bench", Command.fixtures + "/cases/\(name)/model.pmml", "--json"], input: table)
        #expect(run.status == 0)
        let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        #expect(object?["rows"] as? Int == 3_000)
    }

    /// Names between commas; quotes as in CSV.
    @Test func quotedNamesOfFields() throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let document = try String(contentsOfFile: Command.fixtures + "/mistakes/loan.pmml", encoding: .utf8)
            .replacing("\"days\"", with: "\"days, since &quot;2000&quot;\"")
        try document.write(toFile: folder + "/m.pmml", atomically: false, encoding: .utf8)
        let run = try Command.run(["score", folder + "/m.pmml", "--fields", "\"days, since \"\"2000\"\"\",home"], input: "since,home\n2000-01-31,own\n")
        #expect(run.output == "\"days, since \"\"2000\"\"\",home\n30,own\n")
    }

    @Test func bench() throws {
        let run = try Command.run(["bench", model, input, "--json"])
        #expect(run.status == 0)
        let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        #expect(Set(object?.keys.map { $0 } ?? []) == [
            "load_ms", "one_row_us_p50", "one_row_us_p99", "us_per_row_1_thread", "us_per_row_all_threads", "threads", "rows",
            "peak_rss_bytes",
        ])
        #expect(object?["rows"] as? Int == 10)
    }

    @Test func conformance() throws {
        let run = try Command.run(["conformance", Command.fixtures + "/hello"])
        #expect(run.status == 0)
        #expect(run.output.hasSuffix("1/1\n"))
    }

    @Test func help() throws {
        let run = try Command.run(["--help"])
        #expect(run.status == 0)
        for word in ["score", "inspect", "validate", "verify", "convert", "bench"] { #expect(run.output.contains(word)) }
    }
}

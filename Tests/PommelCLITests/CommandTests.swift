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

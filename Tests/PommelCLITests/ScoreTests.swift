import Foundation
import Testing

private let model = Command.fixtures + "/hello/model.pmml"
private let input = Command.fixtures + "/hello/input.csv"

@Suite struct ScoreTests {
    /// A table in Latin-1 whose rows are kept in JSON, which is UTF-8.
    @Test func keptCellsAreTextInJSON() throws {
        let script = "printf 'petal_length,petal_width,caf\\351\\n1,2,\\351t\\351\\n' | \"$0\" score \"$1\" --append --output-format jsonl --fields species"
        let run = try Command.shell(script, [Command.fixtures + "/hello/model.pmml"])
        #expect(run.status == 0)
        #expect(run.output == "{\"petal_length\":1,\"petal_width\":2,\"caf\u{FFFD}\":\"\u{FFFD}t\u{FFFD}\",\"species\":\"virginica\"}\n")
    }

    @Test func scoresCSV() throws {
        let run = try Command.run(["score", model, input])
        #expect(run.status == 0)
        #expect(run.errors == "")
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 11)
        #expect(lines[0] == "species,probability(setosa),probability(versicolor),probability(virginica)")
        #expect(lines[1] == "setosa,1,0,0")
    }

    @Test func standardInputAndJSONLines() throws {
        let run = try Command.run(
            ["score", model, "--input-format", "jsonl", "--output-format", "jsonl", "--fields", "species"],
            input: "{\"petal_length\":1.5,\"petal_width\":0.2}\n{\"petal_width\":null}\n")
        #expect(run.status == 0)
        #expect(run.output == "{\"species\":\"setosa\"}\n{\"species\":null}\n")
    }

    @Test func unreadableCellsAreToldByType() throws {
        let document = "<PMML version='4.4'><Header/><DataDictionary><DataField name='b' optype='categorical' dataType='boolean'/>"
            + "<DataField name='d' optype='continuous' dataType='date'/><DataField name='y' optype='continuous' dataType='double'/></DataDictionary>"
            + "<RegressionModel functionName='regression'><MiningSchema><MiningField name='b'/><MiningField name='d'/>"
            + "<MiningField name='y' usageType='target'/></MiningSchema><RegressionTable intercept='1'/></RegressionModel></PMML>"
        let path = NSTemporaryDirectory() + "pommel-types-\(getpid()).pmml"
        try document.write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let run = try Command.run(["score", path], input: "b,d\nmaybe,2024-02-29\ntrue,29.2.2024\nfalse,2024-02-29\n")
        #expect(run.status == 1)
        #expect(run.output == "y\n\"\"\n\"\"\n1\n")
        #expect(run.errors.contains("field \"b\" = \"maybe\": not a truth value; expected true or false, or 1 or 0 [not-a-boolean]"))
        #expect(run.errors.contains("field \"d\" = \"29.2.2024\": not a date (YYYY-MM-DD) [not-a-date]"))
    }

    @Test func keysThatNobodyWantsMayHoldAnything() throws {
        let run = try Command.run(
            ["score", model, "--input-format", "jsonl", "--fields", "species"],
            input: "{\"id\":{\"a\":[1,{\"b\":\"}\"}]},\"petal_length\":1.5,\"petal_width\":0.2}\n")
        #expect(run.status == 0)
        #expect(run.output == "species\nsetosa\n")
    }

    @Test func appendsToObjectsThatHaveTheNameAlready() throws {
        let run = try Command.run(
            ["score", model, "--input-format", "jsonl", "--output-format", "jsonl", "--append", "--fields", "species"],
            input: #"""
                {"petal_length":1.5,"petal_width":0.2,"species":{"was":["setosa"]}}
                {"petal_length":1.5,"petal_width":0.2}
                {"species":null,"petal_length":1.5,"spec\u0069es_result":"mine","petal_width":0.2}
                """#)
        #expect(run.output == #"""
            {"petal_length":1.5,"petal_width":0.2,"species":{"was":["setosa"]},"species_result":"setosa"}
            {"petal_length":1.5,"petal_width":0.2,"species":"setosa"}
            {"species":null,"petal_length":1.5,"spec\u0069es_result":"mine","petal_width":0.2,"species_result_result":"setosa"}

            """#)
        #expect(run.errors.contains("the result is written as species_result [column-renamed]"))
    }

    @Test func appends() throws {
        let run = try Command.run(["score", model, "--append", "--fields", "species"], input: "id,petal_length,petal_width\n7,1.5,0.2\n")
        #expect(run.output == "id,petal_length,petal_width,species\n7,1.5,0.2,setosa\n")
    }

    @Test func missingColumnIsWarnedOfOnce() throws {
        let run = try Command.run(["score", model], input: "petal_length\n1\n2\n")
        #expect(run.errors.split(separator: "\n").filter { $0.contains("petal_width") && $0.contains("warning") }.count == 1)
        let quiet = try Command.run(["score", model, "--quiet"], input: "petal_length\n1\n2\n")
        #expect(quiet.errors == "")
    }

    @Test func missingTokensAreReplaced() throws {
        let rows = "petal_length,petal_width\n-999,0.2\n"
        let run = try Command.run(["score", model, "--fields", "petal_length", "--missing", "-999", "--missing", "?"], input: rows)
        #expect(run.output == "petal_length\n\"\"\n")
        let other = try Command.run(["score", model, "--fields", "petal_length", "--missing", ""], input: rows)
        #expect(other.output == "petal_length\n-999\n")
    }

    @Test func badRowsAreReported() throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let data = folder + "/data.csv"
        var rows = "petal_length,petal_width\n1.5,0.2\n"
        for _ in 0..<12 { rows += "abc,1\n" }
        try rows.write(toFile: data, atomically: false, encoding: .utf8)
        let run = try Command.run(["score", model, data, "--errors", folder + "/errors.jsonl"])
        #expect(run.status == 1)
        let messages = run.errors.split(separator: "\n")
        #expect(messages.count == 11)
        #expect(messages.first?.hasPrefix("\(data):3: field \"petal_length\" = \"abc\": ") == true)
        #expect(messages.first?.hasSuffix("]") == true)
        #expect(messages.last?.contains("12 rows failed") == true)
        #expect(run.output.split(separator: "\n").last == ",,,")
        let lines = try String(contentsOfFile: folder + "/errors.jsonl", encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 12)
        #expect(lines.first?.contains("\"line\":3,\"field\":\"petal_length\",\"value\":\"abc\"") == true)
    }

    @Test func stopEndsAtTheFirstBadRow() throws {
        let run = try Command.run(
            ["score", model, "--on-error", "stop", "--fields", "species"], input: "petal_length,petal_width\n1.5,0.2\nabc,1\nx,1\n")
        #expect(run.status == 1)
        #expect(run.output == "species\nsetosa\n")
        #expect(run.errors.split(separator: "\n").count == 1)
    }

    /// A terminal is told how far a long run is, and how long it will still take where the size of the input is known; `script` makes the terminal.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")))
    func progress() throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var rows = "petal_length,petal_width\n"
        for row in 0..<60_000 { rows += "\(row % 7),\(row % 3)\n" }
        try rows.write(toFile: folder + "/rows.csv", atomically: false, encoding: .utf8)
        func told(_ line: String) throws -> String {
            let line = line.replacing("pommel", with: "'\(Command.path)'").replacing("MODEL", with: "'\(model)'")
            return try Command.shell("cd \"$1\" && exec script -qec \"$2\" /dev/null", [folder, line]).output
        }
        // What reads the results is slow, so that the run is.
        let known = try told("pommel score MODEL rows.csv --threads 1 | (sleep 1.5; cat > /dev/null)")
        #expect(known.contains(" rows/s, ") && known.contains(" s left"))
        let piped = try told("(cat rows.csv; sleep 1.5; echo 1,1) | pommel score MODEL - > /dev/null")
        #expect(piped.contains(" rows/s") && !piped.contains(" left"))
        #expect(try told("pommel score MODEL rows.csv --quiet | (sleep 1.5; cat > /dev/null)") == "")
    }

    @Test func threadsDoNotChangeTheOutput() throws {
        var rows = "petal_length,petal_width\n"
        for row in 0..<60_000 { rows += "\(Double(row % 70) / 10),\(Double(row % 23) / 10)\n" }
        let one = try Command.run(["score", model, "--threads", "1"], input: rows)
        let four = try Command.run(["score", model, "--threads", "4"], input: rows)
        #expect(one.status == 0)
        #expect(one.output == four.output)
        #expect(one.output.split(separator: "\n").count == 60_001)
    }
}

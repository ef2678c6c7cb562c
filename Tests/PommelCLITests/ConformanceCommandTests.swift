import Foundation
import Testing

@Suite struct ConformanceCommandTests {
    private let hello = Command.fixtures + "/hello"

    @Test func listsAndFilters() throws {
        let run = try Command.run(["conformance", hello, "--list"])
        #expect(run.status == 0)
        #expect(run.output == "hello\n")
        #expect(try Command.run(["conformance", hello, "--filter", "h*o", "--list"]).output == "hello\n")
        #expect(try Command.run(["conformance", hello, "--filter", "x*"]).status == 65)
    }

    /// An expected failure that passes is as wrong as a case that fails.
    @Test func expectedFailureThatPasses() throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try "hello  # no reason\n".write(toFile: folder + "/known", atomically: false, encoding: .utf8)
        let run = try Command.run([
            "conformance", hello, "--expected-failures", folder + "/known", "--junit", folder + "/junit.xml", "--json", folder + "/out.json",
        ])
        #expect(run.status == 1)
        #expect(run.output.hasPrefix("hello passes"))
        #expect(try String(contentsOfFile: folder + "/junit.xml", encoding: .utf8).contains("failures=\"1\""))
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: folder + "/out.json"))) as? [String: Any]
        #expect(json?["passed"] as? Int == 1)
    }

    /// The list is of cases that there are, a case counts once, and each report has its file.
    @Test func whatIsNamedInVain() throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try "gone\nhello\n".write(toFile: folder + "/known", atomically: false, encoding: .utf8)
        let run = try Command.run(["conformance", hello, hello + "/../hello", "--filter", "h*", "--expected-failures", folder + "/known"])
        #expect(run.status == 1)
        #expect(run.output.hasSuffix("\n1/1\n"))
        #expect(run.errors.contains("/known: error: there is no case \"gone\": take it off the list of expected failures"))
        #expect(!run.errors.contains("no case \"hello\""))
        let reports = try Command.run(["conformance", hello, "--junit", folder + "/a", "--json", folder + "/a"])
        #expect(reports.status == 64 && reports.errors.contains("--junit and --json name one file"))
        #expect(try Command.run(["conformance", hello, "--junit", folder + "/a", "--json", folder + "/./a"]).status == 64)
        let nameless = try Command.run(["conformance", ""])
        #expect(nameless.errors == "'': error: there is no such folder; expected one with cases in it [file-open]\n")
    }

    /// A failure that is expected is skipped in the report, and a table that is not there is the case's failure.
    @Test func expectedFailure() throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder + "/odd", withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: hello + "/model.pmml", toPath: folder + "/odd/model.pmml")
        try FileManager.default.copyItem(atPath: hello + "/input.csv", toPath: folder + "/odd/input.csv")
        try "species\n\"open".write(toFile: folder + "/odd/expected.csv", atomically: false, encoding: .utf8)
        try "odd  # its table is damaged\n".write(toFile: folder + "/known", atomically: false, encoding: .utf8)
        let run = try Command.run(["conformance", folder + "/odd", "--expected-failures", folder + "/known", "--junit", folder + "/junit.xml"])
        #expect(run.status == 0)
        let report = try String(contentsOfFile: folder + "/junit.xml", encoding: .utf8)
        #expect(report.contains("skipped=\"1\"") && report.contains("name=\"odd\"><skipped message=\""))
        #expect(try Command.run(["conformance", folder + "/odd"]).status == 1)
    }

    /// The same case as a suite, and with a cell changed, which is named and can be expected.
    @Test func suite() throws {
        let folder = try Command.temporaryFolder()
        let files = FileManager.default
        defer { try? files.removeItem(atPath: folder) }
        for name in ["pmml", "csv"] { try files.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true) }
        try files.copyItem(atPath: hello + "/model.pmml", toPath: folder + "/pmml/TreeHello.pmml")
        try files.copyItem(atPath: hello + "/input.csv", toPath: folder + "/csv/Hello.csv")
        try files.copyItem(atPath: hello + "/expected.csv", toPath: folder + "/csv/TreeHello.csv")
        let run = try Command.run(["conformance", folder])
        #expect(run.status == 0)
        #expect(run.output.hasSuffix("1/1\n"))
        // What no case.json tells is taken from the document.
        #expect(run.output.contains("TreeModel: 1/1\nSkLearn2PMML: 1/1\n"))

        var lines = try String(contentsOfFile: hello + "/expected.csv", encoding: .utf8).split(separator: "\n").map(String.init)
        lines[1] = "wrong" + lines[1].drop { $0 != "," }
        try lines.joined(separator: "\n").write(toFile: folder + "/csv/TreeHello.csv", atomically: false, encoding: .utf8)
        let wrong = try Command.run(["conformance", folder])
        #expect(wrong.status == 1)
        #expect(wrong.output.hasPrefix("TreeHello: row 1: "))
        try "TreeHello\n".write(toFile: folder + "/known", atomically: false, encoding: .utf8)
        #expect(try Command.run(["conformance", folder, "--expected-failures", folder + "/known"]).status == 0)

        // A suite's own words for a missing value.
        try "petal_length,petal_width\nN/A,NA\n".write(toFile: folder + "/csv/Hello.csv", atomically: false, encoding: .utf8)
        try "species\nN/A\n".write(toFile: folder + "/csv/TreeHello.csv", atomically: false, encoding: .utf8)
        #expect(try Command.run(["conformance", folder]).status == 0)
    }

    /// A case of hello's model, its input and what is expected in files of some names.
    private func run(_ input: String, _ expected: (name: String, text: String)) throws -> Command {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.copyItem(atPath: hello + "/model.pmml", toPath: folder + "/model.pmml")
        try input.write(toFile: folder + "/input.csv", atomically: false, encoding: .utf8)
        try expected.text.write(toFile: "\(folder)/\(expected.name)", atomically: false, encoding: .utf8)
        return try Command.run(["conformance", folder])
    }

    /// A row that must fail has to fail: to have no result is not enough.
    @Test func rowsThatMustFail() throws {
        let missing = try run("petal_length,petal_width\n,\n", ("expected.csv", "species\n#ERROR\n"))
        #expect(missing.status == 1)
        #expect(missing.output.contains("row 1 should fail, got null"))
        let failing = try run("petal_length,petal_width\nwide,1.4\n4.7,1.4\n", ("expected.csv", "species,probability(setosa)\n#ERROR,\nversicolor,0\n"))
        #expect(failing.status == 0)
        let found = try run("petal_length,petal_width\n4.7,1.4\n", ("expected.csv", "species\n#ERROR\n"))
        #expect(found.status == 1)
    }

    /// Every line's own keys are compared, those that the first line lacks as well.
    @Test func jsonLines() throws {
        let input = "petal_length,petal_width\n4.7,1.4\n4.7,1.4\n"
        let right = try run(input, ("expected.jsonl", "{\"species\":\"versicolor\"}\n{\"probability(setosa)\":0}\n"))
        #expect(right.status == 0)
        let wrong = try run(input, ("expected.jsonl", "{\"species\":\"versicolor\"}\n{\"probability(setosa)\":0.5}\n"))
        #expect(wrong.status == 1)
        #expect(wrong.output.contains("row 2: probability(setosa): expected 0.5, got 0"))
    }
}

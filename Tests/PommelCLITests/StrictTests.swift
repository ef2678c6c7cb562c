import Foundation
import Testing

@Suite struct StrictTests {
    private static let lenient = Command.fixtures + "/lenient/missing-intercept.pmml"

    /// Every command that reads a model refuses with `--strict` what it takes with a warning without.
    @Test(arguments: [
        ["score", lenient], ["inspect", lenient], ["validate", lenient], ["verify", lenient], ["convert", lenient, "-o", "-"],
        ["bench", lenient, Command.fixtures + "/cases/lag-1/input.csv"],
    ])
    func command(_ arguments: [String]) throws {
        let input = "x,b,c\n1,true,p\n"
        #expect(try Command.run(arguments, input: input).status == 0)
        let run = try Command.run(arguments + ["--strict"], input: input)
        #expect(run.status == 65)
        #expect((run.output + run.errors).contains("missing-intercept.pmml:12:1: error: "))
        #expect((run.output + run.errors).contains("[missing-intercept]"))
    }

    @Test func conformance() throws {
        let folder = Command.fixtures + "/cases/document-math-context-float"
        #expect(try Command.run(["conformance", folder]).status == 0)
        let run = try Command.run(["conformance", folder, "--strict"])
        #expect(run.status == 1)
        #expect(run.output.contains("[vendor-markup]"))
    }
}

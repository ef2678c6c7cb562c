import Foundation
import Testing

private let model = Command.fixtures + "/hello/model.pmml"
private let input = Command.fixtures + "/hello/input.csv"

@Suite struct ExitStatusTests {
    @Test(arguments: [
        ["score"], ["unknown"], ["score", model, input, "--threads", "0"], ["score", model, input, "--on-error", "ignore"],
        ["score", model, input, "--fields", "nothing"], ["score", "-"], ["convert", model], ["score", model, input, "--no-such-option"],
    ])
    func usage(_ arguments: [String]) throws {
        let run = try Command.run(arguments)
        #expect(run.status == 64)
        #expect(run.errors != "")
        #expect(run.output == "")
    }

    @Test(arguments: [
        ["score", "/nowhere/m.pmml", input], ["score", model, "/nowhere/data.csv"], ["score", input, input], ["inspect", "/nowhere"],
        ["validate", model, "/nowhere/m.pmml"], ["score", model, "/tmp"], ["bench", model, "/nowhere/data.csv"],
        ["score", model, input, "--model", "no such model"],
    ])
    func unreadable(_ arguments: [String]) throws {
        #expect(try Command.run(arguments).status == 65)
    }

    @Test func unwritable() throws {
        let run = try Command.run(["score", model, input, "-o", "/nowhere/out.csv"])
        #expect(run.status == 74)
        #expect(run.errors.contains("/nowhere/out.csv"))
        #expect(try Command.run(["convert", model, "-o", "/nowhere/m.pommel"]).status == 74)
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func fullDisk() throws {
        let redirected = try Command.shell("exec \"$0\" score \"$@\" > /dev/full", [model, input])
        #expect(redirected.status == 74)
        #expect(redirected.errors.contains("No space left"))
        #expect(try Command.run(["score", model, input, "-o", "/dev/full"]).status == 74)
        #expect(try Command.shell("exec \"$0\" inspect \"$@\" > /dev/full", [model]).status == 74)
    }

    @Test func closedPipeEndsQuietly() throws {
        let rows = "petal_length,petal_width\n" + String(repeating: "1.5,0.2\n", count: 200_000)
        let run = try Command.shell("{ \"$0\" score \"$@\"; echo \"status $?\" >&2; } | head -n 1", [model], input: rows)
        #expect(run.output.split(separator: "\n").count == 1)
        #expect(run.errors == "status 0\n")
    }

    @Test func anUnfinishedFileIsNotLeft() throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let run = try Command.run(["score", model, "-o", folder + "/out.csv", "--on-error", "stop"], input: "petal_length,petal_width\nabc,1\n")
        #expect(run.status == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        #expect(try Command.run(["score", model, input, "-o", folder + "/out.csv"]).status == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["out.csv"])
    }
}

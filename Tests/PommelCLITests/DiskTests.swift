import Foundation
import Testing

private let model = Command.fixtures + "/hello/model.pmml"

/// Full disks, signals, and files that change or vanish while they are in use.
@Suite struct DiskTests {
    /// Rows that never end, and a signal in the midst of them. A shell starts what is in the background with SIGINT ignored, which `env` undoes.
    @Test(arguments: ["INT", "TERM", "HUP"])
    func aSignalLeavesNoFile(_ signal: String) throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let script = """
            mkfifo "$2/in"
            (echo petal_length,petal_width; while :; do echo 1,2; sleep 0.01; done) > "$2/in" 2> /dev/null & feeder=$!
            mkdir "$2/out"
            env --default-signal=INT "$0" score "$1" "$2/in" -o "$2/out/scores.csv" --errors "$2/out/errors.jsonl" & pid=$!
            n=0; while [ "$(ls "$2/out" | wc -l)" -lt 2 ] && [ $n -lt 500 ]; do sleep 0.02; n=$((n+1)); done
            ls "$2/out" | wc -l
            kill -\(signal) $pid
            wait $pid; echo "status $?"
            kill $feeder
            ls "$2/out" | wc -l
            """
        let run = try Command.shell(script, [model, folder])
        let number = ["INT": 2, "TERM": 15, "HUP": 1][signal] ?? 0
        #expect(run.output.split(whereSeparator: { $0 == " " || $0 == "\n" }) == ["2", "status", "\(128 + number)", "0"])
    }

    /// Files of at most 1,024 blocks stand in for a disk that fills up in the midst.
    @Test func aFullDiskLeavesNoFile() throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let rows = "petal_length,petal_width\n" + String(repeating: "1.5,0.2\n", count: 200_000)
        let run = try Command.shell("ulimit -f 1024; exec \"$0\" score \"$1\" -o \"$2/out.csv\"", [model, folder], input: rows)
        #expect(run.status == 74)
        #expect(run.errors.contains("out.csv: error: cannot write: File too large [file-write]"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
    }

    /// A name may be as long as the system lets it, though the temporary one is longer.
    @Test(arguments: [248, 249, 255])
    func aLongNameCanBeWritten(_ length: Int) throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let name = String(repeating: "n", count: length)
        let run = try Command.run(["score", model, "-o", folder + "/" + name], input: "petal_length,petal_width\n1.5,0.2\n")
        #expect(run.status == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [name])
        #expect(try Command.run(["score", model, "-o", folder + "/" + name + String(repeating: "n", count: 256 - length)], input: "petal_length,petal_width\n").status == 74)
    }

    /// A link stays a link: the file behind it is replaced, or made where there is none yet; a circle of links leads to none.
    @Test func linksAreFollowed() throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let script = """
            cd "$2"; mkdir sub; ln -s sub/b a; ln -s ../c sub/b; ln -s two one; ln -s one two
            for run in 1 2; do echo petal_length,petal_width | "$0" score "$1" -o a --fields species; readlink a sub/b; cat c; done
            echo petal_length,petal_width | "$0" score "$1" -o one; echo $?
            ls . sub
            """
        let run = try Command.shell(script, [model, folder])
        let once = "sub/b\n../c\nspecies\n"
        #expect(run.output == once + once + "74\n.:\na\nc\none\nsub\ntwo\n\nsub:\nb\n")
        #expect(run.errors.hasPrefix("one: error: cannot write: Too many levels of symbolic links [file-write]"))
    }

    /// The file of --errors is none of the others.
    @Test func errorsHaveAFileOfTheirOwn() throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let table = folder + "/in.csv"
        try "petal_length,petal_width\n1.5,0.2\n".write(toFile: table, atomically: false, encoding: .utf8)
        for (output, errors) in [("/out.csv", folder + "/out.csv"), ("/out.csv", folder + "/./out.csv"), ("/out.csv", table), ("/out.csv", model)] {
            let run = try Command.run(["score", model, table, "-o", folder + output, "--errors", errors])
            #expect(run.status == 64 && run.errors.contains("the file of --errors is "))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["in.csv"])
    }

    /// What was under the output's name stays until the new one is complete.
    @Test func anOldOutputSurvivesAFailure() throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try "old\n".write(toFile: folder + "/out.csv", atomically: false, encoding: .utf8)
        let run = try Command.run(["score", model, "-o", folder + "/out.csv", "--on-error", "stop"], input: "petal_length,petal_width\nabc,1\n")
        #expect(run.status == 1)
        #expect(try String(contentsOfFile: folder + "/out.csv", encoding: .utf8) == "old\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["out.csv"])
    }

    private static let twice = """
        "$0" convert "$1" -o "$2/m.pommel" && mkfifo "$2/in" && mkdir "$2/out"
        "$0" score "$2/m.pommel" "$2/in" -o "$2/out/scores.csv" FLAGS & pid=$!
        exec 7> "$2/in"
        echo petal_length,petal_width >&7
        n=0; while [ "$(ls "$2/out" | wc -l)" -lt 1 ] && [ $n -lt 500 ]; do sleep 0.02; n=$((n+1)); done
        CHANGE
        echo 1.5,0.2 >&7
        exec 7>&-
        wait $pid; echo "status $?"
        cat "$2/out/scores.csv"
        """

    private static func change(_ change: String, flags: String = "") throws -> Command {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let script = twice.replacingOccurrences(of: "FLAGS", with: flags).replacingOccurrences(of: "CHANGE", with: change)
        return try Command.shell(script, [model, folder])
    }

    /// A native file that is replaced by another, renamed onto it, or that vanishes, stays as it was for who has it open.
    @Test(arguments: ["cp \"$1\" \"$2/x\"; mv \"$2/x\" \"$2/m.pommel\"", "rm \"$2/m.pommel\""])
    func aReplacedModelGoesOnScoring(_ change: String) throws {
        let run = try Self.change(change)
        #expect(run.output.hasPrefix("status 0\n"))
        #expect(run.output.contains("setosa,1,0,0"))
    }

    /// Cut short in place it cannot; what is said then, and that nothing is left, is all that can be promised.
    @Test func aTruncatedModelEndsWithAMessage() throws {
        let mapped = try Self.change(": > \"$2/m.pommel\"")
        #expect(mapped.output.hasPrefix("status 65\n"))
        #expect(mapped.errors.contains("[file-truncated]"))
        let read = try Self.change(": > \"$2/m.pommel\"", flags: "--no-map")
        #expect(read.output.hasPrefix("status 0\n"))
        #expect(read.output.contains("setosa,1,0,0"))
    }
}

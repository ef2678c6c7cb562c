import Foundation
import Testing

private let model = Command.fixtures + "/hello/model.pmml"

/// Whatever writes a file, on a disk that has no room for it: the exit status, what is said, and that nothing is left behind.
@Suite struct FullDiskTests {
    /// Everything that writes a file, of more than 4,096 bytes; with the arguments that come before the file's name.
    static let writers: [(name: String, arguments: [String])] = [
        ("scores.csv", ["score", model, "ROWS", "-o"]), ("scores.tsv", ["score", model, "ROWS", "-o"]), ("scores.jsonl", ["score", model, "ROWS", "-o"]),
        ("many.csv", ["score", model, "ROWS", "--threads", "4", "-o"]), ("errors.jsonl", ["score", model, "ROWS", "-o", "/dev/null", "--errors"]),
        ("model.pommel", ["convert", forest, "-o"]), ("bare.pommel", ["convert", forest, "--no-source", "-o"]), ("model.pmml", ["convert", forest, "-o"]),
        ("old.pmml", ["convert", forest, "--to", "4.1", "-o"]), ("report.xml", ["conformance", Command.fixtures + "/cases", "--filter", "t*", "--junit"]),
        ("report.json", ["conformance", Command.fixtures + "/cases", "--filter", "t*", "--json"]),
    ]
    private static let forest = Command.fixtures + "/cases/sklearn-hist-boosting-wine/model.pmml"

    /// What a writer leaves in a folder whose disk fills up: nothing, or the file that was there before.
    ///
    /// - Parameters:
    ///   - line: makes `full` a place of little room, and runs BODY there.
    ///   - reason: what the system says of it.
    private func fill(_ writer: (name: String, arguments: [String]), isOld: Bool, _ line: String, _ reason: String) throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let rows = folder + "/rows.csv"
        try ("petal_length,petal_width\n" + String(repeating: "1.5,0.2\nabc,0.2\n", count: 2_000)).write(toFile: rows, atomically: false, encoding: .utf8)
        let body = """
            cd "$1/full"; name=$2; shift 2
            \(isOld ? "echo old > $name" : ":")
            "$0" "$@" $name > /dev/null; echo "status $?"
            for file in *; do [ -f "$file" ] && echo "$file: $(cat "$file")"; done; true
            """
        try FileManager.default.createDirectory(atPath: folder + "/full", withIntermediateDirectories: true)
        let arguments = writer.arguments.map { $0 == "ROWS" ? rows : $0 }
        let run = try Command.shell(line.replacingOccurrences(of: "BODY", with: body), [folder, writer.name] + arguments)
        #expect(run.output == "status 74\n" + (isOld ? "\(writer.name): old\n" : ""), "\(writer.name): \(run.errors.suffix(500))")
        #expect(run.errors.contains("\(reason) [file-write]"), "\(run.errors.suffix(500))")
    }

    /// Files of at most 8 blocks of 512 bytes stand in for a disk that fills up in the midst.
    @Test(arguments: writers.indices, [false, true])
    func aFullDiskLeavesNoFile(_ writer: Int, _ isOld: Bool) throws {
        try fill(Self.writers[writer], isOld: isOld, "ulimit -f 8\nBODY", "File too large")
    }

    /// A file system of 4 KB in memory, where the tests may mount one.
    @Test(.enabled(if: mayMount), arguments: writers.indices, [false, true])
    func aFullFileSystemLeavesNoFile(_ writer: Int, _ isOld: Bool) throws {
        let line = "exec unshare -rm sh -c 'mount -t tmpfs -o size=4k none \"$1/full\" || exit 1\nBODY' \"$0\" \"$@\""
        try fill(Self.writers[writer], isOld: isOld, line, "No space left on device")
    }

    private static let mayMount = (try? Command.shell("unshare -rm mount -t tmpfs none /mnt"))?.status == 0
}

import Foundation

/// The built command, run as a process.
struct Command {
    var status: Int32
    var output: String
    var errors: String

    static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("fixtures").path

    /// The command lies beside the test bundle.
    static let path = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
        .appendingPathComponent("pommel").path

    /// Runs it to its end; both streams are read through files, so that neither can fill up and block.
    static func run(_ arguments: [String], input: String = "") throws -> Command {
        try shell("exec \"$0\" \"$@\"", arguments, input: input)
    }

    /// Runs a line of shell in which `$0` is the command and `$@` the arguments.
    static func shell(_ line: String, _ arguments: [String] = [], input: String = "") throws -> Command {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try input.write(toFile: folder + "/in", atomically: false, encoding: .utf8)
        for name in ["out", "err"] { _ = FileManager.default.createFile(atPath: "\(folder)/\(name)", contents: nil) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", line, path] + arguments
        process.standardInput = FileHandle(forReadingAtPath: folder + "/in")
        process.standardOutput = FileHandle(forWritingAtPath: folder + "/out")
        process.standardError = FileHandle(forWritingAtPath: folder + "/err")
        try process.run()
        process.waitUntilExit()
        let text = { (name: String) in String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")), as: UTF8.self) }
        return Command(status: process.terminationStatus, output: try text("out"), errors: try text("err"))
    }

    static func temporaryFolder() throws -> String {
        let path = NSTemporaryDirectory() + "/pommel-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }
}

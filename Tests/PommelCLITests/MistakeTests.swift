import Foundation
import Testing

/// A block of `fixtures/mistakes/cases.txt`: `# what the user did wrong`, `$ commands`, `exit status`, `! lines of standard error`.
struct Mistake: CustomTestStringConvertible {
    var title = ""
    var commands: [String] = []
    var status: Int32 = -1
    var messages: [String] = []
    var testDescription: String { title }

    static let folder = Command.fixtures + "/mistakes"

    static func all() throws -> [Mistake] {
        let text = try String(contentsOfFile: folder + "/cases.txt", encoding: .utf8)
        return text.components(separatedBy: "\n\n").map { block in
            var mistake = Mistake()
            for line in block.split(separator: "\n") {
                if line.hasPrefix("# ") { mistake.title = String(line.dropFirst(2)) }
                if line.hasPrefix("$ ") { mistake.commands.append(String(line.dropFirst(2))) }
                if line.hasPrefix("exit ") { mistake.status = Int32(line.dropFirst(5)) ?? -1 }
                if line.hasPrefix("! ") { mistake.messages.append(String(line.dropFirst(2))) }
            }
            return mistake
        }
    }
}

@Suite struct MistakeTests {
    /// Every message says what happened, where, and what to do.
    @Test(arguments: try Mistake.all())
    func isToldAsExpected(_ mistake: Mistake) throws {
        let run = try Self.run(mistake)
        #expect(run.status == mistake.status)
        #expect(run.errors.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init) == mistake.messages)
    }

    @Test func thereAreAtLeastForty() throws { #expect(try Mistake.all().count >= 40) }

    private static func run(_ mistake: Mistake) throws -> Command {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.copyItem(atPath: Mistake.folder + "/loan.pmml", toPath: folder + "/loan.pmml")
        let script = ["pommel() { \"$program\" \"$@\"; }", "program=\"$0\"", "cd \"$1\""] + mistake.commands
        return try Command.shell(script.joined(separator: "\n"), [folder])
    }
}

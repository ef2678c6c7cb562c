import Foundation

@testable import Evaluation

/// docs/operations.md: every operation of native files, with what it does and how its operands are read, from the kernels' sources.
enum OperationsPage {
    static func text() throws -> String {
        let sources = try Sources()
        var text = heading("Operations of native files")
        text += """
            For each operation: its name, what it does, and the reading of its operands, in order. The terms are those of
            [format.md](format.md#operands); `output` comes first. `reader.error` is what a reader refuses. Missing values and failures of the
            inputs make the outputs missing or failing unless it says otherwise.


            """
        var shared: Set<String> = []
        for entry in KernelSet.entries.sorted(by: { $0.name < $1.name }) {
            let parts = entry.typeName.split(whereSeparator: { "<>".contains($0) }).map(String.init)
            let kernel = sources.declaration(parts[0])
            let operation = parts.count > 1 ? sources.declaration(parts[1]) : nil
            let comment = [operation?.comment, kernel?.comment].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
            text += "## `\(entry.name)`\n\n"
            if !comment.isEmpty { text += stripped(comment, entry.name) + "\n\n" }
            if parts.count > 1 { text += "`Operation` is `\(parts[1])`.\n\n" }
            let reading = kernel?.reading ?? ""
            text += "```swift\n\(reading)\n```\n\n"
            for name in sources.helpers.keys where reading.contains(name + "(") { shared.insert(name) }
        }
        text += "## Shared parts\n\n"
        for name in shared.sorted() { for source in sources.helpers[name] ?? [] { text += "### `\(name)`\n\n```swift\n\(source)\n```\n\n" } }
        return String(text.dropLast())
    }

    private static func stripped(_ comment: String, _ name: String) -> String {
        var text = comment
        if text.hasPrefix("`\(name)`: ") { text.removeFirst(name.count + 4) }
        text = text.replacingOccurrences(of: "``", with: "`")
        return text.prefix(1).uppercased() + text.dropFirst()
    }
}

/// The sources of the kernels, cut into declarations.
private struct Sources {
    struct Declaration {
        var comment: String
        /// The body of `init(from:)`.
        var reading: String
    }
    private var declarations: [String: Declaration] = [:]
    /// Functions and initialisers with parameters of their own that read operands, by their name or type.
    private(set) var helpers: [String: [String]] = [:]

    init() throws {
        let folder = packageFolder + "/Sources/Evaluation/Kernels"
        let names = (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".swift") }.sorted()
        for name in names { add(try String(contentsOfFile: folder + "/" + name, encoding: .utf8)) }
    }

    func declaration(_ type: String) -> Declaration? { declarations[type] }

    private mutating func add(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var comment: [String] = []
        for index in lines.indices {
            let line = lines[index].trimmingCharacters(in: .whitespaces)
            if line.hasPrefix("///") {
                comment.append(line.dropFirst(3).trimmingCharacters(in: .whitespaces))
                continue
            }
            defer { comment = [] }
            if let match = line.firstMatch(of: #/^(?:public |private |fileprivate |final )*(?:struct|enum) (\w+)/#) {
                let body = Self.block(lines, from: index)
                let start = body.firstIndex { $0.contains("init(from reader: inout OperandReader") }
                let reading = start.map { Self.inner(Self.block(body, from: $0)) } ?? ""
                let first = comment.prefix { !$0.isEmpty }.joined(separator: " ")
                declarations[String(match.output.1)] = Declaration(comment: first, reading: reading)
                if let start, !body[start].contains("OperandReader) throws(FormatError) {") {
                    helpers[String(match.output.1), default: []].append(Self.trimmed(Self.block(body, from: start)))
                }
            } else if let match = line.firstMatch(of: #/func (\w+)\((?:_ reader: inout OperandReader|\) throws\(FormatError\))/#) {
                helpers[String(match.output.1), default: []].append(Self.trimmed(Self.block(lines, from: index)))
            }
        }
    }

    /// The lines from one that opens a brace to the one that closes it.
    private static func block(_ lines: [String], from start: Int) -> [String] {
        var depth = 0
        for index in start..<lines.count {
            depth += lines[index].count { $0 == "{" } - lines[index].count { $0 == "}" }
            if depth <= 0, index > start || lines[index].contains("{") { return Array(lines[start...index]) }
        }
        return Array(lines[start...])
    }

    /// The lines between the braces.
    private static func inner(_ block: [String]) -> String {
        if block.count == 1 {
            let line = block[0]
            guard let open = line.firstIndex(of: "{"), let close = line.lastIndex(of: "}"), open < close else { return line }
            return line[line.index(after: open)..<close].trimmingCharacters(in: .whitespaces)
        }
        return trimmed(Array(block.dropFirst().dropLast()))
    }

    /// The lines without the indentation that they share.
    private static func trimmed(_ lines: [String]) -> String {
        let indent = lines.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
        return lines.map { String($0.dropFirst(indent)) }.joined(separator: "\n")
    }
}

import Foundation
import Testing

/// The folder of the package.
let packageFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

/// The pages of docs/ that are made from the sources and the fixtures.
@Suite struct DocumentationTests {
    static let pages: [(name: String, text: @Sendable () throws -> String)] = [
        ("functions.md", FunctionsPage.text), ("errors.md", ErrorsPage.text), ("operations.md", OperationsPage.text),
        ("support.md", SupportPage.text), ("conversion.md", ConversionPage.text), ("diagnostics.md", DiagnosticsPage.text),
    ]

    /// With `POMMEL_WRITE_DOCS=1` the pages are written; without, they must be as they would be written.
    @Test(arguments: pages.map(\.name))
    func isUpToDate(_ name: String) throws {
        let page = try #require(Self.pages.first { $0.name == name })
        let path = packageFolder + "/docs/" + name
        let wanted = try page.text()
        if ProcessInfo.processInfo.environment["POMMEL_WRITE_DOCS"] == "1" {
            try wanted.write(toFile: path, atomically: true, encoding: .utf8)
        }
        let found = try? String(contentsOfFile: path, encoding: .utf8)
        #expect(found == wanted, "docs/\(name) is out of date: run .ci/run docs")
    }
}

/// The page that says how Pommel reads what the standard leaves open.
@Test func everyReadingHasItsCase() throws {
    let page = try String(contentsOfFile: packageFolder + "/docs/strictness.md", encoding: .utf8)
    let part = page.components(separatedBy: "## Where the standard leaves something open")[1].components(separatedBy: "\n## ")[0]
    let rows = part.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst()
    #expect(rows.count > 30)
    for row in rows {
        let cases = row.split(separator: "|").last?.split(separator: "`").filter { !$0.contains(" ") } ?? []
        #expect(!cases.isEmpty, "\(row)")
        for name in cases { #expect(FileManager.default.fileExists(atPath: packageFolder + "/fixtures/cases/\(name)/expected.csv") || FileManager.default.fileExists(atPath: packageFolder + "/fixtures/cases/\(name)/expected.jsonl"), "\(name)") }
    }
}

/// What every made page begins with.
func heading(_ title: String) -> String {
    "# \(title)\n\n<!-- Made by Tests/DocumentationTests; `.ci/run docs` writes it anew. -->\n\n"
}

/// A table in Markdown.
func table(_ head: [String], _ rows: [[String]]) -> String {
    let lines = [head, head.map { _ in "---" }] + rows
    return lines.map { "| " + $0.map { $0.replacingOccurrences(of: "|", with: "\\|") }.joined(separator: " | ") + " |\n" }.joined() + "\n"
}

import Foundation
import Testing

/// Every example of the library's DocC pages stands, line by line, in `LibraryExamples`.
@Suite struct ExamplesInPages {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let pages = root.appendingPathComponent("Sources/Pommel/Pommel.docc")

    private static func lines(_ text: some StringProtocol) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    @Test func areTested() throws {
        let tested = try Self.lines(String(contentsOf: Self.root.appendingPathComponent("Tests/PommelTests/LibraryExamples.swift"), encoding: .utf8))
        var found = 0
        for page in try FileManager.default.contentsOfDirectory(at: Self.pages, includingPropertiesForKeys: nil) where page.pathExtension == "md" {
            let parts = try String(contentsOf: page, encoding: .utf8).components(separatedBy: "```")
            for part in parts where part.hasPrefix("swift\n") {
                let example = Self.lines(part.dropFirst("swift\n".count))
                let stands = tested.indices.contains { tested[$0...].starts(with: example) }
                #expect(stands, "\(page.lastPathComponent): \(example.first ?? "")")
                found += 1
            }
        }
        #expect(found >= 8)
    }
}

import Foundation

/// The documents under fixtures/.
enum Fixtures {
    struct Document {
        /// The case's, or the file's.
        let name: String
        let path: String
    }

    static let folder = packageFolder + "/fixtures"

    /// The cases whose scores are right, as `ConformanceTests` checks.
    static func passingCases() throws -> [Document] {
        let list = try String(contentsOfFile: packageFolder + "/Tests/ConformanceTests/expected-fixture-failures.txt", encoding: .utf8)
        let failing = Set(list.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) })
        return try FileManager.default.contentsOfDirectory(atPath: folder + "/cases").sorted().compactMap { name in
            let path = "\(folder)/cases/\(name)/model.pmml"
            return failing.contains(name) || !FileManager.default.fileExists(atPath: path) ? nil : Document(name: name, path: path)
        }
    }

    /// The documents of `invalid` and `invalid-models`, which must be refused.
    static func refusedDocuments() throws -> [Document] {
        try ["invalid", "invalid-models"].flatMap { part in
            try rows(of: part + "/expected.tsv").map { Document(name: "\(part)/\($0[0])", path: "\(folder)/\(part)/\($0[0])") }
        }
    }

    /// The cells of a table without its heading.
    static func rows(of table: String) throws -> [[String]] {
        try String(contentsOfFile: folder + "/" + table, encoding: .utf8).split(separator: "\n").dropFirst()
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    }
}

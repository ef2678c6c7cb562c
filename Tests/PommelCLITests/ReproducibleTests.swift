import Foundation
import Testing

/// The same document gives the same native file, whatever the seed of a run's dictionaries is.
@Suite struct ReproducibleTests {
    @Test(arguments: ["segment-mining-sum", "segment-knn-mixed", "segment-scorecard-points-above"])
    func nativeFilesAreTheSame(_ name: String) throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let files = try (0..<6).map { run in
            #expect(try Command.run(["convert", Command.fixtures + "/cases/\(name)/model.pmml", "-o", folder + "/\(run).pommel"]).status == 0)
            return try Data(contentsOf: URL(fileURLWithPath: folder + "/\(run).pommel"))
        }
        #expect(Set(files).count == 1)
    }
}

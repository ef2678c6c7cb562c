import Conformance
import Foundation
import Pommel
import Testing

/// The folder of the package.
let packageFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

let fixtureCases = ConformanceCase.discover(in: packageFolder + "/fixtures/cases") + ConformanceCase.discover(in: packageFolder + "/fixtures/hello")
    + ConformanceCase.discover(in: packageFolder + "/fixtures/r-cases")

@Suite struct FixtureTests {
    @Test func casesAreFound() {
        #expect(fixtureCases.count > 100)
    }

    /// From the document, and from the native file made of it with the same bits.
    @Test(arguments: fixtureCases)
    func agrees(_ example: ConformanceCase) {
        if let complaint = Self.expected.complaint(about: example.run(.native)) { Issue.record("\(complaint)") }
    }

    /// The records that a document brings for its own verification agree, but where a case is about one that does not.
    @Test(arguments: fixtureCases.filter { !$0.name.hasSuffix("-differs") })
    func verifiesItself(_ example: ConformanceCase) throws {
        guard let text = try? String(contentsOfFile: example.model, encoding: .utf8), text.contains("<ModelVerification ") else { return }
        let report = try #require(try Model(path: example.model).verify())
        #expect(report.differences == [])
        #expect(report.passed == report.records && report.records > 0)
    }

    private static let expected = ExpectedFailures(path: packageFolder + "/Tests/ConformanceTests/expected-fixture-failures.txt")

    @Test func listedFailuresExist() {
        #expect(Self.expected.names.subtracting(fixtureCases.map(\.name)) == [])
    }
}

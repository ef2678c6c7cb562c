import Conformance
import Foundation
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

    private static let expected = ExpectedFailures(path: packageFolder + "/Tests/ConformanceTests/expected-fixture-failures.txt")

    @Test func listedFailuresExist() {
        #expect(Self.expected.names.subtracting(fixtureCases.map(\.name)) == [])
    }
}

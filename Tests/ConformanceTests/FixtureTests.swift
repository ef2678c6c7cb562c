import Conformance
import Foundation
import Testing

/// The folder of the package.
let packageFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

let fixtureCases = ConformanceCase.discover(in: packageFolder + "/fixtures/cases") + ConformanceCase.discover(in: packageFolder + "/fixtures/hello")

@Suite struct FixtureTests {
    @Test func casesAreFound() {
        #expect(fixtureCases.count > 100)
    }

    /// From the document, and from the native file made of it with the same bits.
    @Test(arguments: fixtureCases)
    func agrees(_ example: ConformanceCase) {
        let outcome = example.run(.native)
        #expect(outcome.reason == nil)
    }
}

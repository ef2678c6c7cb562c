import Conformance
import Foundation
import Testing

/// Cases that do not belong to the project: the folder that POMMEL_CONFORMANCE names, or `../shared/conformance` if it is there.
let outsideFolder: String? = {
    let named = ProcessInfo.processInfo.environment["POMMEL_CONFORMANCE"] ?? packageFolder + "/../shared/conformance"
    return FileSystem.isFolder(named) ? named : nil
}()

@Suite struct OutsideCaseTests {
    /// Every case passes, save those listed in `expected-failures.txt`; a listed one that passes is an error, too.
    @Test(.enabled(if: outsideFolder != nil))
    func agrees() throws {
        let folder = try #require(outsideFolder)
        let expected = ExpectedFailures(path: packageFolder + "/Tests/ConformanceTests/expected-failures.txt")
        let cases = ConformanceCase.discover(in: folder)
        for example in cases {
            if let complaint = expected.complaint(about: example.run(.native)) { Issue.record("\(complaint)") }
        }
        let gone = expected.names.subtracting(cases.map(\.name)).sorted()
        #expect(gone == [], "listed, but not there")
    }
}

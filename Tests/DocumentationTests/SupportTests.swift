import Foundation
import Pommel
import Testing

@Suite struct SupportTests {
    /// No row without a fixture.
    @Test func everyRowHasAFixture() throws {
        let support = try Support.found.get()
        let rows = Standard.pages.flatMap { $0.elements.flatMap(\.rows) } + Standard.older.elements.flatMap(\.olderRows)
        let bare = rows.filter { support.finding($0) == nil }.map { "\($0)" }
        #expect(bare == [])
        #expect(rows.count == Set(rows).count)
    }

    /// What the fixtures hold is listed, vendors' markup aside.
    @Test func everythingInTheFixturesIsListed() throws {
        let unlisted = try Support.found.get().sightings.unlisted.sorted()
        #expect(unlisted == [])
    }

    @Test(arguments: try Refusal.all())
    func isRefusedByName(_ refusal: Refusal) throws {
        let error = try #require(try refusal.error(), "it is not refused: the line has had its day")
        #expect(refusal.isMet(by: error), "\(error)")
    }
}

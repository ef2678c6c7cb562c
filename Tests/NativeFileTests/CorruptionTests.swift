import Foundation
import Pommel
import Testing

@testable import Evaluation

/// Files that are spoilt on purpose, by name.
@Suite struct CorruptionTests {
    /// A model with constants, texts, and a tree.
    private let whole: [UInt8]

    init() throws { whole = try nativeFile("cases/" + Self.model) }

    static let model = "tree-ordinal-order/model.pmml"

    @Test(arguments: Corruption.all)
    func named(_ corruption: Corruption) throws {
        let spoilt = corruption.applied(to: whole)
        #expect(spoilt != whole, "nothing is spoilt")
        let outcome = Outcome(spoilt)
        switch corruption.result {
        case .refused(let id): #expect(outcome == .error(id))
        case .unchanged: #expect(outcome == Outcome(whole))
        }
    }

    @Test func namesAreDifferent() { #expect(Set(Corruption.all.map(\.name)).count == Corruption.all.count) }

    /// A thousand lengths, the same ones each time; with the size in the header as it was, and made right.
    @Test func truncationAtRandom() throws {
        let long = try nativeFile("cases/sklearn-forest-iris/model.pmml")
        var random = SplitMix(state: 6)
        for _ in 0..<1_000 {
            let end = Int.random(in: 0..<long.count, using: &random)
            let cut = Array(long[..<end])
            #expect(Outcome(cut) == .error(end < FileLayout.headerSize ? "header-short" : "header-length"), "cut at \(end)")
            guard end >= FileLayout.headerSize else { continue }
            var forged = Tampered(cut)
            forged.store(UInt64(end), at: 16)
            let outcome = Outcome(forged.bytes)
            #expect(outcome == .error("directory-range") || outcome == .error("header-checksum"), "cut at \(end), with its length")
        }
    }

    /// A thousand single bits of a forest, checksums as they were: refused, or in a gap between sections.
    @Test func bitsAtRandom() throws {
        let long = try nativeFile("cases/sklearn-forest-iris/model.pmml")
        let scores = Outcome(long)
        let file = Tampered(long)
        let gaps = Set(long.indices).subtracting(
            Set(0..<64).union(file.directoryStart..<long.count).union(file.entries.flatMap { $0.offset..<$0.offset + $0.byteCount }))
        var random = SplitMix(state: 7)
        for _ in 0..<1_000 {
            let at = Int.random(in: 0..<long.count, using: &random)
            var bytes = long
            bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            let outcome = Outcome(bytes)
            #expect(gaps.contains(at) ? outcome == scores : outcome.isError && outcome.isKnown, "byte \(at)")
        }
    }
}

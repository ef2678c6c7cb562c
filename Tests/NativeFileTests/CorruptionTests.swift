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

/// Links between the nodes of trees that lead backwards: a walk along them would not end.
@Suite struct TreeLinkTests {
    /// Small trees: 8 bytes per node, low successor at 4, high at 6; a node's own slot is the first that is not known yet.
    @Test func masks() throws {
        let whole = try nativeFile("cases/sklearn-forest-iris/model.pmml")
        let nodes = Tampered(whole)["bytes"]
        for node in 0..<nodes.byteCount / 8 {
            for link in [4, 6] {
                var file = Tampered(whole)
                // No tree has so many nodes before this one.
                file.store(UInt64(256 + node), at: nodes.offset + node * 8 + link, size: 2)
                file.resealSections()
                file.resealHeader()
                #expect(Outcome(file.bytes) == .error("tree-link"), "node \(node)")
            }
        }
    }

    /// Larger trees: 8 bytes per node, of which the upper bits of the second word are the successor.
    @Test func rows() throws {
        let whole = try Model(bytes: Array(Self.chain(leaves: 300).utf8)).withNativeBytes { Array($0) }
        #expect(Tampered(whole).text.contains(".rows"))
        let nodes = Tampered(whole)["bytes"]
        for node in 1..<nodes.byteCount / 8 {
            var file = Tampered(whole)
            // To the first node: from a test that is a way back, from a leaf one that does not lead to itself.
            file.store(0, at: nodes.offset + node * 8 + 4, size: 4)
            file.resealSections()
            file.resealHeader()
            #expect(Outcome(file.bytes) == .error("tree-link"), "node \(node)")
        }
    }

    /// `x` at most 0, 1, 2 …, one below the other.
    static func chain(leaves: Int) -> String {
        var open = ""
        for leaf in 0..<leaves - 1 {
            open += "<Node score=\"\(leaf * 7 % 13)\"><SimplePredicate field=\"x\" operator=\"lessOrEqual\" value=\"\(leaf)\"/></Node>"
                + "<Node score=\"\(leaf)\"><SimplePredicate field=\"x\" operator=\"greaterThan\" value=\"\(leaf)\"/>"
        }
        return """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary>
            <DataField name="x" dataType="double" optype="continuous"/><DataField name="y" dataType="double" optype="continuous"/></DataDictionary>
            <TreeModel functionName="regression" splitCharacteristic="binarySplit"><MiningSchema><MiningField name="x"/>
            <MiningField name="y" usageType="target"/></MiningSchema><Node score="0"><True/>\(open)
            """ + String(repeating: "</Node>", count: leaves) + "</TreeModel></PMML>"
    }
}

extension Tampered {
    /// All strings of the file, one after the other.
    var text: String {
        let entry = self["strings"]
        return String(decoding: bytes[entry.offset..<entry.offset + entry.byteCount], as: UTF8.self)
    }
}

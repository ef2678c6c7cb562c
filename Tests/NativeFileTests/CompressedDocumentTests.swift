import Foundation
import Pommel
import Testing

@testable import Evaluation

/// Compressed PMML that is spoilt on purpose, by the tables of RFC 1952: the document as it was, or an error that names the damage.
@Suite struct CompressedDocumentTests {
    private let whole: [UInt8]
    private let scores: Outcome

    init() throws {
        let target = NSTemporaryDirectory() + "/pommel-\(UUID().uuidString).pommel"
        defer { try? FileManager.default.removeItem(atPath: target) }
        let document = try ModelDocument(path: packageFolder + "/fixtures/hello/model.pmml")
        #expect(try document.save(try document.model(), to: target) == nil)
        // The document lies in the native file as the gzip file that anyone would make.
        let file = Tampered(try Array(Data(contentsOf: URL(fileURLWithPath: target))))
        whole = Array(file.bytes[file["source"].offset..<file["source"].offset + file["source"].byteCount])
        scores = Self.outcome(whole)
    }

    private static func outcome(_ bytes: [UInt8]) -> Outcome {
        do throws(PommelError) {
            return Outcome(try Model(bytes: bytes).withNativeBytes { Array($0) })
        } catch {
            return .error(error.id)
        }
    }

    @Test func wholeFileScores() { #expect(!scores.isError) }

    @Test func everyBit() {
        for at in whole.indices {
            for bit in 0..<8 {
                var changed = whole
                changed[at] ^= 1 << UInt8(bit)
                let outcome = Self.outcome(changed)
                #expect(outcome.isError || outcome == scores, "bit \(bit) of byte \(at)")
            }
        }
    }

    @Test func everyLength() {
        for end in 2..<whole.count {
            #expect([.error("xml-gzip-truncated"), .error("xml-truncated")].contains(Self.outcome(Array(whole[..<end]))), "cut at \(end)")
        }
    }

    struct Spoilt: Sendable, CustomTestStringConvertible {
        let name: String
        let id: String
        let spoil: @Sendable (inout [UInt8]) -> Void
        var testDescription: String { name }
    }

    static let fields: [Spoilt] = [
        Spoilt(name: "compression method", id: "xml-gzip-damaged") { $0[2] = 7 },
        Spoilt(name: "reserved flags", id: "xml-gzip-damaged") { $0[3] |= 0xE0 },
        Spoilt(name: "block of reserved type", id: "xml-gzip-damaged") { $0[10] |= 6 },
        Spoilt(name: "checksum", id: "xml-gzip-damaged") { $0[$0.count - 8] ^= 1 },
        Spoilt(name: "size", id: "xml-gzip-damaged") { $0[$0.count - 1] ^= 0x80 },
        Spoilt(name: "text after the end", id: "xml-gzip-damaged") { $0 += Array("text".utf8) },
        Spoilt(name: "the document twice", id: "xml-not-well-formed") { $0 += $0 },
        Spoilt(name: "half a member more", id: "xml-gzip-truncated") { $0 += $0[..<12] },
    ]

    @Test(arguments: fields)
    func field(_ spoilt: Spoilt) {
        var changed = whole
        spoilt.spoil(&changed)
        #expect(Self.outcome(changed) == .error(spoilt.id))
    }

    /// Padding to a block's length is no damage.
    @Test func zerosAfterTheEnd() { #expect(Self.outcome(whole + [UInt8](repeating: 0, count: 512)) == scores) }
}

import Foundation
import Pommel
import Testing

@testable import Evaluation

/// The document inside a native file.
@Suite struct SourceSectionTests {
    private let plain: [UInt8]
    private let whole: [UInt8]

    init() throws {
        let path = packageFolder + "/fixtures/hello/model.pmml"
        let target = NSTemporaryDirectory() + "/pommel-\(UUID().uuidString).pommel"
        defer { try? FileManager.default.removeItem(atPath: target) }
        let document = try ModelDocument(path: path)
        let model = try document.model()
        plain = model.withNativeBytes { Array($0) }
        #expect(try document.save(model, to: target) == nil)
        whole = try Array(Data(contentsOf: URL(fileURLWithPath: target)))
    }

    @Test func scoresTheSame() throws {
        #expect(whole.count > plain.count)
        #expect(Outcome(whole) == Outcome(plain))
        #expect(try Tampered(whole).entries.map(\.name) == Tampered(plain).entries.map(\.name) + ["source"])
    }

    @Test func givesTheDocumentBack() throws {
        let document = try ModelDocument(bytes: whole)
        let again = try document.model().withNativeBytes { Array($0) }
        #expect(Outcome(again) == Outcome(plain))
        #expect(try document.pmml() == ModelDocument(path: packageFolder + "/fixtures/hello/model.pmml").pmml())
    }

    @Test func aFileWithoutOneSaysSo() {
        #expect { try ModelDocument(bytes: plain) } throws: { ($0 as? PommelError)?.id == "no-document" }
    }

    /// Scoring never looks at the document, so that a damaged one is found by those who want it.
    @Test func damageIsFoundWhenItIsRead() throws {
        let source = try #require(Tampered(whole).entries.last)
        for at in source.offset..<source.offset + source.byteCount {
            var bytes = whole
            bytes[at] ^= 0x10
            if at % 50 == 0 { #expect(Outcome(bytes) == Outcome(plain)) }
            #expect { try ModelDocument(bytes: bytes) } throws: { ($0 as? PommelError)?.id == "section-checksum" }
        }
    }

    @Test func isBytes() throws {
        var file = Tampered(whole)
        let source = try #require(file.entries.last)
        file.store(UInt64(FileLayout.ElementType.int32.rawValue), at: source.at + 16, size: 4)
        file.store(UInt64(source.byteCount / 4), at: source.at + 32)
        file.resealSections()
        file.resealHeader()
        #expect { try ModelDocument(bytes: file.bytes) } throws: { ($0 as? PommelError)?.id == "section-type" }
    }

    /// With a checksum made right, what is no gzip file or no document is refused as one.
    @Test func contentIsChecked() throws {
        var file = Tampered(whole)
        let source = try #require(file.entries.last)
        for at in source.offset..<source.offset + source.byteCount { file.bytes[at] = 0 }
        file.resealSections()
        file.resealHeader()
        #expect(throws: PommelError.self) { try ModelDocument(bytes: file.bytes) }
        #expect(Outcome(file.bytes) == Outcome(plain))
    }
}

import Testing

@testable import RReader

/// Files of R that are spoilt on purpose: what is read of them is what was saved, or nothing.
@Suite struct CorruptionTests {
    private static let folder = packageFolder + "/fixtures/r-objects/"
    /// A file of each compressed form; all hold the same object.
    static let compressed = ["everything.rds", "everything-bzip2.rds", "everything-xz.rds"]
    static let forms = compressed + [
        "everything-ascii.rds", "everything-hexadecimal.rds", "everything-native.rds", "everything-2.rds", "functions.rds", "alternatives.rds",
    ]

    private enum Outcome: Equatable {
        case refused(RErrorID)
        case read(String)

        init(_ bytes: [UInt8]) {
            do throws(RReadError) {
                self = .read(try RReader.objects(bytes: bytes).objects.map { ObjectDump.text($0.value) }.joined(separator: "\n"))
            } catch {
                self = .refused(error.kind)
            }
        }
    }

    /// The checksums of compressed files are looked at, to the last byte: no change of a bit gives another object.
    @Test(arguments: compressed)
    func everyBitOfCompressedFiles(_ name: String) throws {
        let whole = try bytes(Self.folder + name)
        let content = Outcome(whole)
        for at in whole.indices {
            for bit in 0..<8 {
                var changed = whole
                changed[at] ^= 1 << UInt8(bit)
                let outcome = Outcome(changed)
                if case .read = outcome { #expect(outcome == content, "bit \(bit) of byte \(at)") }
            }
        }
    }

    /// Cut anywhere, even within the checksums at the end.
    @Test(arguments: compressed)
    func everyLengthOfCompressedFiles(_ name: String) throws {
        let whole = try bytes(Self.folder + name)
        for end in whole.indices { #expect(Outcome(Array(whole[..<end])) != Outcome(whole), "cut at \(end)") }
    }

    /// A thousand changes, of a byte each, to what is inside: refused or read, and nothing else happens.
    @Test(arguments: forms)
    func bytesAtRandom(_ name: String) throws {
        let whole = try bytes(Self.folder + name)
        var random = Seeded(state: 6)
        for _ in 0..<1_000 {
            var changed = whole
            changed[Int.random(in: 0..<whole.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            // Read once more it is the same: nothing of it hangs on what memory held before.
            #expect(Outcome(changed) == Outcome(changed))
        }
    }

    struct Spoilt: Sendable, CustomTestStringConvertible {
        let file: String
        let name: String
        let kind: RErrorID
        let spoil: @Sendable (inout [UInt8]) -> Void
        var testDescription: String { "\(file): \(name)" }
    }

    /// The containers' own fields, by RFC 1952, bzip2's block format and the .xz file format.
    static let containers: [Spoilt] = [
        Spoilt(file: "everything.rds", name: "compression method", kind: .compression) { $0[2] = 7 },
        Spoilt(file: "everything.rds", name: "reserved flags", kind: .compression) { $0[3] |= 0xE0 },
        Spoilt(file: "everything.rds", name: "block of reserved type", kind: .compression) { $0[10] |= 6 },
        Spoilt(file: "everything.rds", name: "checksum", kind: .compression) { $0[$0.count - 8] ^= 1 },
        Spoilt(file: "everything.rds", name: "size", kind: .compression) { $0[$0.count - 1] ^= 0x80 },
        Spoilt(file: "everything.rds", name: "header alone", kind: .compression) { $0.removeLast($0.count - 10) },
        Spoilt(file: "everything-bzip2.rds", name: "block size 0", kind: .compression) { $0[3] = 0x30 },
        Spoilt(file: "everything-bzip2.rds", name: "block's mark", kind: .compression) { $0[4] ^= 1 },
        Spoilt(file: "everything-bzip2.rds", name: "block's checksum", kind: .compression) { $0[10] ^= 1 },
        Spoilt(file: "everything-bzip2.rds", name: "header alone", kind: .compression) { $0.removeLast($0.count - 4) },
        Spoilt(file: "everything-xz.rds", name: "stream flags", kind: .compression) { $0[7] ^= 1 },
        Spoilt(file: "everything-xz.rds", name: "header's checksum", kind: .compression) { $0[8] ^= 1 },
        Spoilt(file: "everything-xz.rds", name: "block header's size", kind: .compression) { $0[12] = 0xFF },
        Spoilt(file: "everything-xz.rds", name: "end mark", kind: .compression) { $0[$0.count - 1] ^= 1 },
        Spoilt(file: "everything-xz.rds", name: "index size", kind: .compression) { $0[$0.count - 8] ^= 1 },
        Spoilt(file: "everything-ascii.rds", name: "header alone", kind: .compression) { $0.removeLast($0.count - 10) },
    ]

    @Test(arguments: containers)
    func container(_ spoilt: Spoilt) throws {
        var file = try bytes(Self.folder + spoilt.file)
        spoilt.spoil(&file)
        #expect(Outcome(file) == .refused(spoilt.kind))
    }

    /// The fields of the serialisation itself.
    static let streams: [Spoilt] = [
        Spoilt(file: "saved-plain", name: "form mark", kind: .format) { $0[0] = 0x59 },
        Spoilt(file: "saved-plain", name: "version in the other byte order", kind: .version) { $0.replaceSubrange(2..<6, with: $0[2..<6].reversed()) },
        Spoilt(file: "saved-plain", name: "version 4", kind: .version) { $0[5] = 4 },
        Spoilt(file: "saved-plain", name: "length of the encoding's name", kind: .damaged) { $0.replaceSubrange(14..<18, with: [0x80, 0, 0, 1]) },
        Spoilt(file: "saved-plain", name: "longest name of an encoding", kind: .damaged) { $0.replaceSubrange(14..<18, with: [0x7F, 0xFF, 0xFF, 0xFF]) },
        Spoilt(file: "saved-plain", name: "type of the first item", kind: .damaged) { $0[26] = 77 },
        Spoilt(file: "saved-plain", name: "negative length of the first list", kind: .damaged) { $0.replaceSubrange(27..<31, with: [0xFF, 0xFF, 0xFF, 0xF9]) },
        Spoilt(file: "saved-plain", name: "largest length of the first list", kind: .truncated) { $0.replaceSubrange(27..<31, with: [0x7F, 0xFF, 0xFF, 0xFF]) },
        Spoilt(file: "saved-plain", name: "empty after the header", kind: .truncated) { $0.removeLast($0.count - 23) },
        Spoilt(file: "saved-ascii-plain", name: "a letter for the version", kind: .damaged) { $0[2] = 0x61 },
        Spoilt(file: "saved-ascii-plain", name: "version 9", kind: .version) { $0[2] = 0x39 },
        Spoilt(file: "saved-ascii-plain", name: "cut in the header", kind: .truncated) { $0.removeLast($0.count - 5) },
    ]

    @Test(arguments: streams)
    func stream(_ spoilt: Spoilt) throws {
        var file = try bytes(packageFolder + "/fixtures/r-cases/\(spoilt.file)/model.rds")
        spoilt.spoil(&file)
        #expect(Outcome(file) == .refused(spoilt.kind))
    }
}

/// Deterministic random numbers: a failure can be repeated.
private struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 29
    }
}

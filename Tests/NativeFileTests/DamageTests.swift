import Conformance
import Foundation
import Pommel
import Testing

@testable import Evaluation

/// The native file of a fixture.
func nativeFile(_ path: String) throws -> [UInt8] {
    try Model(path: packageFolder + "/fixtures/" + path).withNativeBytes { Array($0) }
}

/// What comes of opening changed bytes: an error of the catalogue, or a program whose scores are given.
enum Outcome: Equatable {
    case error(String)
    case scores([UInt64])

    init(_ bytes: [UInt8]) {
        do throws(FormatError) { self = .scores(try Program(bytes: bytes).scores()) } catch { self = .error(error.id) }
    }

    var isKnown: Bool {
        if case .error(let id) = self { return FormatErrorCatalogue.ids.contains(id) }
        return true
    }
    var isError: Bool { if case .error = self { true } else { false } }
}

@Suite struct DamageTests {
    private let whole: [UInt8]
    private let scores: Outcome

    init() throws {
        whole = try nativeFile("hello/model.pmml")
        scores = Outcome(whole)
    }

    @Test func unchangedFileScores() throws {
        guard case .scores(let found) = scores else {
            Issue.record("the file cannot be opened")
            return
        }
        #expect(!found.isEmpty)
    }

    /// Without new checksums every change of a byte that means something is found.
    @Test func everyByteIsCovered() {
        let file = Tampered(whole)
        var covered = Set(0..<FileLayout.headerSize).union(file.directoryStart..<file.directoryStart + file.sectionCount * FileLayout.entrySize)
        for entry in file.entries { covered.formUnion(entry.offset..<entry.offset + entry.byteCount) }
        for at in whole.indices {
            var bytes = whole
            bytes[at] ^= 1 << UInt8(at % 8)
            let outcome = Outcome(bytes)
            #expect(covered.contains(at) ? outcome.isError && outcome.isKnown : outcome == scores, "byte \(at)")
        }
    }

    /// Each field of the header, set to values that could do harm, with checksums made right.
    @Test(arguments: [
        (8, 2, "header-version"), (12, 4, "header-byte-order"), (16, 8, "header-length"), (36, 4, "header-reserved"),
        (48, 8, "header-reserved"), (56, 8, "header-reserved"), (0, 8, "header-magic"),
    ])
    func headerField(_ at: Int, _ size: Int, _ id: String) {
        for value: UInt64 in [1 << 62, 3, 0x7fff_ffff, .max, 0x8000] {
            var file = Tampered(whole)
            file.store(value, at: at, size: size)
            if size == 2 && value == 1 << 62 || size == 4 && value == 1 << 62 { continue }
            file.resealHeader()
            #expect(Outcome(file.bytes) == .error(id), "\(value) at \(at)")
        }
    }

    /// A later minor version may add what need not be known: such a file can be read.
    @Test func minorVersionIsAccepted() {
        var file = Tampered(whole)
        file.store(99, at: 10, size: 2)
        file.resealHeader()
        #expect(Outcome(file.bytes) == scores)
    }

    @Test func directoryPlace() {
        for value: UInt64 in [0, 63, 65, UInt64(whole.count), UInt64(whole.count) + 64, .max, .max - 63, 1 << 63, 1 << 40] {
            var file = Tampered(whole)
            let entries = file.sectionCount
            file.store(value, at: 24)
            if value < UInt64(whole.count) { file.resealHeader() }
            let outcome = Outcome(file.bytes)
            #expect(outcome.isError && outcome.isKnown, "\(value), \(entries) sections")
        }
        for value: UInt64 in [0, 1, 1000, 1025, 0xffff_ffff, 0x7fff_ffff] {
            var file = Tampered(whole)
            file.store(value, at: 32, size: 4)
            if value <= 11 { file.resealHeader() }
            let outcome = Outcome(file.bytes)
            #expect(outcome.isError && outcome.isKnown, "\(value) sections")
        }
    }

    /// Each field of each directory entry.
    @Test func directoryFields() throws {
        let values: [UInt64] = [0, 1, 2, 3, 4, 5, 63, 64, 65, 0x7fff_ffff, 0xffff_ffff, 1 << 61, 1 << 62, 1 << 63, .max, .max - 63]
        for entry in Tampered(whole).entries {
            for (field, size) in [(0, 8), (8, 8), (16, 4), (20, 4), (24, 8), (32, 8), (40, 8), (48, 8), (56, 8)] {
                for value in values {
                    var file = Tampered(whole)
                    file.store(value, at: entry.at + field, size: size)
                    // An entry's own checksum is wrong on purpose when it is the field that is changed.
                    if field != 40, value < UInt64(whole.count) { file.resealSections() }
                    file.resealHeader()
                    let outcome = Outcome(file.bytes)
                    #expect(outcome.isKnown, "\(entry.name), field \(field) = \(value)")
                    if file.bytes == whole { #expect(outcome == scores) }
                    if field >= 40, file.bytes != whole { #expect(outcome.isError, "\(entry.name), field \(field) = \(value)") }
                }
            }
        }
    }

    @Test func truncation() {
        let file = Tampered(whole)
        var ends: Set<Int> = [0, 1, 7, 8, 63, 64, 65, whole.count - 1, file.directoryStart, file.directoryStart + 64]
        for entry in file.entries { ends.formUnion([entry.offset, entry.offset + entry.byteCount, max(0, entry.offset - 1)]) }
        for end in ends where end < whole.count {
            #expect(Outcome(Array(whole[..<end])).isError, "cut off at \(end)")
            guard end >= FileLayout.headerSize else { continue }
            // A forged length does not help either.
            var cut = Tampered(Array(whole[..<end]))
            cut.store(UInt64(end), at: 16)
            let outcome = Outcome(cut.bytes)
            #expect(outcome.isError && outcome.isKnown, "cut off at \(end), with its length")
        }
        #expect(Outcome(whole + [0]) == .error("header-length"))
    }

    /// A descriptor that is none, and one of a folder.
    @Test(arguments: ["/nowhere", "/"])
    func whatCannotBeMapped(_ path: String) {
        let descriptor = open(path, O_RDONLY)
        defer { if descriptor >= 0 { close(descriptor) } }
        let error = #expect(throws: FormatError.self) { try Program(mapping: descriptor) }
        #expect(error?.id == "file-map")
    }

    @Test func sectionTwice() {
        var file = Tampered(whole)
        let entries = file.entries
        for (index, byte) in file.bytes[entries[0].at..<entries[0].at + 64].enumerated() { file.bytes[entries[1].at + index] = byte }
        file.resealHeader()
        #expect(Outcome(file.bytes) == .error("section-twice"))
    }

    @Test func unknownSections() throws {
        var file = Tampered(whole)
        // What is empty is not missed under another name.
        let entry = try #require(file.entries.first { $0.byteCount == 0 })
        file.store(0x7878, at: entry.at, size: 2)
        file.resealHeader()
        #expect(Outcome(file.bytes) == .error("section-unknown"))
        file.store(0, at: entry.at + 20, size: 4)
        file.resealHeader()
        #expect(Outcome(file.bytes) == scores)
    }
}

/// Programs that are wrong in their words, under right checksums: the verifier itself must see it, and what it lets through must run.
@Suite struct ForgedProgramTests {
    /// A few changes per case; more with `POMMEL_FUZZ_ROUNDS`.
    static let rounds = ProcessInfo.processInfo.environment["POMMEL_FUZZ_ROUNDS"].flatMap(Int.init) ?? 24
    static let cases = (ConformanceCase.discover(in: packageFolder + "/fixtures/hello") + ConformanceCase.discover(in: packageFolder + "/fixtures/cases"))

    @Test(arguments: cases)
    func neverCrashes(_ example: ConformanceCase) throws {
        guard let whole = try? Model(path: example.model).withNativeBytes({ Array($0) }), whole.count < 40_000 else { return }
        let entries = Tampered(whole).entries.filter { $0.byteCount > 0 }
        var random = SplitMix(state: example.name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
        for round in 0..<Self.rounds {
            var file = Tampered(whole)
            // The streams of words are where most can go wrong.
            let streams = entries.filter { ["program", "schema", "integers", "constants", "registers"].contains($0.name) }
            guard let entry = (round % 3 < 2 ? streams : entries).randomElement(using: &random) else { return }
            let before = file.bytes
            if entry.type == .int32, round % 2 == 0 {
                // A word takes a value that another place may hold.
                let at = entry.offset + Int.random(in: 0..<entry.byteCount / 4, using: &random) * 4
                let values: [Int32] = [-1, 0, 1, 2, 3, 7, 64, 1 << 20, .max, .min, Int32.random(in: 0...40, using: &random)]
                file.store(UInt64(UInt32(bitPattern: values.randomElement(using: &random) ?? 0)), at: at, size: 4)
            } else {
                let at = entry.offset + Int.random(in: 0..<entry.byteCount, using: &random)
                file.bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
            if file.bytes == before { continue }
            file.resealSections()
            file.resealHeader()
            #expect(Outcome(file.bytes).isKnown, "\(entry.name), round \(round)")
        }
    }
}

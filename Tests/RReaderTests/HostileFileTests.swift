import Foundation
import Testing

@testable import RReader

/// A stream of the plain XDR form, written item by item.
struct Stream {
    var bytes: [UInt8] = Array("X\n".utf8)

    init(version: Int32 = 2) {
        for number in [version, 0x0004_0202, 0x0002_0300] { int(number) }
    }
    mutating func int(_ value: Int32) { withUnsafeBytes(of: value.bigEndian) { bytes += $0 } }
    mutating func text(_ value: String) {
        int(0x0004_0009)
        int(Int32(value.utf8.count))
        bytes += Array(value.utf8)
    }
}

@Suite struct HostileFileTests {
    private func kind(_ bytes: [UInt8], limits: RLimits = RLimits()) -> RErrorID? {
        do throws(RReadError) {
            _ = try RReader.objects(bytes: bytes, limits: limits)
            return nil
        } catch {
            return error.kind
        }
    }

    private func kind(_ write: (inout Stream) -> Void) -> RErrorID? {
        var stream = Stream()
        write(&stream)
        return kind(stream.bytes)
    }

    /// Lengths are believed only as far as there are bytes.
    @Test(arguments: [10, 13, 14, 15, 16, 19, 20, 24] as [Int32])
    func hugeLengths(_ type: Int32) {
        #expect(kind { $0.int(type); $0.int(Int32.max) } == .truncated)
        #expect(kind { $0.int(type); $0.int(-1); $0.int(1 << 10); $0.int(0) } == .truncated || type == 15)
        #expect(kind { $0.int(type); $0.int(-1); $0.int(Int32.max); $0.int(0) } == .damaged)
        #expect(kind { $0.int(type); $0.int(-7) } == .damaged)
    }

    @Test func unknownTypeAndReference() {
        #expect(kind { $0.int(77) } == .damaged)
        #expect(kind { $0.int(255 | 5 << 8) } == .damaged)
        #expect(kind { $0.int(255); $0.int(-3) } == .damaged)
        #expect(kind { $0.int(244) } == .damaged)
    }

    @Test func headers() {
        #expect(kind([]) == .truncated)
        #expect(kind(Array("<PMML/>".utf8)) == .format)
        #expect(kind(Array("RDX1\nX\n".utf8)) == .version)
        #expect(kind(Stream(version: 4).bytes) == .version)
        #expect(kind(Array("A\nabc\n".utf8)) == .damaged)
    }

    /// Lists inside of lists, and calls inside of calls, to any depth, give an error and not an overflow of the stack.
    @Test func depth() async throws {
        let outcome = await withCheckedContinuation { (answer: CheckedContinuation<[RErrorID?], Never>) in
            let thread = Thread {
                let lists = kind { stream in for _ in 0..<1_000_000 { stream.int(19); stream.int(1) } }
                let calls = kind { stream in for _ in 0..<1_000_000 { stream.int(6) } }
                answer.resume(returning: [lists, calls])
            }
            thread.stackSize = 64 << 20
            thread.start()
        }
        #expect(outcome == [.depthLimit, .depthLimit])
    }

    /// A chain of a million cells is no depth.
    @Test func longPairlist() throws {
        var stream = Stream()
        for _ in 0..<1_000_000 { stream.int(2); stream.int(254) }
        stream.int(254)
        let file = try RReader.objects(bytes: stream.bytes)
        guard case .pairlist(let cells) = file.objects[0].value.kind else {
            Issue.record("no pairlist")
            return
        }
        #expect(cells.count == 1_000_000)
    }

    /// A vector in a form of its own must say which.
    @Test func vectorsOfNoClass() {
        #expect(kind { stream in
            for word in [238, 254, 254, 254] as [Int32] { stream.int(word) }
        } == .damaged)
    }

    @Test func sequencesOfAnyLength() {
        #expect(kind { stream in
            stream.int(238)
            // list(compact_intseq, base, 13)
            stream.int(2); stream.int(1); stream.text("compact_intseq")
            stream.int(254)
            stream.int(14); stream.int(3)
            for number in [4e9, 1, 1] { withUnsafeBytes(of: number.bitPattern.bigEndian) { stream.bytes += $0 } }
            stream.int(254)
        } == .sizeLimit)
    }

    /// c(1, 2), as two streams of bzip2 and of xz one after the other, and padding behind them.
    @Test(arguments: [
        "QlpoOTFBWSZTWTLBFfwAAApCAFwRAEAgADEMAJT0gRxI6mIOzk8XckU4UJAywRX8QlpoOTFBWSZTWT7HkhAAAANMANgAAADAAEAAIAAhKaNqDAF0LMKPi7kinChIH2PJCAA=",
        "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AATABJdACwCfBn5n/gdP4WB/R6UBiwIAAAAAI8ROBbzefZJAAEuFHpoWzEftvN9AQAAAAAEWVr9N3pYWgAABObWtEYCACEBFgAAAHQv5aPgABEADV0AAACpKzn7cFMiCjvIAAAAAAAifPKkYHX31gABKRKIW3mXH7bzfQEAAAAABFla",
    ])
    func severalStreamsAreOneFile(_ text: String) throws {
        let whole = [UInt8](try #require(Data(base64Encoded: text)))
        for bytes in [whole, whole + [0, 0, 0, 0]] {
            let file = try RReader.objects(bytes: bytes)
            guard case .double(let numbers) = file.objects[0].value.kind else {
                Issue.record("no numbers")
                return
            }
            #expect(numbers == [1, 2])
        }
        #expect(kind(Array(whole.dropLast(30))) != nil)
    }

    @Test func decompressionIsBounded() throws {
        let whole = try bytes(packageFolder + "/fixtures/r-cases/saved-xdr/model.rds")
        var limits = RLimits()
        limits.bytes = 1_000
        #expect(kind(whole, limits: limits) == .sizeLimit)
    }

    /// Cut anywhere, a file is refused with an error of its own.
    @Test(arguments: ["saved-plain", "saved-xdr", "saved-bzip2", "saved-xz", "saved-ascii-plain"])
    func truncation(_ name: String) throws {
        let whole = try bytes(packageFolder + "/fixtures/r-cases/\(name)/model.rds")
        // The last bytes are checksums and an index, after the content.
        for count in stride(from: 0, to: whole.count - 64, by: max(1, whole.count / 200)) {
            let found = kind(Array(whole[..<count]))
            // A text form cut inside of a number has another number there.
            #expect(found != nil, "cut at \(count)")
        }
    }

    /// Changed anywhere, a file is refused or read, and nothing else happens.
    @Test(arguments: ["saved-plain", "saved-ascii-plain"])
    func changedBytes(_ name: String) throws {
        let whole = try bytes(packageFolder + "/fixtures/r-cases/\(name)/model.rds")
        for at in stride(from: 0, to: whole.count, by: 3) {
            for change in [0x01, 0x80, 0xFF] as [UInt8] {
                var changed = whole
                changed[at] ^= change
                do throws(RReadError) {
                    _ = try RReader.document(try RReader.objects(bytes: changed), name: "changed")
                } catch {
                    #expect(RErrorID.allCases.contains(error.kind))
                }
            }
        }
    }
}

import Foundation
import Testing

@testable import RReader

let packageFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
private let folder = packageFolder + "/fixtures/r-objects"

/// The files of a folder by their ending.
func files(_ ending: String, in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(ending) }.sorted()
}

func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

@Suite struct SerializationTests {
    /// Every type, in every form, against what R says is there.
    @Test(arguments: files(".rds", in: folder))
    func contentIsWhatRSays(_ name: String) throws {
        let wanted = try String(contentsOfFile: folder + "/" + name.dropLast(4) + ".txt", encoding: .utf8)
        let file = try RReader.objects(path: folder + "/" + name)
        #expect(file.objects.count == 1)
        #expect(ObjectDump.text(file.objects[0].value) + "\n" == wanted)
        #expect(RReader.recognizes(Array(try bytes(folder + "/" + name).prefix(512))))
    }

    @Test(arguments: files(".RData", in: folder))
    func workspaces(_ name: String) throws {
        let wanted = try String(contentsOfFile: folder + "/" + name.dropLast(6) + ".txt", encoding: .utf8)
        let file = try RReader.objects(bytes: try bytes(folder + "/" + name))
        #expect(file.objects.map { "\($0.name ?? "")=\(ObjectDump.text($0.value))\n" }.joined() == wanted)
        #expect(file.version == (name.contains("-2") ? 2 : 3))
    }

    @Test func formsAreAllThere() {
        #expect(files(".rds", in: folder).count >= 9)
        #expect(files(".RData", in: folder).count == 4)
    }

    /// `serialize(ascii = FALSE)` of a machine whose own byte order is big-endian begins with "B", and is the XDR form otherwise.
    @Test func foreignByteOrder() throws {
        let plain = try bytes(packageFolder + "/fixtures/r-cases/saved-plain/model.rds")
        try #require(plain.starts(with: Array("X\n".utf8)))
        let (known, foreign) = (try RReader.objects(bytes: plain), try RReader.objects(bytes: Array("B\n".utf8) + plain.dropFirst(2)))
        #expect(ObjectDump.text(foreign.objects[0].value) == ObjectDump.text(known.objects[0].value))
    }

    /// A text of no encoding is shown as R prints it.
    @Test func bytesOfNoEncoding() throws {
        let file = try RReader.objects(bytes: Array("A\n2\n262656\n131840\n16\n1\n8201\n2\na\\377\n".utf8))
        #expect(try RValue(file.objects[0].value, path: "object", in: file).string() == "a\\xff")
    }

    /// A gzip file may have several members, as one that was appended to has, and padding after the last.
    @Test(arguments: [[UInt8](), [0, 0, 0]])
    func gzipMembers(_ padding: [UInt8]) throws {
        let wanted = try String(contentsOfFile: folder + "/members.txt", encoding: .utf8)
        let file = try RReader.objects(bytes: try bytes(folder + "/members.rds") + padding)
        #expect(ObjectDump.text(file.objects[0].value) + "\n" == wanted)
    }

    /// An environment that holds itself, functions, and an item after them.
    @Test func environmentsAndClosures() throws {
        let file = try RReader.objects(path: folder + "/functions.rds")
        let root = RValue(file.objects[0].value, path: "object", in: file)
        let place = try root.component("place")
        #expect(try place.component("value").double() == 7)
        #expect(try place.component("self").component("self").component("value").double() == 7)
        guard case .closure(let formals, _, _) = try root.component("maker").object.kind else {
            Issue.record("no closure")
            return
        }
        #expect(RValue(formals, path: "", in: file).names == ["a", "b"])
        #expect(try root.component("small").component("x").integer() == 1)
        #expect(try root.component("after").string() == "the end")
    }

    /// The functions of a family are compiled: `poisson()$variance` is `function(mu) mu`.
    @Test func byteCode() throws {
        let file = try RReader.objects(path: packageFolder + "/fixtures/r-cases/glm-poisson/model.rds")
        let variance = try RValue(file.objects[0].value, path: "object", in: file).component("family").component("variance")
        guard case .closure(let formals, let body, _) = variance.object.kind, case .byteCode(let source) = body.kind else {
            Issue.record("no closure of byte code")
            return
        }
        #expect(RValue(formals, path: "", in: file).names == ["mu"])
        #expect(RValue(source, path: "", in: file).deparsed == "mu")
    }

    @Test func pathsNameTheComponent() throws {
        let file = try RReader.objects(path: folder + "/everything.rds")
        let root = RValue(file.objects[0].value, path: "fit", in: file)
        let error = #expect(throws: RReadError.self) { try root.component("nested").component("treemap") }
        #expect(error?.kind == .missingComponent)
        #expect(error?.path == "fit$nested" || error?.message.contains("fit$nested") == true)
        let wrong = #expect(throws: RReadError.self) { try root.component("frame").component("t").doubles() }
        #expect(wrong?.path == "fit$frame$t")
        #expect(wrong?.kind == .componentType)
    }
}

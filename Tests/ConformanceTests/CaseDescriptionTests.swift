import Foundation
import Testing

@testable import Conformance

/// `case.json` of suites that come from elsewhere: what cannot be read makes the case fail, and nothing else happens.
@Suite struct CaseDescriptionTests {
    /// What is wrong with a case of which one file has other content, or is a folder if it has none; the folder's own name is left out.
    private static func reason(_ content: Data?, of name: String = "case.json", without other: String? = nil) throws -> String? {
        let files = FileManager.default
        let folder = NSTemporaryDirectory() + "/case-" + UUID().uuidString
        defer { try? files.removeItem(atPath: folder) }
        try files.copyItem(atPath: packageFolder + "/fixtures/hello", toPath: folder)
        if let content {
            try content.write(to: URL(fileURLWithPath: folder + "/" + name))
        } else {
            try? files.removeItem(atPath: folder + "/" + name)
            try files.createDirectory(atPath: folder + "/" + name, withIntermediateDirectories: true)
        }
        if let other { try files.removeItem(atPath: folder + "/" + other) }
        let example = try #require(ConformanceCase(folder: folder))
        return example.run().reason?.replacingOccurrences(of: folder + "/", with: "").replacingOccurrences(of: folder, with: "case")
    }

    static let unreadable: [(name: String, about: Data)] = [
        ("empty", Data()), ("cut short", Data("{\"tolerance\": {\"relative\": 1".utf8)), ("no JSON", Data("relative = 1".utf8)),
        ("bad UTF-8", Data([123, 34, 0xff, 34, 58, 49, 125])), ("binary", Data(0...255)),
        ("nested", Data(String(repeating: "{\"tolerance\":", count: 100_000).utf8)),
    ]

    @Test(arguments: unreadable)
    func isNoJSON(_ name: String, _ about: Data) throws {
        #expect(try Self.reason(about) == "case.json is not JSON", "\(name)")
    }

    @Test(arguments: [
        #"{"relative": -1}"#, #"{"absolute": 1e999}"#, #"{"absolute": NaN}"#, #"{"relative": Infinity}"#, #"{"relative": "1e-6"}"#, #"{"relative": null}"#, #"{"absolute": [1]}"#,
        #"{"relative": 1e-6, "relative": -1}"#, #"{"relative": 1}"#, #"{"relative": 1e300}"#, "1", "[]", "null",
    ])
    func isNoTolerance(_ tolerance: String) throws {
        #expect(try Self.reason(Data("{\"tolerance\": \(tolerance)}".utf8)) == "case.json: a tolerance is a number from 0 on, and a relative one below 1")
    }

    /// Tables that are none.
    @Test(arguments: [("expected.csv", "", "expected.csv: the expected table cannot be read"), ("expected.csv", "species,probability(setosa)\nsetosa,1\nsetosa\n", "expected.csv: the expected table cannot be read"), ("input.csv", "\"open", "[row-unterminated-quote]")])
    func isNoTable(_ name: String, _ content: String, _ reason: String) throws {
        let found = try Self.reason(Data(content.utf8), of: name)
        #expect(found?.contains(reason) == true, "\(found ?? "none")")
    }

    /// What says nothing, or something else than is meant, of what is optional.
    @Test(arguments: [
        "{}", #"{"tolerance": {}}"#, #"{"tolerance": {"relative": 0.5, "relative": 1e-6}}"#, #"{"model": 1, "producer": ["x"], "r_class": [[]]}"#,
        #"{"predict": {"s": {}, "t": 1e999}}"#, #"{"serialization": " (the model)", "columns": " s = "}"#, #"{"columns": "at s = c("}"#,
    ])
    func saysLittle(_ about: String) throws {
        #expect(try Self.reason(Data(about.utf8)) == nil)
    }

    @Test(arguments: ["[]", "1", "null", "\"text\""])
    func isNoObject(_ about: String) throws {
        #expect(try Self.reason(Data(about.utf8)) == "case.json is no JSON object")
    }

    @Test func isAFolder() throws {
        #expect(try Self.reason(nil) == "case.json cannot be read")
    }

    /// A case that lacks a file fails; a folder of something else is none.
    @Test(arguments: ["model.pmml", "input.csv", "expected.csv"])
    func lacksAFile(_ name: String) throws {
        #expect(try Self.reason(Data("{}".utf8), without: name) == "case has no \(name), or one in another format")
        #expect(ConformanceCase(folder: packageFolder + "/fixtures/invalid") == nil)
    }
}

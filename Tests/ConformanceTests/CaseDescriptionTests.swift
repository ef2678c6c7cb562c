import Foundation
import Testing

@testable import Conformance

/// `case.json` of suites that come from elsewhere: what cannot be read makes the case fail, and nothing else happens.
@Suite struct CaseDescriptionTests {
    /// A case of which one file has other content.
    private static func outcome(_ content: Data, of name: String = "case.json") throws -> CaseOutcome {
        let files = FileManager.default
        let folder = NSTemporaryDirectory() + "/case-" + UUID().uuidString
        defer { try? files.removeItem(atPath: folder) }
        try files.copyItem(atPath: packageFolder + "/fixtures/hello", toPath: folder)
        try content.write(to: URL(fileURLWithPath: folder + "/" + name))
        return try #require(ConformanceCase(folder: folder)).run()
    }

    static let unreadable: [(name: String, about: Data)] = [
        ("empty", Data()), ("cut short", Data("{\"tolerance\": {\"relative\": 1".utf8)), ("no JSON", Data("relative = 1".utf8)),
        ("bad UTF-8", Data([123, 34, 0xff, 34, 58, 49, 125])), ("binary", Data(0...255)),
        ("nested", Data(String(repeating: "{\"tolerance\":", count: 100_000).utf8)),
    ]

    @Test(arguments: unreadable)
    func isNoJSON(_ name: String, _ about: Data) throws {
        #expect(try Self.outcome(about).reason == "case.json is not JSON", "\(name)")
    }

    @Test(arguments: [
        #"{"relative": -1}"#, #"{"absolute": 1e999}"#, #"{"absolute": NaN}"#, #"{"relative": Infinity}"#, #"{"relative": "1e-6"}"#, #"{"relative": null}"#, #"{"absolute": [1]}"#,
        #"{"relative": 1e-6, "relative": -1}"#,
    ])
    func isNoTolerance(_ tolerance: String) throws {
        #expect(try Self.outcome(Data("{\"tolerance\": \(tolerance)}".utf8)).reason == "case.json: a tolerance is a number from 0 on")
    }

    /// Tables that are none.
    @Test(arguments: [("expected.csv", "", "the expected table cannot be read"), ("input.csv", "\"open", "[row-unterminated-quote]")])
    func isNoTable(_ name: String, _ content: String, _ reason: String) throws {
        let found = try Self.outcome(Data(content.utf8), of: name).reason
        #expect(found?.contains(reason) == true, "\(found ?? "none")")
    }

    /// What says nothing, or something else than is meant, of what is optional.
    @Test(arguments: [
        "[]", "1", "null", "{}", #"{"tolerance": 1}"#, #"{"tolerance": {}}"#, #"{"tolerance": {"relative": 0.5, "relative": 1e-6}}"#, #"{"model": 1, "producer": ["x"], "r_class": [[]]}"#,
        #"{"predict": {"s": {}, "t": 1e999}}"#, #"{"serialization": " (the model)", "columns": " s = "}"#, #"{"columns": "at s = c("}"#,
    ])
    func saysLittle(_ about: String) throws {
        #expect(try Self.outcome(Data(about.utf8)).reason == nil)
    }
}

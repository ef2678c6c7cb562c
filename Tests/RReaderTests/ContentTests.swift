import Foundation
import Testing

@testable import RReader

/// Objects that are no models: outside cases whose `content.json` says what the file holds.
private let outsideFolder = (ProcessInfo.processInfo.environment["POMMEL_CONFORMANCE"] ?? packageFolder + "/../shared/conformance") + "/rds"

@Suite struct ContentTests {
    @Test(.enabled(if: FileManager.default.fileExists(atPath: outsideFolder)))
    func contents() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: outsideFolder)
            .filter { FileManager.default.fileExists(atPath: "\(outsideFolder)/\($0)/content.json") }
        for name in names {
            let wanted = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: "\(outsideFolder)/\(name)/content.json")))
            let file = try RReader.objects(path: "\(outsideFolder)/\(name)/model.rds")
            let found = Content.json(RValue(file.objects[0].value, path: "object", in: file))
            #expect((found as? NSObject) == (wanted as? NSObject), "\(name)")
        }
    }

    /// The same form, of a fixture of our own.
    @Test func dataFrame() throws {
        let file = try RReader.objects(path: packageFolder + "/fixtures/r-objects/everything.rds")
        let frame = try RValue(file.objects[0].value, path: "object", in: file).component("frame")
        #expect((Content.json(frame) as? NSObject) == [["n": 1.5, "t": "x"], ["n": 2, "t": "y"]] as NSArray)
    }
}

/// Values as JSON has them: NA, NaN and infinities are null, a data frame is a list of rows.
private enum Content {
    static func json(_ value: RValue) -> Any {
        guard value.inherits("data.frame"), let names = value.names else { return items(value) }
        let columns = value.elements.map { items($0.value) }
        return (0..<(columns.first?.count ?? 0)).map { row in
            Dictionary(uniqueKeysWithValues: zip(names, columns.map { $0[row] }))
        }
    }

    private static func items(_ value: RValue) -> [Any] {
        if value.levels != nil { return ((try? value.strings()) ?? []).map { $0 == "NA" ? NSNull() : $0 as Any } }
        switch value.object.kind {
        case .integer(let values): return values.map { $0 == RObject.missingInteger ? NSNull() : NSNumber(value: $0) }
        case .logical(let values): return values.map { $0 == RObject.missingInteger ? NSNull() : NSNumber(value: $0 != 0) }
        case .double(let values): return values.map { $0.isFinite ? NSNumber(value: $0) : NSNull() }
        case .string(let values): return values.map { $0 ?? NSNull() as Any }
        default: return []
        }
    }
}

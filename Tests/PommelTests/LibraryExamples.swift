import Foundation
import Pommel
import Testing

/// What docs/swift.md and the library's DocC pages show, so that it goes on compiling and being so; `ExamplesInPages` holds them together.
/// Nothing here sees more than a user of the library does.
@Suite struct LibraryExamples {
    private let path = fixtures + "/hello/model.pmml"

    @Test func schema() throws {
        let model = try Model(path: path)
        let used = model.schema.inputs.filter(\.isRequired)
        #expect(used.map(\.name) == ["petal_length", "petal_width"])
        #expect(used.map(\.type) == [.float, .float])
        #expect(model.schema.results.compactMap(\.value) == ["setosa", "versicolor", "virginica"])
        #expect(model.schema.property("application")?.hasPrefix("SkLearn2PMML") == true)
        #expect(model.schema.results.filter(\.isDefault).map(\.name).first == "species")
    }

    @Test func oneRecord() throws {
        let model = try Model(path: path)
        let result = try model.score(["petal_length": 4.7, "petal_width": 1.4])
        #expect(result["species"] == "versicolor")
    }

    @Test func structs() throws {
        let model = try Model(path: path)
        struct Flower: Encodable {
            var petal_length: Double
            var petal_width: Double?
        }
        struct Answer: Decodable {
            var species: String
        }
        let answer = try model.score(Flower(petal_length: 4.7, petal_width: 1.4), as: Answer.self)
        #expect(answer.species == "versicolor")
    }

    @Test func recordsByPosition() throws {
        let model = try Model(path: path)
        let scorer = Scorer(try model.plan(fields: ["species"]))
        #expect(scorer.inputNames == ["petal_length", "petal_width"])
        var results: [Value] = []
        try scorer.score([6.0, 2.5], into: &results)
        #expect(results == ["virginica"])
    }

    @Test func tables() throws {
        let model = try Model(path: path)
        let table = try model.score(columns: [
            "petal_length": .numbers([1.4, 4.7, 6.0]),
            "petal_width": [0.2, "wide", 2.5],
        ])
        #expect(table["species"] == .strings(["setosa", nil, "virginica"]))
        #expect(table.failures.map(\.row) == [1])
        #expect(table.failures[0].error.description == #"record: field "petal_width" = "wide": not a number [not-a-number]"#)
    }

    @Test func nativeFiles() throws {
        let target = FileManager.default.temporaryDirectory.appendingPathComponent("library-example-\(UUID()).pommel").path
        defer { try? FileManager.default.removeItem(atPath: target) }
        let model = try Model(path: path)
        try model.save(to: target)
        let again = try Model(path: target)
        #expect(try again.score(["petal_length": 6, "petal_width": 2.5]) == model.score(["petal_length": 6, "petal_width": 2.5]))
    }

    @Test func limits() throws {
        var options = OpenOptions(modelName: "iris")
        options.limits.documentBytes = 1_000_000
        #expect(throws: PommelError.self) { try Model(path: path, options) }
    }

    @Test func diagnosis() {
        let diagnosis = Diagnosis.of(path: path)
        for finding in diagnosis.findings { print(finding, finding.fix ?? "") }
        #expect(diagnosis.isUsable)
    }

    /// Columns, with rows that have no result told apart.
    @Test func columns() throws {
        let model = try Model(path: path)
        let plan = try model.plan()
        let frame = Frame(plan: plan)
        let lengths = [1.4, 4.7, 6.0]
        let widths: [Double?] = [0.2, 1.4, nil]
        frame.begin()
        frame.count = lengths.count
        for input in model.schema.inputs where plan.reads(input.register) {
            let column = input.name == "petal_length" ? lengths.map(Optional.some) : widths
            for (row, value) in column.enumerated() {
                frame.numbers(input.register.index)[row] = value ?? 0
                frame.status(input.register.index)[row] = value == nil ? CellStatus.missing : 0
            }
        }
        frame.run()
        let target = try #require(plan.results.first)
        let species = lengths.indices.map { row -> String? in
            guard frame.failed[row] == 0, frame.status(target.register.index)[row] & CellStatus.missing == 0 else { return nil }
            return String(decoding: frame.text(frame.codes(target.register.index)[row]), as: UTF8.self)
        }
        #expect(species == ["setosa", "versicolor", nil])
    }

    @Test func errorsHaveAPlace() throws {
        let model = try Model(path: path)
        let error = #expect(throws: PommelError.self) { try model.score(["petal_length": "long", "petal_width": 1]) }
        #expect(error?.id == "not-a-number" && error?.place.field == "petal_length" && error?.place.value == "long")
    }

    @Test func runtimeOnly() throws {
        let model = try Model(path: path)
        let bytes = model.withNativeBytes { [UInt8]($0) }
        #expect(try Model(nativeBytes: bytes).score(["petal_length": 6, "petal_width": 2.5])["species"] == "virginica")
        let error = #expect(throws: PommelError.self) { try Model(nativeFile: path) }
        #expect(error?.place.file == path)
    }
}

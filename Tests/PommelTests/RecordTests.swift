import Pommel
import Testing

/// Structs as records and as answers, and tables in columns.
@Suite struct RecordTests {
    private let path = fixtures + "/hello/model.pmml"

    private struct Flower: Encodable {
        enum Bed: String, Encodable { case north, south }
        var length: Double
        var width: Float?
        var bed = Bed.north
        var row = 3
        var isFresh = true
        enum CodingKeys: String, CodingKey {
            case length = "petal_length", width = "petal_width", bed, row, isFresh
        }
    }

    private struct Answer: Decodable, Equatable {
        enum Species: String, Decodable { case setosa, versicolor, virginica }
        var species: Species
        var versicolor: Double
        var other: String?
        enum CodingKeys: String, CodingKey {
            case species, versicolor = "probability(versicolor)", other
        }
    }

    @Test func structs() throws {
        let model = try Model(path: path)
        #expect(try model.score(Flower(length: 4.7, width: 1.4))["species"] == "versicolor")
        let answer = try model.score(Flower(length: 6, width: 2.5), as: Answer.self)
        let results = try model.score(["petal_length": 6, "petal_width": 2.5])
        #expect(answer.species == .virginica && answer.other == nil)
        #expect(results["probability(versicolor)"] == .number(answer.versicolor))
    }

    private struct Nested: Encodable {
        var petal_length = [[1.0]]
        var petal_width = Inner()
        struct Inner: Encodable { var x = 1 }
    }
    private struct NoSuch: Decodable { var spezies: String }
    private struct NotANumber: Decodable { var species: Double }
    private struct Whole: Decodable {
        var share: Int
        enum CodingKeys: String, CodingKey { case share = "probability(versicolor)" }
    }

    @Test func shapes() throws {
        let model = try Model(path: path)
        func id(_ work: () throws(PommelError) -> Void) -> [String?] {
            do {
                try work()
                return []
            } catch {
                return [error.id, error.place.field]
            }
        }
        #expect(id { () throws(PommelError) in _ = try model.score(Nested()) } == ["record-shape", "petal_length"])
        #expect(id { () throws(PommelError) in _ = try model.score([1.0, 2.0]) } == ["record-shape", nil])
        #expect(id { () throws(PommelError) in _ = try model.score(7.5) } == ["record-shape", nil])
        let flower = Flower(length: 4.7, width: 1.4)
        #expect(id { () throws(PommelError) in _ = try model.score(flower, as: NoSuch.self) } == ["result-shape", "spezies"])
        #expect(id { () throws(PommelError) in _ = try model.score(flower, as: NotANumber.self) } == ["result-shape", "species"])
        #expect(id { () throws(PommelError) in _ = try model.score(flower, as: Whole.self) } == ["result-shape", "probability(versicolor)"])
        #expect(id { () throws(PommelError) in _ = try model.score(flower, as: [String].self) } == ["result-shape", nil])
    }

    /// Every row of a table as the record alone, over more than a batch, in each form of column.
    @Test func columns() throws {
        let model = try Model(path: path)
        let rows = 2_500
        let lengths = (0..<rows).map { row in row % 11 == 10 ? Double.nan : Double(row % 70) / 10 }
        let widths = (0..<rows).map { row -> Value in
            if row % 97 == 96 { return "wide" }
            return row % 7 == 6 ? .missing : .number(Double(row % 26) / 10)
        }
        let table = try model.score(columns: ["petal_length": .numbers(lengths), "petal_width": .values(widths), "spare": .booleans(Array(repeating: true, count: rows))])
        #expect(table.count == rows && table.names.first == "species" && table.columns.count == table.names.count)
        let scorer = Scorer(try model.plan())
        var failed = 0
        for row in 0..<rows {
            let record: [String: Value] = ["petal_length": .number(lengths[row]), "petal_width": widths[row]]
            if let single = try? scorer.score(record) {
                for (name, column) in zip(table.names, table.columns) { #expect(column[row] == single[name]) }
            } else {
                #expect(table.failures[failed].row == row && table.failures[failed].error.place.field == "petal_width")
                #expect(table["species"]?[row] == Value.missing)
                failed += 1
            }
        }
        #expect(failed == table.failures.count && failed > 0)
        #expect(table["none"] == nil && table["species"]?[-1] == Value.missing && table["species"]?[rows] == Value.missing)
    }

    @Test func columnsThatDiffer() throws {
        let model = try Model(path: path)
        let error = #expect(throws: PommelError.self) { try model.score(columns: ["petal_length": [1, 2], "petal_width": .strings(["1"])]) }
        #expect(error?.id == "column-length" && error?.place.field == "petal_width")
        #expect(throws: PommelError.self) { try model.score(columns: [:], fields: ["none"]) }
        #expect(try model.score(columns: [:]).count == 0)
    }
}

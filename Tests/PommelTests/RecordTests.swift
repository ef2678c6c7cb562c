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

    /// More texts at once than a batch has room for at first.
    @Test func manyTexts() throws {
        let text = """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary><DataField name="c" optype="categorical" dataType="string"/>
            <DataField name="y" optype="continuous" dataType="double"/></DataDictionary><RegressionModel functionName="regression"><MiningSchema>
            <MiningField name="c"/><MiningField name="y" usageType="target"/></MiningSchema><Output><OutputField name="twice" optype="categorical" dataType="string" feature="transformedValue">
            <Apply function="concat"><FieldRef field="c"/><FieldRef field="c"/></Apply></OutputField></Output><RegressionTable intercept="1"/></RegressionModel></PMML>
            """
        let model = try Model(bytes: Array(text.utf8), name: "texts")
        let words = (0..<5_000).map { "word \($0)" }
        #expect(try model.score(columns: ["c": .strings(words)])["twice"] == .strings(words.map { $0 + $0 }))
    }

    /// 4 MB of texts for a row, and more than a batch may hold for all: none fails for the rows beside it.
    @Test func longTexts() throws {
        let levels = 11
        let fields = (1...levels).map { level in
            let before = "<FieldRef field=\"\(level == 1 ? "c" : "d\(level - 1)")\"/>"
            return "<DerivedField name=\"d\(level)\" optype=\"categorical\" dataType=\"string\"><Apply function=\"concat\">\(before)\(before)</Apply></DerivedField>"
        }
        let text = """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary><DataField name="c" optype="categorical" dataType="string"/></DataDictionary>
            <TransformationDictionary>\(fields.joined())<DerivedField name="length" optype="continuous" dataType="integer"><Apply function="stringLength"><FieldRef field="d\(levels)"/></Apply>
            </DerivedField></TransformationDictionary></PMML>
            """
        let model = try Model(bytes: Array(text.utf8), name: "texts")
        let words = (0..<80).map { String(repeating: "a", count: 1_000 + $0) }
        let table = try model.score(columns: ["c": .strings(words)], fields: ["length"])
        #expect(table.failures.isEmpty)
        for (row, word) in words.enumerated() { #expect(table["length"]?[row] == .number(Double(word.count << levels))) }
    }

    @Test func columnsThatDiffer() throws {
        let model = try Model(path: path)
        let error = #expect(throws: PommelError.self) { try model.score(columns: ["petal_length": [1, 2], "petal_width": .strings(["1"])]) }
        #expect(error?.id == "column-length" && error?.place.field == "petal_width")
        #expect(throws: PommelError.self) { try model.score(columns: [:], fields: ["none"]) }
        #expect(try model.score(columns: [:]).count == 0)
    }

    private struct Basket: Encodable {
        var item: [String?]
    }
    private struct Rule: Decodable {
        var antecedent: [String]
        var id: String
        var confidence: Float
        var lift: Double?
        enum CodingKeys: String, CodingKey {
            case antecedent = "o_antecedent", id = "o_ruleId", confidence = "o_confidence", lift = "o_lift"
        }
    }
    private struct Numbered: Decodable {
        var o_antecedent: [Int]
    }
    private struct Deeper: Decodable {
        struct Inner: Decodable { var x: Int }
        var o_ruleId: Inner
    }
    private struct Halves: Decodable {
        var o_support: Int?
    }

    /// Arrays are lists, in and out.
    @Test func lists() throws {
        let model = try Model(path: fixtures + "/cases/association-features/model.pmml")
        let rule = try model.score(Basket(item: ["bread", nil, "butter"]), as: Rule.self)
        #expect(rule.antecedent == ["bread", "butter"] && rule.id == "r3" && rule.confidence == 0.7 && rule.lift == 2.2)
        let table = try model.score(columns: ["item": .values([["bread"], ["bread", "butter"], ["nothing"]])], fields: ["o_antecedent", "o_ruleId"])
        #expect(table.columns == [.values([["bread"], ["bread", "butter"], .missing]), .strings(["r2", "r3", nil])])
        #expect(throws: PommelError.self) { try model.score(Basket(item: ["bread"]), as: Numbered.self) }
        #expect(throws: PommelError.self) { try model.score(Basket(item: ["bread"]), as: Deeper.self) }
        #expect(throws: PommelError.self) { try model.score(Basket(item: ["bread"]), as: Halves.self) }
    }

    /// A value of another shape than its field's fails the record, whatever else is missing.
    @Test func listsForTextsAndTextsForLists() throws {
        func error(_ model: Model, _ record: [String: Value]) -> PommelError? { #expect(throws: PommelError.self) { try model.score(record) } }
        let loan = try Model(path: fixtures + "/mistakes/loan.pmml")
        let record: [String: Value] = ["Income": 1000, "home": "rent", "since": "2024-01-31", "children": 2, "employed": true]
        // 1 − 0.001 · 1000 + 0.0001 · 8796 days + 0.5 · 2 + 2 − 1
        #expect(try loan.score(record)["risk"] == 2.8796)
        let home = error(loan, record.merging(["home": ["rent"]]) { $1 })
        #expect(home?.id == "not-a-value" && home?.place.field == "home" && home?.place.value == "[rent]")
        let income = error(loan, record.merging(["Income": [1000, nil]]) { $1 })
        #expect(income?.id == "not-a-number" && income?.place.field == "Income")
        #expect(try loan.score(record.merging(["Income": nil]) { $1 })["risk"] == Value.missing)
        let bag = try Model(path: fixtures + "/cases/corner-multiset/model.pmml")
        #expect(try bag.score(["g": 1.5])["total"] == 1.5)
        #expect(try bag.score(["g": [1.5, "2", nil]])["total"] == 3.5)
        let items = error(bag, ["g": [1.5, "x"]])
        #expect(items?.id == "not-a-value" && items?.place.field == "g" && items?.message == "not a value of the field's type, a list of double")
        let table = try bag.score(columns: ["g": .values([[1, 2], ["x"], [4]])])
        #expect(table.failures.map(\.row) == [1] && table.failures.first?.error.id == "not-a-value")
        #expect(table["total"]?[0] == 3.0 && table["total"]?[1] == Value.missing && table["all"]?[2] == [4.0])
    }

    /// A column that the table lacks is missing in every row; numbers go as they are.
    @Test func columnsThatAreLacking() throws {
        let model = try Model(path: fixtures + "/cases/corner-target-field-name/model.pmml")
        // 1 + 2x
        let table = try model.score(columns: ["x": .numbers([1.5, .nan, -2])])
        #expect(table["y"]?[0] == 4.0 && table["y"]?[1] == Value.missing && table["y"]?[2] == -3.0)
        #expect(try model.score(columns: ["other": .numbers([1, 2])])["y"]?[1] == Value.missing)
        let scorer = Scorer(try model.plan())
        #expect(scorer.inputNames == ["x"] && scorer.resultNames == ["y"])
        var values: [Value] = []
        try scorer.score([.missing], into: &values)
        #expect(values == [.missing])
        try scorer.score([1.5], into: &values)
        #expect(values == [4.0])
    }

    /// Errors that are not the codings' own come through with what they say.
    @Test func errorsOfTheStructs() throws {
        struct Refusal: Error, CustomStringConvertible { var description: String { "no flower" } }
        struct Thrower: Codable {
            init() {}
            init(from decoder: any Decoder) throws { throw Refusal() }
            func encode(to encoder: any Encoder) throws { throw Refusal() }
        }
        let model = try Model(path: path)
        let wrote = #expect(throws: PommelError.self) { try model.score(Thrower()) }
        #expect(wrote?.id == "record-shape" && wrote?.message == "no flower")
        let read = #expect(throws: PommelError.self) { try model.score(Flower(length: 4.7, width: 1.4), as: Thrower.self) }
        #expect(read?.id == "result-shape" && read?.message == "no flower")
    }

    /// Encoders of other kinds than the compiler makes: containers inside containers, and what a superclass writes.
    private struct ByHand: Encodable {
        var shape: String
        enum Key: String, CodingKey { case petal_length, petal_width }
        func encode(to encoder: any Encoder) throws {
            var fields = encoder.container(keyedBy: Key.self)
            switch shape {
            case "super":
                var own = fields.superEncoder().container(keyedBy: Key.self)
                try own.encode(4.7, forKey: .petal_length)
                try fields.encodeNil(forKey: .petal_width)
                try fields.encode(UInt8(1), forKey: .petal_width)
            case "keyed":
                var inner = fields.nestedContainer(keyedBy: Key.self, forKey: .petal_length)
                try inner.encode(1, forKey: .petal_width)
            case "items":
                var inner = fields.nestedUnkeyedContainer(forKey: .petal_length)
                try inner.encode(1)
                try inner.encodeNil()
                _ = inner.count
                _ = inner.nestedContainer(keyedBy: Key.self)
                _ = inner.nestedUnkeyedContainer()
                _ = inner.superEncoder()
            case "super of a field": _ = fields.superEncoder(forKey: .petal_length)
            default: break
            }
        }
    }

    @Test func containers() throws {
        let model = try Model(path: path)
        #expect(try model.score(ByHand(shape: "super"))["species"] == "versicolor")
        for shape in ["keyed", "items", "super of a field"] {
            let error = #expect(throws: PommelError.self) { try model.score(ByHand(shape: shape)) }
            #expect(error?.id == "record-shape")
        }
    }

    /// Decoders by hand: every container that `Decodable` may ask for.
    private struct Read: Decodable {
        var names: [String] = []
        var lists: [[String]] = []
        enum Key: String, CodingKey { case o_antecedent, o_ruleId, o_rule, none }
        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: Key.self)
            names = fields.allKeys.map(\.rawValue)
            var items = try fields.nestedUnkeyedContainer(forKey: .o_antecedent)
            var texts: [String] = []
            while !items.isAtEnd { if try !items.decodeNil() { texts.append(try items.decode(String.self)) } }
            lists.append(texts)
            #expect(items.count == texts.count && fields.contains(.o_rule) && !fields.contains(.none))
            #expect(throws: DecodingError.self) { try items.decode(String.self) }
            #expect(throws: DecodingError.self) { try items.nestedUnkeyedContainer() }
            #expect(throws: DecodingError.self) { try items.nestedContainer(keyedBy: Key.self) }
            #expect(throws: DecodingError.self) { try items.superDecoder() }
            #expect(throws: DecodingError.self) { try fields.nestedContainer(keyedBy: Key.self, forKey: .o_rule) }
            #expect(throws: DecodingError.self) { try fields.nestedUnkeyedContainer(forKey: .o_rule) }
            #expect(throws: DecodingError.self) { try fields.superDecoder(forKey: .none) }
            _ = try fields.superDecoder().container(keyedBy: Key.self)
        }
    }

    @Test func decodersByHand() throws {
        let model = try Model(path: fixtures + "/cases/association-features/model.pmml")
        let read = try model.score(Basket(item: ["bread", "butter"]), as: Read.self)
        #expect(read.lists == [["bread", "butter"]] && read.names == ["o_antecedent", "o_rule", "o_ruleId"])
    }

    /// Results that are missing; the items of a list that are missing are left out of it.
    @Test func gaps() throws {
        struct Own: Decodable {
            var isMissing: Bool, path: [String], keys: Int
            init(from decoder: any Decoder) throws {
                let single = try decoder.singleValueContainer()
                (isMissing, path, keys) = (single.decodeNil(), single.codingPath.map(\.stringValue), decoder.userInfo.count)
            }
        }
        struct Bag: Decodable {
            var all: [Double?], inner: Bool
            enum Key: String, CodingKey { case all }
            init(from decoder: any Decoder) throws {
                let fields = try decoder.container(keyedBy: Key.self)
                all = try fields.decode([Double?].self, forKey: .all)
                var items = try fields.nestedUnkeyedContainer(forKey: .all)
                inner = (try? items.nestedContainer(keyedBy: Key.self)) != nil || items.codingPath.count != 1
            }
        }
        let line = try Model(path: fixtures + "/cases/corner-target-field-name/model.pmml")
        struct Answer: Decodable { var y: Own }
        let missing = try line.score(["x": nil as Double?], as: Answer.self).y
        #expect(missing.isMissing && missing.path == ["y"] && missing.keys == 0)
        #expect(try line.score(["x": 1], as: Answer.self).y.isMissing == false)
        let bag = try Model(path: fixtures + "/cases/corner-multiset/model.pmml")
        let read = try bag.score(["g": [1.5, 2, nil] as [Double?]], as: Bag.self)
        #expect(read.all == [1.5, 2] && !read.inner)
    }

    /// A field that writes nothing has no value, and one that writes by hand knows where it is.
    @Test func fieldsByHand() throws {
        struct Nothing: Encodable { func encode(to encoder: any Encoder) throws {} }
        struct Silent: Encodable { var petal_length = Nothing() }
        struct Placed: Encodable {
            func encode(to encoder: any Encoder) throws {
                var single = encoder.singleValueContainer()
                try single.encode(single.codingPath.map(\.stringValue) == ["petal_length"] && encoder.userInfo.isEmpty ? 4.7 : 0)
            }
        }
        struct Flower: Encodable { var petal_length = Placed(), petal_width = 1.4 }
        let model = try Model(path: path)
        let error = #expect(throws: PommelError.self) { try model.score(Silent()) }
        #expect(error?.id == "record-shape" && error?.place.field == "petal_length")
        #expect(try model.score(Flower())["species"] == "versicolor")
    }

    /// A list where a text should be is refused whatever becomes of invalid values.
    @Test func listsAsTheyAre() throws {
        let text = """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary><DataField name="c" optype="categorical" dataType="string"><Value value="p"/></DataField>
            <DataField name="y" optype="continuous" dataType="double"/></DataDictionary><RegressionModel functionName="regression"><MiningSchema>
            <MiningField name="c" invalidValueTreatment="asIs"/><MiningField name="y" usageType="target"/></MiningSchema>
            <RegressionTable intercept="1"><CategoricalPredictor name="c" value="p" coefficient="2"/></RegressionTable></RegressionModel></PMML>
            """
        let model = try Model(bytes: Array(text.utf8), name: "asIs")
        #expect(try model.score(["c": "p"])["y"] == 3.0 && model.score(["c": "q"])["y"] == 1.0)
        let error = #expect(throws: PommelError.self) { try model.score(["c": ["p"] as Value]) }
        #expect(error?.id == "not-a-value" && error?.place.field == "c")
    }

    /// Whole numbers that a `Double` cannot hold go as text, and the field decides; truth values come as such.
    @Test func types() throws {
        struct Large: Encodable { var petal_length = Int64.max, petal_width = 0.2 }
        #expect(try Model(path: path).score(Large())["species"] != nil)
        let model = try Model(path: fixtures + "/cases/composed-type-boolean/model.pmml")
        let inputs = model.schema.inputs.filter { $0.usage == "active" }
        let record = Dictionary(uniqueKeysWithValues: inputs.map { ($0.name, Column.booleans([true, false, nil])) })
        let table = try model.score(columns: record)
        let single = try model.score(Dictionary(uniqueKeysWithValues: inputs.map { ($0.name, Value.boolean(true)) }))
        for (name, column) in zip(table.names, table.columns) { #expect(column[0] == single[name]) }
        #expect(table["out"]?[0] == Value.boolean(false) && table["y"]?[0] == "false")
        struct Flags: Decodable { var out: Bool, y: String }
        let flags = try model.score(Dictionary(uniqueKeysWithValues: inputs.map { ($0.name, true) }), as: Flags.self)
        #expect(!flags.out && flags.y == "false")
    }
}

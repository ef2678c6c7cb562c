import ModelTree
import PMMLReader
import PMMLWriter
import Testing

/// A document with one derived field, as it comes back after writing and reading.
private func readBack(_ expression: Expression, name: String = "x", version: PMMLVersion = .v4_4_1) throws -> Document {
    let document = Document(
        name: "test", dataDictionary: DataDictionary(fields: [DataField(name: name, opType: .continuous, dataType: .double)]),
        transformations: Transformations(derivedFields: [
            DerivedField(name: "y", opType: .continuous, dataType: .double, expression: expression)
        ]))
    return try PMMLReader.read(bytes: try text(document, version))
}

private func text(_ document: Document, _ version: PMMLVersion = .v4_4_1) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try PMMLWriter.write(document, version: version) { bytes += $0 }
    return bytes
}

@Suite struct MarkupTests {
    static let texts = [
        "<&>\"'", "a\tb\nc\rd", "café ☃ 😀", "", " two  blanks ", "]]>", "&amp;", "x=\"1\"", "log(x)", "a/b[1]", "\u{7f}", "\u{fffd}",
    ]

    @Test(arguments: texts)
    func textsComeBack(_ value: String) throws {
        let document = try readBack(Expression(.constant(Constant(dataType: .string, value: value))), name: value)
        #expect(document.dataDictionary.fields[0].name == value)
        guard case .constant(let constant) = document.transformations.derivedFields[0].expression.kind else {
            Issue.record("no constant")
            return
        }
        #expect(constant.value == value)
    }

    static let numbers = [
        0, -0.0, 0.1, -1, 1e-5, 1e22, 1e23, 123_456_789.125, Double.leastNonzeroMagnitude, 1.7976931348623157e308, .infinity, -.infinity, 2.2250738585072014e-308,
        9_007_199_254_740_992, 0.30000000000000004, 1.0 / 3,
    ]

    @Test(arguments: numbers)
    func numbersComeBack(_ value: Double) throws {
        let norm = NormContinuous(field: "x", mapMissingTo: value, points: [(orig: -1, norm: value.isFinite ? value : 0), (orig: 1, norm: 2)])
        let document = try readBack(Expression(.normContinuous(norm)))
        guard case .normContinuous(let found) = document.transformations.derivedFields[0].expression.kind else {
            Issue.record("no NormContinuous")
            return
        }
        #expect(found.mapMissingTo?.bitPattern == value.bitPattern)
        #expect(found.points[0].norm.bitPattern == (value.isFinite ? value : 0).bitPattern)
    }

    @Test func noNumberComesBack() throws {
        let norm = NormContinuous(field: "x", points: [(orig: 0, norm: .nan), (orig: 1, norm: 2)])
        guard case .normContinuous(let found) = try readBack(Expression(.normContinuous(norm))).transformations.derivedFields[0].expression.kind
        else {
            Issue.record("no NormContinuous")
            return
        }
        #expect(found.points[0].norm.isNaN)
    }

    @Test(arguments: ["\u{0}", "a\u{1}b", "\u{8}", "\u{b}", "\u{1f}", "\u{fffe}", "\u{ffff}"])
    func charactersThatXMLLacks(_ value: String) throws {
        let document = Document(
            name: "test", dataDictionary: DataDictionary(fields: [
                DataField(name: value, opType: .continuous, dataType: .double, location: SourceLocation(line: 7, column: 3, path: 0))
            ]))
        let problems = PMMLWriter.problems(of: document, version: .v4_4_1)
        #expect(problems.map(\.id) == ["unwritable-text"])
        #expect(problems.first?.location.line == 7)
        #expect(throws: PMMLWriteError.self) { try text(document) }
    }

    /// A tree of one node that asks whether a field has one of the values.
    private func set(of values: [String]) -> Document {
        let predicate = Predicate.set(SimpleSetPredicate(field: "x", isIn: true, values: values))
        var nodes = TreeNodes()
        var node = TreeNodes.Node()
        node.predicate = .other
        node.field = 0
        nodes.nodes = [node]
        nodes.predicates = [predicate]
        let model = Model(
            element: "TreeModel", functionName: .regression, miningSchema: MiningSchema(fields: [MiningField(name: "x")]),
            kind: .tree(TreeModel(nodes: nodes)))
        return Document(name: "test", dataDictionary: DataDictionary(fields: [DataField(name: "x", opType: .categorical, dataType: .string)]), models: [model])
    }

    @Test func valuesOfArrays() throws {
        let values = ["plain", "two words", "", "a \"quoted\" one", "back\\slash", "1e5", "\ttab", "\"", "a\\\"b c", "end\\"]
        let found = try PMMLReader.read(bytes: try text(set(of: values)))
        guard case .tree(let tree) = found.models[0].kind, case .set(let set) = tree.nodes.predicates[0] else {
            Issue.record("no set")
            return
        }
        #expect(set.values == values)
    }

    /// In quotes a backslash at the end would make the closing quote one of the value.
    @Test func valuesThatArraysLack() {
        let problems = PMMLWriter.problems(of: set(of: ["two words\\"]), version: .v4_4_1)
        #expect(problems.map(\.message) == ["an Array cannot hold \"two words\\\": it needs quotes and ends in a backslash"])
    }

    @Test func columnsThatAreNoNames() throws {
        let table = InlineTable(
            columns: ["log(x)", "Extension", "1st", "äöü", "ok"], rows: [["a", "b", "c", "d", "e"], [nil, nil, nil, nil, "f"]], location: .none)
        let map = MapValues(
            outputColumn: "1st", pairs: [(field: "x", column: "log(x)"), (field: "x", column: "Extension"), (field: "x", column: "äöü")], table: table)
        guard case .mapValues(let found) = try readBack(Expression(.mapValues(map))).transformations.derivedFields[0].expression.kind else {
            Issue.record("no MapValues")
            return
        }
        func cell(_ column: String, _ row: Int) -> String? {
            found.table.columns.firstIndex(of: column).flatMap { found.table.rows[row][$0] }
        }
        #expect(cell(found.outputColumn, 0) == "c")
        #expect(found.pairs.map { cell($0.column, 0) } == ["a", "b", "d"])
        #expect(found.pairs.map { cell($0.column, 1) } == [nil, nil, nil])
        #expect(cell("ok", 1) == "f")
    }

    /// Before 4.3 a probability was a decimal number: xs:decimal has no exponent.
    @Test(arguments: [(PMMLVersion.v4_2, "0.00001"), (.v4_3, "1e-05")])
    func probabilities(_ version: PMMLVersion, _ expected: String) throws {
        let document = Document(
            name: "test", dataDictionary: DataDictionary(fields: [DataField(name: "x", opType: .continuous, dataType: .double)]),
            models: [
                Model(
                    element: "RegressionModel", functionName: .regression,
                    miningSchema: MiningSchema(fields: [MiningField(name: "x", importance: 1e-5)]),
                    kind: .regression(RegressionModel(tables: [RegressionTable(intercept: 1)])))
            ])
        #expect(String(decoding: try text(document, version), as: UTF8.self).contains("importance=\"\(expected)\""))
    }

    /// What is not written leaves no trace, and everything that stands in the way is told, each thing with its place.
    @Test func allBlockersAreTold() throws {
        let source = """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/>
            <DataDictionary><DataField name="x" optype="continuous" dataType="double"/></DataDictionary>
            <TransformationDictionary>
            <DerivedField name="a" optype="continuous" dataType="double"><Apply function="tanh"><FieldRef field="x"/></Apply></DerivedField>
            <DerivedField name="b" optype="continuous" dataType="double"><Lag field="x"/></DerivedField>
            </TransformationDictionary></PMML>
            """
        let document = try PMMLReader.read(bytes: Array(source.utf8))
        let problems = PMMLWriter.problems(of: document, version: .v4_2)
        #expect(problems.map(\.location.line) == [4, 5])
        #expect(problems.map(\.message) == ["Apply@function=\"tanh\" is new in PMML 4.4", "element Lag is new in PMML 4.3"])
        #expect(document.paths.text(problems[0].location.path) == "/PMML/TransformationDictionary/DerivedField/Apply")
        #expect(PMMLWriter.problems(of: document, version: .v4_4).isEmpty)
    }
}

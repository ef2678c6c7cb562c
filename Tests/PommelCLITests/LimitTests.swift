import Foundation
import Testing

/// Inputs that ask for too much, with limits set low so that they are made quickly; `fixtures/limits/measure.py` gives the real ones.
@Suite struct LimitTests {
    /// Which limit, an option that is just too low for the document, one that is not, and the error.
    struct Case: CustomTestStringConvertible {
        var option: String
        var low: Int
        var enough: Int
        var id: String
        var testDescription: String { option }
    }

    private static let cases = [
        Case(option: "--max-depth", low: 4, enough: 5, id: "xml-depth-limit"),
        Case(option: "--max-elements", low: 12, enough: 13, id: "xml-element-limit"),
        Case(option: "--max-names", low: 20, enough: 40, id: "xml-name-limit"),
        Case(option: "--max-attributes", low: 2, enough: 3, id: "xml-attribute-limit"),
        Case(option: "--max-attribute-bytes", low: 99, enough: 100, id: "xml-attribute-size-limit"),
        Case(option: "--max-dtd-bytes", low: 1_000, enough: 20_000, id: "xml-dtd-size-limit"),
        Case(option: "--max-document-bytes", low: 500, enough: 20_000, id: "xml-document-size-limit"),
    ]

    /// 13 elements, five deep; three attributes at most, one of 100 bytes; some 25 names; a DTD of 10 kB.
    private static let document = """
        <!DOCTYPE PMML [<!-- \(String(repeating: "c", count: 10_000)) -->]>
        <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header copyright="\(String(repeating: "c", count: 100))"/><DataDictionary>
        <DataField name="x" optype="continuous" dataType="double"/></DataDictionary>
        <TreeModel functionName="regression"><MiningSchema><MiningField name="x"/></MiningSchema>
        <Node score="1"><True/><Node score="2"><SimplePredicate field="x" operator="isMissing"/></Node>
        <Node score="3"><SimplePredicate field="x" operator="isNotMissing"/></Node></Node></TreeModel></PMML>
        """

    @Test(arguments: cases)
    func aLimitHolds(_ limit: Case) throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Self.document.write(toFile: folder + "/m.pmml", atomically: false, encoding: .utf8)
        for command in ["inspect", "validate"] {
            let refused = try Command.run([command, folder + "/m.pmml", limit.option, "\(limit.low)"])
            #expect(refused.status == 65)
            #expect((refused.output + refused.errors).contains("[\(limit.id)]\n  fix: "))
            #expect((refused.output + refused.errors).contains("raise the limit with \(limit.option)"))
            #expect(try Command.run([command, folder + "/m.pmml", limit.option, "\(limit.enough)"]).status == 0)
        }
    }

    @Test(arguments: ["--max-depth", "--max-elements", "--max-names", "--max-attributes", "--max-dtd-bytes", "--max-attribute-bytes", "--max-text-bytes", "--max-document-bytes", "--max-expansion"])
    func noLimitIsZero(_ option: String) throws {
        let run = try Command.run(["inspect", "m.pmml", option, "0"])
        #expect(run.status == 64 && run.errors.contains("\(option) must be 1 or more"))
    }

    /// Libxml2 compares the names of an element's attributes with one another, and so its namespaces and the defaults of a DTD: what would
    /// take minutes for a million is stopped after some thousands, in whatever encoding.
    @Test(.timeLimit(.minutes(1)), arguments: Crowd.all)
    func manyAttributes(_ crowd: Crowd) throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let attributes = (0..<50_000).map(crowd.attribute).joined()
        let document = crowd.start + "<Header" + (crowd.isDeclared ? "" : attributes) + "/></PMML>"
        let whole = document.replacing("<!-- here -->", with: crowd.isDeclared ? "<!DOCTYPE PMML [<!ATTLIST PMML\(attributes)>]>" : "<!-- a < b = c -->")
        try whole.write(toFile: folder + "/m.pmml", atomically: false, encoding: crowd.encoding)
        let run = try Command.run(["inspect", folder + "/m.pmml"])
        #expect(run.status == 65 && run.errors.contains(crowd.error), "\(run.errors.prefix(300))")
        let column = run.errors.dropFirst((folder + "/m.pmml:1:").count).prefix { $0 != ":" }
        #expect((Int(column) ?? .max) < 120_000, "\(column)")
    }

    struct Crowd: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var attribute: @Sendable (Int) -> String
        var encoding = String.Encoding.utf8
        var isDeclared = false
        var error = "error: an element with more than 1000 attributes [xml-attribute-limit]"
        var start: String {
            (encoding == .utf8 ? "" : "<?xml version=\"1.0\" encoding=\"UTF-16\"?>") + "<!-- here --><PMML version=\"4.4\" xmlns=\"http://www.dmg.org/PMML-4_4\">"
        }

        static let all = [
            Crowd(testDescription: "quoted", attribute: { " a\($0)=\">\"" }),
            Crowd(testDescription: "in single quotes", attribute: { " a\($0)='>'" }),
            // The first letter has the byte of > in UTF-16.
            Crowd(testDescription: "UTF-16", attribute: { " \u{13E}\($0)=\"\"" }, encoding: .utf16),
            Crowd(testDescription: "namespaces", attribute: { " xmlns:a\($0)=\"u\"" }, error: "error: an element with more than 1000 namespaces [xml-attribute-limit]"),
            Crowd(testDescription: "defaults", attribute: { " a\($0) CDATA \"v\"" }, isDeclared: true, error: "error: a document type declaration of more than 100000 bytes [xml-dtd-size-limit]"),
        ]
    }

    /// What looks like attributes is none: a text, a comment, and the value of one.
    @Test func equalsSigns() throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let equals = String(repeating: "a = b ", count: 20_000)
        let header = "<Header copyright=\"\(equals)\"><Annotation>\(equals)</Annotation><!-- \(equals) --></Header>"
        try "<PMML version=\"4.4\" xmlns=\"http://www.dmg.org/PMML-4_4\">\(header)</PMML>".write(toFile: folder + "/m.pmml", atomically: false, encoding: .utf8)
        #expect(try Command.run(["inspect", folder + "/m.pmml"]).errors.contains("[missing-element]"))
    }

    /// 300 MB of blanks in 300 kB: more than 100 MB and 400 times as much.
    @Test func aBombIsNoModel() throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let make = "(echo '<PMML version=\"4.4\">'; head -c 300000000 /dev/zero | tr '\\0' ' '; echo '</PMML>') | gzip -9 > \"$1/m.pmml.gz\"; \"$0\" inspect \"$1/m.pmml.gz\""
        let run = try Command.shell(make, [folder])
        #expect(run.status == 65)
        #expect(run.errors.contains("[xml-document-size-limit]"))
        let allowed = try Command.run(["inspect", folder + "/m.pmml.gz", "--max-expansion", "2000"])
        #expect(allowed.errors.contains("[missing-element]"))
    }

    private static let model = Command.fixtures + "/hello/model.pmml"

    @Test func aRowMayBeSoLong() throws {
        let rows = "petal_length,petal_width,note\n1,2,\(String(repeating: "a", count: 100_000))\n"
        let refused = try Command.run(["score", Self.model, "--max-row-bytes", "50000"], input: rows)
        #expect(refused.status == 65)
        #expect(refused.errors.contains("-:2: error: a row is longer than 50000 bytes [row-too-long]\n  fix: raise the limit with --max-row-bytes"))
        #expect(try Command.run(["score", Self.model, "--max-row-bytes", "200000"], input: rows).status == 0)
        let quote = try Command.run(["score", Self.model, "--max-row-bytes", "50000"], input: rows.replacingOccurrences(of: "aaa", with: "\"aaa"))
        #expect(quote.status == 65)
    }

    @Test func aTableMayBeSoWide() throws {
        let names = (0..<98).map { "c\($0)" }.joined(separator: ",")
        let rows = "petal_length,petal_width,\(names)\n"
        #expect(try Command.run(["score", Self.model, "--max-columns", "100"], input: rows).status == 0)
        let refused = try Command.run(["score", Self.model, "--max-columns", "99"], input: rows)
        #expect(refused.status == 65)
        #expect(refused.errors.contains("[too-many-columns]"))
    }

    /// Documents whose meaning is larger than they are; the answer is the same as by hand, or the error names the circle.
    @Test func definitionsThatDoubleAreWorkedOutOnce() throws {
        let levels = 40
        let fields = (1...levels).map { level in
            "<DerivedField name=\"d\(level)\" optype=\"continuous\" dataType=\"double\"><Apply function=\"+\"><FieldRef field=\"d\(level - 1)\"/>"
                + "<FieldRef field=\"d\(level - 1)\"/></Apply></DerivedField>"
        }
        let functions = (1...levels).map { level in
            let inner = level == 1 ? "<FieldRef field=\"a\"/>" : "<Apply function=\"f\(level - 1)\"><FieldRef field=\"a\"/></Apply>"
            return "<DefineFunction name=\"f\(level)\" optype=\"continuous\" dataType=\"double\"><ParameterField name=\"a\"/><Apply function=\"+\">\(inner)\(inner)</Apply></DefineFunction>"
        }
        let document = """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary><DataField name="x" optype="continuous" dataType="double"/></DataDictionary>
            <TransformationDictionary>\(functions.joined())<DerivedField name="d0" optype="continuous" dataType="double"><FieldRef field="x"/></DerivedField>\(fields.joined())
            <DerivedField name="e" optype="continuous" dataType="double"><Apply function="f\(levels)"><FieldRef field="x"/></Apply></DerivedField></TransformationDictionary></PMML>
            """
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try document.write(toFile: folder + "/m.pmml", atomically: false, encoding: .utf8)
        let run = try Command.run(["score", folder + "/m.pmml", "--fields", "d\(levels),e"], input: "x\n3\n")
        // 3 · 2⁴⁰
        #expect(run.output == "d40,e\n3298534883328,3298534883328\n")
    }

    /// From each of two million places PCRE2 would read to the end; it counts no steps for that.
    @Test func readingAheadIsGivenUp() throws {
        let document = """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary><DataField name="s" optype="categorical" dataType="string"/></DataDictionary>
            <TransformationDictionary><DerivedField name="d" optype="categorical" dataType="boolean"><Apply function="matches"><FieldRef field="s"/>
            <Constant>(?=a*x)</Constant></Apply></DerivedField></TransformationDictionary></PMML>
            """
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try document.write(toFile: folder + "/m.pmml", atomically: false, encoding: .utf8)
        let run = try Command.run(["score", folder + "/m.pmml"], input: "s\n\(String(repeating: "a", count: 2_000_000))\naax\n")
        #expect(run.output == "d\n\"\"\ntrue\n")
        #expect(run.errors.contains("-:2: ") && run.errors.contains("matching takes too many steps"))
    }

    /// Texts that double from field to field: what is too long fails, and nothing else.
    @Test func textsThatDoubleAreGivenUp() throws {
        let twice = ["<Apply function=\"concat\">", "<Apply function=\"replace\">"]
        let ends = ["", "<Constant dataType=\"string\">(.*)</Constant><Constant dataType=\"string\">$1$1</Constant>"]
        for (apply, end) in zip(twice, ends) {
            let fields = (1...60).map { level in
                let before = "<FieldRef field=\"\(level == 1 ? "s" : "d\(level - 1)")\"/>"
                return "<DerivedField name=\"d\(level)\" optype=\"categorical\" dataType=\"string\">\(apply)\(before)\(end.isEmpty ? before : end)</Apply></DerivedField>"
            }
            let document = """
                <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary><DataField name="s" optype="categorical" dataType="string"/></DataDictionary>
                <TransformationDictionary>\(fields.joined())</TransformationDictionary></PMML>
                """
            let folder = try Command.temporaryFolder()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try document.write(toFile: folder + "/m.pmml", atomically: false, encoding: .utf8)
            let run = try Command.run(["score", folder + "/m.pmml", "--fields", "d3,d60"], input: "s\nab\n")
            #expect(run.status == 1)
            #expect(run.errors.contains("-:2: error: a function makes a text of more than 64 MB") && run.errors.contains("[text-too-long]"))
            let short = try Command.run(["score", folder + "/m.pmml", "--fields", "d3"], input: "s\nab\n")
            #expect(short.output == "d3\nabababababababab\n")
        }
    }

    /// A field of texts, each twice the one before, and the length of the last.
    private static func doubling(_ times: Int) -> String {
        let fields = (1...times).map { level in
            let before = "<FieldRef field=\"\(level == 1 ? "s" : "d\(level - 1)")\"/>"
            return "<DerivedField name=\"d\(level)\" optype=\"categorical\" dataType=\"string\"><Apply function=\"concat\">\(before)\(before)</Apply></DerivedField>"
        }
        return """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary><DataField name="s" optype="categorical" dataType="string"/></DataDictionary>
            <TransformationDictionary>\(fields.joined())<DerivedField name="length" optype="continuous" dataType="integer"><Apply function="stringLength">
            <FieldRef field="d\(times)"/></Apply></DerivedField></TransformationDictionary></PMML>
            """
    }

    /// 3.3 MB of texts for each of 150 rows are more than a batch may hold: whether a row fails does not depend on the rows beside it.
    @Test func aRowFailsForItsOwnTextsAlone() throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Self.doubling(14).write(toFile: folder + "/m.pmml", atomically: false, encoding: .utf8)
        let rows = (0..<150).map { 96 + $0 % 9 }
        let table = "s\n" + rows.map { String(repeating: "a", count: $0) + "\n" }.joined()
        let run = try Command.run(["score", folder + "/m.pmml", "--fields", "length"], input: table)
        #expect(run.output == "length\n" + rows.map { "\($0 << 14)\n" }.joined())
        #expect(run.status == 0)
    }

    /// Results are written when there are many of them, though the rows were read at once.
    @Test(arguments: [1, 4])
    func muchOutputGoesOnInParts(_ threads: Int) throws {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Self.doubling(9).write(toFile: folder + "/m.pmml", atomically: false, encoding: .utf8)
        let row = String(repeating: "a", count: 400)
        let table = "s\n" + String(repeating: row + "\n", count: 1_300)
        try table.write(toFile: folder + "/t.csv", atomically: false, encoding: .utf8)
        let run = try Command.shell("\"$0\" score \"$1/m.pmml\" \"$1/t.csv\" --fields d9 --threads \(threads) -o \"$1/out\"; wc -lc < \"$1/out\"; tr -d 'a\\n' < \"$1/out\"", [folder])
        // 3 bytes of header, and of every row 400 · 2⁹ and a line break; nothing else in between.
        #expect(run.output.split(whereSeparator: \.isWhitespace).sorted() == ["1301", "266241303", "d9"])
    }

    /// TextIndex gives up a pattern that goes back and forth, for words and for replacements.
    @Test func patternsOfTextIndexAreGivenUp() throws {
        let normalization = """
            <TextIndexNormalization inField="from" outField="to" regexField="regex"><InlineTable><row><from>(a+)+[xy]</from><to>b</to><regex>true</regex></row></InlineTable></TextIndexNormalization>
            """
        let forms = [("wordSeparatorCharacterRE=\"\\s+|(a+)+[xy]\"", "", "cutting the text into words takes too many steps"), ("", normalization, "a text normalization takes too many steps")]
        for (attribute, content, words) in forms {
            let document = """
                <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary><DataField name="s" optype="categorical" dataType="string"/></DataDictionary>
                <TransformationDictionary><DerivedField name="d" optype="continuous" dataType="integer"><TextIndex textField="s" \(attribute)>\(content)
                <Constant>c</Constant></TextIndex></DerivedField></TransformationDictionary></PMML>
                """
            let folder = try Command.temporaryFolder()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try document.write(toFile: folder + "/m.pmml", atomically: false, encoding: .utf8)
            let run = try Command.run(["score", folder + "/m.pmml"], input: "s\n\(String(repeating: "a", count: 5_000))\nb c\n")
            #expect(run.output == "d\n\"\"\n1\n")
            #expect(run.status == 1 && run.errors.contains("-:2: error: \(words) [regex-limit]"), "\(run.errors)")
        }
    }

    /// Models inside models: as many as no one writes are scored, and more are refused where they are.
    @Test func modelsInsideModels() throws {
        let schema = "<MiningSchema><MiningField name=\"x\"/></MiningSchema>"
        for (depth, status) in [(300, Int32(0)), (400, 65)] {
            let start = String(repeating: "<MiningModel functionName=\"regression\">\(schema)<Segmentation multipleModelMethod=\"sum\"><Segment><True/>\n", count: depth)
            let end = String(repeating: "</Segment></Segmentation></MiningModel>", count: depth)
            let document = """
                <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary><DataField name="x" optype="continuous" dataType="double"/></DataDictionary>
                \(start)<RegressionModel functionName="regression">\(schema)<RegressionTable intercept="1"><NumericPredictor name="x" coefficient="2"/></RegressionTable></RegressionModel>\(end)</PMML>
                """
            let folder = try Command.temporaryFolder()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try document.write(toFile: folder + "/m.pmml", atomically: false, encoding: .utf8)
            let run = try Command.run(["score", folder + "/m.pmml"], input: "x\n3\n")
            #expect(run.status == status)
            #expect(status == 0 ? run.output.hasSuffix("\n7\n") : run.errors.contains("[nesting-limit]"), "\(run.output)\(run.errors)")
        }
    }

    @Test func aTextMayBeSoLong() throws {
        let document = """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary><DataField name="x" optype="continuous" dataType="double"/></DataDictionary>
            <TransformationDictionary><DerivedField name="d" optype="categorical" dataType="string"><Constant dataType="string">\(String(repeating: "c", count: 100))</Constant></DerivedField></TransformationDictionary></PMML>
            """
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try document.write(toFile: folder + "/m.pmml", atomically: false, encoding: .utf8)
        let refused = try Command.run(["inspect", folder + "/m.pmml", "--max-text-bytes", "99"])
        #expect(refused.status == 65 && refused.errors.contains("[xml-text-size-limit]\n  fix: raise the limit with --max-text-bytes"))
        #expect(try Command.run(["inspect", folder + "/m.pmml", "--max-text-bytes", "100"]).status == 0)
    }

    /// The same options limit what is saved by R.
    @Test(arguments: [("--max-depth", "3", "r-depth-limit"), ("--max-document-bytes", "1000", "r-size-limit")])
    func limitsOfSavedModels(_ option: String, _ limit: String, _ id: String) throws {
        let path = Command.fixtures + "/r-cases/rms-ols/model.rds"
        let run = try Command.run(["inspect", path, option, limit])
        #expect(run.status == 65 && run.errors.contains("[\(id)]"), "\(run.errors)")
        #expect(try Command.run(["inspect", path, option, "1000000"]).status == 0)
    }

    /// One after the other, with binary64's rounding, which a million terms let grow to the seventh digit after the point.
    @Test func aMillionTerms() throws {
        let document = """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary><DataField name="x" optype="continuous" dataType="double"/></DataDictionary>
            <TransformationDictionary><DerivedField name="total" optype="continuous" dataType="double"><Aggregate field="x" function="sum"/></DerivedField></TransformationDictionary></PMML>
            """
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try document.write(toFile: folder + "/m.pmml", atomically: false, encoding: .utf8)
        var sum = 0.0
        for _ in 0..<1_000_000 { sum += 0.1 }
        #expect(sum == 100_000.00000133288)
        let run = try Command.run(["score", folder + "/m.pmml", "--input-format", "jsonl"], input: "{\"x\":[0.1\(String(repeating: ",0.1", count: 999_999))]}\n")
        #expect(run.output == "total\n100000.00000133288\n")
    }

    /// A row of a normalization table after the other, each of which doubles the text.
    @Test func normalizationsThatDoubleAreGivenUp() throws {
        let filler = String(repeating: "b", count: 100_000)
        let rows = (1...12).map { _ in "<row><from>a</from><to>a\(filler)a</to></row>" }
        let document = """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary><DataField name="s" optype="categorical" dataType="string"/></DataDictionary>
            <TransformationDictionary><DerivedField name="d" optype="continuous" dataType="integer"><TextIndex textField="s" tokenize="false">
            <TextIndexNormalization inField="from" outField="to"><InlineTable>\(rows.joined())</InlineTable></TextIndexNormalization>
            <Constant>a</Constant></TextIndex></DerivedField></TransformationDictionary></PMML>
            """
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try document.write(toFile: folder + "/m.pmml", atomically: false, encoding: .utf8)
        let run = try Command.run(["score", folder + "/m.pmml"], input: "s\na\nb\n")
        #expect(run.output == "d\n\"\"\n0\n")
        #expect(run.errors.contains("-:2: error: a function makes a text of more than 64 MB"))
    }

    /// A device that never ends is no model, and a pipe may not deliver more than a document may have.
    @Test func aModelThatNeverEnds() throws {
        let zeros = try Command.shell("\"$0\" inspect - < /dev/zero", [])
        #expect(zeros.status == 65 && zeros.errors.contains("[not-a-model]"))
        let blanks = try Command.shell("tr '\\0' ' ' < /dev/zero | \"$0\" inspect - --max-document-bytes 100000", [])
        #expect(blanks.status == 65 && blanks.errors.contains("the model is larger than 100000 bytes [xml-document-size-limit]"))
    }

    /// A name of 10 MB is quoted in part.
    @Test func messagesStayShort() throws {
        let name = String(repeating: "f", count: 10_000_000)
        let document = """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary/><TransformationDictionary>
            <DerivedField name="d" optype="continuous" dataType="double"><Apply function="\(name)"/></DerivedField></TransformationDictionary></PMML>
            """
        for command in ["score", "validate"] {
            let folder = try Command.temporaryFolder()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try document.write(toFile: folder + "/m.pmml", atomically: false, encoding: .utf8)
            let run = try Command.run([command, folder + "/m.pmml"], input: "x\n1\n")
            #expect(run.status == 65)
            #expect((run.errors + run.output).utf8.count < 2_000)
            #expect((run.errors + run.output).contains("… "))
        }
    }

    /// Each function calls the one before twice, with other arguments, so that no two calls are one.
    @Test func callsThatDoubleAreRefused() throws {
        let functions = (1...40).map { level -> String in
            let call = { (factor: Int) in
                "<Apply function=\"f\(level - 1)\"><Apply function=\"*\"><FieldRef field=\"a\"/><Constant>\(factor)</Constant></Apply></Apply>"
            }
            return "<DefineFunction name=\"f\(level)\" optype=\"continuous\" dataType=\"double\"><ParameterField name=\"a\"/><Apply function=\"+\">\(call(2))\(call(3))</Apply></DefineFunction>"
        }
        func document(_ level: Int, _ body: String = "<FieldRef field=\"a\"/>") -> String {
            """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary><DataField name="x" optype="continuous" dataType="double"/></DataDictionary>
            <TransformationDictionary><DefineFunction name="f0" optype="continuous" dataType="double"><ParameterField name="a"/>\(body)</DefineFunction>
            \(functions.joined())<DerivedField name="d" optype="continuous" dataType="double"><Apply function="f\(level)"><FieldRef field="x"/></Apply></DerivedField>
            </TransformationDictionary></PMML>
            """
        }
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try document(8).write(toFile: folder + "/m.pmml", atomically: false, encoding: .utf8)
        // 5⁸
        #expect(try Command.run(["score", folder + "/m.pmml"], input: "x\n1\n").output == "d\n390625\n")
        try document(40).write(toFile: folder + "/m.pmml", atomically: false, encoding: .utf8)
        let refused = try Command.run(["score", folder + "/m.pmml"], input: "x\n1\n")
        #expect(refused.status == 65)
        #expect(refused.errors.contains("[size-limit]"))
        // 2¹² calls would be few, but not with 10,000 numbers each.
        let points = (0..<10_000).map { "<LinearNorm orig=\"\($0)\" norm=\"\($0)\"/>" }
        try document(12, "<NormContinuous field=\"a\">\(points.joined())</NormContinuous>").write(toFile: folder + "/m.pmml", atomically: false, encoding: .utf8)
        #expect(try Command.run(["score", folder + "/m.pmml"], input: "x\n1\n").errors.contains("[size-limit]"))
    }

    /// What PCRE2 would try for years is given up, row by row.
    @Test func aPatternIsGivenUp() throws {
        let document = """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary><DataField name="s" optype="categorical" dataType="string"/></DataDictionary>
            <TransformationDictionary><DerivedField name="d" optype="categorical" dataType="boolean"><Apply function="matches"><FieldRef field="s"/>
            <Constant>(a+)+(b+)+(a|b)*c$</Constant></Apply></DerivedField></TransformationDictionary></PMML>
            """
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try document.write(toFile: folder + "/m.pmml", atomically: false, encoding: .utf8)
        let slow = String(repeating: "a", count: 40) + String(repeating: "b", count: 40) + "cd"
        let run = try Command.run(["score", folder + "/m.pmml"], input: "s\n\(slow)\naabbc\n")
        #expect(run.output == "d\n\"\"\ntrue\n")
        #expect(run.errors.contains("-:2: ") && run.errors.contains("matching takes too many steps"))
    }
}

import Foundation
import Testing

/// Documents and tables that once crashed nothing, but took minutes, said the wrong thing, or were answered wrongly in silence.
@Suite struct HostileTests {
    private static let fields = """
        <DataField name="x" optype="continuous" dataType="double"/><DataField name="s" optype="categorical" dataType="string"/>
        """
    private static let schema = "<MiningSchema><MiningField name=\"x\"/><MiningField name=\"s\"/><MiningField name=\"y\" usageType=\"target\"/></MiningSchema>"

    private static func document(_ model: String, target: String = "optype=\"continuous\" dataType=\"double\"") -> String {
        """
        <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary>\(fields)<DataField name="y" \(target)/></DataDictionary>
        \(model)</PMML>
        """
    }

    private static func tree(_ nodes: String, _ attributes: String = "functionName=\"regression\"", score: String = " score=\"0\"") -> String {
        "<TreeModel \(attributes)>\(schema)<Node\(score)><True/>\(nodes)</Node></TreeModel>"
    }

    private static let category = "optype=\"categorical\" dataType=\"string\""
    private static let set = tree("<Node score=\"1\"><SimpleSetPredicate field=\"x\" booleanOperator=\"isIn\"><Array type=\"real\">1,5 2</Array></SimpleSetPredicate></Node>")
    private static let regression = """
        <RegressionModel functionName="regression">\(schema)<RegressionTable intercept="1"><NumericPredictor name="x" coefficient="1"/>
        <CategoricalPredictor name="s" value="9007199254740993" coefficient="4"/></RegressionTable></RegressionModel>
        """

    /// A document as bytes, a table as bytes, and what comes of them.
    private func score(_ document: Data, _ table: Data, _ arguments: [String] = [], command: String = "\"$0\" score \"$1/m.pmml\" \"$1/t.csv\"") throws -> Command {
        let folder = try Command.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try document.write(to: URL(fileURLWithPath: folder + "/m.pmml"))
        try table.write(to: URL(fileURLWithPath: folder + "/t.csv"))
        return try Command.shell("cd \"$1\"; " + command + " \(arguments.joined(separator: " "))", [folder])
    }

    private func score(_ model: String, _ table: String, _ arguments: [String] = []) throws -> Command {
        try score(Data(Self.document(model).utf8), Data(table.utf8), arguments)
    }

    @Test func aSetOfWhatIsNoNumberIsToldOf() throws {
        let run = try score(Self.set, "x,s\n2,a\n")
        #expect(run.output == "y\n1\n")
        #expect(run.errors.contains("warning: \"1,5\" is not a double and never equals the value that it is compared with [literal-type]"))
    }

    /// Libxml2 has two ways to give up on bytes, and both look like a document that ends too early.
    @Test(arguments: ["US-ASCII", "Shift_JIS", "ISO-2022-JP"])
    func bytesOfAnotherEncoding(_ encoding: String) throws {
        var document = Data("<?xml version=\"1.0\" encoding=\"\(encoding)\"?>".utf8)
        document += Data(Self.document(Self.regression).utf8)
        document.replaceSubrange(document.range(of: Data("9007199254740993".utf8))!, with: [0xE4, 0x20, 0xFF])
        let run = try score(document, Data("x,s\n2,a\n".utf8))
        #expect(run.status == 65)
        #expect(run.errors.contains("[xml-encoding]\n  fix: name the encoding"))
        #expect(run.errors.hasPrefix("m.pmml:3:") || run.errors.contains("/m.pmml:"), "\(run.errors)")
        #expect(!run.errors.contains("I/O error") && !run.errors.contains("encoding error :"))
    }

    @Test func aTextOfATableThatIsNoUTF8() throws {
        let document = Data(Self.document(Self.regression).utf8)
        let run = try score(document, Data("x,s\n2,".utf8) + [0xE4] + Data("\n2,\"".utf8) + [0xE4] + Data("\"\n2,ä\n".utf8))
        #expect(run.output == "y\n\"\"\n\"\"\n3\n")
        #expect(run.errors.contains(":2: field \"s\" = \"\u{FFFD}\": not text in UTF-8; save the table as UTF-8 [encoding]"))
        #expect(run.errors.contains(":3: field \"s\""))
    }

    /// As a category, a number of JSON is the text that stands there, and not the nearest binary64.
    @Test func aLongIntegerOfJSONAsText() throws {
        let rows = "{\"x\":1,\"s\":9007199254740993}\n{\"x\":1,\"s\":9007199254740992}\n{\"x\":1,\"s\":\"9007199254740993\"}\n"
        let run = try score(Self.regression, rows, ["--input-format", "jsonl"])
        #expect(run.output == "y\n6\n2\n6\n")
    }

    @Test func rowsOfAMatrixAreEquallyLong() throws {
        let model = """
            <GeneralRegressionModel modelType="generalLinear" functionName="regression" targetVariableName="y">\(Self.schema)
            <ParameterList><Parameter name="p"/></ParameterList><FactorList><Predictor name="s"><Categories><Category value="a"/><Category value="b"/></Categories>
            <Matrix><Array type="real">1 2</Array><Array type="real">1</Array></Matrix></Predictor></FactorList><CovariateList/><PPMatrix/>
            <ParamMatrix><PCell parameterName="p" beta="1"/></ParamMatrix></GeneralRegressionModel>
            """
        let run = try score(model, "x,s\n1,a\n")
        #expect(run.status == 65 && run.errors.contains("has a row of 1 numbers in a matrix of 2 columns [bad-array]"), "\(run.errors)")
    }

    /// Each of the children once looked through all behind it.
    @Test(.timeLimit(.minutes(2)), arguments: ["none", "defaultChild"])
    func aNodeOfVeryManyChildren(_ strategy: String) throws {
        let children = (0..<60_000).map { "<Node id=\"n\($0)\" score=\"\($0)\"><SimplePredicate field=\"x\" operator=\"equal\" value=\"\($0)\"/></Node>" }
        let model = "<TreeModel functionName=\"regression\" missingValueStrategy=\"\(strategy)\">\(Self.schema)<Node id=\"r\" defaultChild=\"n59999\"><True/>\(children.joined())</Node></TreeModel>"
        let run = try score(model, "x,s\n0,a\n59999,a\n,a\n")
        #expect(run.output == "y\n0\n59999\n\(strategy == "none" ? "\"\"" : "59999")\n")
    }

    /// A class for each node: the table of both would be far larger than the document.
    @Test(arguments: ["weightedConfidence", "aggregateNodes"])
    func aTableOfNodesAndClasses(_ strategy: String) throws {
        let children = (0..<6_000).map { "<Node score=\"c\($0)\"><SimplePredicate field=\"x\" operator=\"lessThan\" value=\"\($0)\"/></Node>" }.joined()
        let model = Self.tree(children, "functionName=\"classification\" missingValueStrategy=\"\(strategy)\"", score: "")
        let run = try score(Data(Self.document(model, target: Self.category).utf8), Data("x,s\n1,a\n".utf8))
        #expect(run.status == 65 && run.errors.contains("6001 nodes or rules times 6000 classes are more than 25 million numbers [size-limit]"), "\(run.errors)")
    }

    @Test(arguments: ["average", "majorityVote", "max"])
    func segmentsTimesClasses(_ method: String) throws {
        let values = (0..<6_000).map { "<Value value=\"k\($0)\"/>" }.joined()
        let segment = """
            <Segment><True/><RegressionModel functionName="classification" normalizationMethod="softmax">\(Self.schema)
            <RegressionTable targetCategory="k0" intercept="1"/><RegressionTable targetCategory="k1" intercept="0"/></RegressionModel></Segment>
            """
        let model = """
            <MiningModel functionName="classification">\(Self.schema)<Segmentation multipleModelMethod="\(method)">
            \(String(repeating: segment, count: 900))</Segmentation></MiningModel>
            """
        let document = Self.document(model, target: Self.category).replacingOccurrences(of: Self.category + "/></DataDictionary>", with: Self.category + ">\(values)</DataField></DataDictionary>")
        let run = try score(Data(document.utf8), Data("x,s\n2,a\n".utf8))
        #expect(run.status == 65 && run.errors.contains("900 segments times 6000 classes are more than 5 million [size-limit]"), "\(run.errors)")
    }

    @Test func setsThatAreTooLargeTogether() throws {
        let children = (0..<40_000).map { node in
            let values = (0..<3).map { "k\(node)_\($0)" }.joined(separator: " ")
            return "<Node score=\"1\"><SimpleSetPredicate field=\"s\" booleanOperator=\"isIn\"><Array type=\"string\">\(values)</Array></SimpleSetPredicate></Node>"
        }
        let run = try score(Self.tree(children.joined()), "x,s\n1,a\n")
        #expect(run.status == 65 && run.errors.contains("the sets of values that the trees test are too large together [size-limit]"), "\(run.errors)")
    }

    // MARK: Options

    @Test func standardInputIsNotWrittenOver() throws {
        let run = try score(
            Data(Self.document(Self.regression).utf8), Data("x,s\n1,a\n".utf8), command: "\"$0\" score m.pmml < t.csv -o t.csv; echo $?; cat t.csv")
        #expect(run.output == "64\nx,s\n1,a\n" && run.errors.contains("OUTPUT is INPUT itself"))
    }

    @Test(arguments: ["--predict s=1", "--object fit"])
    func optionsOfRDoNothingToPMML(_ option: String) throws {
        let run = try score(Self.regression, "x,s\n1,a\n", [option])
        #expect(run.status == 64 && run.errors.contains("\(option.prefix { $0 != " " }) is for models saved by R, and"))
    }

    @Test func aResultIsNamedOnce() throws {
        let run = try score(Self.regression, "x,s\n1,a\n", ["--fields", "y,y"])
        #expect(run.status == 64 && run.errors.contains("--fields names \"y\" twice"))
    }

    /// Neither one that is computed nor one that comes in.
    @Test func noIntegerIsMinusZero() throws {
        let document = """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary><DataField name="i" optype="continuous" dataType="integer"/>\(Self.fields)
            <DataField name="y" optype="continuous" dataType="double"/></DataDictionary><RegressionModel functionName="regression">
            <MiningSchema><MiningField name="i"/><MiningField name="x"/><MiningField name="y" usageType="target"/></MiningSchema>
            <Output><OutputField name="a" optype="continuous" dataType="integer" feature="transformedValue"><FieldRef field="x"/></OutputField>
            <OutputField name="b" optype="continuous" dataType="integer" feature="transformedValue"><FieldRef field="i"/></OutputField>
            <OutputField name="c" optype="continuous" dataType="double" feature="transformedValue"><FieldRef field="x"/></OutputField>
            <OutputField name="d" optype="categorical" dataType="string" feature="transformedValue"><Apply function="concat"><FieldRef field="r"/><FieldRef field="i"/></Apply></OutputField></Output>
            <LocalTransformations><DerivedField name="r" optype="continuous" dataType="integer"><FieldRef field="x"/></DerivedField></LocalTransformations>
            <RegressionTable intercept="0"/></RegressionModel></PMML>
            """
        let run = try score(Data(document.utf8), Data("i,x\n-0,-0.25\n".utf8), ["--fields", "a,b,c,d"])
        #expect(run.output == "a,b,c,d\n0,0,-0.25,00\n", "\(run.errors)")
    }

    @Test func aQuoteIsClosed() throws {
        let run = try score(Self.regression, "x,s\n1,a\n", ["--fields", "'\"y'"])
        #expect(run.status == 64 && run.errors.contains("--fields \"y: a double quote is not closed"))
    }

    /// Of a table of another kind, thousands of columns are missing, and none is looked for among all others and in names of megabytes.
    @Test(.timeLimit(.minutes(1)))
    func aTableOfAnotherKind() throws {
        let fields = (0..<1_500).map { "<DataField name=\"field \($0)\" optype=\"continuous\" dataType=\"double\"/>" }.joined()
        let mining = (0..<1_500).map { "<MiningField name=\"field \($0)\"/>" }.joined()
        let terms = (0..<1_500).map { "<NumericPredictor name=\"field \($0)\" coefficient=\"1\"/>" }.joined()
        let document = """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary>\(fields)<DataField name="y" optype="continuous" dataType="double"/></DataDictionary>
            <RegressionModel functionName="regression"><MiningSchema>\(mining)<MiningField name="y" usageType="target"/></MiningSchema><RegressionTable intercept="1">\(terms)</RegressionTable></RegressionModel></PMML>
            """
        let names = ["field 0"] + (0..<20_000).map { "Feld_\($0)" } + [String(repeating: "n", count: 20_000_000)]
        let table = names.joined(separator: ",") + "\n" + String(repeating: "1,", count: 20_001) + "1\n"
        let clock = ContinuousClock()
        let start = clock.now
        let run = try score(Data(document.utf8), Data(table.utf8))
        #expect(clock.now - start < .seconds(20))
        #expect(run.output == "y\n\"\"\n")
        let told = run.errors.split(separator: "\n").filter { $0.contains("[column-missing]") }
        #expect(told.count == 101)
        #expect(told.last?.contains("the table lacks 1399 more columns that the model reads") == true)
    }

    /// What there are thousands of is not searched through for each of them.
    @Test(.timeLimit(.minutes(1)))
    func thousandsOfEach() throws {
        let rules = (0..<10_000).map { "<SimpleRule score=\"\($0)\"><SimplePredicate field=\"x\" operator=\"lessThan\" value=\"\($0)\"/></SimpleRule>" }
        let ruleSet = "<RuleSetModel functionName=\"regression\">\(Self.schema)<RuleSet><RuleSelectionMethod criterion=\"firstHit\"/>\(rules.joined())</RuleSet></RuleSetModel>"
        #expect(try score(ruleSet, "x,s\n7.5,a\n").output == "y\n8\n")
        let outputs = (0..<20_000).map { "<OutputField name=\"o\($0)\" optype=\"continuous\" dataType=\"double\" feature=\"predictedValue\"/>" }
        let many = Self.regression.replacing("<RegressionTable", with: "<Output>\(outputs.joined())</Output><RegressionTable")
        #expect(try score(many, "x,s\n2,a\n", ["--fields", "o19999"]).output == "o19999\n3\n")
        let terms = (0..<4_000).map { "<NumericPredictor name=\"unknown \($0)\" coefficient=\"1\"/>" }
        let unknown = Self.document("<RegressionModel functionName=\"regression\">\(Self.schema)<RegressionTable intercept=\"0\">\(terms.joined())</RegressionTable></RegressionModel>")
        let run = try score(Data(unknown.utf8), Data(), command: "\"$0\" validate \"$1/m.pmml\"")
        #expect(run.status == 65 && run.output.contains("field \"unknown 999\" is not defined here"))
    }

    /// Each output of rules has a table of them.
    @Test func rulesTimesOutputs() throws {
        let outputs = (0..<60).map { "<OutputField name=\"o\($0)\" optype=\"categorical\" dataType=\"string\" feature=\"ruleValue\" ruleFeature=\"ruleId\" rank=\"\($0 + 1)\"/>" }
        let rules = String(repeating: "<AssociationRule antecedent=\"a\" consequent=\"b\" support=\"0.5\" confidence=\"0.5\"/>", count: 90_000)
        let model = """
            <AssociationModel functionName="associationRules" numberOfTransactions="2" numberOfItems="2" minimumSupport="0" minimumConfidence="0" numberOfItemsets="2" numberOfRules="90000">
            <MiningSchema><MiningField name="s"/></MiningSchema><Output>\(outputs.joined())</Output><Item id="1" value="p"/><Item id="2" value="q"/>
            <Itemset id="a"><ItemRef itemRef="1"/></Itemset><Itemset id="b"><ItemRef itemRef="2"/></Itemset>\(rules)</AssociationModel>
            """
        let run = try score(model, "s\n[\"p\"]\n")
        #expect(run.status == 65 && run.errors.contains("90000 rules times 56 outputs are more than 5 million [size-limit]"), "\(run.errors.suffix(300))")
    }

    /// A verification that compares nothing says nothing.
    @Test func aVerificationOfNothing() throws {
        func verify(_ content: String, _ attributes: String = "") throws -> Command {
            let verification = """
                <ModelVerification recordCount="1" fieldCount="2"><VerificationFields><VerificationField field="x" column="x"/><VerificationField field="y" column="y" \(attributes)/>
                </VerificationFields><InlineTable><row>\(content)</row></InlineTable></ModelVerification></RegressionModel>
                """
            let document = Self.document(Self.regression.replacing("</RegressionModel>", with: verification))
            return try score(Data(document.utf8), Data(), command: "\"$0\" verify \"$1/m.pmml\"")
        }
        #expect(try verify("<x>2</x><y>3</y>").status == 0)
        let nothing = try verify("<x>2</x><why>3</why>")
        #expect(nothing.status == 1 && nothing.errors.contains("no record has a value of field \"y\" [verification-field]"))
        for precision in ["-1", "INF"] {
            #expect(try verify("<x>2</x><y>99</y>", "precision=\"\(precision)\"").errors.contains("[out-of-range]"))
        }
    }

    /// Fields that each derive from the one behind: those beyond the limit are not tried one by one, all the way down.
    @Test(.timeLimit(.minutes(1)))
    func longChainOfFields() throws {
        let fields = (1...25_000).map { "<DerivedField name='d\($0)' optype='continuous' dataType='double'><Apply function='+'><FieldRef field='\($0 == 25_000 ? "x" : "d\($0 + 1)")'/><Constant>1</Constant></Apply></DerivedField>" }
        let document = """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary><DataField name="x" optype="continuous" dataType="double"/>
            <DataField name="y" optype="continuous" dataType="double"/></DataDictionary><TransformationDictionary>\(fields.joined())</TransformationDictionary>
            <RegressionModel functionName="regression"><MiningSchema><MiningField name="x"/><MiningField name="y" usageType="target"/></MiningSchema>
            <RegressionTable intercept="1"><NumericPredictor name="x" coefficient="1"/></RegressionTable></RegressionModel></PMML>
            """
        let path = NSTemporaryDirectory() + "/" + UUID().uuidString + ".pmml"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try document.write(toFile: path, atomically: true, encoding: .utf8)
        let run = try Command.run(["validate", path])
        #expect(run.output.split(separator: "\n").filter { $0.contains("[nesting-limit]") }.count == 1)
    }

    /// A file that opens and cannot be read.
    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/mem")))
    func unreadableBytes() throws {
        let run = try Command.run(["score", Command.fixtures + "/hello/model.pmml", "/proc/self/mem"])
        #expect(run.status == 65 && run.errors.contains("/proc/self/mem: error: cannot read: ") && run.errors.contains("[file-read]"))
        let model = try Command.run(["validate", "/proc/self/mem"])
        #expect(model.status == 65 && model.errors.isEmpty && model.output.contains("/proc/self/mem"))
    }

    /// A file that is called compressed and is not is refused before there is one.
    @Test func compressedResults() throws {
        let path = NSTemporaryDirectory() + "/" + UUID().uuidString + ".csv.gz"
        let run = try Command.run(["score", Command.fixtures + "/hello/model.pmml", Command.fixtures + "/hello/input.csv", "-o", path])
        #expect(run.status == 64 && run.errors.contains("results are not compressed, as .gz would say"))
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}

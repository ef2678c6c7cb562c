import Foundation
import PMMLWriter
import Pommel
import Testing

/// What older versions lack, in words that they have: the same values, missing ones among them.
@Suite struct OlderExpressionTests {
    static let x = "<FieldRef field=\"x\"/>"
    static let i = "<FieldRef field=\"i\"/>"
    static let cases: [(expression: String, version: PMMLVersion, without: String)] = [
        ("<Apply function=\"isValid\">\(x)</Apply>", .v4_0, "isValid"),
        ("<Apply function=\"isNotValid\">\(x)</Apply>", .v4_3, "isNotValid"),
        ("<Apply function=\"modulo\">\(i)<Constant dataType=\"integer\">3</Constant></Apply>", .v4_0, "modulo"),
        ("<Apply function=\"product\">\(x)\(i)<Constant>0.1</Constant></Apply>", .v4_0, "product"),
        ("<FieldRef field=\"x\" mapMissingTo=\"7\"/>", .v4_0, "mapMissingTo"),
        ("<Apply function=\"+\" mapMissingTo=\"-3\">\(x)\(i)</Apply>", .v4_0, "mapMissingTo"),
        ("<Apply function=\"+\" defaultValue=\"0.5\">\(x)\(i)</Apply>", .v4_1, "defaultValue"),
        ("<Apply function=\"+\" defaultValue=\"0.5\" mapMissingTo=\"2\">\(x)<FieldRef field=\"i\" mapMissingTo=\"4\"/></Apply>", .v4_0, "apMissingTo"),
        ("<Constant dataType=\"double\" missing=\"true\"/>", .v4_0, "missing=\"true\""),
    ]

    @Test(arguments: cases)
    func hasTheSameValue(_ expression: String, _ version: PMMLVersion, _ word: String) throws {
        let source = """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/>
            <DataDictionary><DataField name="x" optype="continuous" dataType="double"/><DataField name="i" optype="continuous" dataType="integer"/>
            </DataDictionary>
            <RegressionModel functionName="regression"><MiningSchema>
            <MiningField name="x" invalidValueTreatment="asMissing"/><MiningField name="i"/></MiningSchema>
            <LocalTransformations><DerivedField name="d" optype="continuous" dataType="double">\(expression)</DerivedField></LocalTransformations>
            <RegressionTable intercept="0"><NumericPredictor name="d" coefficient="1"/></RegressionTable></RegressionModel></PMML>
            """
        let document = try ModelDocument(bytes: Array(source.utf8))
        let bytes = try document.pmml(version: version)
        #expect(!String(decoding: bytes, as: UTF8.self).contains(word))
        let (original, converted) = (try document.model(), try Model(bytes: bytes))
        for x in [0, -0.3, 7.25, .missing] as [Value] {
            for i in [0, 5, -4, .missing] as [Value] {
                let record = ["x": x, "i": i]
                #expect(try original.score(record) == converted.score(record), "x \(x), i \(i)")
            }
        }
    }

    @Test func versionsInOrder() {
        #expect(PMMLVersion.allCases.map(\.rawValue) == ["3.2", "4.0", "4.1", "4.2", "4.3", "4.4", "4.4.1"])
        #expect(PMMLVersion.v3_2 < .v4_0 && .v4_4 < PMMLVersion.v4_4_1)
    }
}

import ModelTree
import PMMLReader
import Testing

/// Inputs of naive Bayes models that an extension puts at places among the others.
@Suite struct PlacedInputTests {
    @Test(arguments: [
        [], [0], [9], [0, 0, 0], [2, 0, 1], [1, 1, 3, 2], [7, 7, 7], [-1, 0, -5, 2], [3, 2, 2, 9, 0, 1, 1, 2, 4], [5, 4, 3, 2, 1, 0],
    ])
    func standAsIfInsertedOneAfterTheOther(_ places: [Int]) throws {
        var expected = (0..<3).map { "x\($0)" }
        for (number, place) in places.enumerated().sorted(by: { ($0.element, $0.offset) < ($1.element, $1.offset) }) {
            expected.insert("p\(number)", at: max(0, min(place, expected.count)))
        }
        func input(_ name: String) -> String {
            "<BayesInput fieldName=\"\(name)\"><TargetValueStats><TargetValueStat value=\"a\"><GaussianDistribution mean=\"0\" variance=\"1\"/></TargetValueStat></TargetValueStats></BayesInput>"
        }
        let placed = places.enumerated().map { "<Extension name=\"x-position\" value=\"\($1)\">\(input("p\($0)"))</Extension>" }
        let document = """
            <PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/><DataDictionary>
            <DataField name="y" optype="categorical" dataType="string"/></DataDictionary>
            <NaiveBayesModel functionName="classification" threshold="0.001"><MiningSchema><MiningField name="y" usageType="target"/></MiningSchema>
            <BayesInputs>\(placed.joined())\((0..<3).map { input("x\($0)") }.joined())</BayesInputs>
            <BayesOutput fieldName="y"><TargetValueCounts><TargetValueCount value="a" count="1"/></TargetValueCounts></BayesOutput>
            </NaiveBayesModel></PMML>
            """
        let read = try PMMLReader.read(bytes: Array(document.utf8))
        guard case .naiveBayes(let model) = read.models.first?.kind else {
            Issue.record("no naive Bayes model")
            return
        }
        #expect(model.inputs.map(\.field) == expected)
    }
}

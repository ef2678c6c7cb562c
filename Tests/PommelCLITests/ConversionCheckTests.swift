import Foundation
import Pommel
import Tabular
import Testing

@testable import PommelCLI

/// What `convert --check` says of a conversion that changes results. No conversion is known that does, so that a changed document stands for one.
@Suite struct ConversionCheckTests {
    private func report(_ name: String, _ text: String, _ other: String) throws -> ConversionCheck {
        let folder = Command.fixtures + "/cases/" + name
        let document = try String(contentsOfFile: folder + "/model.pmml", encoding: .utf8)
        #expect(document.contains(text))
        let changed = document.replacing(text, with: other)
        return try ConversionCheck.compare(
            try Model(bytes: Array(document.utf8), name: "one"), try Model(bytes: Array(changed.utf8), name: "other"), table: folder + "/input.csv", .standard)
    }

    /// y = 1 + 2x and 1.25 + 2x, of one row.
    @Test func numbers() throws {
        let check = try report("corner-target-field-name", "intercept=\"1\"", "intercept=\"1.25\"")
        #expect(check.differs && check.lines == ["y: 0.25 (1 row differs)", "1 rows compared"])
    }

    /// Texts that differ, and numbers that are missing in one of the two, lie infinitely far apart.
    @Test func texts() throws {
        let check = try report("regression-classification-softmax", "intercept=\"-0.25\"", "intercept=\"9\"")
        #expect(check.differs && check.lines.first == "y: INF (3 rows differ)")
        let same = try report("corner-target-field-name", "intercept=\"1\"", "intercept=\"1.0\"")
        #expect(!same.differs && same.lines == ["y: 0", "1 rows compared: no difference"])
    }

    @Test func resultsThatAreNotThere() throws {
        let check = try report("regression-classification-softmax", "name=\"p_best\"", "name=\"p_most\"")
        #expect(check.differs && check.lines.contains("p_best: the converted model does not give it"))
    }
}

import Evaluation
import Pommel
import Tabular

/// How a case is run.
public enum CaseForm: String, Sendable, CaseIterable {
    /// From its PMML document.
    case document
    /// From the native file made of it.
    case native
}

/// What came of a case.
public struct CaseOutcome: Sendable {
    public let name: String
    public let element: String
    public let producer: String
    /// Why it failed; nil when it passed.
    public let reason: String?
    public var passed: Bool { reason == nil }
}

extension ConformanceCase {
    /// Runs the case and compares; in the native form the text of the results must equal the document's to the byte, too.
    public func run(_ form: CaseForm = .document) -> CaseOutcome {
        CaseOutcome(name: name, element: element, producer: producer, reason: difference(form))
    }

    private func difference(_ form: CaseForm) -> String? {
        guard let bytes = FileSystem.read(expected), let wanted = ExpectedTable(bytes, path: expected) else {
            return "the expected table cannot be read"
        }
        let mustFail = wanted.rows.map { row in wanted.columns.first.flatMap { row[$0] } == Comparison.failureMark }
        let model: Model
        do {
            model = try Model(path: self.model, objectName: objectName)
        } catch {
            // Where every row must fail, the model may be refused.
            return !mustFail.isEmpty && mustFail.allSatisfy { $0 } ? nil : error.description
        }
        do {
            let text = try score(model)
            if form == .native {
                let native = try Model(bytes: model.withNativeBytes { Array($0) }, name: name)
                if try score(native) != text { return "the native file's results differ from the document's" }
            }
            guard let found = ExpectedTable(jsonLines: text) else { return "the results are no JSON lines" }
            return compare(wanted, found, mustFail)
        } catch {
            return "\(error)"
        }
    }

    private func compare(_ wanted: ExpectedTable, _ found: ExpectedTable, _ mustFail: [Bool]) -> String? {
        if wanted.rows.count != found.rows.count { return "\(found.rows.count) rows, expected \(wanted.rows.count)" }
        for (index, (want, got)) in zip(wanted.rows, found.rows).enumerated() {
            if mustFail[index] {
                if !got.values.allSatisfy(Comparison.isMissing) { return "row \(index + 1) should fail" }
                continue
            }
            for column in wanted.columns {
                let expected = want[column] ?? .null
                if !Comparison.agree(expected, got[column] ?? .null, tolerance) {
                    let actual = got[column].map(Comparison.text) ?? "no such column"
                    return "row \(index + 1): \(column): expected \(Comparison.text(expected)), got \(actual)"
                }
            }
        }
        return nil
    }

    /// The results as JSON Lines; only an empty cell is missing.
    private func score(_ model: Model) throws -> [UInt8] {
        let plan = try model.plan()
        let reader = try TableReader(
            try ByteSource(path: input), format: TableFormat(path: input) ?? .csv, missing: MissingTokens([""]))
        let rows = reader.rows(reader.bind(plan), into: Frame(plan: plan))
        let writer = try TableWriter(.jsonLines, results: plan.results)
        var out = ByteWriter()
        while try rows.fill() > 0 {
            rows.frame.run()
            for problem in rows.problems { rows.frame.failed[problem.row] = 1 }
            writer.write(rows.frame, rows: 0..<rows.frame.count, to: &out)
        }
        return out.withBytes { Array($0) }
    }
}

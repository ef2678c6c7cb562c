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
    public internal(set) var element: String
    public internal(set) var producer: String
    /// Why it failed; nil when it passed.
    public internal(set) var reason: String?
    public var passed: Bool { reason == nil }
}

extension ConformanceCase {
    /// Runs the case and compares; in the native form the text of the results must equal the document's to the byte, too.
    ///
    /// What no `case.json` says of the model is taken from the model.
    /// - Parameter isStrict: whether a document that departs from the standard is refused.
    public func run(_ form: CaseForm = .document, isStrict: Bool = false) -> CaseOutcome {
        var outcome = CaseOutcome(name: name, element: element ?? "?", producer: producer ?? "?", reason: nil)
        outcome.reason = difference(form, isStrict) { model in
            outcome.element = element ?? model.schema.property("element") ?? "?"
            outcome.producer = producer ?? model.schema.property("application") ?? "?"
        }
        return outcome
    }

    private func difference(_ form: CaseForm, _ isStrict: Bool, opened: (Model) -> Void) -> String? {
        if let problem { return problem }
        guard let bytes = FileSystem.read(expected), let wanted = ExpectedTable(bytes, path: expected, missing: missing) else {
            return "\(expected): the expected table cannot be read"
        }
        let mustFail = wanted.rows.map { row in wanted.columns.first.flatMap { row[$0] } == Comparison.failureMark }
        let model: Model
        do {
            model = try Model(path: self.model, OpenOptions(objectName: objectName, isStrict: isStrict, predictArguments: predictArguments))
        } catch {
            // Where every row must fail, the model may be refused.
            return !mustFail.isEmpty && mustFail.allSatisfy { $0 } ? nil : error.description
        }
        opened(model)
        do {
            let results = try score(model)
            if form == .native {
                let native = try Model(bytes: model.withNativeBytes { Array($0) }, name: name)
                if try score(native).text != results.text { return "the native file's results differ from the document's" }
            }
            guard let found = ExpectedTable(jsonLines: results.text) else { return "the results are no JSON lines" }
            return compare(wanted, found, mustFail, results.failed)
        } catch {
            return "\(error)"
        }
    }

    private func compare(_ wanted: ExpectedTable, _ found: ExpectedTable, _ mustFail: [Bool], _ failed: [Bool]) -> String? {
        if wanted.rows.count != found.rows.count { return "\(found.rows.count) rows, expected \(wanted.rows.count)" }
        for (index, (want, got)) in zip(wanted.rows, found.rows).enumerated() {
            if mustFail[index] {
                if !failed[index] { return "row \(index + 1) should fail, got \(wanted.columns.first.flatMap { got[$0] }.map(Comparison.text) ?? "null")" }
                continue
            }
            for column in wanted.columns {
                // A line of JSON says nothing of the keys that it leaves out.
                guard let expected = want[column] else { continue }
                if !Comparison.agree(expected, got[column] ?? .null, tolerance) {
                    let actual = got[column].map(Comparison.text) ?? "no such column"
                    return "row \(index + 1): \(column): expected \(Comparison.text(expected)), got \(actual)"
                }
            }
        }
        return nil
    }

    /// A model's results for the case's input as JSON Lines, and which rows failed.
    public func score(_ model: Model) throws -> (text: [UInt8], failed: [Bool]) {
        let plan = try model.plan()
        let reader = try TableReader(
            try ByteSource(path: input), format: TableFormat(path: input) ?? .csv, missing: MissingTokens(missing))
        let rows = reader.rows(reader.bind(plan), into: Frame(plan: plan))
        let writer = try TableWriter(.jsonLines, results: plan.results)
        var out = ByteWriter()
        var failed: [Bool] = []
        while try rows.fill() > 0 {
            rows.frame.run()
            for problem in rows.problems { rows.frame.failed[problem.row] = 1 }
            for row in 0..<rows.frame.count { failed.append(rows.frame.failed[row] != 0) }
            writer.write(rows.frame, rows: 0..<rows.frame.count, to: &out)
        }
        return (out.withBytes { Array($0) }, failed)
    }
}

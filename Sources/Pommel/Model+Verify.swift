import Evaluation

// https://dmg.org/pmml/v4-4-1/ModelVerification.html

/// What came of a model's own test records.
public struct VerificationReport: Sendable {
    /// A cell that differs, or a record without a result.
    public struct Difference: Sendable, Hashable {
        /// The record, counted from 1.
        public var record: Int
        /// The field; empty when the whole record failed.
        public var field: String
        /// The document's value, as text.
        public var expected: String
        /// The model's value, as text.
        public var actual: String
        /// Why the record failed; nil when a value differs.
        public var reason: String?
    }
    /// Records of the document.
    public var records: Int
    /// Records of which every cell agrees.
    public var passed = 0
    /// Cells that were compared.
    public var cells = 0
    /// The cells that differ by more than the document allows.
    public var differences: [Difference] = []
    /// Fields of the verification that the model neither takes nor gives.
    public var unknownFields: [String] = []
    /// Fields that the model gives, of which no record has a value.
    public var emptyFields: [String] = []
}

extension Model {
    /// Runs the records of the document's ModelVerification; nil when it has none.
    public func verify() -> VerificationReport? {
        guard let table = schema.verification else { return nil }
        let inputs = Dictionary(schema.inputs.map { ($0.name, $0) }) { first, _ in first }
        let results = Dictionary(schema.results.map { ($0.name, $0) }) { first, second in first.isDefault ? first : second }
        let expected = table.fields.compactMap { results[$0.name] }
        let scorer = Scorer(Plan(program, fields: expected))
        var report = VerificationReport(records: table.rows.count)
        report.unknownFields = table.fields.map(\.name).filter { inputs[$0] == nil && results[$0] == nil }
        report.emptyFields = table.fields.enumerated().filter { place, field in
            results[field.name] != nil && table.rows.allSatisfy { place >= $0.count || $0[place] == nil }
        }.map(\.element.name)
        for (index, row) in table.rows.enumerated() {
            var record: [String: Value] = [:]
            for (field, cell) in zip(table.fields, row) { if let input = inputs[field.name] { record[field.name] = cell.map { input.value(of: $0) } } }
            do {
                let values = try scorer.score(record)
                let before = report.differences.count
                for (field, cell) in zip(table.fields, row) {
                    guard let cell, let result = results[field.name] else { continue }
                    report.cells += 1
                    let actual = values[field.name] ?? .missing
                    if !field.matches(cell, actual, result.type) {
                        report.differences.append(.init(
                            record: index + 1, field: field.name, expected: cell, actual: actual.description, reason: nil))
                    }
                }
                if report.differences.count == before { report.passed += 1 }
            } catch {
                report.differences.append(.init(
                    record: index + 1, field: error.place.field ?? "", expected: "", actual: "", reason: "\(error.message) [\(error.id)]"))
            }
        }
        return report
    }
}

extension InputField {
    /// The value that a record's text stands for; a collection is a JSON array, as in tables.
    fileprivate func value(of text: String) -> Value {
        guard elementType != nil, let items = JSON(Array(text.utf8))?.items else { return .string(text) }
        return .list(items.map(\.asValue))
    }
}

extension JSON {
    fileprivate var asValue: Value { text.map(Value.string) ?? double.map(Value.number) ?? .missing }
}

extension VerificationTable.Field {
    /// Whether a result agrees with the record: numbers within `precision` of what is expected, relative to it, where zero is anything
    /// of a size up to `zeroThreshold`; all else to the letter.
    func matches(_ expected: String, _ actual: Value, _ type: ValueType) -> Bool {
        if actual == .missing { return expected.isEmpty }
        if case .list(let items) = actual {
            return JSON(Array(expected.utf8))?.items.map { $0.map(\.asValue.description) == items.map(\.description) } ?? false
        }
        guard type != .string, case .number(let found) = actual, let wanted = Value.string(expected).number(as: .double) else {
            if let wanted = Value.string(expected).number(as: type), type != .string { return actual.number(as: type) == wanted }
            return actual.description == expected
        }
        if wanted.isNaN || found.isNaN { return wanted.isNaN && found.isNaN }
        if wanted.magnitude <= zeroThreshold { return found.magnitude <= zeroThreshold }
        return (found - wanted).magnitude <= precision * wanted.magnitude || found == wanted
    }
}

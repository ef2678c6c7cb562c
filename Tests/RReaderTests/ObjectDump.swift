import Foundation

@testable import RReader

/// Writes an object as fixtures/make_r_objects.R does in R.
enum ObjectDump {
    static func text(_ object: RObject) -> String {
        let body: String
        switch object.kind {
        case .null: body = "NULL"
        case .symbol(let name): return "symbol \(name)"
        case .logical(let values): body = "logical(" + join(values.map { $0 == RObject.missingInteger ? "NA" : $0 == 0 ? "FALSE" : "TRUE" }) + ")"
        case .integer(let values): body = "integer(" + join(values.map { $0 == RObject.missingInteger ? "NA" : "\($0)" }) + ")"
        case .double(let values): body = "double(" + join(values.map(number)) + ")"
        case .complex(let values):
            body = "complex(" + join(stride(from: 0, to: values.count, by: 2).map { number(values[$0]) + ";" + number(values[$0 + 1]) }) + ")"
        case .string(let values): body = "character(" + join(values.map(quoted)) + ")"
        case .raw(let values): body = "raw(" + join(values.map { String(format: "%02x", $0) }) + ")"
        case .list(let values): body = "list(" + join(values.map(text)) + ")"
        case .expression(let values): body = "expression(" + join(values.map(text)) + ")"
        case .pairlist(let cells): return "pairlist(" + join(cells.map { ($0.name ?? "") + "=" + text($0.value) }) + ")"
        case .language(let cells): return "language(" + join(cells.map { text($0.value) }) + ")"
        case .environment, .global: return "environment"
        case .closure: return "closure"
        case .builtin: body = "builtin"
        case .s4: body = "S4"
        case .promise, .byteCode, .pointer: body = "?"
        }
        return body + object.attributes.filter { $0.name != "row.names" }.map { "@\($0.name ?? "")=\(text($0.value))" }.joined()
    }

    private static func join(_ parts: [String]) -> String { parts.joined(separator: ",") }

    private static func number(_ value: Double) -> String {
        if RObject.isNA(value) { return "NA" }
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "Inf" }
        return String(format: "%a", value)
    }

    private static func quoted(_ text: String?) -> String {
        guard let text else { return "NA" }
        return "'" + text.unicodeScalars.map { String($0.value) }.joined(separator: " ") + "'"
    }
}

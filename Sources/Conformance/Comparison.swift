import Evaluation
import Pommel

/// Whether a result is what a case expects.
enum Comparison {
    /// The mark in the first column of a row that must fail.
    static let failureMark = JSON.string("#ERROR")

    static func agree(_ expected: JSON, _ actual: JSON, _ tolerance: Tolerance) -> Bool {
        if isMissing(expected) || isMissing(actual) { return isMissing(expected) && isMissing(actual) }
        if expected.items != nil || actual.items != nil {
            guard let wanted = list(expected), let found = list(actual), wanted.count == found.count else { return false }
            return zip(wanted, found).allSatisfy { agree($0, $1, tolerance) }
        }
        if let wanted = number(expected), let found = number(actual) {
            if wanted.isNaN || found.isNaN { return wanted.isNaN && found.isNaN }
            if wanted.isInfinite || found.isInfinite { return wanted == found }
            return (wanted - found).magnitude <= max(tolerance.absolute, tolerance.relative * wanted.magnitude)
        }
        let (wanted, found) = (text(expected), text(actual))
        if ["true", "false"].contains(wanted.lowercased()) { return wanted.lowercased() == found.lowercased() }
        return wanted == found
    }

    static func isMissing(_ value: JSON) -> Bool { value == .null || value == .string("") }

    /// A list as it is, or written into a cell.
    private static func list(_ value: JSON) -> [JSON]? {
        value.items ?? value.text.flatMap { JSON(Array($0.utf8))?.items }
    }

    private static func number(_ value: JSON) -> Double? {
        if let text = value.text {
            switch text {
            case "Inf": return .infinity
            case "-Inf": return -.infinity
            default: return NumberParsing.double(text)
            }
        }
        return value.double
    }

    static func text(_ value: JSON) -> String { value.text ?? value.printed() }
}

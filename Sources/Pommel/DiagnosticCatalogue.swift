import ModelLint
import ModelTree
import TableCompiler

/// Everything that `validate` may say, with its severity and what to do about it: docs/diagnostics.md is made from it.
package enum DiagnosticCatalogue {
    package struct Entry: Sendable {
        package let id: String
        package let severity: Finding.Severity
        package let meaning: String
        /// What mends it, in general; nil where that depends on the case.
        package let fix: String?
    }

    /// By severity, the errors first, and by id. An id may be an error in one place and a warning in another.
    package static let entries: [Entry] = entries(.error) + entries(.warning) + entries(.note)

    /// What mends what an id stands for, in general.
    package static func fix(of id: String) -> String? { LintRule(rawValue: id)?.fix ?? FixCatalogue.fix(of: id) }

    private static let ofModels = ["XML", "PMML", "Models saved by R", "Compiling a model", "Native files"]

    private static func entries(_ severity: Finding.Severity) -> [Entry] {
        var found: [String: String] = [:]
        let known = severity == .error ? ErrorCatalogue.errors : severity == .warning ? ErrorCatalogue.warnings : []
        for layer in known where ofModels.contains(layer.title) {
            for entry in layer.entries where found[entry.id] == nil { found[entry.id] = entry.meaning }
        }
        if severity == .error { for entry in ErrorCatalogue.files { found[entry.id] = entry.meaning } }
        for rule in LintRule.allCases where rule.severity.rawValue == severity.rawValue { found[rule.rawValue] = rule.meaning }
        for rule in MarkupNotes.Rule.allCases where rule.severity == severity { found[rule.rawValue] = rule.meaning }
        return found.sorted { $0.key < $1.key }.map { Entry(id: $0.key, severity: severity, meaning: $0.value, fix: fix(of: $0.key)) }
    }
}

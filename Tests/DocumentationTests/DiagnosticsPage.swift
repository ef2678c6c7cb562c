import Pommel

/// docs/diagnostics.md: what `pommel validate` looks for, from the catalogue.
enum DiagnosticsPage {
    static func text() -> String {
        var text = heading("What `pommel validate` says")
        text += """
            `pommel validate MODEL…` reads and compiles each model, goes on after errors, and looks for what can be scored and was hardly
            meant. Everything has an id that never changes its meaning, a severity, a place, and where there is one a fix:

            ```
            tree.pmml:14:1: warning: no row reaches Node "7": its predicate contradicts those above it [unreachable-node]
              fix: remove it, or correct its predicate
            ```

            `--json` prints `{"models": [{"file", "valid", "diagnostics": [{"severity", "id", "message", "file", "line", "column", "path", "section", "offset",
            "fix"}]}]}`. `--level warning` leaves out notes, `--ignore ID` leaves out warnings and notes of an id. With `--strict` departures from
            the standard ([strictness.md](strictness.md)) are errors.

            | exit status | meaning |
            | --- | --- |
            | 0 | all models can be used |
            | 1 | they can, but there are warnings, and `--warnings-as-errors` is given |
            | 64 | wrong usage |
            | 65 | a model cannot be used |

            Warnings and notes of one id are told up to 100 times. What is unused is only looked for where there are no errors. `fixtures/validate` and `fixtures/lenient` have a document
            for each warning and note.


            """
        for severity in Finding.Severity.allCases.reversed() { text += section(severity) }
        return String(text.dropLast())
    }

    private static func section(_ severity: Finding.Severity) -> String {
        let lead =
            switch severity {
            case .error: "## Errors\n\nThe model cannot be used.\n\n"
            case .warning: "## Warnings\n\nThe model can be used. It departs from the standard, or hardly means what its author meant.\n\n"
            case .note: "## Notes\n\nThe model can be used, and means what it says.\n\n"
            }
        let rows = DiagnosticCatalogue.entries.filter { $0.severity == severity }.map { ["`\($0.id)`", $0.meaning, $0.fix ?? ""] }
        return lead + table(["id", "meaning", "fix"], rows)
    }
}

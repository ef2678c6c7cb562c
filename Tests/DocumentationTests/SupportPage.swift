/// docs/support.md: every element, attribute and value of PMML 4.4.1, what becomes of it, and the fixtures that show it.
enum SupportPage {
    static func text() throws -> String {
        let support = try Support.found.get()
        var text = heading("What is supported")
        text += """
            Every element, attribute, enumerated value and child of PMML 4.4.1, by the page of the standard that tells of it.

            - *supported*: it takes part in what the model means. The fixtures are cases in `fixtures/cases` that hold it and score right; for
              every attribute a test shows that another value of it changes the compiled model.
            - *ignored*: it is read over, for it cannot change a score. The fixtures are cases that hold it and score right all the same; a test
              shows that another value of it changes nothing in the compiled program.
            - *refused*: a document that holds it is refused with an error that names it. The fixtures are documents in `fixtures/invalid` and
              `fixtures/invalid-models`, or lines of `fixtures/refusals.tsv`.

            Where many fixtures show a row, two are named.


            """
        text += summary(support)
        for page in Standard.pages { text += "## \(title(page))\n\n" + page.elements.map { section($0, $0.rows, support) }.joined() }
        text += "## Names that only older versions have\n\n" + Standard.older.elements.map { section($0, $0.olderRows, support) }.joined()
        return String(text.dropLast())
    }

    private static func title(_ page: Standard.Page) -> String {
        page.name == Standard.deepNetwork.name
            ? "DeepNetwork, which the schema has and no page tells of" : "[\(page.name)](https://dmg.org/pmml/v4-4-1/\(page.name).html)"
    }

    private static func summary(_ support: Support) -> String {
        let statuses = Support.Status.allCases
        var totals = statuses.map { _ in 0 }
        var lines: [[String]] = []
        for page in Standard.pages {
            let found = page.elements.flatMap(\.rows).map { support.finding($0)?.status }
            let counts = statuses.map { status in found.count { $0 == status } }
            for index in totals.indices { totals[index] += counts[index] }
            lines.append([page.name, String(page.elements.count)] + counts.map(String.init))
        }
        lines.append(["all", String(Standard.elements.count)] + totals.map(String.init))
        return table(["page", "elements"] + statuses.map(\.rawValue), lines)
    }

    private static func section(_ element: Standard.Element, _ rows: [Markup], _ support: Support) -> String {
        table(
            [element.name, "", "fixtures"],
            rows.map { row in
                let finding = support.finding(row)
                return [row.text, finding?.status.rawValue ?? "", finding.map { list($0.fixtures) } ?? ""]
            })
    }

    private static func list(_ fixtures: [String]) -> String {
        fixtures.prefix(2).map { "`\($0)`" }.joined(separator: ", ")
    }
}
